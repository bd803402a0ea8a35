"""A file as somebody laid it out: its lines, how far in things stand, and where what is written ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kpf.document import Document
from kpf.document.places import Place
from kpf.edit.text.blocks import Indents
from kpf.edit.text.splicing import Lines

_OPENING: Final = re.compile(r"(?P<in> *)(?P<dash>- )?(?P<name>[a-z_]+):(?:\s.*)?")


@dataclass(frozen=True)
class EditedText:
    """One document whose text is about to be changed."""

    document: Document

    @property
    def text(self) -> str:
        """The whole text."""
        return self.document.text

    @cached_property
    def lines(self) -> Lines:
        """Its lines."""
        return Lines(self.text)

    @cached_property
    def indents(self) -> Indents:
        """How far in the first group and the first list of the file stand; as kpf writes, where there is none."""
        names = dashes = None
        for place in self._under_names(self.document.root):
            column = place.start.column - (place.key[0].column if place.key else 0)
            if self.in_braces(place) or self.lines.at(place.start.index) == (place.key[0].line if place.key else -1):
                continue
            if self.text[place.start.index] == "-" and isinstance(next(iter(place.inside or {}), None), int):
                dashes = column if dashes is None else dashes
            elif column > 0:
                names = column if names is None else names
        return Indents(names or 2, 2 if dashes is None else dashes)

    def _under_names(self, place: Place | None) -> Iterator[Place]:
        """The groups and lists that stand under a name, from the top of the file down."""
        waiting = [place] if place else []
        while waiting:
            here = waiting.pop()
            if here.key and here.inside:
                yield here
            waiting += reversed(list((here.inside or {}).values()))

    def in_braces(self, place: Place) -> bool:
        """Whether a group or list stands in braces or brackets."""
        return self.text[place.start.index : place.start.index + 1] in {"{", "["}

    def line_after(self, place: Place) -> int:
        """The first line below all that is written at `place`, which ends its line or has only a note behind it."""
        while place.inside and not self.in_braces(place):
            place = list(place.inside.values())[-1]
        start, end = place.start.index, place.end.index
        if not self._in_lines(start, end):
            return self.lines.at(max(start, end - 1) if end > start else end) + 1
        line = self.lines.at(end)
        keeps = "+" in self.text[start : start + 3]
        while not keeps and self.lines.is_blank(line - 1):
            line -= 1  # a text in lines of its own ends where it is read as ending, blank lines behind it or not
        return line if end < len(self.text) or self.text[end - 1 : end] in {"\r", "\n"} else self.lines.count

    def _in_lines(self, start: int, end: int) -> bool:
        """Whether a text stands in lines of its own, behind | or >."""
        return end > start and self.text[start] in "|>"

    def past_notes(self, line: int, column: int) -> int:
        """The first line from `line` on that is no note as far in as `column`."""
        while (note := self.lines.note(line)) and note[0] >= column:
            line += 1
        return line

    def first_of_notes(self, line: int, column: int) -> int:
        """The first of the notes right above `line` that stand exactly at `column`; `line` where there is none."""
        while (note := self.lines.note(line - 1)) and note[0] == column:
            line -= 1
        return line

    def opens(self, line: int) -> tuple[int, str] | None:
        """The column and the name of what the note in `line` opens, once its # and the space behind it are gone."""
        note = self.lines.note(line)
        found = _OPENING.fullmatch(note[1]) if note else None
        if not note or not found:
            return None
        return note[0] + max(len(found["in"]) - 1, 0) + len(found["dash"] or ""), found["name"]

    def opening_of(self, name: str, line: int, column: int) -> int | None:
        """The first line below what opens `name` at `column`, among the notes and blank lines from `line` on."""
        while self.lines.note(line) or self.lines.is_blank(line):
            if self.opens(line) == (column, name):
                return self.past_opening(line)
            line += 1
        return None

    def past_opening(self, line: int) -> int:
        """The first line below an opening that begins at `line`: what belongs to it stands further in."""
        first = self.lines.note(line)
        line += 1
        while first and (note := self.lines.note(line)) and note[0] == first[0] and _inwards(note) > _inwards(first):
            line += 1
        return line


def _inwards(note: tuple[int, str]) -> int:
    return len(note[1]) - len(note[1].lstrip(" "))
