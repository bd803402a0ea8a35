"""A list saved as text: CSV with commas, semicolons, tabs or upright bars, as UTF-8 or as Windows writes it."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kpf.edit.listing.grid import MOST_COLUMNS, Grid, ListCell, NoList, as_shown, letter_of, limit_rows, limited

_SEPARATORS: Final = ",;\t|"
_FIRST_ROWS: Final = 15
"""The number of rows by which the separator is chosen."""
_MOST_REMARKS: Final = 3

Score = Callable[[Grid], int]
"""How many headings that are known stand in one row of a grid."""


def read_delimited(content: bytes, score: Score) -> tuple[Grid, list[str]]:
    """The cells of a text file, and how it was read. Raises `NoList`.

    It is parted by the sign that gives the most known headings, or else the most cells.
    """
    text, remarks = _decoded(content)
    separator = max(
        _SEPARATORS,
        key=lambda sign: (score(_first_rows(text, sign)), _most_cells(text, sign), -_SEPARATORS.index(sign)),
    )
    rows: list[tuple[ListCell, ...]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    began = 1
    try:
        for cells in reader:
            rows.append(_row(cells, len(rows) + 1))
            if any(cell.text for cell in rows[-1]):
                limit_rows(len(rows))
            began = reader.line_num + 1
    except csv.Error as error:
        raise NoList(
            f"The list cannot be read as CSV from line {began} on: {error}. Check there for a quotation mark that is "
            "missing or one too many, or save the list as .xlsx instead."
        ) from error
    return Grid("", tuple(rows)), [*remarks, *_swallowed(rows, separator)]


def _row(cells: Sequence[str], number: int) -> tuple[ListCell, ...]:
    return limited([as_shown(cell, f"{letter_of(at)}{number}") for at, cell in enumerate(cells)])


def _first_rows(text: str, separator: str) -> Grid:
    rows = []
    try:
        for cells, _ in zip(_reader(text, separator), range(_FIRST_ROWS), strict=False):
            rows.append(tuple(ListCell(cell.strip()) for cell in cells[: MOST_COLUMNS + 1]))
    except csv.Error:
        return Grid("", ())
    return Grid("", tuple(rows))


def _most_cells(text: str, separator: str) -> int:
    """How many cells most of the first rows have, at least, where `separator` parts them."""
    counts = sorted(len(row) for row in _first_rows(text, separator).rows)
    return counts[len(counts) // 2] if counts else 0


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _swallowed(rows: Sequence[Sequence[ListCell]], separator: str) -> Iterator[str]:
    """Remarks on cells that seem to hold whole rows, because a quotation mark is missing."""
    found = [
        f"In row {number} one cell holds {len(lines)} lines of the file: “{lines[0][:15]}…”. If these are rows of "
        "their own, a quotation mark is missing there."
        for number, cells in enumerate(rows, 1)
        for cell in cells
        if separator in cell.text
        and len(lines := cell.text.splitlines()) > 1
        and any(separator in line for line in lines)
    ]
    yield from found[:_MOST_REMARKS]
    if len(found) > _MOST_REMARKS:
        yield f"So do {len(found) - _MOST_REMARKS} more cells."


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """The text, and how it was read where that is no matter of course."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        remark = "The file is not saved as UTF-8, so it was read as Windows writes it. Look at accents and pound signs."
        return content.decode("cp1252", "replace"), [remark]
