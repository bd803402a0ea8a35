"""One partnership in two registers, and the sentences on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from kpf.compare.pairing import name_of
from kpf.model import Partnership, Record, Stage, Unreadable, is_recorded
from kpf.register.records import Records


@dataclass(frozen=True, slots=True)
class ChangeDetail:
    """A change, without whose it is."""

    what: str
    sentence: str
    subject: str = ""
    recorded: bool = False
    exempt: bool = False
    covers: tuple[tuple[str, ...], ...] = ()
    """Where the values that the sentence covers are in the partnership, without positions (`ChangedPlace.named`)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A partnership before and after; None where it was not there."""

    before: Records
    after: Records
    old: Partnership | None
    new: Partnership | None
    name: str
    former_name: str
    readable: bool
    """Whether both files are sound, as far as they are there."""
    since: date

    @classmethod
    def of(cls, before: Records, after: Records, old: str | None, new: str | None, since: date | None) -> Self:
        """The partnership that had the id `old` before and has the id `new` after. One of the two it has."""
        former = name_of(before.partnerships, old) if old is not None else ""
        return cls(
            before,
            after,
            before.partnerships[old] if old is not None else None,
            after.partnerships[new] if new is not None else None,
            name_of(after.partnerships, new) if new is not None else former,
            former,
            _is_sound(before, old) and _is_sound(after, new),
            before.day if since is None else since,
        )

    @property
    def stayed(self) -> bool:
        """Whether there are two to compare."""
        return self.readable and self.old is not None and self.new is not None

    def both(self, *path: str) -> tuple[Any, Any]:
        """What stands at `path` before and after; None where nothing does. Raises `Unreadable`."""
        return value_at(self.old, *path), value_at(self.new, *path)


def value_at(record: Record | None, *path: str) -> Any:
    """What stands at `path` of `record`; None where nothing does. Raises `Unreadable`."""
    here: Any = record
    for name in path:
        if here is None:
            return None
        here = getattr(here, name)
    return here if is_recorded(here) else None


def stage(partnership: Partnership | None, day: date) -> Stage | None:
    """How far a partnership has come; None where it is not there or cannot be read."""
    try:
        return partnership.stage(day) if partnership is not None else None
    except Unreadable:
        return None


def _is_sound(records: Records, id_: str | None) -> bool:
    return id_ is None or all(
        document.sound for document in records.register.partnerships if document.partnership == id_
    )
