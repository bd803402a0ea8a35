"""The exit statuses, and the exception for a job that could not be done."""

from enum import IntEnum


class Status(IntEnum):
    """The exit statuses. They do not depend on the format of the output."""

    NOTHING_FOUND = 0
    FOUND = 1
    NOT_DONE = 2
    FAULT = 3
    INTERRUPTED = 130


class CannotDo(Exception):  # noqa: N818 - what it says is not an error of the program
    """The job could not be done, for a reason that the user can fix. The message says how."""
