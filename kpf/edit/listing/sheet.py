"""The list of partnerships that a council keeps today: a table from a CSV or Excel file, each cell as text."""

import codecs
import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

LARGEST_LIST: Final = 20_000_000
"""In bytes."""
_LARGEST_UNPACKED: Final = 200_000_000
"""In bytes, of all parts of an Excel file: some unpack to a thousand times what they look like."""
_MOST_ROWS: Final = 5_000
_MOST_COLUMNS: Final = 200
_LONGEST_CELL: Final = 10_000
"""In characters."""
_MOST_TOLD: Final = 3
_SEPARATORS: Final = ",;\t"
_ABOVE: Final = 15
"""The number of rows among which the headings are looked for; titles may stand above them."""


class NoList(Exception):  # noqa: N818 - what it says is not an error of the program
    """The file holds no list that can be read; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list, with as many cells as there are headings."""

    number: int
    """As a spreadsheet counts: the first is 1."""
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with headings, and what of its file was not read."""

    name: str
    headings: tuple[str, ...]
    """A column without one is named after its letter."""
    rows: tuple[Row, ...]
    told: tuple[str, ...]
    """How it was read, where it might have been read otherwise, and what of the file is no part of it."""


def read_listing(name: str, content: bytes, known: Iterable[str], sheet: str | None = None) -> Sheet:
    """The list in the file `name`, whose headings are the row with most of the `known` ones. Raises `NoList`.

    `sheet` is the sheet of an Excel file to read; else the first that holds anything.
    """
    ending = Path(name).suffix.lower()
    if ending in {".xlsx", ".xlsm"}:
        told, held = _from_excel(name, content, sheet)
    elif ending in {".csv", ".tsv", ".txt"}:
        if sheet:
            raise NoList("Only an Excel file has sheets. Leave --sheet out.")
        told, held = _from_text(content)
    else:
        raise NoList(f"{name} is neither a CSV nor an Excel file. Save the list as .csv or .xlsx.")
    return _with_headings(name, held, told, frozenset(known))


def _with_headings(name: str, held: Sequence[Sequence[str]], told: list[str], known: frozenset[str]) -> Sheet:
    rows = [Row(number, tuple(cell.strip() for cell in cells)) for number, cells in enumerate(held, 1)]
    filled = [row for row in rows if any(row.cells)]
    if len(filled) < 2:  # noqa: PLR2004 - the headings, and something below them
        raise NoList(f"{name} holds no list: there is no row below its headings.")
    heads = max(filled[:_ABOVE], key=lambda row: (len(known.intersection(map(plain, row.cells))), -row.number))
    below = [row for row in filled if row.number > heads.number]
    if not below:
        raise NoList(f"{name} holds no list: there is no row below its headings, which stand in row {heads.number}.")
    width = max(len(row.cells) for row in (heads, *below))
    told += [
        f"Row {row.number}, above the headings, is not part of the list: {' '.join(filter(None, row.cells))}"
        for row in filled
        if row.number < heads.number
    ]
    names = [
        cell or f"column {_letter(at)}" for at, cell in enumerate((*heads.cells, *[""] * (width - len(heads.cells))))
    ]
    wide = tuple(Row(row.number, (*row.cells, *[""] * (width - len(row.cells)))) for row in below)
    return Sheet(name, tuple(" ".join(heading.split()) for heading in names), wide, tuple(told))


def plain(heading: str) -> str:
    """`heading` without capitals and signs, so that different spellings of it are the same."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in heading.casefold()).split())


def _letter(position: int) -> str:
    """The letters by which a spreadsheet names a column, counted from 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


# -- CSV -----------------------------------------------------------------------------------------------


def _from_text(content: bytes) -> tuple[list[str], list[list[str]]]:
    text, told = _decoded(content)
    separator = max(_SEPARATORS, key=lambda sign: (_most_cells(text, sign), -_SEPARATORS.index(sign)))
    held: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    began = 1
    try:
        for cells in reader:
            held.append(_limited(cells))
            _limit_rows(len(held))
            began = reader.line_num + 1
    except csv.Error as error:
        raise NoList(
            f"The list cannot be read as CSV from line {began} on: {error}. See whether a quotation mark is missing or "
            "one too many there, or save the list as .xlsx instead."
        ) from error
    return [*told, *_swallowed(held, separator)], held


def _swallowed(held: Sequence[Sequence[str]], separator: str) -> Iterator[str]:
    """Cells that look as if they held whole rows, for a quotation mark too few."""
    found = [
        f"In row {number} one cell holds {len(lines)} lines of the file: “{lines[0][:_ABOVE]}…”. If these are rows of "
        "their own, a quotation mark is missing there."
        for number, cells in enumerate(held, 1)
        for cell in cells
        if separator in cell and len(lines := cell.splitlines()) > 1 and any(separator in line for line in lines)
    ]
    yield from found[:_MOST_TOLD]
    if len(found) > _MOST_TOLD:
        yield f"So do {len(found) - _MOST_TOLD} more cells."


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """The text, and how it was read where that is no matter of course."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        told = "The file is not saved as UTF-8, so it was read as Windows writes it. Look at accents and pound signs."
        return content.decode("cp1252", "replace"), [told]


def _most_cells(text: str, separator: str) -> int:
    """How many cells most of the first rows have, at least, where `separator` parts them."""
    counts = []
    try:
        for cells, _ in zip(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator), range(_ABOVE), strict=False
        ):
            counts.append(len(cells))
    except csv.Error:
        return 0
    return sorted(counts)[len(counts) // 2] if counts else 0


# -- Excel ---------------------------------------------------------------------------------------------


def _from_excel(name: str, content: bytes, sheet: str | None) -> tuple[list[str], list[list[str]]]:
    import openpyxl  # noqa: PLC0415 - a tenth of a second, and only needed here

    try:
        _check_size(name, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a list has no use for: extensions, pictures, styles
            values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            written = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
            held = {
                title: list(_rows(values[title], written[title]))
                for title in values.sheetnames
                if hasattr(values[title], "iter_rows")  # a sheet that is a chart has none
            }
    except (MemoryError, NoList):
        raise
    except Exception as error:  # there is no saying what openpyxl raises for what is no workbook, or a broken one
        raise NoList(
            f"{name} cannot be read as an Excel file. Open it in Excel and save it as .xlsx or .csv."
        ) from error
    filled = [title for title, rows in held.items() if any(any(cells) for cells in rows)]
    if sheet is not None and sheet not in held:
        raise NoList(f"{name} has no sheet {sheet}. There are: {', '.join(held)}.")
    if not filled:
        raise NoList(f"{name} holds nothing.")
    taken = sheet or filled[0]
    told = [
        f'The sheet “{title}” was not read. To read it instead: --sheet "{title}"' for title in filled if title != taken
    ]
    return told, held[taken]


def _check_size(name: str, content: bytes) -> None:
    """Raises `NoList` where the parts of an Excel file unpack to more than any list."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > _LARGEST_UNPACKED:
            raise NoList(f"{name} is far larger than a list of partnerships. Keep only the list in it.")


def _rows(values: Any, written: Any) -> Iterator[list[str]]:
    """The rows of a sheet: what its cells show, and where that was never worked out, the formula itself."""
    pairs = zip(values.iter_rows(values_only=True), written.iter_rows(values_only=True), strict=False)
    for number, (shown, typed) in enumerate(pairs):
        _limit_rows(number + 1)
        yield _limited([cell_text(was if cell is None else cell) for cell, was in zip(shown, typed, strict=False)])


def cell_text(value: object) -> str:
    """What a cell holds, as it would be written in a register."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _limited(cells: list[str]) -> list[str]:
    filled = next((at for at in range(len(cells), 0, -1) if cells[at - 1]), 0)
    if filled > _MOST_COLUMNS:
        raise NoList(f"The list has more than {_MOST_COLUMNS} columns. Take out what is not about partnerships.")
    if any(len(cell) > _LONGEST_CELL for cell in cells[:filled]):
        raise NoList(
            f"A cell of the list has more than {_LONGEST_CELL:,} characters. Shorten it, or see whether a quotation "
            "mark is missing."
        )
    return cells[:filled]


def _limit_rows(rows: int) -> None:
    if rows > _MOST_ROWS:
        raise NoList(f"The list has more than {_MOST_ROWS:,} rows. Take out what is no partnership.")
