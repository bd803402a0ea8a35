"""The journal of a change of several files, written before the change so that a later run can finish it.

A journal is in the register, where anybody with a branch can put one. So it can do nothing that its writer could not
have committed: each file must be one that kpf writes, with exactly the content whose hash is in the journal.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from kpf.disk.folder import OpenFolder

JOURNAL: Final = "journal.json"
DONE: Final = "done.json"
"""The name of the journal when all files are changed, and only the prepared files have to be removed."""
_LARGEST: Final = 8_000_000
_DEEPEST: Final = 3

RelativePath = tuple[str, ...]
"""The path of a file from the top of the register, as folder names and a file name."""


class Entry(NamedTuple):
    """One file of a change."""

    path: RelativePath
    old: str
    """The SHA-256 of its old content; empty if it did not exist."""
    new: str
    """The SHA-256 of its new content; empty if it is removed."""


class Journal(NamedTuple):
    """All files of one change, and the folders created for them."""

    entries: tuple[Entry, ...]
    folders: tuple[RelativePath, ...]
    """The folders to create, each after its parent."""


class BadJournal(OSError):  # noqa: N818 - like all that the gate refuses
    """A journal was not written by kpf. Its path is `filename`."""


def journal_text(journal: Journal) -> bytes:
    """Return the content of the file of `journal`."""
    return json.dumps({"entries": journal.entries, "folders": journal.folders}, ensure_ascii=True).encode()


def read_journal(staging: OpenFolder, written: Callable[[RelativePath], bool]) -> Journal | None:
    """Return the journal in the folder `staging`, or None if there is none. Raise `OSError` or `BadJournal`.

    `written` returns whether kpf writes a file with this path.
    """
    try:
        content = staging.read(JOURNAL, _LARGEST + 1)
    except FileNotFoundError:
        return None
    try:
        data = json.loads(content)
        journal = Journal(
            tuple(Entry(_path(path), _hash(old), _hash(new)) for path, old, new in data["entries"]),
            tuple(map(_path, data["folders"])),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _bad(staging) from None
    if len(content) > _LARGEST or not all(map(written, _paths_of(journal))):
        raise _bad(staging)
    return journal


def _paths_of(journal: Journal) -> Sequence[RelativePath]:
    return (*(entry.path for entry in journal.entries), *((*folder, "any") for folder in journal.folders))


def _path(value: Any) -> RelativePath:
    names = [str(name) for name in value]
    if not (isinstance(value, list) and 0 < len(names) <= _DEEPEST):
        raise ValueError("no way from the top of a register")
    return tuple(names)


def _hash(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no hash")
    return value


def _bad(staging: OpenFolder) -> BadJournal:
    return BadJournal(0, "this is not what kpf writes there", str(staging.path / JOURNAL))


def hash_of(content: bytes) -> str:
    """Return the SHA-256 of `content`, as used in a journal."""
    return hashlib.sha256(content).hexdigest()
