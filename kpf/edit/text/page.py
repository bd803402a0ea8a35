"""The layout of a file: its lines, its indentation, and where values and comments end."""

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
    """A document whose text is to be edited."""

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
        """The indentation of the first group and list of the file, by default that of kpf."""
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
        """Yield the groups and lists below names, from the top of the file down."""
        waiting = [place] if place else []
        while waiting:
            here = waiting.pop()
            if here.key and here.inside:
                yield here
            waiting += reversed(list((here.inside or {}).values()))

    def in_braces(self, place: Place) -> bool:
        """Return whether a group or list is in braces or brackets."""
        return self.text[place.start.index : place.start.index + 1] in {"{", "["}

    def line_after(self, place: Place) -> int:
        """Return the first line below the value at `place`, which must be the last on its line but for a comment."""
        while place.inside and not self.in_braces(place):
            place = list(place.inside.values())[-1]
        start, end = place.start.index, place.end.index
        if not self._in_lines(start, end):
            return self.lines.at(max(start, end - 1) if end > start else end) + 1
        line = self.lines.at(end)
        keeps = "+" in self.text[start : start + 3]
        while not keeps and self.lines.is_blank(line - 1):
            line -= 1  # blank lines after a block of text do not belong to it
        return line if end < len(self.text) or self.text[end - 1 : end] in {"\r", "\n"} else self.lines.count

    def _in_lines(self, start: int, end: int) -> bool:
        """Return whether a text is a block after | or >."""
        return end > start and self.text[start] in "|>"

    def past_notes(self, line: int, column: int) -> int:
        """Return the first line from `line` on that is not a comment indented by at least `column`."""
        while (note := self.lines.note(line)) and note[0] >= column:
            line += 1
        return line

    def first_of_notes(self, line: int, column: int) -> int:
        """Return the first of the comments directly above `line` that are at `column`; `line` if there are none."""
        while (note := self.lines.note(line - 1)) and note[0] == column:
            line -= 1
        return line

    def opens(self, line: int) -> tuple[int, str] | None:
        """Return the column and the name that the comment in `line` opens, without its # and the space after it."""
        note = self.lines.note(line)
        found = _OPENING.fullmatch(note[1]) if note else None
        if not note or not found:
            return None
        return note[0] + max(len(found["in"]) - 1, 0) + len(found["dash"] or ""), found["name"]

    def opening_of(self, name: str, line: int, column: int) -> int | None:
        """Return the first line below the comment that opens `name` at `column`, or None. Searches from `line` on."""
        while self.lines.note(line) or self.lines.is_blank(line):
            if self.opens(line) == (column, name):
                return self.past_opening(line)
            line += 1
        return None

    def past_opening(self, line: int) -> int:
        """Return the first line below the opening at `line`: the lines that belong to it are further indented."""
        first = self.lines.note(line)
        line += 1
        while first and (note := self.lines.note(line)) and note[0] == first[0] and _inwards(note) > _inwards(first):
            line += 1
        return line


def _inwards(note: tuple[int, str]) -> int:
    return len(note[1]) - len(note[1].lstrip(" "))
