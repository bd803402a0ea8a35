"""The cells of a council's list as they are shown, whatever kind of file they come from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LARGEST_LIST: Final = 20_000_000
"""In bytes."""
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
_LONGEST_CELL: Final = 10_000
"""In characters."""
_ERROR: Final = re.compile(r"#N/[AD]|#GETTING_DATA|#[A-Z/0]{3,}[!?]|#+|ERR:[0-9]{3}", re.ASCII)
"""What Excel and LibreOffice show for an error, in capitals, and for what is wider than its column."""


class NoList(Exception):  # noqa: N818 - what it says is not an error of the program
    """The file holds no list that can be read; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class ListCell:
    """One cell of a list."""

    text: str = ""
    """What it shows, as it would be written in a register."""
    at: str = ""
    """The cell that shows it, as a spreadsheet names it: B6."""
    trouble: str = ""
    """Why its text is no answer: an error, or a formula that was never worked out."""
    lent: bool = False
    """Whether it is the lower part of a merged cell, and the text stands further up."""
    struck: bool = False
    """Whether its text is struck through."""

    @property
    def has_own(self) -> bool:
        """Whether something stands in this very cell."""
        return bool(self.text) and not self.lent


BLANK: Final = ListCell()


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, or a text file."""

    title: str
    """The name of the sheet; empty for a text file."""
    rows: tuple[tuple[ListCell, ...], ...]
    across: tuple[tuple[int, int, int], ...] = ()
    """Cells merged across columns: the row, counted from 1, with its first and last column, counted from 0."""
    remarks: tuple[str, ...] = ()
    """What of the sheet might be missed: rows that are hidden, comments on cells."""
    is_hidden: bool = False


def letter_of(position: int) -> str:
    """The letters by which a spreadsheet names a column, counted from 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def as_shown(text: str, at: str) -> ListCell:
    """The cell named `at` that shows `text`."""
    text = text.strip()
    return ListCell(text, at, "it shows an error, not an answer" if _ERROR.fullmatch(text.upper()) else "")


def limited(cells: Sequence[ListCell]) -> tuple[ListCell, ...]:
    """`cells` up to the last that is filled. Raises `NoList` where they are too many or too long."""
    filled = next((at for at in range(len(cells), 0, -1) if cells[at - 1].text), 0)
    limit_columns(filled)
    if any(len(cell.text) > _LONGEST_CELL for cell in cells[:filled]):
        raise NoList(
            f"A cell of the list has more than {_LONGEST_CELL:,} characters. Shorten it, or see whether a quotation "
            "mark is missing."
        )
    return tuple(cells[:filled])


def limit_columns(columns: int) -> None:
    """Raises `NoList` where a list has too many `columns`."""
    if columns > MOST_COLUMNS:
        raise NoList(f"The list has more than {MOST_COLUMNS} columns. Take out what is not about partnerships.")


def limit_rows(rows: int) -> None:
    """Raises `NoList` where a list has too many `rows`."""
    if rows > MOST_ROWS:
        raise NoList(f"The list has more than {MOST_ROWS:,} rows. Take out what is not a partnership.")
