"""The errors of edits and answers."""


class CannotEdit(Exception):  # noqa: N818 - what it says is not an error of the program
    """A file was left as it was. The message says why, and what the person can do."""


class Refused(Exception):  # noqa: N818 - what it says is not an error of the program
    """An answer that the model would refuse: why, and what to write. `nearest` is a likely correction."""

    def __init__(self, message: str, nearest: str | None = None) -> None:
        super().__init__(message)
        self.nearest = nearest
