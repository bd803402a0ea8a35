"""Reading a returned workbook, perhaps renamed, rearranged, annotated or saved by another program."""

import io
import warnings
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

from kpf.edit.listing.excel import cell_text, struck_through
from kpf.forms.fields import MODELS, FormModels
from kpf.forms.marked import MOST_ROWS, MarkedRows, NoForm, parts_of_form, written_in
from kpf.forms.marks import NOT_TAKEN
from kpf.forms.returned import FormCell, ReturnedForm, WrittenCell

_MOST_COLUMNS: Final = 240
_MOST_SHEETS: Final = 200
_OWN_SHEETS: Final = {"Lists", "Origin"}
"""The names of kpf's hidden sheets, which hold no answers."""


def read_workbook(name: str, content: bytes, models: FormModels = MODELS) -> ReturnedForm:
    """Return the answers in `content`, a workbook in the file `name`. Raise `NoForm` if it is no readable form."""
    returned = ReturnedForm(name, sha256(content).hexdigest())
    known = only_lists = False
    for title, rows in _sheets(name, content):
        reader = MarkedRows(returned, models)
        for number, cells in rows:
            reader.read([_written(returned, title, number, at, cell) for at, cell in enumerate(cells)])
        known, only_lists = known or reader.is_known, only_lists or title == NOT_TAKEN
        if not reader.is_known and title not in _OWN_SHEETS:
            why = "there is no question here" if reader.has_marks else "this sheet is not one of kpf's"
            returned.astray += [(written, why) for written in reader.loose]
    if not known and only_lists:
        raise NoForm(
            f"{name} only lists what could not be taken, and why. Correct those answers in the form that they came "
            "from, and give that."
        )
    if not known:
        raise NoForm(f"{name} is not a workbook that kpf ask has written. Give the file as it was returned.")
    return returned


def _written(returned: ReturnedForm, title: str, number: int, at: int, cell: Any) -> WrittenCell | None:
    letter = cell.column_letter if hasattr(cell, "column_letter") else str(at)
    is_formula = getattr(cell, "data_type", "") == "f"
    struck = struck_through(cell)
    trouble = "it is a formula; type the answer itself" if is_formula else struck and f"{struck}; type the answer again"
    text = cell_text(getattr(cell, "value", None))
    return written_in(returned, FormCell(returned.file, title, f"{letter}{number}"), text, trouble=trouble)


def _sheets(name: str, content: bytes) -> Iterator[tuple[str, Iterator[tuple[int, list[Any]]]]]:
    import openpyxl  # noqa: PLC0415 - a tenth of a second, and only needed here

    _refuse_hostile(name, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about features that answers do not use
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, rich_text=True)
            for title in book.sheetnames:
                sheet: Any = book[title]
                if hasattr(sheet, "iter_rows"):
                    yield title, _rows(name, sheet)
    except (MemoryError, NoForm):
        raise
    except Exception as error:  # openpyxl raises any exception on a broken file
        raise NoForm(f"{name} cannot be read as an Excel file. Open it in Excel and save it as .xlsx.") from error


def _refuse_hostile(name: str, content: bytes) -> None:
    """Raise `NoForm` if a workbook has macros, links to other workbooks or far too much content."""
    parts = parts_of_form(name, content, ".xlsx")
    if sum(part.startswith("xl/worksheets/") and part.endswith(".xml") for part in parts) > _MOST_SHEETS:
        raise NoForm(f"{name} has more than {_MOST_SHEETS} sheets. Send back those that kpf wrote.")
    if any(part.startswith("xl/externallinks/") for part in parts):
        raise NoForm(f"{name} holds links to other workbooks. Type the answers themselves.")


def _rows(name: str, sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > MOST_ROWS or len(row) > _MOST_COLUMNS:
            most = f"{MOST_ROWS:,} rows" if number > MOST_ROWS else f"{_MOST_COLUMNS} columns"
            raise NoForm(f"{name}, {sheet.title} has more than {most}. Send back the sheet as kpf wrote it.")
        yield number, list(row)
