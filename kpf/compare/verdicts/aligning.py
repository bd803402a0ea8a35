"""Alignment of the lists in two versions of a file.

Entries of lists have only positions, which change when an entry is inserted before them.
"""

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kpf.compare.pairing import most_alike
from kpf.document import UNREADABLE, Document
from kpf.finding import ON_RECORD, Judgement, Step, Trail, Verdict
from kpf.model import has_no_values

_LONGEST_SHOWN: Final = 60
"""The greatest number of characters quoted from an earlier file."""


class Alignment:
    """Two versions of one file, with the trails of one translated to the other."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new
        self.is_same = is_same(old, new)
        self._known: dict[tuple[bool, Trail], list[int | None]] = {}

    def before(self, trail: Trail) -> Trail:
        """Translate `trail` to the earlier version. The position of a new entry is negative."""
        return self._led(trail, self.new.data, self.old.data, back=True)

    def now(self, trail: Trail) -> Trail:
        """Translate `trail` of the earlier version to the present one. The position of a removed entry is negative."""
        return self._led(trail, self.old.data, self.new.data, back=False)

    def has_lost(self, trail: Trail = ()) -> bool:
        """Return whether a value at or below `trail` of the earlier version is blank or missing now."""
        if self.is_same:
            return False
        said = _said(self.old.value(trail), trail)
        return any(has_no_values(self.new.value(self.now(inner))) for inner in said)

    def _led(self, trail: Trail, here: Any, there: Any, *, back: bool) -> Trail:
        if self.is_same or not any(isinstance(step, int) for step in trail):
            return trail
        led: list[Step] = []
        for depth, step in enumerate(trail):
            if isinstance(step, int):
                position = self._partner(trail[:depth], here, there, step, back=back)
                led.append(-1 - step if position is None else position)
                here = here[step] if isinstance(here, list) and step < len(here) else None
                there = there[position] if position is not None else None
            else:
                led.append(step)
                here, there = (side.get(step) if isinstance(side, dict) else None for side in (here, there))
        return tuple(led)

    def _partner(self, trail: Trail, here: Any, there: Any, step: int, *, back: bool) -> int | None:
        if not (isinstance(here, list) and isinstance(there, list)):
            return None
        key = (back, trail)
        if key not in self._known:
            old, new = (there, here) if back else (here, there)
            pairs = list(align(old, new))
            positions: list[int | None] = [None] * len(here)
            for was, is_ in pairs:
                positions[is_ if back else was] = was if back else is_
            self._known[key] = positions
        known = self._known[key]
        return known[step] if step < len(known) else None


@dataclass(frozen=True, slots=True)
class Versions:
    """The file of one partnership or the council, and that of all partners, before and now."""

    own: Alignment
    organisations: Alignment
    shared_has_lost: bool
    """Whether a value was removed from a shared file."""

    def _file(self, judgement: Judgement) -> Alignment:
        return self.own if self.in_own(judgement) else self.organisations

    def in_own(self, judgement: Judgement) -> bool:
        """Return whether `judgement` is at a place in the partnership's own file."""
        return judgement.source.path in {self.own.old.path, self.own.new.path}

    def then(self, judgement: Judgement) -> Trail:
        """Return the earlier trail of the place of a present `judgement`."""
        return self._file(judgement).before(judgement.trail)

    def said(self, judgement: Judgement) -> bool:
        """Return whether there was a value at the place of an earlier `judgement`."""
        return self._said(judgement, judgement.trail)

    def _said(self, judgement: Judgement, trail: Trail) -> bool:
        value = self._file(judgement).old.value(trail)
        return value is not UNREADABLE and not has_no_values(value)

    def words_before(self, judgement: Judgement) -> str:
        """Return the single value that an earlier `judgement` was based on, as a line of the file; empty if several."""
        value, name = self._file(judgement).old.value(judgement.trail), judgement.trail[-1:]
        plain = isinstance(value, str) and len(value) <= _LONGEST_SHOWN and name and isinstance(name[0], str)
        return f" ({name[0]}: {value})" if plain else ""

    def placeholder(self, judgement: Judgement) -> str:
        """Return the word, such as TBC, at a place where `judgement` finds nothing recorded; empty if there is none."""
        return self._file(judgement).new.placeholder(judgement.trail)

    def is_begun(self, judgement: Judgement, trail: Trail) -> bool:
        """Return whether the section around `judgement` was blank before; a new list entry is not a section."""
        for depth in range(1, len(trail) + 1):
            if not self._said(judgement, trail[:depth]):
                return isinstance(trail[depth - 1], str) and trail[depth - 1] != judgement.subject
        return False

    def answered(self, gap: Judgement) -> Judgement | None:
        """Return a judgement that the value now recorded for `gap` is met; None if it is still blank."""
        file = self._file(gap)
        trail = file.now(gap.trail)
        if has_no_values(file.new.value(trail)):
            return None
        return gap._replace(verdict=Verdict.MET, trail=trail, source=file.new, message=ON_RECORD, fix="")

    def still_says(self, judgement: Judgement | None) -> bool:
        """Return whether the evidence of an earlier `judgement` is still recorded, perhaps with another value.

        Without such a judgement, return whether the shared files have lost nothing.
        """
        if self.own.is_same and self.shared_has_lost:
            return False
        if judgement is None:
            return True
        # It may be based on several places, which are next to each other.
        group = judgement.trail[:-1] or judgement.trail
        return not group or not self._file(judgement).has_lost(group)


def is_same(before: Document, now: Document) -> bool:
    """Return whether two files have the same content. Line ends in git may differ from those on disk."""
    return before is now or (
        (before.text.splitlines(), before.faults) == (now.text.splitlines(), now.faults)
        and bool(before.sha256) is bool(now.sha256)
    )


def align(before: Sequence[Any], now: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Yield the positions of each entry before and now: equal ones first, then the most similar, then in order."""
    same: dict[str, deque[int]] = defaultdict(deque)
    for position, entry in enumerate(before):
        same[_text(entry)].append(position)
    new: list[int] = []
    for position, entry in enumerate(now):
        positions = same.get(_text(entry))
        if positions:
            yield positions.popleft(), position
        else:
            new.append(position)
    old = sorted(position for positions in same.values() for position in positions)
    for was, is_ in list(most_alike(old, new, lambda was, is_: _shared(before[was], now[is_]), 1)):
        old.remove(was)
        new.remove(is_)
        yield was, is_
    yield from zip(old, new, strict=False)


def _said(data: Any, trail: Trail = ()) -> Iterator[Trail]:
    """Yield the trail of each single value, from the top down."""
    pairs: Iterable[tuple[Step, Any]] = ()
    if isinstance(data, dict):
        pairs = data.items()
    elif isinstance(data, list):
        pairs = enumerate(data)
    elif data is not None:
        yield trail
    for step, value in pairs:
        yield from _said(value, (*trail, step))


def _shared(one: Any, other: Any) -> int:
    """Return the number of values that two entries share."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return 0
    return sum(value == other.get(name) for name, value in one.items() if value is not None)


def _text(entry: Any) -> str:
    return json.dumps(entry, default=str)
