"""Atomic changes of several files of a register: either all of them are made or none.

1. The new files, and the old ones under other names, are prepared in a hidden folder. For each file it is checked that
   it still has the content that the change was made from, and that it can be replaced.
2. The journal of the change is written beside them. From now on the change will be finished or undone.
3. The files are put in place in turn. If one fails, those before it are restored.
4. The journal is renamed to mark the change as done, and the hidden folder is removed.

A killed run leaves the hidden folder. The next run that writes finishes the change if every file is as the journal
says, and undoes it otherwise. A file that has been changed by others since is left alone.
"""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import Enum
from typing import NamedTuple

from kpf.disk.applying import (
    ONE_NAME_ONLY,
    ChangedMeanwhile,
    Workplace,
    can_be_done,
    do_journal,
    remove_prepared,
    undo_journal,
)
from kpf.disk.folder import OpenFolder
from kpf.disk.journal import DONE, JOURNAL, Entry, Journal, RelativePath, hash_of, journal_text, read_journal
from kpf.disk.put import write_new


class FileChange(NamedTuple):
    """A change of one file of a register to the content `new`."""

    path: RelativePath
    old: bytes | None
    """The content that it must have before; None if it must not exist."""
    new: bytes | None
    """The new content; None if the file is to be removed."""
    like: RelativePath | None = None
    """The file whose owner and permissions a new file is given."""


class ReadOnly(OSError):  # noqa: N818 - likewise
    """A file is read-only. Its path is `filename`."""


class HalfDone(OSError):  # noqa: N818 - likewise
    """A change failed and could not be undone. The next run will try again."""


class Ending(Enum):
    """How the unfinished change of an earlier run was ended."""

    FINISHED = "finished"
    UNDONE = "undone"
    NOT_BEGUN = "not begun"
    """No file had been changed yet."""
    COMPLETE = "complete"
    """All files had been changed."""


class EndedChange(NamedTuple):
    """An unfinished change of an earlier run, and how it was ended."""

    ending: Ending
    paths: tuple[RelativePath, ...]
    left_alone: tuple[RelativePath, ...] = ()
    """The files that others have changed since."""


@contextmanager
def alone_in(folder: OpenFolder) -> Iterator[None]:
    """Hold a lock on `folder` against other runs of kpf, if the system has locks."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none: there the comparison just before writing has to do
    except ImportError:
        yield
        return
    lock = folder.lockable()
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def change_all(place: Workplace, changes: Sequence[FileChange]) -> tuple[str, ...]:
    """Make all `changes` or none, and return sentences on attributes of replaced files that were not kept.

    Raise `ChangedMeanwhile`, `ReadOnly`, `FileExistsError`, `IsLink`, `NotOrdinary` or `OSError` with all files
    unchanged, or `HalfDone` if they could not be restored.
    """
    with alone_in(place.home):
        _end_earlier(place)
        for change in changes:
            _try(place, change)
        journal = Journal(tuple(map(_entry, changes)), _folders_to_make(place, changes))
        try:
            place.home.make_folder(place.staging)
            staging = place.home.inside(place.staging)
            not_kept = _prepare(place, staging, changes)
            write_new(staging, f"{JOURNAL}.new", journal_text(journal), None, JOURNAL)
            staging.move(f"{JOURNAL}.new", JOURNAL)
        except BaseException:
            with suppress(OSError):
                remove_prepared(place)
            raise
        try:
            staging.flush()
            do_journal(place, staging, journal)
        except BaseException as stopped:
            try:
                undo_journal(place, staging, journal)
            except OSError as error:
                raise HalfDone(error.errno, error.strerror, error.filename) from stopped
            raise
        with suppress(OSError):  # the change is done, and the next run removes the hidden folder
            remove_prepared(place)
    return not_kept


def end_earlier(place: Workplace) -> EndedChange | None:
    """Finish or undo an unfinished change of an earlier run, if any. Raise `OSError` or `BadJournal`."""
    with alone_in(place.home):
        return _end_earlier(place)


# -- preparing -----------------------------------------------------------------------------------------


def _entry(change: FileChange) -> Entry:
    old, new = ("" if content is None else hash_of(content) for content in (change.old, change.new))
    return Entry(change.path, old, new)


def _try(place: Workplace, change: FileChange) -> None:
    """Raise `OSError` if the file has changed or cannot be replaced."""
    *names, name = change.path
    try:
        folder = place.top.inside(*names)
    except FileNotFoundError:
        if change.old is None:
            return
        raise
    path = str(folder.path / name)
    if not folder.takes_files():
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder.path))
    if change.old is None:
        if folder.is_there(name):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        return
    if folder.read(name, len(change.old) + 1) != change.old:
        raise ChangedMeanwhile(0, "it was changed meanwhile", path)
    if not folder.may_be_written(name):
        raise ReadOnly(errno.EACCES, os.strerror(errno.EACCES), path)
    folder.try_to_write(name)


def _folders_to_make(place: Workplace, changes: Sequence[FileChange]) -> tuple[RelativePath, ...]:
    wanted = {change.path[:depth] for change in changes for depth in range(1, len(change.path))}
    return tuple(path for path in sorted(wanted) if not _is_folder(place.top, path))


def _is_folder(top: OpenFolder, path: RelativePath) -> bool:
    try:
        top.inside(*path)
    except FileNotFoundError:
        return False
    return True


def _prepare(place: Workplace, staging: OpenFolder, changes: Sequence[FileChange]) -> tuple[str, ...]:
    not_kept: list[str] = []
    for number, change in enumerate(changes):
        *names, name = change.path
        if change.old is None:
            not_kept += _prepare_new(place, staging, number, change)
            continue
        folder = place.top.inside(*names)
        old = folder.opened(name)
        try:
            if change.new is not None:
                not_kept += write_new(staging, f"{number}.new", change.new, old, name)
            try:
                folder.second_name(name, f"{number}.old", staging)
            except OSError as refusal:
                if refusal.errno not in ONE_NAME_ONLY:
                    raise
                write_new(staging, f"{number}.old", change.old, old, name)
        finally:
            os.close(old)
    return tuple(not_kept)


def _prepare_new(place: Workplace, staging: OpenFolder, number: int, change: FileChange) -> tuple[str, ...]:
    like = place.top.inside(*change.like[:-1]).opened(change.like[-1]) if change.like else None
    try:
        return write_new(staging, f"{number}.new", change.new or b"", like, change.path[-1])
    finally:
        if like is not None:
            os.close(like)


# -- what an earlier run left ---------------------------------------------------------------------------


def _end_earlier(place: Workplace) -> EndedChange | None:
    try:
        staging = place.home.inside(place.staging)
    except FileNotFoundError:
        return None
    journal = read_journal(staging, place.written)
    if journal is None:
        ending = Ending.COMPLETE if staging.is_there(DONE) else Ending.NOT_BEGUN
        anything = bool(staging.names())
        remove_prepared(place)
        return EndedChange(ending, ()) if anything else None
    paths = tuple(entry.path for entry in journal.entries)
    if can_be_done(place, staging, journal):
        try:
            do_journal(place, staging, journal)
        except OSError:
            return EndedChange(Ending.UNDONE, paths, undo_journal(place, staging, journal))
        remove_prepared(place)
        return EndedChange(Ending.FINISHED, paths)
    return EndedChange(Ending.UNDONE, paths, undo_journal(place, staging, journal))
