"""Open questions written as Excel and Word forms, and the answers read back into the files."""
