"""What a file of the register holds, as the disk gives it; or why that cannot be had, and what to do."""

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kpf.document.decoding import LARGEST_FILE
from kpf.git.history import Leads
from kpf.register.file_names import as_text
from kpf.register.on_disk import read_regular_file


@dataclass(frozen=True, slots=True)
class NotRead:
    """Why a file was not opened, and what to do."""

    message: str
    fix: str


Content = bytes | NotRead | None
"""What a file holds; why that cannot be had; None where there is no such file."""
_OUTSIDE: Final = NotRead(
    "This file is a link to a place outside the register, so it was not read.", "Put the file itself here."
)
_HIDDEN: Final = NotRead("This file is a link to a hidden place, so it was not read.", "Put the file itself here.")
_IN_CIRCLES: Final = NotRead(
    "This file is a link that leads back to itself, so there is nothing to read.", "Put the file itself here."
)
_NOT_ORDINARY: Final = NotRead("This is not an ordinary file, so it was not read.", "Put an ordinary file here.")
A_FOLDER: Final = NotRead(
    "This is a folder, though its name ends in .yaml.",
    "Give the folder another name, or put the file that belongs here in its place.",
)


def _not_opened(why: str) -> NotRead:
    return NotRead(f"This file cannot be opened: {why}.", "See who may open it, and where it was meant to be.")


LED: Final = MappingProxyType(
    {
        Leads.OUTSIDE: _OUTSIDE,
        Leads.HIDDEN: _HIDDEN,
        Leads.TO_A_FOLDER: A_FOLDER,
        Leads.IN_CIRCLES: _IN_CIRCLES,
    }
)


def on_disk(path: Path, home: Path) -> Content:
    """What the file `path` of the register in `home` holds, up to one byte more than kpf reads of any."""
    try:
        odd = _odd(path, home)
        if odd:
            return odd
        content = read_regular_file(path, LARGEST_FILE + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        return _IN_CIRCLES if error.errno == errno.ELOOP else _not_opened(reason(error))
    return _NOT_ORDINARY if content is None else content  # something else took its place just now


def _odd(path: Path, home: Path) -> NotRead | None:
    """What is wrong with `path`, and what to do, where it is no file of the register's own."""
    if path.is_symlink():
        real, top = Path(os.path.realpath(path)), os.path.realpath(home.parent)
        if not real.is_relative_to(top):
            return _OUTSIDE
        if any(part.startswith(".") for part in real.relative_to(top).parts):  # .git holds what is nobody's to read
            return _HIDDEN
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        return A_FOLDER
    return None if stat.S_ISREG(kind) else _NOT_ORDINARY


def reason(error: OSError) -> str:
    """Why the system refused, in its own words without codes and paths."""
    return (error.strerror or "the system gives no reason").lower()


def display_path(path: Path) -> str:
    """`path` as people and CI systems read it: relative to the working folder, with slashes."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        relative = str(path)
    return as_text(relative).replace(os.sep, "/")
