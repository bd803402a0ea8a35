"""The lines that a change removed, and where they belong in the present file."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice
from typing import Final

from kpf.check.brief import PutBack
from kpf.document import Document
from kpf.finding import Location, Trail

_LONGEST: Final = 5_000
"""The greatest number of lines of a file that is compared. The work grows with the square."""
_MOST: Final = 60
"""The greatest number of lines offered for putting back. Beyond that, restore the whole file."""


@dataclass(frozen=True, slots=True)
class _Hunk:
    """A range of lines of the earlier file, and the range that replaces it. Lines count from 0; ends are exclusive."""

    old: tuple[int, int]
    new: tuple[int, int]


@dataclass(frozen=True)
class ChangedLines:
    """Two versions of a file, line by line."""

    old: Document
    new: Document

    @cached_property
    def _hunks(self) -> tuple[_Hunk, ...]:
        old, new = self.old.lines, self.new.lines
        if max(len(old), len(new)) > _LONGEST:
            return ()
        codes = SequenceMatcher(None, old, new).get_opcodes()
        return tuple(_Hunk((a, b), (c, d)) for tag, a, b, c, d in codes if tag not in {"equal", "insert"})

    def to_put_back(self, *trails: Trail) -> PutBack | None:
        """Return the lines with the values at `trails` of the earlier file that were removed.

        None if there are none, or if they belong in several places.
        """
        spans = [span for span in map(self.old.lines_of, trails) if span[1]]
        if not spans:
            return None
        found = list(self._within(min(spans)[0] - 1, max(last for _, last in spans)))
        if len(found) != 1:
            return None
        (hunk,) = found
        lines = tuple(self.old.lines[hunk.old[0] : hunk.old[1]])
        if len(lines) > _MOST:
            return None
        start, end = hunk.new
        above = self.new.lines[start - 1] if 0 < start <= len(self.new.lines) else ""
        return PutBack(self.new.path, start + 1, end, lines, hunk.old[0] + 1, above)

    def _within(self, first: int, last: int) -> Iterator[_Hunk]:
        """Yield the part of each hunk between two lines of the earlier file."""
        begin = bisect_right(self._hunks, first, key=lambda hunk: hunk.old[1])
        for hunk in islice(self._hunks, begin, None):
            if hunk.old[0] >= last:
                return
            start, end = max(hunk.old[0], first), min(hunk.old[1], last)
            size_old, size_new = hunk.old[1] - hunk.old[0], hunk.new[1] - hunk.new[0]
            if size_new == 0:
                yield _Hunk((start, end), hunk.new)
            elif size_old == size_new:  # line for line
                shift = hunk.new[0] - hunk.old[0]
                yield _Hunk((start, end), (start + shift, end + shift))
            else:
                yield hunk

    def place(self, put_back: PutBack) -> Location:
        """Return where the lines are missing: at the lines that replaced them, else at the line above."""
        lines = self.new.lines
        number = min(put_back.line if put_back.end_line >= put_back.line else max(put_back.line - 1, 1), len(lines))
        line = lines[number - 1] if lines else ""
        start = len(line) - len(line.lstrip())
        end = max(len(line.rstrip()), start) + 1
        return Location(self.new.path, max(number, 1), start + 1, max(number, 1), end, line)
