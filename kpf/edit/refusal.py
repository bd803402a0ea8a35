"""The one way for an edit to say that it was not made."""


class CannotEdit(Exception):  # noqa: N818 - what it says is not an error of the program
    """A file was left as it was. The message says why, and what the person can do."""


class Refused(Exception):  # noqa: N818 - what it says is not an error of the program
    """An answer that would not be understood in the file: why, and what to write; `nearest` is what may be meant."""

    def __init__(self, message: str, nearest: str | None = None) -> None:
        super().__init__(message)
        self.nearest = nearest
