"""A workbook to send back, which lists the answers not taken with the reasons, and asks again."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpf.document import Document
from kpf.forms.identity import FormIdentity, RegisterIdentity
from kpf.forms.marks import NOT_TAKEN, words_mark
from kpf.forms.names import FormNames
from kpf.forms.outcome import NotTaken
from kpf.forms.packing import repacked
from kpf.forms.refused import RefusedForms
from kpf.forms.workbook import looks
from kpf.forms.workbook.choices import Choices
from kpf.forms.workbook.sheet import FormSheet
from kpf.forms.workbook.writing import sheet_title

_TITLE: Final = "What could not be taken, and why"
_ASKED_AGAIN: Final = (
    "Answer these once more in the yellow cells of the sheets that follow, and send this workbook back."
)
_ONLY_LISTED: Final = "Please correct these in the form that you returned, and send that again."
_HEADS: Final = (
    "File, sheet and cell",
    "Question",
    "Your answer",
    "Why it was not taken",
    "Recorded now",
    "What to do",
)
_WIDTHS: Final = (24, 26, 24, 44, 20, 28)


def refused_workbook(
    not_taken: Sequence[NotTaken], refused: RefusedForms, council: Document, register: RegisterIdentity, day: date
) -> bytes:
    """Return an .xlsx file with a list of `not_taken` and a sheet to fill in for each form of `refused`."""
    book = Workbook()
    first = book.active or book.create_sheet()
    first.title = NOT_TAKEN
    choices = Choices(book)
    sheets: dict[str, str] = {}
    for form in refused.forms:
        sheet = book.create_sheet(sheet_title(form.name, {NOT_TAKEN, *sheets.values()}))
        sheets[form.id or form.kind] = sheet.title
        identity = FormIdentity(register, form.id, form.name)
        FormSheet(sheet, form, choices, FormNames(council, form.document), day, identity).write()
    book.move_sheet("Lists", len(book.sheetnames))
    _list(first, not_taken, lambda one: _what_to_do(one, refused.asked, sheets))
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue(), date(1980, 1, 1))


def _what_to_do(one: NotTaken, asked: Sequence[NotTaken], sheets: dict[str, str]) -> str:
    if any(one is other for other in asked):
        return f"Answer it again on the sheet {sheets[one.target]}"
    if one.recorded:
        return "Nothing, if what is recorded is right. Else tell whoever keeps the register"
    return "Correct it in the form that you returned, and send that again"


def _list(sheet: Worksheet, not_taken: Sequence[NotTaken], what_to_do: Callable[[NotTaken], str]) -> None:
    """Write a row for each of `not_taken`, marked as kpf's own text so that nothing in it counts as an answer."""
    again = any(what_to_do(one).startswith("Answer") for one in not_taken)
    says = _ASKED_AGAIN if again else _ONLY_LISTED
    looks.title(looks.cell_at(sheet, 1, 2), _TITLE)
    looks.running_on(looks.cell_at(sheet, 2, 2), says)
    for at, head in enumerate(_HEADS, 2):
        looks.column_head(looks.cell_at(sheet, 4, at), head)
    for row, texts in ((1, (_TITLE,)), (2, (says,)), (4, _HEADS)):
        looks.put_text(looks.cell_at(sheet, row, 1), words_mark(*texts))
    for row, one in enumerate(not_taken, 5):
        texts = (str(one.cell), one.label, one.text, one.why, one.recorded, what_to_do(one))
        looks.put_text(looks.cell_at(sheet, row, 1), words_mark(*texts))
        for at, text in enumerate(texts, 2):
            looks.fixed_text(looks.cell_at(sheet, row, at), text)
        lines = max(looks.lines_needed(text, width) for text, width in zip(texts, _WIDTHS, strict=True))
        looks.set_height(sheet, row, lines)
    looks.set_page(sheet, NOT_TAKEN, len(_HEADS))
    for letter, width in zip("BCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.protection.sheet = False
