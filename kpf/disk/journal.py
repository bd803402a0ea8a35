"""What a change of several files is about to do, written down before it is done, for a run that finds it unfinished.

A journal lies in the register, where anybody with a branch can put one. So it says nothing that its writer could not
have committed instead: each file has to be one that kpf writes, with the very bytes that the journal names.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from kpf.disk.folder import OpenFolder

JOURNAL: Final = "journal.json"
DONE: Final = "done.json"
"""The journal's name once all of its files are changed, and only what was prepared is left to be removed."""
_LARGEST: Final = 8_000_000
_DEEPEST: Final = 3

RelativePath = tuple[str, ...]
"""The folders from the top of the register down to a file, and its name."""


class Entry(NamedTuple):
    """One file of a change."""

    path: RelativePath
    old: str
    """The SHA-256 of its content before; empty where it was not there."""
    new: str
    """The SHA-256 of what it is to hold; empty where it is to be removed."""


class Journal(NamedTuple):
    """All files of one change, and the folders that are made for them."""

    entries: tuple[Entry, ...]
    folders: tuple[RelativePath, ...]
    """Those that were not there, each after the one above it."""


class BadJournal(OSError):  # noqa: N818 - like all that the gate refuses
    """What lies in a journal's place is none that kpf has written; its path is `filename`."""


def journal_text(journal: Journal) -> bytes:
    """`journal` as it is written down."""
    return json.dumps({"entries": journal.entries, "folders": journal.folders}, ensure_ascii=True).encode()


def read_journal(staging: OpenFolder, written: Callable[[RelativePath], bool]) -> Journal | None:
    """The journal in the folder `staging`; None where there is none. Raises `OSError`, `BadJournal`.

    `written` says whether kpf writes a file of this way at all.
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
    """The SHA-256 by which a journal knows what a file holds."""
    return hashlib.sha256(content).hexdigest()
