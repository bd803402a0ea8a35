"""The agenda as CSV for a spreadsheet."""

from typing import Final, TextIO

from kpf.dates import financial_year, quarter
from kpf.due.agenda import Agenda, Due, Missing
from kpf.render.tables import write_csv_table

NO_DAY: Final = "no day"
"""The state of an obligation whose day cannot be calculated."""

_COLUMNS: Final = (
    "Due",
    "State",
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
    "Exempt",
)


def write_due_csv(agenda: Agenda, out: TextIO) -> None:
    """One row an obligation, those without a day last; for any spreadsheet."""
    write_csv_table(out, _COLUMNS, [*map(_row, agenda.due), *map(_row_without_a_day, agenda.missing)])


def _row(entry: Due) -> tuple[str, ...]:
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
        "yes" if entry.exempt else "no",
    )


def _row_without_a_day(entry: Missing) -> tuple[str, ...]:
    undated = entry.undated
    return ("", NO_DAY, "", "", "", "", *_whose_and_what(entry), "", entry.location.in_short, undated.write, "no")


def _whose_and_what(entry: Due | Missing) -> tuple[str, ...]:
    """The columns that a row has with a day and without."""
    whose, task = entry.whose, entry.task
    about = (whose.id or "", whose.name, task.action, task.subject, task.duty, task.owner, whose.service)
    return (*about, "yes" if task.chosen else "no")
