"""Facts recorded as lines of a file."""
