"""The framework traced to rules, fields and verdicts, for people."""

from typing import TextIO

from kpf.check.rows import verdict_counts
from kpf.check.trace import Trace, TracedFramework
from kpf.render.page import TextOutput


def write_trace_text(traced: TracedFramework, out: TextIO) -> None:
    """Each statement, with what looks after it and how its verdicts are verdict_counts."""
    page = TextOutput(out)
    in_force = traced.framework
    checkable = sum(entry.statement.checkable for entry in traced.statements)
    page.line(f"{in_force.title}, {in_force.edition}: {len(traced.statements)} statements", "bold")
    before = ""
    for entry in traced.statements:
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
        counted = _counted(entry, traced)
        if counted:
            page.paragraph(f"verdicts: {counted}", 10, hanging=2)
    page.line()
    page.paragraph(
        f"{checkable} of these {len(traced.statements)} statements can be checked from files; "
        "each of the others says why not."
    )


def _counted(entry: Trace, traced: TracedFramework) -> str:
    """Return the number of each verdict on one statement, in words."""
    counted = verdict_counts(traced.result.rows.values(), entry.statement.id, traced.framework) if traced.result else {}
    return ", ".join(f"{number} {verdict.words}" for verdict, number in counted.items() if number)
