"""Data validation of cells: lists of choices, days and numbers, with a message for other input."""

from collections.abc import Sequence
from typing import Final, Literal

from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kpf.forms.fields import FormField
from kpf.forms.wording import offered
from kpf.forms.workbook.looks import cell_at, put_text
from kpf.model.values import DAY, POUNDS

LISTS: Final = "Lists"
_COUNTED: Final = (0, 999_999_999)
"""The bounds of whole numbers without bounds of their own."""


_Kind = Literal["whole", "decimal", "date"]
_Operator = Literal["between", "greaterThan", "greaterThanOrEqual"]


class Choices:
    """The data validation of a workbook, with its lists on a hidden sheet, each once."""

    def __init__(self, book: Workbook) -> None:
        self._sheet: Worksheet = book.create_sheet(LISTS)
        self._sheet.sheet_state = "hidden"
        self._at: dict[tuple[str, ...], str] = {}
        self._rules: dict[tuple[str, str], DataValidation] = {}

    def offer(self, cell: Cell, field: FormField, names: Sequence[str]) -> str:
        """Let `cell` accept the values of `field`, or suggest `names`, and return its number format."""
        written, choices = field.shape.written, offered(field, names)
        if field.many:
            return "@"
        if choices:
            self._list(cell, choices, strict=choices != tuple(names))
        elif written == DAY:
            self._add(cell, "day", "date", ("greaterThan", "2"), "Type a day, for example 23/11/2026.")
            return "d mmmm yyyy"
        elif written and "integer" in written.editor:
            least, most = map(str, written.bounds or _COUNTED)
            self._add(cell, written.wants, "whole", ("between", least, most), f"Type {written.wants}.")
            return "0"
        elif written == POUNDS:
            self._add(cell, "sum", "decimal", ("greaterThanOrEqual", "0"), f"Type {POUNDS.wants}.")
            return "#,##0.##"
        return "@"

    def half_years(self, cell: Cell, halves: Sequence[str]) -> None:
        """Let `cell` suggest one of `halves`."""
        self._list(cell, halves, strict=False)

    def _list(self, cell: Cell, names: Sequence[str], *, strict: bool) -> None:
        where = self._at.get(tuple(names)) or self._written(tuple(names))
        key = (cell.parent.title, f"{where}{strict}")
        if key not in self._rules:
            rule = DataValidation("list", formula1=where, allow_blank=True, showErrorMessage=True)
            rule.errorStyle = "stop" if strict else "warning"
            rule.errorTitle = "Not in the list"
            rule.error = "Choose one from the list." if strict else "This is not in the list yet. Keep it all the same?"
            _sheet_of(cell).add_data_validation(rule)
            self._rules[key] = rule
        self._rules[key].add(cell.coordinate)

    def _written(self, names: tuple[str, ...]) -> str:
        column = len(self._at) + 1
        for row, name in enumerate(names, 1):
            put_text(cell_at(self._sheet, row, column), name)
        letter = cell_at(self._sheet, 1, column).column_letter
        self._at[names] = f"{LISTS}!${letter}$1:${letter}${len(names)}"
        return self._at[names]

    def _add(self, cell: Cell, name: str, kind: _Kind, bounds: tuple[_Operator, *tuple[str, ...]], says: str) -> None:
        key = (cell.parent.title, name)
        if key not in self._rules:
            operator, *limits = bounds
            rule = DataValidation(kind, operator=operator, allow_blank=True, showErrorMessage=True)
            rule.formula1 = limits[0]
            rule.formula2 = limits[1] if len(limits) > 1 else None
            rule.errorTitle, rule.error = "Not understood", says
            _sheet_of(cell).add_data_validation(rule)
            self._rules[key] = rule
        self._rules[key].add(cell.coordinate)


def _sheet_of(cell: Cell) -> Worksheet:
    if not isinstance(cell.parent, Worksheet):
        raise TypeError(cell.parent)
    return cell.parent
