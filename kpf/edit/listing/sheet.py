"""The list of partnerships that a council keeps today: the right sheet of its file, with its headings and its rows."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpf.edit.listing.delimited import read_delimited
from kpf.edit.listing.excel import read_excel
from kpf.edit.listing.grid import BLANK, Grid, ListCell, NoList
from kpf.edit.listing.heads import Heads, headings_for, heads_of

OTHER_SHEETS: Final = {
    ".xls": "in the format of Excel 97 to 2003",
    ".xlsb": "a binary Excel file",
    ".ods": "a spreadsheet of LibreOffice or OpenOffice",
    ".numbers": "a spreadsheet of Numbers",
}
"""What the spreadsheets are that kpf does not read, by the end of their names."""
_FORM: Final = '["kpf", "'
"""What the hidden column of a form begins with."""
_OTHERS: Final = {**OTHER_SHEETS, ".doc": "a Word document", ".docx": "a Word document", ".pdf": "a PDF"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list, with as many cells as there are headings."""

    number: int
    """As a spreadsheet counts: the first is 1."""
    cells: tuple[ListCell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with headings, and what of its file was not read."""

    name: str
    """That of the file."""
    headings: tuple[str, ...]
    """A column without one is named after its letter."""
    rows: tuple[Row, ...]
    remarks: tuple[str, ...]
    """How it was read, where it might have been read otherwise, and what of the file is no part of it."""
    title: str = ""
    """The name of the sheet in an Excel file."""

    @property
    def called(self) -> str:
        """File and sheet, for people."""
        return f"{self.name}, sheet “{self.title}”" if self.title else self.name


def read_listing(name: str, content: bytes, known: Collection[str], sheet: str | None = None) -> Sheet:
    """The list in the file `name`, whose headings are the row with most of the `known` ones. Raises `NoList`.

    `sheet` is the sheet of an Excel file to read; else the one with most known headings.
    """
    ending = Path(name).suffix.lower()
    if ending in {".xlsx", ".xlsm"}:
        grids = read_excel(name, content)
        if any(row and row[0].text.startswith(_FORM) for grid in grids for row in grid.rows):
            raise NoList(f"{name} is a form that kpf ask has written. To record the answers in it: kpf answer {name}")
        grid, remarks = _chosen(name, grids, known, sheet)
    elif ending in {".csv", ".tsv", ".txt"}:
        if sheet:
            raise NoList("Only an Excel file has sheets. Leave --sheet out.")
        grid, remarks = read_delimited(content, lambda grid: _score(grid, known))
    elif ending in _OTHERS:
        raise NoList(
            f"{name} is {_OTHERS[ending]}, which kpf does not read. Open it, choose File, Save As, and save the list "
            "as Excel Workbook (.xlsx) or as .csv."
        )
    else:
        raise NoList(f"{name} is neither a CSV nor an Excel file. Save the list as .csv or .xlsx.")
    return _with_headings(name, grid, [*remarks, *grid.remarks], known)


def _chosen(name: str, grids: Sequence[Grid], known: Collection[str], sheet: str | None) -> tuple[Grid, list[str]]:
    """The sheet to read, and what is said of the others."""
    filled = [grid for grid in grids if any(cell.text for row in grid.rows for cell in row)]
    if sheet is not None and sheet not in {grid.title for grid in grids}:
        raise NoList(f"{name} has no sheet {sheet}. There are: {', '.join(grid.title for grid in grids)}.")
    if not filled:
        raise NoList(f"{name} holds nothing.")
    shown = [grid for grid in filled if not grid.is_hidden] or filled
    taken = max(shown, key=lambda grid: _score(grid, known))
    if sheet is not None:
        taken = next(grid for grid in grids if grid.title == sheet)
    remarks = [
        f"The {'hidden ' if grid.is_hidden else ''}sheet “{grid.title}” was not read. "
        f'To read it instead: --sheet "{grid.title}"'
        for grid in filled
        if grid is not taken
    ]
    return taken, remarks


def _score(grid: Grid, known: Collection[str]) -> int:
    heads = heads_of(grid, known)
    return heads.score if heads else 0


def _with_headings(name: str, grid: Grid, remarks: list[str], known: Collection[str]) -> Sheet:
    heads = heads_of(grid, known)
    rows = list(_rows_below(grid, heads)) if heads else []
    if heads is None or not rows:
        where = f", which are in row {heads.last}" if heads and heads.last > 1 else ""
        raise NoList(f"{name} holds no list: there is no row below its headings{where}.")
    remarks += [
        f"Row {number}, above the headings, is not part of the list: {' '.join(cell.text for cell in row if cell.text)}"
        for number, row in enumerate(grid.rows[: heads.first - 1], 1)
        if any(cell.text for cell in row)
    ]
    if heads.first < heads.last:
        upper = ", ".join(" ".join(cell.text.split()) for cell in grid.rows[heads.first - 1] if cell.has_own)
        remarks.append(f"The headings are in two rows, {heads.first} and {heads.last}. The upper one says: {upper}")
    width = max(len(heads.names), *(len(row.cells) for row in rows))
    wide = tuple(Row(row.number, _filled_up(row.cells, width)) for row in rows)
    return Sheet(name, headings_for(heads.names, width), wide, tuple(remarks), grid.title)


def _rows_below(grid: Grid, heads: Heads) -> Iterator[Row]:
    for number, cells in enumerate(grid.rows[heads.last :], heads.last + 1):
        if any(cell.has_own for cell in cells):
            yield Row(number, cells)


def _filled_up(cells: tuple[ListCell, ...], width: int) -> tuple[ListCell, ...]:
    return (*cells, *[BLANK] * (width - len(cells)))
