"""A file of the register as data with places."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Any, Final

from kpf.document.faults import MISSING, Fault
from kpf.document.notes import OpenedNote, cell_named_in, list_behind, opened_notes
from kpf.document.places import Place
from kpf.finding import Evidence, Finding, FindingKind, Location, Severity, Trail

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Document:
    """One file: its data, the place of each value, and what could not be read."""

    path: str
    partnership: str | None
    """The id of the partnership; None for what all partnerships share."""
    sha256: str
    text: str
    data: dict[str, Any]
    root: Place | None
    faults: tuple[Fault, ...]
    sound: bool
    """Whether verdicts may rest on the file. False if it was not opened or its syntax is broken."""
    slips: tuple[tuple[int, int], ...] = ()
    """The ranges of the text in which a slip, which is reported, spoils what is read."""
    up_to: date | None = None
    """The day as at which it is shown: what a list holds of later days is no evidence. None shows everything."""

    @property
    def is_missing(self) -> bool:
        """Whether the file does not exist. Its values are then not recorded, rather than not readable."""
        return any(fault.rule == MISSING for fault in self.faults)

    @cached_property
    def _lines(self) -> tuple[list[int], list[str]]:
        # No line end but the usual ones gets past decoding.
        whole = self.text.splitlines(keepends=True)
        if not whole or whole[-1][-1] in "\r\n":
            whole.append("")
        starts = list(accumulate(map(len, whole[:-1]), initial=0))
        return starts, [line.rstrip("\r\n") for line in whole]

    def locate(self, trail: Trail) -> Location:
        """The place of the value at `trail`, of its name if it is blank or a group, or of the nearest group above."""
        if self.root is None:
            return self._at(0, 0)
        place, rest = self.root.towards(trail)
        if place.holds_text and not rest:
            return self._at(place.start.index, place.end.index)
        note = self.opened_note(trail[: len(trail) - len(rest) + 1]) if rest else None
        if note:
            return self._at(note.start, note.start + len(self.text[note.start : note.end].partition(":")[0]))
        if place.key:
            return self._at(place.key[0].index, place.key[1].index)
        return self._first_line(place)

    def opened_note(self, trail: Trail) -> OpenedNote | None:
        """Return the note for the missing name at the end of `trail`, or None if there is none."""
        if self.root is None or not trail or not self._notes:
            return None
        group, rest = self.root.towards(trail[:-1])
        first_name = next(iter(group.inside.values()), None) if group.inside else None
        if rest or first_name is None or first_name.key is None:
            return None
        first = group.start.line if len(trail) > 1 else 0
        last = group.end.line if len(trail) > 1 else self.text.count("\n")
        for note in self._notes.get(str(trail[-1]), ()):
            if note.column == first_name.key[0].column and first <= note.line <= last:
                return note
        return None

    @cached_property
    def _notes(self) -> dict[str, list[OpenedNote]]:
        found: dict[str, list[OpenedNote]] = {}
        for note in opened_notes(self.text):
            found.setdefault(note.name, []).append(note)
        return found

    def locate_name(self, trail: Trail) -> Location:
        """The place of the name at the end of `trail`."""
        if self.root is not None:
            place, rest = self.root.towards(trail)
            if place.key and not rest:
                return self._at(place.key[0].index, place.key[1].index)
        return self.locate(trail)

    def _first_line(self, place: Place) -> Location:
        """The first line of a value: the first name of a group, or the dash of an empty entry."""
        start = place.start.index
        first = next(iter(place.inside.values()), None) if place.inside else None
        if first and first.key and first.key[0].index == start:
            return self._at(start, first.key[1].index)
        if start == place.end.index and self.text[start - 1 : start] == "-":
            return self._at(start - 1, start)
        starts, lines = self._lines
        line = _line_of(starts, start)
        return self._at(start, starts[line] + len(lines[line].rstrip()))

    def _at(self, start: int, end: int) -> Location:
        starts, lines = self._lines
        line, end_line = _line_of(starts, start), _line_of(starts, max(start, end - 1))
        column = min(start - starts[line], len(lines[line]))
        end_column = min(end - starts[end_line], len(lines[end_line]))  # a line end is no column of its line
        if end_line == line:
            end_column = max(column, end_column)
        return Location(self.path, line + 1, column + 1, end_line + 1, end_column + 1, lines[line])

    def lines_of(self, trail: Trail) -> tuple[int, int]:
        """The first and the last line of the value at `trail` with its name, counted from 1; (0, 0) if it is not there.

        Blank lines and notes that follow are no part of it.
        """
        place, rest = self.root.towards(trail) if self.root is not None else (None, trail)
        if place is None or rest:
            return 0, 0
        start = place.key[0].index if place.key else place.start.index
        end = start + len(self.text[start : place.end.index].rstrip())
        starts, lines = self._lines
        first, last = _line_of(starts, start), _line_of(starts, max(start, end - 1))
        while last > first and lines[last].lstrip()[:1] in {"", "#"}:
            last -= 1
        return first + 1, last + 1

    @property
    def lines(self) -> list[str]:
        """The lines of the file, without their ends; an empty one after the last line end is none of them."""
        _, lines = self._lines
        return lines if lines[-1] else lines[:-1]

    def is_beside_a_slip(self, location: Location) -> bool:
        """Whether `location` is in the lines of a slip, or in the nearest one above or below that is no note."""
        return bool(self.slips) and location.line in self._lines_of_slips

    @cached_property
    def _lines_of_slips(self) -> frozenset[int]:
        starts, lines = self._lines
        found: set[int] = set()
        for begin, end in self.slips:
            first, last = _line_of(starts, begin), _line_of(starts, max(begin, end - 1))
            above = next((at for at in range(first - 1, -1, -1) if lines[at].lstrip()[:1] not in {"", "#"}), first)
            below = next((at for at in range(last + 1, len(lines)) if lines[at].lstrip()[:1] not in {"", "#"}), last)
            found.update(range(above + 1, below + 2))
        return frozenset(found)

    def holds(self, trail: Trail) -> bool:
        """Whether the file has a name or an entry at `trail`, even a blank one."""
        return self.root is not None and not self.root.towards(trail)[1]

    def value(self, trail: Trail) -> Any:
        """The value at `trail`: text, a group of values, None for a blank, or `UNREADABLE`."""
        here: Any = self.data
        for step in trail:
            if isinstance(step, int):
                if isinstance(here, list):
                    here = here[step] if 0 <= step < len(here) else None
                elif step:  # one value alone is the first of its list
                    return None
            else:
                here = here.get(step) if isinstance(here, dict) else None
        return here

    def placeholder(self, trail: Trail) -> str:
        """Return the placeholder at `trail` instead of a value, such as TBC; empty if there is none."""
        place, rest = self.root.towards(trail) if self.root is not None else (None, trail)
        if place is None or rest or place.holds_text or place.inside:
            return ""
        word = self.text[place.start.index : place.end.index].strip(" \t\r\n\"'")
        return word if any(map(str.isalnum, word)) and word.lower() != "null" else ""

    def evidence(self, trail: Trail) -> Evidence:
        """The words at `trail` and their place."""
        place = self.locate(trail)
        cell = cell_named_in(place.excerpt) if self._list else ""
        return Evidence(_words(self.value(trail), self.up_to), place, f"{cell} of {self._list}" if cell else "", trail)

    @cached_property
    def _list(self) -> str:
        """The list that the file was started from, if it was."""
        return list_behind(self.text)

    def identity(self, trail: Trail) -> tuple[str, ...]:
        """`trail` without positions: each entry of a list by the first value that it says.

        Where others of its list say the same there, the values after it are added, as far as that tells it apart.
        """
        if not any(isinstance(step, int) for step in trail):
            return tuple(map(str, trail))
        known = (
            self._known_by(trail[:depth], step) if isinstance(step, int) else step for depth, step in enumerate(trail)
        )
        return tuple(known)

    def _known_by(self, trail: Trail, position: int) -> str:
        """Return the identity of the entry at `position` of the list at `trail`; empty if there is none."""
        if trail not in self._names_of_entries:
            among = self.value(trail)
            self._names_of_entries[trail] = _names_of(among if isinstance(among, list) else [among])
        names = self._names_of_entries[trail]
        return names[position] if position < len(names) else ""

    @cached_property
    def _names_of_entries(self) -> dict[Trail, list[str]]:
        """The identities of the entries of lists, by trail, cached so that the time is linear in the list."""
        return {}

    def findings(self) -> list[Finding]:
        """Return the findings for the faults of the file."""
        return [self._finding(fault) for fault in self.faults]

    def _finding(self, fault: Fault) -> Finding:
        location = self._at(fault.start, fault.end)
        return self.fault_at(location, (), fault.rule, fault.message, fault.fix)

    def fault_at(self, location: Location, trail: Trail, rule: str, message: str, fix: str) -> Finding:
        """A finding about the file itself."""
        subject = self.partnership or self.path.rpartition("/")[2]
        return Finding(
            self.partnership,
            location,
            trail,
            subject,
            rule,
            (),
            Severity.ERROR,
            FindingKind.CONTENT,
            message,
            fix,
            identity=self.identity(trail),
        )


def _line_of(starts: list[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1


def _names_of(entries: Sequence[Any]) -> list[str]:
    """The first texts in each entry of a list, with the names of their fields: as many as tell it from the others."""
    said = [_texts_in(entry) for entry in entries]
    counts = [1] * len(said)
    alike = list(range(len(said)))
    while alike:
        starts = Counter(tuple(said[at][: counts[at]]) for at in alike)
        alike = [at for at in alike if counts[at] < len(said[at]) and starts[tuple(said[at][: counts[at]])] > 1]
        for at in alike:
            counts[at] += 1
    return [", ".join(texts[:count]) for texts, count in zip(said, counts, strict=True)]


def _texts_in(entry: Any) -> list[str]:
    if isinstance(entry, dict):
        return [f"{name}: {value}" for name, value in entry.items() if isinstance(value, str)]
    return [entry] if isinstance(entry, str) else []


def _words(value: Any, day: date | None) -> str:
    """`value` as it is shown, without what is of after `day`."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return ", ".join(name for name, inner in value.items() if not (day and _is_later(inner, day)))
    if isinstance(value, list):
        return ", ".join(
            ", ".join(_words(inner, day) for inner in entry.values()) if isinstance(entry, dict) else _words(entry, day)
            for entry in value
            if not (day and _is_later(entry, day))
        )
    return ""


def _is_later(entry: Any, day: date) -> bool:
    """Whether `entry` is of after `day`: a day alone, a group by the first day in it, a list of nothing else."""
    if isinstance(entry, list):
        return bool(entry) and all(_is_later(one, day) for one in entry)
    values = entry.values() if isinstance(entry, dict) else (entry,)
    first = next((text for text in values if isinstance(text, str) and _DAY.fullmatch(text)), "")
    return first > day.isoformat()
