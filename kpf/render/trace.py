"""The framework traced: statement by rule by partnership, for people, documents, spreadsheets and programs."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TextIO

from kpf.check.result import Result
from kpf.check.rows import spread, verdicts_in
from kpf.check.trace import Trace
from kpf.finding import Verdict
from kpf.framework import framework
from kpf.render.check.json import write_object
from kpf.render.inert import as_cell, as_markdown
from kpf.render.page import TextOutput

Writer = Callable[[Sequence[Trace], Result | None, TextIO], None]


def _text(traced: Sequence[Trace], result: Result | None, out: TextIO) -> None:
    page = TextOutput(out)
    held = framework()
    checkable = sum(entry.statement.checkable for entry in traced)
    page.line(f"{held.title}, {held.edition}: {len(traced)} statements", "bold")
    before = ""
    for entry in traced:
        statement = entry.statement
        if statement.section.title != before:
            before = statement.section.title
            page.line()
            page.line(before, "bold")
        page.line()
        page.paragraph(f"{statement.id:7} {statement.short}", 2, "bold", hanging=8)
        if entry.rules:
            page.paragraph(f"rules: {', '.join(entry.rules)}", 10, hanging=2)
        if entry.fields:
            page.paragraph(f"fields: {', '.join(entry.fields)}", 10, hanging=2)
        if entry.reason:
            page.paragraph(f"not checked by itself: {entry.reason}", 10, hanging=2)
        counted = _counted(entry, result)
        if counted:
            page.paragraph(f"verdicts: {counted}", 10, hanging=2)
    page.line()
    page.paragraph(
        f"{checkable} of these {len(traced)} statements can be checked from files; each of the others says why not."
    )


def _counted(entry: Trace, result: Result | None) -> str:
    """How the verdicts on one statement are spread."""
    counted = spread(result.rows.values(), entry.statement.id) if result else {}
    return ", ".join(f"{number} {verdict.words}" for verdict, number in counted.items() if number)


_COLUMNS: Final = ("Duty", "Section", "Paragraph", "What it asks", "Can be checked", "Rules", "Fields", "Why not")


def _row(entry: Trace) -> tuple[str, ...]:
    statement = entry.statement
    checkable = "yes" if statement.checkable else "no"
    return (
        statement.id,
        statement.section.title,
        statement.paragraph,
        statement.short,
        checkable,
        " ".join(entry.rules),
        " ".join(entry.fields),
        entry.reason,
    )


def _verdicts(result: Result | None) -> Iterator[tuple[str | None, str, Verdict]]:
    """Each verdict of the run: on which partnership (None for the council) and duty, and what it is."""
    for id_, row in result.rows.items() if result else ():
        for duty, verdict in verdicts_in(row):
            yield id_, duty, verdict


def _partnerships(result: Result | None) -> list[tuple[str, str]]:
    return [(id_, heading.name) for id_, heading in result.headings.items()] if result else []


def _table(traced: Sequence[Trace], result: Result | None) -> list[tuple[str, ...]]:
    """A row for each statement, with a column for the council and for each partnership."""
    columns: list[tuple[str | None, str]] = [(None, "The council"), *_partnerships(result)] if result else []
    verdicts = {(id_, duty): verdict.words for id_, duty, verdict in _verdicts(result)}
    rows = [(*_COLUMNS, *(name for _, name in columns))]
    rows.extend(
        (*_row(entry), *(verdicts.get((id_, entry.statement.id), "") for id_, _ in columns)) for entry in traced
    )
    return rows


def _markdown(traced: Sequence[Trace], result: Result | None, out: TextIO) -> None:
    title, *rows = _table(traced, result)
    out.write(f"# {framework().title}, {framework().edition}: what is checked, and how\n\n")
    out.write(f"| {' | '.join(map(as_markdown, title))} |\n|{'---|' * len(title)}\n")
    out.writelines(f"| {' | '.join(map(as_markdown, row))} |\n" for row in rows)


def _csv(traced: Sequence[Trace], result: Result | None, out: TextIO) -> None:
    out.write("\ufeff")
    csv.writer(out, lineterminator="\r\n").writerows([as_cell(cell) for cell in row] for row in _table(traced, result))


def _json(traced: Sequence[Trace], result: Result | None, out: TextIO) -> None:
    duties = [
        {
            "id": entry.statement.id,
            "section": entry.statement.section.key,
            "paragraph": entry.statement.paragraph,
            "short": entry.statement.short,
            "checkable": entry.statement.checkable,
            "check": list(entry.statement.check),
            "rules": list(entry.rules),
            "fields": list(entry.fields),
            "reason": entry.reason,
        }
        for entry in traced
    ]
    asked = {entry.statement.id for entry in traced}
    verdicts = [
        {"partnership": id_, "duty": duty, "verdict": verdict.value}
        for id_, duty, verdict in _verdicts(result)
        if duty in asked
    ]
    write_object(
        {
            "schema_version": 1,
            "framework": {"title": framework().title, "edition": framework().edition},
            "duties": duties,
            "verdicts": verdicts,
        },
        out,
    )


TRACE_FORMATS: Final[Mapping[str, Writer]] = MappingProxyType(
    {"text": _text, "markdown": _markdown, "csv": _csv, "json": _json}
)
