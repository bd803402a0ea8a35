"""Reading of the files of a register from disk, and messages if a file or the register cannot be read."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpf.disk.folder import IsLink, NotOrdinary, OpenFolder
from kpf.document.decoding import LARGEST_FILE
from kpf.register.file_names import as_text

MOST_FILES: Final = 200_000
MOST_BYTES: Final = 256 * LARGEST_FILE
"""The limit in bytes on all files in memory at once, enough for about 30,000 partnerships."""


@dataclass(frozen=True, slots=True)
class NotRead:
    """The reason why a file was not opened, and what to do."""

    message: str
    fix: str


Content = bytes | NotRead | None
"""The content of a file, the reason why it cannot be read, or None if there is no file."""
A_LINK: Final = NotRead("This file is a link, and kpf does not follow links.", "Put the file itself here.")
_NOT_ORDINARY: Final = NotRead("This is not an ordinary file, so it was not read.", "Put an ordinary file here.")
A_FOLDER: Final = NotRead(
    "This is a folder, though its name ends in .yaml.",
    "Give the folder another name, or put the file that belongs here in its place.",
)


def _not_opened(why: str) -> NotRead:
    return NotRead(f"This file cannot be opened: {why}.", "Check who may open it, and where it was meant to be.")


def content_of(home: OpenFolder, name: str) -> Content:
    """Return the content of the file `name` in the folder `home`, up to one byte above the size limit."""
    try:
        return home.read(name, LARGEST_FILE + 1)
    except FileNotFoundError:
        return None
    except IsLink:
        return A_LINK
    except IsADirectoryError:
        return A_FOLDER
    except NotOrdinary:
        return _NOT_ORDINARY
    except OSError as error:
        return _not_opened(reason(error))


def refusal(path: Path, wanted: str, error: OSError) -> str:
    """Return sentences that say why `path` cannot be `wanted` (read, written, made), and what to do about a link."""
    if isinstance(error, IsLink):
        link, slash = display_path(Path(error.filename)), "/" if error.should_be == "folder" else ""
        return f"{link}{slash} is a link, and kpf does not follow links. Put the {error.should_be} itself there."
    return f"{display_path(path)} cannot be {wanted}: {reason(error)}."


def reason(error: OSError) -> str:
    """Return the operating system's message, without error codes and paths."""
    return (error.strerror or "the system gives no reason").lower()


def display_path(path: Path) -> str:
    """Return `path` for people and CI systems: relative to the working folder, with slashes."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        relative = str(path)
    return as_text(relative).replace(os.sep, "/")


def too_many_files(folder: str, files: int) -> str:
    """Return why `folder` with this number of `files` is not read; empty if it is."""
    if files <= MOST_FILES:
        return ""
    return f"There are more than {MOST_FILES:,} files in {folder}, so none was read. Keep only partnerships there."


def too_much(folder: str, sizes: Iterable[int]) -> str:
    """Return why `folder` with files of these `sizes` is not read at once; empty if it is."""
    if sum(min(size, LARGEST_FILE) for size in sizes) <= MOST_BYTES:
        return ""
    most = MOST_BYTES // LARGEST_FILE
    return f"The files in {folder} hold more than {most} MiB together, so none was read. Split the register."
