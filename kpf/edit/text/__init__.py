"""Values to text, and text put into a file at its place."""
