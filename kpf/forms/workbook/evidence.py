"""The auditor's workbook: every verdict with its evidence, by field, value, file and line."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from itertools import islice
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kpf.check.result import Result
from kpf.check.trace import Trace
from kpf.dates import in_words
from kpf.document.wording import trail_in_words
from kpf.finding import DutyVerdict, Evidence, Verdict
from kpf.forms.packing import repacked
from kpf.forms.workbook import looks
from kpf.framework import edition_in_words
from kpf.framework.statements import Statement
from kpf.render.inert import inert
from kpf.render.provenance import came_from

MOST_ROWS: Final = 1_000_000
"""The greatest number of rows on a sheet. Excel allows 1,048,576."""
_LONGEST: Final = 30_000
"""The greatest number of characters in a cell. Excel allows 32,767."""
_VERDICTS: Final = (
    ("Partnership", 28), ("Duty", 9), ("What it asks", 38), ("Verdict", 14), ("On somebody's word", 13), ("Why", 46),
    ("Field", 34), ("Value", 38), ("File", 26), ("Line", 7), ("Exempt", 9),
)  # fmt: skip
_STATEMENTS: Final = (
    ("Duty", 9), ("Section", 26), ("Paragraph", 12), ("What it asks", 44), ("Can be checked", 12), ("Rules", 38),
    ("Fields", 46), ("Why not", 46),
)  # fmt: skip
_LINE_HEIGHT: Final = 13.0
_HIGHEST: Final = 400.0
"""The greatest height of a row, in points. Excel allows 409."""
_TEXT: Final = Alignment(wrap_text=True, horizontal="left", vertical="top")
"""Numbers are aligned left too, because on the right the number of a line would touch the next column."""
_FONT: Final = Font(name="Arial", size=10)


class TooManyRows(Exception):  # noqa: N818 - it is the register that is too large, not an error of the program
    """There are more verdicts and pieces of evidence than rows on a sheet."""


def evidence_workbook(result: Result, statements: Sequence[Trace] = ()) -> bytes:
    """Return an .xlsx file with the verdicts of `result`, and the rules and fields of `statements`, if any.

    It is always the same for the same register and day. Raise `TooManyRows` if the verdicts do not fit a sheet.
    """
    verdicts = tuple(islice(_verdicts(result), MOST_ROWS))
    if len(verdicts) == MOST_ROWS:
        raise TooManyRows
    book = Workbook(write_only=True)
    _sheet(book, "About", (("About", 30), ("What it says", 100)), _about(result))
    _sheet(book, "Verdicts", _VERDICTS, verdicts)
    if statements:
        _sheet(book, "Statements", _STATEMENTS, map(_statement, statements))
    book.properties.creator = "kpf"
    book.properties.title = "Key partnerships: verdicts and their evidence"
    book.properties.language = "en-GB"
    book.properties.created = datetime.combine(result.as_at, time())
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue(), result.as_at)


def _sheet(book: Workbook, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str | int]]) -> None:
    """Add a sheet with a table that has a fixed row of headings, printed on each page, and a filter."""
    sheet = book.create_sheet(title)
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.8
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = title, "Page &P of &N"
    sheet.freeze_panes = "A2"
    for at, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    heads = [WriteOnlyCell(sheet) for _ in columns]
    for cell, (name, _) in zip(heads, columns, strict=True):
        looks.column_head(cell, name)
    sheet.row_dimensions[1].height = (
        max(looks.lines_needed(name, width - 2) for name, width in columns) * _LINE_HEIGHT + 6
    )
    sheet.append(heads)
    last = 1
    for row in rows:
        last += 1
        lines = max(looks.lines_needed(str(value), width) for value, (_, width) in zip(row, columns, strict=True))
        sheet.row_dimensions[last].height = min(lines * _LINE_HEIGHT + 2, _HIGHEST)
        sheet.append([_cell(WriteOnlyCell(sheet), value) for value in row])
    if title != "About":
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"


def _cell(cell: Cell, value: str | int) -> Cell:
    if isinstance(value, int):
        cell.value = value
    else:
        looks.put_text(cell, _short(inert(value)))
    cell.alignment, cell.font = _TEXT, _FONT
    return cell


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _about(result: Result) -> Iterator[tuple[str, str | int]]:
    names = [heading.name for heading in result.headings.values()]
    yield "Partnerships", names[0] if len(names) == 1 else f"{len(names)} partnerships, and the council itself"
    yield "As at", in_words(result.as_at)
    yield "Framework", edition_in_words(result.framework)
    for verdict in Verdict:
        yield f"Verdicts: {verdict.words}", result.tally[verdict]
    yield "Met", "On the record: the files say so. It does not mean that anybody has tested whether it is true."
    yield "On somebody's word", "The evidence is that somebody recorded it; kpf can see no more than that."
    yield "Not known", "Too little is recorded to say."
    yield "Exempt", "Exempt information. Keep it out of anything that is published."
    yield "A row", "One piece of evidence; a verdict with several has as many rows, one without any has one."
    yield "Where it comes from", came_from(result.provenance, "Checked")


def _verdicts(result: Result) -> Iterator[tuple[str | int, ...]]:
    for verdict in result.verdicts:
        heading = result.headings.get(verdict.partnership or "")
        before = (
            heading.name if heading else "The council",
            *_judged(verdict, result.framework.statements[verdict.duty]),
        )
        if not verdict.evidence:
            yield (*before, "", "", heading.path if heading else "", "", _exempt(verdict.exempt))
        for piece in verdict.evidence:
            yield (*before, *_rests_on(piece, verdict))


def _judged(verdict: DutyVerdict, statement: Statement) -> tuple[str, ...]:
    met = verdict.verdict is Verdict.MET
    word = "yes" if verdict.attested else "no" if met else ""
    return verdict.duty, statement.short, verdict.verdict.words, word, verdict.reason


def _rests_on(piece: Evidence, verdict: DutyVerdict) -> tuple[str | int, ...]:
    place = piece.location
    return trail_in_words(piece.trail), piece.value, place.path, place.line, _exempt(verdict.exempt or piece.exempt)


def _exempt(is_exempt: bool) -> str:  # noqa: FBT001 - the one thing that it is about
    return "exempt" if is_exempt else ""


def _statement(entry: Trace) -> tuple[str, ...]:
    statement = entry.statement
    return (
        statement.id,
        statement.section.title,
        statement.paragraph,
        statement.short,
        "yes" if statement.checkable else "no",
        ", ".join(entry.rules),
        ", ".join(entry.fields),
        entry.reason,
    )
