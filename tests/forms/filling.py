"""Workbooks filled in as people do it, and the same saved again."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


def marks(sheet: Worksheet) -> Iterator[tuple[int, list[Any], dict[str, int]]]:
    """Each row that kpf has marked, with what heads its columns."""
    heads: dict[str, int] = {}
    for row in sheet.iter_rows():
        mark = row[0].value
        if not isinstance(mark, str):
            continue
        parts = json.loads(mark)
        if parts[0] == "H":
            heads = {str(cell.value): int(cell.column or 0) for cell in row[1:] if cell.value}
        yield int(row[0].row or 0), parts, heads


def fill(
    source: Path,
    target: Path,
    sheet: str,
    answers: Mapping[str, Any],
    rows: Mapping[str, list[dict[str, Any]]] | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Path:
    """`source` with answers to questions, rows of tables, and reasons why something does not apply, as `target`."""
    book = load_workbook(source, rich_text=True)
    page = book[sheet]
    left = {path: list(entries) for path, entries in (rows or {}).items()}
    for number, parts, heads in marks(page):
        if parts[0] == "Q" and parts[1] in answers:
            page.cell(number, heads["Answer"]).value = answers[parts[1]]
        if parts[0] == "Q" and parts[1] in (reasons or {}):
            page.cell(number, heads["Does not apply, because"]).value = (reasons or {})[parts[1]]
        if parts[0] == "R" and left.get(parts[1]):
            for head, value in left[parts[1]].pop(0).items():
                page.cell(number, heads[head]).value = value
    book.save(target)
    return target


def questions(source: Path, sheet: str) -> list[str]:
    """The ways of the questions on one sheet."""
    return [parts[1] for _, parts, _ in marks(load_workbook(source)[sheet]) if parts[0] == "Q"]
