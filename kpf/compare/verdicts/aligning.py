"""Where the entries of a file's lists stood in an earlier version of it.

Names keep their places; entries of lists have only positions, which change when another is put before them.
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
"""So many characters of what a file said before are shown again."""


class Alignment:
    """Two versions of one file, and which entry of one is which of the other."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new
        self.is_same = is_same(old, new)
        self._known: dict[tuple[bool, Trail], list[int | None]] = {}

    def before(self, trail: Trail) -> Trail:
        """`trail` of the file as it is now, as it was before; the position of an entry that is new counts below 0."""
        return self._led(trail, self.new.data, self.old.data, back=True)

    def now(self, trail: Trail) -> Trail:
        """`trail` of the file as it was before, as it is now; the position of an entry that is gone counts below 0."""
        return self._led(trail, self.old.data, self.new.data, back=False)

    def has_lost(self, trail: Trail = ()) -> bool:
        """Whether something that the file said at `trail`, or further in, is not said any more at all."""
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
    """The file of one partnership (or of the council) and that of all partners, before and now."""

    own: Alignment
    organisations: Alignment
    shared_has_lost: bool
    """A file that all share does not say any more what it said."""

    def _file(self, judgement: Judgement) -> Alignment:
        return self.own if self.in_own(judgement) else self.organisations

    def in_own(self, judgement: Judgement) -> bool:
        """Whether a judgement points into the partnership's own file."""
        return judgement.source.path in {self.own.old.path, self.own.new.path}

    def then(self, judgement: Judgement) -> Trail:
        """Where a judgement of now would have stood before."""
        return self._file(judgement).before(judgement.trail)

    def said(self, judgement: Judgement) -> bool:
        """Whether the file said anything before at the place of `judgement`, which is one of before."""
        return self._said(judgement, judgement.trail)

    def _said(self, judgement: Judgement, trail: Trail) -> bool:
        value = self._file(judgement).old.value(trail)
        return value is not UNREADABLE and not has_no_values(value)

    def words_before(self, judgement: Judgement) -> str:
        """The words that `judgement` of before rested on, as a line of the file; empty where it was more than that."""
        value, name = self._file(judgement).old.value(judgement.trail), judgement.trail[-1:]
        plain = isinstance(value, str) and len(value) <= _LONGEST_SHOWN and name and isinstance(name[0], str)
        return f" ({name[0]}: {value})" if plain else ""

    def placeholder(self, judgement: Judgement) -> str:
        """The word that stands now where `judgement` finds nothing recorded, such as TBC; empty where there is none."""
        return self._file(judgement).new.placeholder(judgement.trail)

    def is_begun(self, judgement: Judgement, trail: Trail) -> bool:
        """Whether the section that holds `judgement` said nothing before: a section, not one entry more in it."""
        for depth in range(1, len(trail) + 1):
            if not self._said(judgement, trail[:depth]):
                return isinstance(trail[depth - 1], str) and trail[depth - 1] != judgement.subject
        return False

    def answered(self, gap: Judgement) -> Judgement | None:
        """What stands now where there was a `gap`; None where there is still nothing."""
        file = self._file(gap)
        trail = file.now(gap.trail)
        if has_no_values(file.new.value(trail)):
            return None
        return gap._replace(verdict=Verdict.MET, trail=trail, source=file.new, message=ON_RECORD, fix="")

    def still_says(self, judgement: Judgement | None) -> bool:
        """Whether what `judgement` of before rested on is still recorded, be it with another value.

        Where there was no such judgement, whatever the shared files say that bears on it.
        """
        if self.own.is_same and self.shared_has_lost:
            return False
        if judgement is None:
            return True
        # It may rest on more than one place; they stand together.
        group = judgement.trail[:-1] or judgement.trail
        return not group or not self._file(judgement).has_lost(group)


def is_same(before: Document, now: Document) -> bool:
    """Whether two files say the same: git may keep other line ends than the disk."""
    return before is now or (
        (before.text.splitlines(), before.faults) == (now.text.splitlines(), now.faults)
        and bool(before.sha256) is bool(now.sha256)
    )


def align(before: Sequence[Any], now: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """The positions of each entry before and now: of what is the same, then of what is most alike, then in order."""
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
    """The path to everything that is said, from the top down; what holds others is left to them."""
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
    """How many values two entries share."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return 0
    return sum(value == other.get(name) for name, value in one.items() if value is not None)


def _text(entry: Any) -> str:
    return json.dumps(entry, default=str)
