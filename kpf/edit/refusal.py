"""The one way for an edit to say that it was not made."""


class CannotEdit(Exception):  # noqa: N818 - what it says is not an error of the program
    """A file was left as it was. The message says why, and what the person can do."""
