"""The agenda as tables in Markdown for a document."""

from typing import Final, TextIO

from kpf.dates import in_words
from kpf.due.agenda import Agenda, Due
from kpf.finding import EXEMPT
from kpf.obligations.obligation import ObligationState
from kpf.render.due.owed import by_kind
from kpf.render.due.text import nothing_due
from kpf.render.inert import as_posted
from kpf.render.provenance import came_from
from kpf.render.tables import write_markdown_table

_COLUMNS: Final = ("Due", "State", "Partnership", "What to do", "Who", "Duty", "Counted from")


def write_due_markdown(agenda: Agenda, out: TextIO) -> None:
    """Write a table of what is due, one of what has no day, and the provenance."""
    ahead = f", up to {in_words(agenda.until)}" if agenda.until else ""
    out.write(f"# What falls due: as at {in_words(agenda.provenance.as_at)}{ahead}\n\n")
    if agenda.due:
        write_markdown_table(out, _COLUMNS, (_row(entry) for entry in agenda.due))
    else:
        out.write(f"{nothing_due(agenda)}\n")
    if agenda.missing:
        out.write("\n## Cannot be worked out: nothing is recorded to count from\n\n")
        rows = (
            (what, duty, ", ".join(dict.fromkeys(entry.whose.name for entry in entries)), write)
            for (what, duty, write), entries in by_kind(agenda.missing).items()
        )
        write_markdown_table(out, ("What", "Duty", "Of", "Write this to have a day"), rows)
    if agenda.faults:
        out.write("\n## Cannot be read: what depends on these places is not in the list\n\n")
        places = ((f"{fault.location.path}:{fault.location.line}", fault.message) for fault in agenda.faults)
        write_markdown_table(out, ("Place", "What is wrong"), places)
    out.write(f"\n{as_posted(came_from(agenda.provenance, 'Worked out'))}\n")


def _row(entry: Due) -> tuple[str, ...]:
    obligation = entry.obligation
    plan = f" (plan it by {in_words(obligation.plan_by)}: {obligation.plan_why})" if obligation.plan_by else ""
    places = ", ".join(evidence.location.in_short for evidence in entry.counted_from)
    late = f" (late after {in_words(obligation.allowance)})" if obligation.allowance else ""
    never = "since " if entry.state is ObligationState.NEVER_RECORDED else ""
    return (
        f"{never}{in_words(obligation.due)}{late}{plan}{f' {EXEMPT}' if entry.exempt else ''}",
        entry.state.value,
        entry.whose.name,
        entry.task.action,
        entry.task.owner,
        entry.task.duty,
        f"{obligation.why} ({places})",
    )
