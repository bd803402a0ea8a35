"""What falls due as a table: for a document, for a spreadsheet, for a program."""

import csv
from collections.abc import Iterable
from typing import Any, Final, TextIO

from kpf.dates import financial_year, in_words, quarter
from kpf.due.agenda import Agenda, Due, Missing
from kpf.finding import Evidence, Location
from kpf.framework import framework
from kpf.obligations.obligation import ObligationState
from kpf.render.check.json import write_object
from kpf.render.due.text import by_kind
from kpf.render.inert import as_cell, as_markdown
from kpf.render.provenance import came_from

SCHEMA_VERSION: Final = 1
NO_DAY: Final = "no day"
"""What stands for a state where no day can be worked out."""

# -- Markdown ------------------------------------------------------------------------------------------

_MARKDOWN: Final = ("Due", "ObligationState", "Partnership", "What to do", "Who", "Duty", "Counted from")


def write_due_markdown(agenda: Agenda, out: TextIO, *, why: bool) -> None:
    """A table of what is due, one of what has no day, and where it all came from."""
    del why  # a table has room for it anyhow
    ahead = f", up to {in_words(agenda.until)}" if agenda.until else ""
    out.write(f"# What falls due: as at {in_words(agenda.provenance.as_at)}{ahead}\n\n")
    if agenda.due:
        write_rows(out, _MARKDOWN, (_markdown_row(entry) for entry in agenda.due))
    else:
        out.write("Nothing falls due.\n")
    if agenda.missing:
        out.write("\n## Cannot be worked out: nothing is recorded to count from\n\n")
        rows = (
            (what, duty, ", ".join(dict.fromkeys(entry.whose.name for entry in held)), write)
            for (what, duty, write), held in by_kind(agenda.missing).items()
        )
        write_rows(out, ("What", "Duty", "Of", "Write this to have a day"), rows)
    if agenda.faults:
        out.write("\n## Cannot be read: what hangs on these places is not in the list\n\n")
        places = ((f"{fault.location.path}:{fault.location.line}", fault.message) for fault in agenda.faults)
        write_rows(out, ("Place", "What is wrong"), places)
    out.write(f"\n{as_markdown(came_from(agenda.provenance, 'Worked out'))}\n")


def write_rows(out: TextIO, titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """A table in Markdown, in which every cell means only itself."""
    out.write(f"| {' | '.join(titles)} |\n|{'---|' * len(titles)}\n")
    out.writelines(f"| {' | '.join(map(as_markdown, row))} |\n" for row in rows)


def _markdown_row(entry: Due) -> tuple[str, ...]:
    obligation = entry.obligation
    plan = f" (plan it by {in_words(obligation.plan_by)}: {obligation.plan_why})" if obligation.plan_by else ""
    places = ", ".join(evidence.location.in_short for evidence in entry.counted_from)
    never = "since " if entry.state is ObligationState.NEVER_RECORDED else ""
    return (
        f"{never}{in_words(obligation.due)}{plan}",
        entry.state.value,
        entry.whose.name,
        entry.task.action,
        entry.task.owner,
        entry.task.duty,
        f"{obligation.why} ({places})",
    )


# -- spreadsheet ---------------------------------------------------------------------------------------

_CSV: Final = (
    "Due",
    "ObligationState",
    "Days",
    "Plan by",
    "Financial year",
    "Quarter",
    "Partnership",
    "Name",
    "What to do",
    "About",
    "Duty",
    "Owner",
    "Service",
    "Local choice",
    "Counted from",
    "Places",
    "Write",
)


def write_csv(agenda: Agenda, out: TextIO, *, why: bool) -> None:
    """One row an obligation, those without a day last; for any spreadsheet."""
    del why
    out.write("\ufeff")
    rows = [_CSV, *map(_csv_row, agenda.due), *map(_csv_row_without_a_day, agenda.missing)]
    csv.writer(out, lineterminator="\r\n").writerows([as_cell(cell) for cell in row] for row in rows)


def _csv_row(entry: Due) -> tuple[str, ...]:
    obligation, when = entry.obligation, entry.obligation.when
    return (
        obligation.due.isoformat(),
        entry.state.value,
        str(entry.days),
        obligation.plan_by.isoformat() if obligation.plan_by else "",
        financial_year(when),
        f"Q{quarter(when)}",
        *_whose_and_what(entry),
        obligation.why,
        ", ".join(evidence.location.in_short for evidence in entry.counted_from),
        obligation.first.write if obligation.first else "",
    )


def _csv_row_without_a_day(entry: Missing) -> tuple[str, ...]:
    undated = entry.undated
    return ("", NO_DAY, "", "", "", "", *_whose_and_what(entry), "", entry.location.in_short, undated.write)


def _whose_and_what(entry: Due | Missing) -> tuple[str, ...]:
    """The columns that a row has with a day and without."""
    whose, task = entry.whose, entry.task
    about = (whose.id or "", whose.name, task.action, task.subject, task.duty, task.owner, whose.service)
    return (*about, "yes" if task.chosen else "no")


# -- program -------------------------------------------------------------------------------------------


def write_due_json(agenda: Agenda, out: TextIO, *, why: bool) -> None:
    """One object, its keys always in the same order."""
    del why
    provenance = agenda.provenance
    write_object(
        {
            "schema_version": SCHEMA_VERSION,
            "kpf_version": provenance.version,
            "as_at": provenance.as_at.isoformat(),
            "until": agenda.until.isoformat() if agenda.until else None,
            "register": provenance.register,
            "framework": {"title": framework().title, "edition": framework().edition},
            "commit": provenance.commit,
            "uncommitted": provenance.uncommitted,
            "narrowed": list(provenance.narrowed),
            "obligations": [_obligation(entry) for entry in agenda.due],
            "undated": [_undated(entry) for entry in agenda.missing],
            "executive_cabinet": [
                {
                    "on": meeting.on.isoformat(),
                    "papers_by": meeting.papers_by.isoformat(),
                    "notice_by": meeting.notice_by.isoformat(),
                }
                for meeting in agenda.cabinet
            ],
            "unreadable": [
                {"path": fault.location.path, "line": fault.location.line, "message": fault.message}
                for fault in agenda.faults
            ],
            "tally": {state.value: number for state, number in agenda.tally.items()},
        },
        out,
    )


def _obligation(entry: Due) -> dict[str, Any]:
    obligation = entry.obligation
    return {
        **_task(entry),
        "due": obligation.due.isoformat(),
        "state": entry.state.value,
        "days": entry.days,
        "excepted_until": entry.excepted_until.isoformat() if entry.excepted_until else None,
        "opens": obligation.opens.isoformat() if obligation.opens else None,
        "plan_by": obligation.plan_by.isoformat() if obligation.plan_by else None,
        "plan_why": obligation.plan_why or None,
        "financial_year": financial_year(obligation.when),
        "quarter": quarter(obligation.when),
        "why": obligation.why,
        "counted_from": [_place(evidence) for evidence in entry.counted_from],
        "write": obligation.first.write if obligation.first else None,
        "recorded_at": _position(entry.recorded_at) if entry.recorded_at else None,
        "uid": entry.uid,
    }


def _undated(entry: Missing) -> dict[str, Any]:
    return {**_task(entry), "write": entry.undated.write, **_position(entry.location)}


def _task(entry: Due | Missing) -> dict[str, Any]:
    task = entry.task
    return {
        "partnership": entry.whose.id,
        "name": entry.whose.name,
        "duty": task.duty,
        "also": list(task.also),
        "what": task.what.value,
        "rule": task.what.rule or None,
        "subject": task.subject or None,
        "action": task.action,
        "owner": task.owner or None,
        "service": entry.whose.service or None,
        "local_choice": task.chosen,
    }


def _place(evidence: Evidence) -> dict[str, Any]:
    return {"value": evidence.value, **_position(evidence.location)}


def _position(place: Location) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}
