"""The framework traced as one table: for a document, and for a spreadsheet."""

from typing import Final, TextIO

from kpf.check.rows import verdicts_in
from kpf.check.trace import Trace, TracedFramework
from kpf.render.tables import write_csv_table, write_markdown_table

_COLUMNS: Final = ("Duty", "Section", "Paragraph", "What it asks", "Can be checked", "Rules", "Fields", "Why not")


def write_trace_markdown(traced: TracedFramework, out: TextIO) -> None:
    """A row for each statement, with a column for the council and for each partnership."""
    in_force = traced.framework
    out.write(f"# {in_force.title}, {in_force.edition}: what is checked, and how\n\n")
    write_markdown_table(out, *_table(traced))


def write_trace_csv(traced: TracedFramework, out: TextIO) -> None:
    """Write the same table as CSV."""
    write_csv_table(out, *_table(traced))


def _table(traced: TracedFramework) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The titles of the columns, and the rows."""
    result = traced.result
    columns: list[tuple[str | None, str]] = []
    if result:
        columns = [(None, "The council"), *((id_, heading.name) for id_, heading in result.headings.items())]
    verdicts = (
        {(id_, *verdict) for id_, row in result.rows.items() for verdict in verdicts_in(row, traced.framework)}
        if result
        else set()
    )
    words = {(id_, duty): verdict.words for id_, duty, verdict in verdicts}
    rows = [
        (*_row(entry), *(words.get((id_, entry.statement.id), "") for id_, _ in columns)) for entry in traced.statements
    ]
    return (*_COLUMNS, *(name for _, name in columns)), rows


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
