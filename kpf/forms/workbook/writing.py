"""A workbook for one addressee: a start page, a sheet for each file, and the origin of the questions."""

import io
import re
from collections.abc import Collection
from datetime import datetime, time
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpf.dates import in_words
from kpf.forms.marks import words_mark
from kpf.forms.names import FormNames
from kpf.forms.open_form import OpenForm
from kpf.forms.packing import repacked
from kpf.forms.sending import Addressee, Occasion
from kpf.forms.wording import HOW_TO_ANSWER
from kpf.forms.workbook import looks
from kpf.forms.workbook.choices import Choices
from kpf.forms.workbook.sheet import FormSheet

ORIGIN: Final = "Origin"
_START: Final = "Start here"
_LONGEST: Final = 31
"""The greatest number of characters in the name of a sheet."""


def workbook_form(addressee: Addressee, occasion: Occasion) -> bytes:
    """Return the workbook for `addressee` as an .xlsx file, always the same for the same register and day."""
    book = Workbook()
    start = book.active or book.create_sheet()
    choices = Choices(book)
    titles: list[str] = []
    for form in addressee.forms:
        sheet = book.create_sheet(sheet_title(form.name, {_START, *titles}))
        titles.append(sheet.title)
        names = FormNames(occasion.council, form.document)
        FormSheet(sheet, form, choices, names, occasion.day, occasion.identity_of(form)).write()
    start.title = _START
    _start(start, addressee, occasion, titles)
    _origin(book.create_sheet(ORIGIN), occasion, addressee.forms)
    book.move_sheet("Lists", len(book.sheetnames))
    book.properties.creator = "kpf"
    book.properties.title = f"Key partnerships: questions to {addressee.name}"
    book.properties.created = datetime.combine(occasion.day, time())
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue(), occasion.day)


def sheet_title(name: str, taken: Collection[str]) -> str:
    """Return a valid name for a sheet that is not in `taken`: short and without characters that Excel refuses."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ") or "Partnership"
    found, number = plain[:_LONGEST].strip(), 2
    while found.casefold() in {one.casefold() for one in taken}:
        found, number = f"{plain[: _LONGEST - 4].strip()} {number}", number + 1
    return found


def _start(sheet: Worksheet, addressee: Addressee, occasion: Occasion, titles: list[str]) -> None:
    title = "Key partnerships: what is open"
    _mark(sheet, 1, title)
    looks.title(looks.cell_at(sheet, 1, 2), title)
    looks.set_height(sheet, 1, 1, least=30)
    by = f" Please return it by {in_words(occasion.by)}." if occasion.by else ""
    paragraphs = (
        f"For {addressee.name}, as at {in_words(occasion.day)}.{by}",
        *([occasion.only] if occasion.only else []),
        *(" ".join(one.split()) for one in HOW_TO_ANSWER.split("\n\n")),
    )
    for row, text in enumerate(paragraphs, 3):
        _mark(sheet, row, text)
        looks.paragraph_in(looks.cell_at(sheet, row, 2), text, bold=row == 3)  # noqa: PLR2004 - the first of them
        looks.set_height(sheet, row, looks.lines_needed(text, 112))
    row = len(paragraphs) + 4
    heads = ("Partnership", "Questions", "Tables")
    _mark(sheet, row, *heads)
    for at, text in enumerate(heads, 2):
        looks.column_head(looks.cell_at(sheet, row, at), text)
    for form, name in zip(addressee.forms, titles, strict=True):
        row += 1
        counts = (str(form.single), str(len(form.tables)))
        _mark(sheet, row, form.name, *counts)
        looks.fixed_text(looks.cell_at(sheet, row, 2), form.name, bold=True)
        sheet.cell(row, 2).hyperlink = f"#'{name.replace(chr(39), chr(39) * 2)}'!B1"
        for at, text in enumerate(counts, 3):
            looks.fixed_text(looks.cell_at(sheet, row, at), text)
    looks.set_page(sheet, "Start here", 3)
    for letter, width in (("B", 112), ("C", 13), ("D", 13)):
        sheet.column_dimensions[letter].width = width


def _mark(sheet: Worksheet, row: int, *texts: str) -> None:
    """Mark a row of kpf's own text, so that changes to it are visible."""
    looks.put_text(looks.cell_at(sheet, row, 1), words_mark(*texts))


def _origin(sheet: Worksheet, occasion: Occasion, forms: tuple[OpenForm, ...]) -> None:
    """Write the hidden sheet with the origin of the questions. It is not secret."""
    sheet.sheet_state = "hidden"
    row = 0
    for name, value in occasion.origin:
        row += 1
        looks.put_text(looks.cell_at(sheet, row, 1), name)
        looks.put_text(looks.cell_at(sheet, row, 2), value)
    for form in forms:
        for path, duties in form.reasons.items():
            row += 1
            for at, text in enumerate((form.id or form.kind, "/".join(path), " ".join(duties)), 1):
                looks.put_text(looks.cell_at(sheet, row, at), text)
        for again in form.again:
            row += 1
            for at, text in enumerate(
                (form.id or form.kind, "/".join(map(str, again.trail)), " ".join(again.duties)), 1
            ):
                looks.put_text(looks.cell_at(sheet, row, at), text)
