"""What is open, as forms that people answer in Excel and Word; and their answers, back into the files."""
