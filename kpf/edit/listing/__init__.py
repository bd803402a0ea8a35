"""A list that a council keeps in Excel or CSV, to the answers in it."""
