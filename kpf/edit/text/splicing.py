"""Replacements in a text, and its lines."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_NOTE: Final = re.compile(r"([ \t]*)#(.*)")


@dataclass(frozen=True, slots=True)
class Splice:
    """A replacement of the characters from `start` to `end` by the text `put`."""

    start: int
    end: int
    put: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return `text` with all `splices` applied, which must not overlap."""
    pieces, done = [], 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        pieces += [text[done : splice.start], splice.put]
        done = splice.end
    return "".join([*pieces, text[done:]])


@dataclass(frozen=True)
class Lines:
    """The lines of a text, with their offsets and line ends. Lines count from 0."""

    text: str

    @cached_property
    def _whole(self) -> list[str]:
        return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", self.text)

    @cached_property
    def starts(self) -> list[int]:
        """The offset of each line, then that of the end of the text."""
        return list(accumulate(map(len, self._whole), initial=0))

    @property
    def count(self) -> int:
        """The number of lines."""
        return len(self._whole)

    def at(self, offset: int) -> int:
        """Return the number of the line with `offset`; after a final line end, one past the last line."""
        return bisect_right(self.starts, offset) - 1

    def __getitem__(self, line: int) -> str:
        """Return the line without its line end; empty if there is no such line."""
        return self._whole[line].rstrip("\r\n") if 0 <= line < self.count else ""

    def exists(self, line: int) -> bool:
        """Return whether there is such a line."""
        return 0 <= line < self.count

    def is_blank(self, line: int) -> bool:
        """Return whether the line has only spaces."""
        return self.exists(line) and not self[line].strip()

    def note(self, line: int) -> tuple[int, str] | None:
        """Return the column and the text of a line that is only a comment, else None."""
        found = _NOTE.fullmatch(self[line])
        return (len(found[1]), found[2]) if found else None

    def end_of(self, line: int) -> str:
        """Return the line end to use next to `line`: its own, else that of the first line."""
        for near in (line, line - 1, 0):
            found = _BREAK.search(self._whole[near]) if self.exists(near) else None
            if found:
                return found.group()
        return "\n"

    def inserted(self, line: int, put: Iterable[str]) -> Splice:
        """Return the splice that inserts the lines `put` before `line`, which may be one past the last line."""
        at = self.starts[min(line, self.count)]
        end = self.end_of(line - 1)
        if at and self.text[at - 1] not in "\r\n":
            return Splice(at, at, "".join(f"{end}{one}" for one in put))
        return Splice(at, at, "".join(f"{one}{end}" for one in put))
