"""Rows of a list that are no partnerships: totals, headings between others, footnotes, and what was struck through."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kpf.edit.listing.grid import BLANK, ListCell
from kpf.edit.listing.headings import Column
from kpf.edit.listing.heads import plain
from kpf.edit.listing.sheet import Row, Sheet

_TOTAL: Final = re.compile(
    r"(?:grand |sub[- ]?)?(?:totals?|averages?|mean|sum)"
    r"(?:\W+[£0-9.,\s]*|\W+(?:number|value|of|cost|for|score|contracts|partnerships|all)\b.*)?|sub[- ]?totals?\b.*",
    re.IGNORECASE | re.DOTALL,
)
_FEW: Final = 2
"""A list with so many columns may well say no more than a name."""


class NoPartnerships:
    """Tells which rows of a list are about no partnership, and why."""

    def __init__(self, listing: Sheet, columns: Sequence[Column]) -> None:
        self._headings = [plain(heading) for heading in listing.headings]
        names = [column.position for column in columns if column.question and column.question.path == ("name",)]
        self._name = names[0] if names else None
        self._gives_ids = any(column.use == "id" for column in columns)
        filled = [sum(bool(cell.text) for cell in row.cells) for row in listing.rows]
        wide = sum(bool(heading) for heading in self._headings) > _FEW
        self._says_more = wide and any(number > 1 for number in filled)

    def name_in(self, row: Row) -> ListCell:
        """The cell of `row` that names a partnership; blank where there is none."""
        return BLANK if self._name is None else row.cells[self._name]

    def why(self, row: Row) -> str:
        """Why `row` is about no partnership; empty where it is about one, as far as can be seen."""
        return next(self._reasons(row), "")

    def _reasons(self, row: Row) -> Iterator[str]:
        own = [cell for cell in row.cells if cell.has_own]
        name = self.name_in(row)
        said = ", ".join(" ".join(cell.text.split()) for cell in own)
        if self._repeats_headings(row):
            yield "it repeats the headings"
        if self.is_total(row):
            yield f"it is a total: {said}"
        if name.struck:
            yield f"“{said}” is struck through; if it has not ended, remove the line through it"
        if name.trouble:
            yield f"the name in {name.at} cannot be read: {name.trouble}"
        if not name.text and not self._gives_ids:
            yield f"nothing in it names a partnership: {said}"
        if self.is_heading(row):
            yield f"“{said}” is alone in its row, like a heading; if it is a partnership, fill in another cell"

    def is_total(self, row: Row) -> bool:
        """Whether `row` adds up others."""
        own = [cell for cell in row.cells if cell.has_own]
        return any(_TOTAL.fullmatch(cell.text) for cell in (own[0], self.name_in(row)) if cell.text)

    def is_heading(self, row: Row) -> bool:
        """Whether only a name stands in `row`, where other rows say more."""
        return self._says_more and bool(self.name_in(row).text) and sum(bool(cell.text) for cell in row.cells) == 1

    def _repeats_headings(self, row: Row) -> bool:
        pairs = [(plain(cell.text), at) for at, cell in enumerate(row.cells) if cell.text]
        return len(pairs) > 1 and all(self._headings[at] == text for text, at in pairs)
