"""What commands that change files have in common: asking, showing what would change, writing it."""
