"""Facts to lines of a file."""
