"""Forms in Word, for people who prefer it to Excel."""
