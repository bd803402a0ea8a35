"""Applying or undoing a journal: each of its files is put in place, or the old file is restored."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Final, NamedTuple

from kpf.disk.folder import OpenFolder
from kpf.disk.journal import DONE, JOURNAL, Journal, RelativePath, hash_of

ONE_NAME_ONLY: Final = {errno.EPERM, errno.EACCES, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""The errors of file systems without hard links, and of Linux where it refuses one."""
_LARGEST: Final = 64 * 1024 * 1024
"""The greatest number of bytes read to compare a file, more than the size of any file that kpf writes."""


class ChangedMeanwhile(OSError):  # noqa: N818 - what it says is not an error of the program
    """A file has changed since a change was prepared. Its path is `filename`."""


class Workplace(NamedTuple):
    """The place of a change: a register, the folder in it for preparation, and the files that kpf may write."""

    top: OpenFolder
    home: OpenFolder
    staging: str
    """The name in `home` of the hidden folder where a change is prepared. It exists only during a change."""
    written: Callable[[RelativePath], bool]
    """A function that says whether kpf writes a file with this path from the top."""


def do_journal(place: Workplace, staging: OpenFolder, journal: Journal) -> None:
    """Put in place every file that is not yet changed."""
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
    """Restore every changed file, and return the paths of those that have been changed by others since."""
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
    """Remove the hidden folder, and the journal first, because it could not be applied without its files."""
    staging = place.home.inside(place.staging)
    for name in sorted(staging.names(), key=lambda name: (name != JOURNAL, name == DONE)):
        staging.remove(name)
    place.home.remove_folder(place.staging)
    place.home.flush()


def can_be_done(place: Workplace, staging: OpenFolder, journal: Journal) -> bool:
    """Return whether every file is in its old or new state, and the files still to be put in place exist."""
    for number, entry in enumerate(journal.entries):
        try:
            present = _holds(place.top.inside(*entry.path[:-1]), entry.path[-1])
        except FileNotFoundError:  # a folder that does not exist yet
            present = ""
        if present != entry.new and (present != entry.old or _holds(staging, f"{number}.new") != entry.new):
            return False
    return True


def _holds(folder: OpenFolder, name: str) -> str:
    """Return the SHA-256 of the file `name`; empty if it does not exist, "?" if kpf cannot have written it."""
    try:
        content = folder.read(name, _LARGEST + 1)
    except FileNotFoundError:
        return ""
    except OSError as error:
        if isinstance(error, BlockingIOError | InterruptedError):
            raise
        return "?"
    return hash_of(content)
