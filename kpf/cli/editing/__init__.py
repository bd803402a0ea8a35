"""The common parts of commands that change files: asking, showing the changes, and writing them."""
