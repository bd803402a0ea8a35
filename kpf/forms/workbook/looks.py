"""How the workbooks look: few colours with enough contrast, yellow cells for answers, sheets that print on A4."""

from typing import Any, Final

from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

WIDTHS: Final = (34, 27, 22, 15, 32, 24)
"""Of the columns that questions take, in characters."""
FURTHER: Final = 15
"""Of the columns that only a wide table takes."""
_FONT: Final = "Arial"
_DARK: Final = "1F4E5F"
_LIGHT: Final = "E6EFF2"
_FOR_ANSWERS: Final = "FFF9E0"
_LINE: Final = Side(style="thin", color="9FB4BC")
_EDGE: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LINE_HEIGHT: Final = 15.5


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell of `sheet` in this row and column, both counted from 1."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):  # no cells are merged: a screen reader loses its way in them
        raise TypeError(cell)
    return cell


def running_on(cell: Cell, text: str) -> None:
    """Words that run on over the cells to the right."""
    paragraph_in(cell, text)
    cell.alignment = Alignment(wrap_text=False)


def title(cell: Cell, text: str) -> None:
    """A heading of the first rank."""
    put_text(cell, text)
    cell.font = Font(name=_FONT, size=18, bold=True, color=_DARK)
    cell.alignment = Alignment(vertical="center")


def heading(cell: Cell, text: str) -> None:
    """What heads a part of a sheet."""
    put_text(cell, text)
    cell.font = Font(name=_FONT, size=13, bold=True, color=_DARK)
    cell.alignment = Alignment(vertical="bottom")


def paragraph_in(cell: Cell, text: str, *, bold: bool = False) -> None:
    """Words to be read."""
    put_text(cell, text)
    cell.font = Font(name=_FONT, size=11, bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def column_head(cell: Cell, text: str) -> None:
    """What heads a column."""
    put_text(cell, text)
    cell.font = Font(name=_FONT, size=11, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", start_color=_DARK)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = _EDGE


def fixed_text(cell: Cell, text: str, *, bold: bool = False) -> None:
    """A cell of a table that says something, and takes no answer."""
    put_text(cell, text)
    cell.font = Font(name=_FONT, size=11, bold=bold, color="222222")
    cell.fill = PatternFill("solid", start_color=_LIGHT)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = _EDGE


def question(cell: Cell, label: str, text: str) -> None:
    """What is asked: what people call it, and below it what belongs there."""
    fixed_text(cell, "")
    cell.value = CellRichText(TextBlock(InlineFont(rFont=_FONT, sz=11, b=True), label), f"\n{text}")


def for_an_answer(cell: Cell, *, number_format: str = "@") -> None:
    """A cell that can be typed in."""
    cell.font = Font(name=_FONT, size=11)
    cell.fill = PatternFill("solid", start_color=_FOR_ANSWERS)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = _EDGE
    cell.protection = Protection(locked=False)
    cell.number_format = number_format


def put_text(cell: Cell, text: str) -> None:
    """`text` as text, whatever it begins with: never a formula."""
    cell.value = text
    cell.data_type = "s"


def lines_needed(text: str, width: int) -> int:
    """In how many lines `text` stands in a column that is `width` characters wide."""
    return sum(max(1, -(-len(line) // max(width - 1, 1))) for line in text.split("\n")) if text else 1


def set_height(sheet: Worksheet, row: int, lines: int, *, least: float = 18) -> None:
    """Make `row` as high as its longest text needs: LibreOffice and Excel do not agree on doing so by themselves."""
    sheet.row_dimensions[row].height = max(least, lines * _LINE_HEIGHT + 3)


def set_page(sheet: Worksheet, name: str, columns: int) -> None:
    """A4, landscape, as wide as the paper; the hidden column left out, and nothing to be typed in but answers."""
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
