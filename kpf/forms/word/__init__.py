"""Forms in Word, for those who would rather not answer in Excel."""
