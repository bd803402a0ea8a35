"""A journal done or undone: each of its files given its place, or put back what was there before."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Final, NamedTuple

from kpf.disk.folder import OpenFolder
from kpf.disk.journal import DONE, JOURNAL, Journal, RelativePath, hash_of

ONE_NAME_ONLY: Final = {errno.EPERM, errno.EACCES, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""How memory sticks and shared drives say that they know no second name of a file, and Linux that it gives none."""
_LARGEST: Final = 64 * 1024 * 1024
"""Bytes that are read of a file to compare it: more than any file that kpf writes has."""


class ChangedMeanwhile(OSError):  # noqa: N818 - what it says is not an error of the program
    """A file is not what a change was made from; its path is `filename`."""


class Workplace(NamedTuple):
    """Where changes are made: a register, the folder in it in which they are prepared, and what kpf writes there."""

    top: OpenFolder
    home: OpenFolder
    staging: str
    """The name in `home` of the hidden folder in which a change is prepared; it exists only meanwhile."""
    written: Callable[[RelativePath], bool]
    """Whether kpf writes a file of this way from the top at all."""


def do_journal(place: Workplace, staging: OpenFolder, journal: Journal) -> None:
    """Give every file that is not yet what it is to be its place."""
    for path in journal.folders:
        place.top.inside(*path[:-1]).make_folder(path[-1])
    folders = {entry.path[:-1]: place.top.inside(*entry.path[:-1]) for entry in journal.entries}
    for number, entry in enumerate(journal.entries):
        folder, name = folders[entry.path[:-1]], entry.path[-1]
        present = _holds(folder, name)
        if present == entry.new:
            continue
        if present != entry.old:
            raise ChangedMeanwhile(0, "it was changed meanwhile", str(folder.path / name))
        if not entry.new:
            folder.remove(name)
        elif entry.old:
            staging.move(f"{number}.new", name, folder)
        else:
            _put_where_nothing_is(staging, f"{number}.new", folder, name)
    for folder in folders.values():
        folder.flush()
    staging.move(JOURNAL, DONE)
    staging.flush()


def _put_where_nothing_is(staging: OpenFolder, new: str, folder: OpenFolder, name: str) -> None:
    try:
        staging.second_name(new, name, folder)
    except OSError as refusal:
        if refusal.errno not in ONE_NAME_ONLY:
            raise
        if folder.is_there(name):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder.path / name)) from None
        staging.move(new, name, folder)


def undo_journal(place: Workplace, staging: OpenFolder, journal: Journal) -> tuple[RelativePath, ...]:
    """Put back every file that was changed, and say which of them somebody else has changed since."""
    changed: list[RelativePath] = []
    for number, entry in reversed(list(enumerate(journal.entries))):
        try:
            folder = place.top.inside(*entry.path[:-1])
        except FileNotFoundError:
            continue
        name = entry.path[-1]
        present = _holds(folder, name)
        if present == entry.new and entry.old:
            staging.move(f"{number}.old", name, folder)
        elif present == entry.new:
            folder.remove(name)
        elif present != entry.old:
            changed.append(entry.path)
        folder.flush()
    for path in reversed(journal.folders):
        with suppress(FileNotFoundError):
            place.top.inside(*path[:-1]).remove_folder(path[-1])
    remove_prepared(place)
    return tuple(reversed(changed))


def remove_prepared(place: Workplace) -> None:
    """Remove the hidden folder: the journal first, for without its files it could not be followed any more."""
    staging = place.home.inside(place.staging)
    for name in sorted(staging.names(), key=lambda name: (name != JOURNAL, name == DONE)):
        staging.remove(name)
    place.home.remove_folder(place.staging)
    place.home.flush()


def can_be_done(place: Workplace, staging: OpenFolder, journal: Journal) -> bool:
    """Whether every file is as the journal has it before or after, and what is still to be put in place exists."""
    for number, entry in enumerate(journal.entries):
        try:
            present = _holds(place.top.inside(*entry.path[:-1]), entry.path[-1])
        except FileNotFoundError:  # a folder that is still to be made
            present = ""
        if present != entry.new and (present != entry.old or _holds(staging, f"{number}.new") != entry.new):
            return False
    return True


def _holds(folder: OpenFolder, name: str) -> str:
    """The SHA-256 of what the file `name` holds; empty where it is not there, "?" where it is no file of ours."""
    try:
        content = folder.read(name, _LARGEST + 1)
    except FileNotFoundError:
        return ""
    except OSError as error:
        if isinstance(error, BlockingIOError | InterruptedError):
            raise
        return "?"
    return hash_of(content)
