"""A list in an Excel file: what each cell shows, or why it shows nothing that could be an answer."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from kpf.edit.listing.grid import (
    BLANK,
    MOST_ROWS,
    Grid,
    ListCell,
    NoList,
    as_shown,
    letter_of,
    limit_columns,
    limit_rows,
    limited,
)

_LARGEST_UNPACKED: Final = 200_000_000
"""In bytes, of all parts of an Excel file: some unpack to a thousand times what they look like."""
_OLDER: Final = b"\xd0\xcf\x11\xe0"
"""How files of Excel 97 to 2003 begin, and newer ones that are locked by a password."""
_LOWEST: Final = 20 * MOST_ROWS
"""The last row in which something may stand, blank ones between counted."""
_MOST_NAMED: Final = 8
_NOT_WORKED_OUT: Final = "it is a formula that was never worked out; open the file in Excel and save it"

STRUCK: Final = "it is struck through"
_PARTLY_STRUCK: Final = "part of it is struck through"

_Formulas = Mapping[tuple[int, int], str]


def read_excel(name: str, content: bytes) -> tuple[Grid, ...]:
    """The sheets of an Excel file that hold cells, in their order. Raises `NoList`."""
    import openpyxl  # noqa: PLC0415 - a tenth of a second, and only needed here

    if content.startswith(_OLDER):
        raise NoList(
            f"{name} is locked by a password, or in the format of Excel 97 to 2003. Open it in Excel, choose File, "
            "Save As, and save it as Excel Workbook (.xlsx) without a password."
        )
    try:
        _check_size(name, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a list has no use for: extensions, pictures, styles
            written = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
            formulas = {sheet.title: _formulas(sheet) for sheet in written if hasattr(sheet, "iter_rows")}
            shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True, rich_text=True)
            return tuple(_grid(shown[title], *found) for title, found in formulas.items())
    except (MemoryError, NoList):
        raise
    except Exception as error:  # there is no saying what openpyxl raises for what is no workbook, or a broken one
        raise NoList(
            f"{name} cannot be read as an Excel file. Open it in Excel and save it as .xlsx or .csv."
        ) from error


def _check_size(name: str, content: bytes) -> None:
    """Raises `NoList` where the parts of an Excel file unpack to more than any list."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > _LARGEST_UNPACKED:
            raise NoList(f"{name} is far larger than a list of partnerships. Keep only the list in it.")


def _formulas(sheet: Any) -> tuple[_Formulas, int, int]:
    """The formulas of a sheet by row and column, and the last row and column that hold anything. Raises `NoList`.

    What the sheet itself says of its size is not believed.
    """
    sheet.reset_dimensions()
    found: dict[tuple[int, int], str] = {}
    filled_rows = last_row = last_column = 0
    for row in sheet.iter_rows():
        cells = [cell for cell in row if cell.value is not None]
        if not cells:
            continue
        filled_rows += 1
        limit_rows(filled_rows)
        last_row, last_column = cells[-1].row, max(last_column, cells[-1].column)
        limit_columns(last_column)
        if last_row > _LOWEST:
            raise NoList(
                f"There is something in row {last_row:,} of the sheet {sheet.title}. Keep only the list in it."
            )
        found |= {
            (cell.row, cell.column): str(getattr(cell.value, "text", cell.value))
            for cell in cells
            if cell.data_type == "f"
        }
    return found, last_row, last_column


def _grid(sheet: Any, formulas: _Formulas, last_row: int, last_column: int) -> Grid:
    is_hidden = sheet.sheet_state != "visible"
    if not last_row:
        return Grid(sheet.title, (), is_hidden=is_hidden)
    cell_rows = list(sheet.iter_rows(max_row=last_row, max_col=last_column))
    rows = [[_cell(cell, formulas) for cell in row] for row in cell_rows]
    across = []
    for left, top, right, low in sorted((one.bounds for one in sheet.merged_cells.ranges), key=lambda one: one[1]):
        if top > last_row or left > last_column:
            continue
        if right > left:
            across.append((top, left - 1, right - 1))
        own = rows[top - 1][left - 1]
        for row in range(top + 1, min(low, last_row) + 1):
            rows[row - 1][left - 1] = replace(own, lent=True)
    remarks = tuple(_easily_missed(sheet, cell_rows))
    return Grid(sheet.title, tuple(map(limited, rows)), tuple(across), remarks, is_hidden)


def _cell(cell: Any, formulas: _Formulas) -> ListCell:
    if not hasattr(cell, "number_format"):  # what lies under a merged cell
        return BLANK
    at = f"{letter_of(cell.column - 1)}{cell.row}"
    formula = formulas.get((cell.row, cell.column))
    if cell.value is None:
        return ListCell(formula, at, _NOT_WORKED_OUT) if formula else BLANK
    shown = as_shown(_formatted(cell.value, cell.number_format or ""), at)
    struck = struck_through(cell)
    if not struck:
        return shown
    return ListCell(shown.text, at, shown.trouble or struck, struck=struck == STRUCK)


def struck_through(cell: Any) -> str:
    """Why the words of `cell` are no answer, where a line is drawn through all or some of them; else empty."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock  # noqa: PLC0415 - as above

    font = getattr(cell, "font", None)
    whole = bool(font is not None and font.strike)
    value = getattr(cell, "value", None)
    if not isinstance(value, CellRichText):
        return STRUCK if whole else ""
    lines = {part.font.strike if isinstance(part, TextBlock) else whole for part in value if str(part).strip()}
    return _PARTLY_STRUCK if len({bool(line) for line in lines}) > 1 else STRUCK if any(lines) else ""


def _formatted(value: object, number_format: str) -> str:
    """What a cell shows that holds `value`, where its format leaves something out or adds to it."""
    code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).split(";")[0].lower()
    if isinstance(value, date) and "y" in code and "d" not in code:
        return f"{value:%Y-%m}" if "m" in code else f"{value:%Y}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        if code.endswith("%"):
            return f"{value * 100:.10g}%"
        if re.fullmatch("0{2,}", code) and float(value).is_integer():
            return f"{int(value):0{len(code)}}"
    return cell_text(value)


def cell_text(value: object) -> str:
    """What a cell holds, as it would be written in a register."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    return str(value)


def _easily_missed(sheet: Any, rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    filled = [row[0].row for row in rows if any(cell.value is not None for cell in row)]
    hidden_rows = [str(row) for row in filled if row in sheet.row_dimensions and sheet.row_dimensions[row].hidden]
    columns = [
        letter_of(at - 1)
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden and dimension.min
        for at in range(dimension.min, min(dimension.max, len(rows[0])) + 1)
    ]
    comments = [f"{letter_of(cell.column - 1)}{cell.row}" for row in rows for cell in row if _comment(cell)]
    for what, names in (("row", hidden_rows), ("column", columns)):
        if names:
            yield f"Hidden in the sheet, and read all the same: {_some(what, names)}."
    if comments:
        yield f"Comments on cells are not read: {_some('cell', comments)}."


def _comment(cell: Any) -> Any:
    return getattr(cell, "comment", None)  # what lies under a merged cell has none


def _some(what: str, names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{what}{'s' if len(names) > 1 else ''} {', '.join(names[:_MOST_NAMED])}{more}"
