"""What was not taken of returned forms, as a workbook to be sent back: each answer with its cell and the reason."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Final

from openpyxl import Workbook

from kpf.forms.marks import NOT_TAKEN
from kpf.forms.outcome import NotTaken
from kpf.forms.packing import repacked
from kpf.forms.workbook import looks

_HEADS: Final = ("File, sheet and cell", "Question", "Your answer", "Why it was not taken", "Recorded now")


def refused_workbook(held: Sequence[NotTaken]) -> bytes:
    """The workbook as a file."""
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = NOT_TAKEN
    looks.title(looks.cell_at(sheet, 1, 2), "What could not be taken, and why")
    looks.running_on(
        looks.cell_at(sheet, 2, 2), "Please correct these in the form that you returned, and send it again."
    )
    for at, head in enumerate(_HEADS, 2):
        looks.column_head(looks.cell_at(sheet, 4, at), head)
    for row, one in enumerate(held, 5):
        texts = (str(one.cell), one.label, one.text, one.why, one.recorded)
        for at, text in enumerate(texts, 2):
            looks.fixed_text(looks.cell_at(sheet, row, at), text)
        lines = max(looks.lines_needed(text, looks.WIDTHS[at]) for at, text in enumerate(texts))
        looks.set_height(sheet, row, lines)
    looks.set_page(sheet, NOT_TAKEN, len(_HEADS))
    sheet.protection.sheet = False
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue(), date(1980, 1, 1))
