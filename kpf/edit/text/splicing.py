"""A text changed at places, and its lines by their kind."""

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
    """The text `put` in place of the characters from `start` to `end`."""

    start: int
    end: int
    put: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """`text` with every splice made; none overlaps another."""
    pieces, done = [], 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        pieces += [text[done : splice.start], splice.put]
        done = splice.end
    return "".join([*pieces, text[done:]])


@dataclass(frozen=True)
class Lines:
    """The lines of a text, each with where it starts and the line end that it has."""

    text: str

    @cached_property
    def _whole(self) -> list[str]:
        return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", self.text)

    @cached_property
    def starts(self) -> list[int]:
        """Where each line starts, and at last where the text ends."""
        return list(accumulate(map(len, self._whole), initial=0))

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._whole)

    def at(self, offset: int) -> int:
        """The number of the line that holds `offset`, from 0; past the last one at the end of a text that ends so."""
        return bisect_right(self.starts, offset) - 1

    def __getitem__(self, line: int) -> str:
        """The line without its end; empty past the last one."""
        return self._whole[line].rstrip("\r\n") if 0 <= line < self.count else ""

    def exists(self, line: int) -> bool:
        """Whether there is such a line."""
        return 0 <= line < self.count

    def is_blank(self, line: int) -> bool:
        """Whether it holds nothing but spaces."""
        return self.exists(line) and not self[line].strip()

    def note(self, line: int) -> tuple[int, str] | None:
        """How far in a line's note stands and what it says, where the line holds nothing else."""
        found = _NOTE.fullmatch(self[line])
        return (len(found[1]), found[2]) if found else None

    def end_of(self, line: int) -> str:
        """The line end for what is put beside `line`: its own, else that of the first line."""
        for near in (line, line - 1, 0):
            found = _BREAK.search(self._whole[near]) if self.exists(near) else None
            if found:
                return found.group()
        return "\n"

    def inserted(self, line: int, put: Iterable[str]) -> Splice:
        """The lines `put` before `line`, which may be one past the last. Whether the text ends in a line end stays."""
        at = self.starts[min(line, self.count)]
        end = self.end_of(line - 1)
        if at and self.text[at - 1] not in "\r\n":
            return Splice(at, at, "".join(f"{end}{one}" for one in put))
        return Splice(at, at, "".join(f"{one}{end}" for one in put))
