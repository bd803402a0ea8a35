"""The timetable of reviews, by financial year and quarter: for people and for a document."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, TextIO

from kpf.dates import in_words
from kpf.due.agenda import Agenda, Due
from kpf.due.timetable import Quarter, Timetable, timetable
from kpf.render.due.owed import counted_from
from kpf.render.due.text import FOR_THE_SUCCESSOR, nothing_due, write_faults, write_missing
from kpf.render.inert import as_posted
from kpf.render.page import TextOutput, count
from kpf.render.provenance import came_from
from kpf.render.tables import write_markdown_table

_MONTHS: Final = ("", "April to June", "July to September", "October to December", "January to March")
_NOT_SET: Final = (
    "The council has not set how many reviews a service can carry in a quarter (local_choices: "
    "reviews_a_service_can_carry_in_a_quarter in _council.yaml), so no quarter is called too full."
)


def write_reviews_text(agenda: Agenda, out: TextIO) -> None:
    """Write the overdue reviews, then each quarter with its reviews and a warning if a service has too many."""
    page = TextOutput(out)
    table = timetable(agenda)
    page.line(f"Reviews as at {in_words(agenda.provenance.as_at)}", "bold")
    never = "NEVER RECORDED: record the last review, or hold one as soon as there is room"
    _apart("OVERDUE: to be held as soon as there is room", table.overdue, page, why=agenda.with_reasons)
    _apart(never, table.never_recorded, page, why=agenda.with_reasons, before="due since ")
    for year, quarters in groupby(table.quarters, key=lambda quarter: quarter.year):
        page.line()
        page.line(year, "bold")
        for quarter in quarters:
            page.line()
            page.line(
                f"  Q{quarter.number}, {_MONTHS[quarter.number]}: {count(len(quarter.reviews), 'review')}", "bold"
            )
            for entry in quarter.reviews:
                _review(entry, page, why=agenda.with_reasons)
            for warning in _warnings(quarter, table):
                page.paragraph(warning, 4, "yellow", hanging=2)
    _apart(FOR_THE_SUCCESSOR, table.for_the_successor, page, why=agenda.with_reasons, before="would fall on ")
    if not agenda.due:
        page.line()
        page.line(_no_review(agenda))
    write_missing(agenda, page)
    write_faults(agenda, page)
    page.line()
    if table.most is None:
        page.paragraph(_NOT_SET)
        page.line()
    page.paragraph(came_from(agenda.provenance, "Worked out"))


def _no_review(agenda: Agenda) -> str:
    """Return why the timetable is empty."""
    return "No review has a due date yet." if agenda.missing or agenda.faults else nothing_due(agenda)


def _apart(title: str, entries: Sequence[Due], page: TextOutput, *, why: bool, before: str = "") -> None:
    """Reviews that stand in no quarter, under a heading of their own."""
    if entries:
        page.line()
        page.line(title, "bold")
    for entry in entries:
        _review(entry, page, why=why, before=before)


def _review(entry: Due, page: TextOutput, *, why: bool, before: str = "") -> None:
    obligation = entry.obligation
    page.line()
    page.paragraph(f"{before}{in_words(obligation.when)}  {entry.whose.name}", 4)
    owner = f"; {entry.task.owner}" if entry.task.owner != entry.whose.service else ""
    page.paragraph(f"led by {entry.whose.service or 'a service that is not recorded'}{owner}", 8)
    if obligation.plan_by:
        page.paragraph(f"Planned before its day, {in_words(obligation.due)}, because {obligation.plan_why}.", 8)
    if why:
        for line in counted_from([entry]):
            page.paragraph(line, 8, hanging=2)


def _warnings(quarter: Quarter, table: Timetable) -> Iterator[str]:
    for service, times in quarter.too_many:
        yield (
            f"Too many: {service} leads {count(times, 'review')} in this quarter and can carry {table.most}. "
            "Hold one of them earlier; none can be held later and still be in time."
        )


def write_reviews_markdown(agenda: Agenda, out: TextIO) -> None:
    """Write the timetable as one table, with the warnings below."""
    table = timetable(agenda)
    out.write(f"# Reviews: as at {in_words(agenda.provenance.as_at)}\n\n")
    rows = [("overdue", entry) for entry in table.overdue]
    rows += [("never recorded", entry) for entry in table.never_recorded]
    rows += [(f"{quarter.year} Q{quarter.number}", entry) for quarter in table.quarters for entry in quarter.reviews]
    rows += [("for the successor", entry) for entry in table.for_the_successor]
    titles = ("When", "Day", "Partnership", "Led by", "Manager", "Counted from")
    if rows:
        write_markdown_table(out, titles, (_row(when, entry) for when, entry in rows))
    else:
        out.write(f"{_no_review(agenda)}\n")
    out.writelines(f"\n{as_posted(line)}\n" for line in _below(table))


def _below(table: Timetable) -> Iterator[str]:
    """Yield the lines below the table: warnings, reviews without a day, and the provenance."""
    for quarter in table.quarters:
        for warning in _warnings(quarter, table):
            yield f"{quarter.year} Q{quarter.number}: {warning}"
    for entry in table.missing:
        yield f"{entry.whose.name}: no day can be worked out."
    if table.most is None:
        yield _NOT_SET
    yield came_from(table.agenda.provenance, "Worked out")


def _row(when: str, entry: Due) -> tuple[str, ...]:
    obligation = entry.obligation
    day = in_words(obligation.when)
    if obligation.plan_by:
        day += f" (its own day is {in_words(obligation.due)}; {obligation.plan_why})"
    places = ", ".join(evidence.location.in_short for evidence in entry.counted_from)
    return when, day, entry.whose.name, entry.whose.service, entry.task.owner, f"{obligation.why} ({places})"
