"""Exit statuses, and the one way for a command to say that it could not do its job."""

from enum import IntEnum


class Status(IntEnum):
    """What kpf tells the caller. The format of the output never changes it."""

    NOTHING_FOUND = 0
    FOUND = 1
    NOT_DONE = 2
    FAULT = 3
    INTERRUPTED = 130


class CannotDo(Exception):  # noqa: N818 - what it says is not an error of the program
    """The job could not be done, for a reason that the person can mend. The message says what and how."""
