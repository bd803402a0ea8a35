"""The style of the workbooks: few colours with enough contrast, yellow cells for answers, A4 pages."""

from typing import Any, Final

from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

WIDTHS: Final = (34, 27, 22, 15, 32, 24)
"""The widths of the columns of questions, in characters."""
FURTHER: Final = 15
"""The width of the further columns of wide tables, in characters."""
_FONT: Final = "Arial"
_DARK: Final = "1F4E5F"
_LIGHT: Final = "E6EFF2"
_FOR_ANSWERS: Final = "FFF9E0"
_LINE: Final = Side(style="thin", color="9FB4BC")
_EDGE: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LINE_HEIGHT: Final = 15.5


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return the cell of `sheet` in this row and column, both counted from 1."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):  # no cells are merged, because they confuse screen readers
        raise TypeError(cell)
    return cell


def running_on(cell: Cell, text: str) -> None:
    """Write text that continues over the cells to the right."""
    paragraph_in(cell, text)
    cell.alignment = Alignment(wrap_text=False)


def title(cell: Cell, text: str) -> None:
    """Write a heading of the first level."""
    put_text(cell, text)
    cell.font = Font(name=_FONT, size=18, bold=True, color=_DARK)
    cell.alignment = Alignment(vertical="center")


def heading(cell: Cell, text: str) -> None:
    """Write the heading of a part of a sheet."""
    put_text(cell, text)
    cell.font = Font(name=_FONT, size=13, bold=True, color=_DARK)
    cell.alignment = Alignment(vertical="bottom")


def paragraph_in(cell: Cell, text: str, *, bold: bool = False) -> None:
    """Write a paragraph of text."""
    put_text(cell, text)
    cell.font = Font(name=_FONT, size=11, bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def column_head(cell: Cell, text: str) -> None:
    """Write the heading of a column."""
    put_text(cell, text)
    cell.font = Font(name=_FONT, size=11, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", start_color=_DARK)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = _EDGE


def fixed_text(cell: Cell, text: str, *, bold: bool = False) -> None:
    """Write text in a cell of a table that is not for an answer."""
    put_text(cell, text)
    cell.font = Font(name=_FONT, size=11, bold=bold, color="222222")
    cell.fill = PatternFill("solid", start_color=_LIGHT)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = _EDGE


def question(cell: Cell, label: str, text: str) -> None:
    """Write a question: its label in bold, and its help `text` below."""
    fixed_text(cell, "")
    cell.value = CellRichText(TextBlock(InlineFont(rFont=_FONT, sz=11, b=True), label), f"\n{text}")


def for_an_answer(cell: Cell, *, number_format: str = "@") -> None:
    """Make `cell` one for an answer, yellow and unlocked."""
    cell.font = Font(name=_FONT, size=11)
    cell.fill = PatternFill("solid", start_color=_FOR_ANSWERS)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = _EDGE
    cell.protection = Protection(locked=False)
    cell.number_format = number_format


def put_text(cell: Cell, text: str) -> None:
    """Write `text` as text, never as a formula."""
    cell.value = text
    cell.data_type = "s"


def lines_needed(text: str, width: int) -> int:
    """Return the number of lines of `text` in a column that is `width` characters wide."""
    return sum(max(1, -(-len(line) // max(width - 1, 1))) for line in text.split("\n")) if text else 1


def set_height(sheet: Worksheet, row: int, lines: int, *, least: float = 18) -> None:
    """Set the height of `row` for `lines` of text, because LibreOffice and Excel differ in fitting it."""
    sheet.row_dimensions[row].height = max(least, lines * _LINE_HEIGHT + 3)


def set_page(sheet: Worksheet, name: str, columns: int) -> None:
    """Set up `sheet` as A4 landscape, fitted to the width, with column A hidden and only answers unlocked.

    `name` is the footer and `columns` the number of visible columns.
    """
    sheet.column_dimensions["A"].hidden = True
    for at in range(columns):
        letter = cell_at(sheet, 1, at + 2).column_letter
        sheet.column_dimensions[letter].width = WIDTHS[at] if at < len(WIDTHS) else FURTHER
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.8
    footer: Any = sheet.oddFooter
    footer.left.text = name.replace("&", "&&")
    footer.right.text = "Page &P of &N"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.insertRows = False
    sheet.protection.selectLockedCells = False
