"""The agenda as text: what is overdue, what is due now, what comes by month, and what has no day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final, TextIO

from kpf.dates import in_words
from kpf.document.wording import all_of
from kpf.due.agenda import Agenda, Due
from kpf.finding import EXEMPT
from kpf.framework import REPORTS
from kpf.model.deciders import days_stand_under
from kpf.obligations.cabinet import months_without
from kpf.obligations.obligation import ObligationState, What
from kpf.render.due.owed import DueGroup, by_kind, counted_from, field_in_file, grouped, of_whom
from kpf.render.page import TextOutput, count
from kpf.render.provenance import came_from

FOR_THE_SUCCESSOR: Final = "AFTER THE COUNCIL HAS ENDED: for the successor"
_STYLES: Final = {
    ObligationState.OVERDUE: "bold red",
    ObligationState.LATE: "yellow",
    ObligationState.DUE: "bold",
    ObligationState.EXCEPTED: "cyan",
}
_WORDS: Final = {
    ObligationState.OVERDUE: "overdue",
    ObligationState.NEVER_RECORDED: "never recorded and past their day",
    ObligationState.LATE: "late",
    ObligationState.DUE: "due now",
    ObligationState.EXCEPTED: "under an agreed exception",
    ObligationState.COMING: "coming",
    ObligationState.FOR_THE_SUCCESSOR: "after the council has ended, for the successor",
}
_MONTHS_AHEAD: Final = 12
"""The number of months with their own heading. Later obligations are under their year."""
_MEETINGS: Final = 3
"""The number of next meetings shown."""


def write_due_text(agenda: Agenda, out: TextIO) -> None:
    """Write `agenda` as a list to work through, with the basis of each day if requested."""
    page = TextOutput(out)
    day = agenda.provenance.as_at
    ahead = f", up to {in_words(agenda.until)}" if agenda.until else ""
    page.paragraph(f"As at {in_words(day)}{ahead}: {_counts(agenda)}.", style="bold")
    write_never_recorded(agenda, page)
    for section in _sections(agenda):
        page.line()
        page.line(section.title, "bold")
        for owed in section.owed:
            page.line()
            _write(owed, section.day_of(owed), agenda, page)
    if not (agenda.due or agenda.missing):
        page.line()
        page.line(nothing_due(agenda))
    write_cabinet(agenda, page)
    write_missing(agenda, page)
    write_faults(agenda, page)
    page.line()
    page.paragraph(came_from(agenda.provenance, "Worked out"))
    if not agenda.with_reasons and agenda.due:
        page.paragraph("Why a day is what it is: kpf due --why")


def _counts(agenda: Agenda) -> str:
    """Return the number of obligations in each state. "None overdue" is said only if nothing is unknown."""
    tally, unknown = agenda.tally, len(agenda.missing)
    nothing_hidden = not (unknown or agenda.faults or tally[ObligationState.NEVER_RECORDED] or agenda.is_public_part)
    parts = [
        f"{tally[state]:,} {_WORDS[state]}"
        for state in ObligationState
        if tally[state] or (state is ObligationState.OVERDUE and nothing_hidden)
    ]
    if unknown:
        parts.append(f"{unknown:,} cannot be worked out")
    if agenda.faults:
        parts.append(f"{count(len(agenda.faults), 'place')} cannot be read")
    return ", ".join(parts) or "nothing that is public falls due"


def nothing_due(agenda: Agenda) -> str:
    """Return why nothing is listed."""
    ends = agenda.council_ends
    if ends and ends < agenda.provenance.as_at:
        return f"The council ended on {in_words(ends)}. Nothing is due any more."
    if agenda.missing or agenda.faults:
        return "No due date can be worked out from what is recorded."
    return "Nothing that is public falls due." if agenda.is_public_part else "Nothing falls due."


# -- sections ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Section:
    """A heading, the entries under it, and how a day is written there."""

    title: str
    owed: tuple[DueGroup, ...]
    before: str = ""
    with_year: bool = True

    def day_of(self, owed: DueGroup) -> str:
        day = owed.first.obligation.when
        return self.before + (f"{day.day:2} {day:%b %Y}" if self.with_year else f"{day.day:2} {day:%b}")


def _sections(agenda: Agenda) -> Iterator[_Section]:
    for state, title, before in (
        (ObligationState.OVERDUE, "OVERDUE", ""),
        (ObligationState.LATE, "LATE, and not yet overdue", ""),
        (ObligationState.DUE, "DUE NOW", "by "),
        (ObligationState.EXCEPTED, "UNDER AN AGREED EXCEPTION", ""),
    ):
        owed = tuple(grouped(entry for entry in agenda.due if entry.state is state))
        if owed:
            yield _Section(title, owed, before)
    coming = [entry for entry in agenda.due if entry.state is ObligationState.COMING]
    for title, entries in groupby(coming, key=lambda entry: _heading(entry.obligation.when, agenda.provenance.as_at)):
        yield _Section(title, tuple(grouped(entries)), with_year=False)
    after = tuple(grouped(entry for entry in agenda.due if entry.state is ObligationState.FOR_THE_SUCCESSOR))
    if after:
        yield _Section(FOR_THE_SUCCESSOR, after, "would fall on ")


def _heading(day: date, as_at: date) -> str:
    months = (day.year - as_at.year) * 12 + day.month - as_at.month
    return f"{day:%B %Y}".upper() if months <= _MONTHS_AHEAD else f"{day.year}"


def _write(owed: DueGroup, day: str, agenda: Agenda, page: TextOutput) -> None:
    entry, obligation = owed.first, owed.first.obligation
    style = _STYLES.get(entry.state, "")
    mark = f"{EXEMPT} " if any(one.exempt for one in owed.entries) else ""
    whose = owed.names if len(owed.entries) == 1 else count(len(owed.entries), "partnership")
    page.apart(f"  {day}  {whose}", f"{mark}{entry.task.duty}", style=style)
    if len(owed.entries) > 1:
        page.paragraph(f"{owed.names}.", 10)
    page.paragraph(entry.task.action, 10)
    page.paragraph(f"{owed.by_whom}{_how_far(entry)}{'; local choice' if entry.task.chosen else ''}", 10)
    if obligation.plan_by:
        page.paragraph(f"Planned before its day, {in_words(obligation.due)}, because {obligation.plan_why}.", 10)
    if obligation.allowance and entry.state in {ObligationState.DUE, ObligationState.COMING}:
        page.paragraph(f"Late after {in_words(obligation.allowance)}, by the council's own choice.", 10)
    if entry.task.what is What.REPORT and agenda.cabinet:
        page.paragraph(_in_time(entry, agenda), 10)
    if agenda.with_reasons:
        for line in counted_from(owed.entries):
            page.paragraph(line, 10, hanging=2)


def _how_far(entry: Due) -> str:
    if entry.excepted_until:
        return f"; agreed exception until {in_words(entry.excepted_until)}"
    if entry.state is ObligationState.OVERDUE:
        return f"; {count(-entry.days, 'day')} past its day"
    return f"; its day was {in_words(entry.obligation.due)}" if entry.days < 0 else ""


# -- what was never recorded ----------------------------------------------------------------------------


def write_never_recorded(agenda: Agenda, page: TextOutput) -> None:
    """Write what is past its first day and never recorded, by kind: of whom, since when, and what to write."""
    kinds: dict[tuple[str, str, str], list[Due]] = {}
    for entry in agenda.due:
        if entry.state is ObligationState.NEVER_RECORDED:
            kinds.setdefault((entry.task.heading, entry.task.duty, _to_record(entry)), []).append(entry)
    if not kinds:
        return
    page.line()
    page.line("NEVER RECORDED, and past their day", "bold red")
    for (what, duty, write), entries in kinds.items():
        page.line()
        page.apart(f"{what} ({duty})", of_whom(entries, agenda), 2)
        days: dict[str, list[Due]] = {}
        for entry in entries:
            days.setdefault(entry.obligation.due_since, []).append(entry)
        for since, since_then in days.items():
            of = "" if len(since_then) == len(entries) else f"{of_whom(since_then, agenda)}: "
            page.paragraph(f"{of}{since}" if of else f"{since[:1].upper()}{since[1:]}", 6)
        page.paragraph(f"If it was done, record it: {write}. If not, do it.", 6)
        if agenda.with_reasons:
            for line in counted_from(entries):
                page.paragraph(line, 6, hanging=2)


def _to_record(entry: Due) -> str:
    """Return the field in which it is recorded, with its file if that is a shared one."""
    return field_in_file(entry.obligation.first.write if entry.obligation.first else "", entry.recorded_at)


# -- the body that reports go to -----------------------------------------------------------------------


def _body(agenda: Agenda) -> str:
    return agenda.framework.statements[REPORTS].to[0]


def _in_time(entry: Due, agenda: Agenda) -> str:
    """At which meetings a report can still be made in time."""
    opens, last_day = entry.obligation.opens, entry.obligation.last_day
    fit = [meeting for meeting in agenda.cabinet if meeting.on <= last_day and (opens is None or meeting.on >= opens)]
    if not fit:
        return f"No meeting of {_body(agenda)} is recorded for that time."
    first, last = fit[0], fit[-1]
    words = f"{_body(agenda)} in that time: first on {in_words(first.on)}, papers out by {_weekday(first.papers_by)}"
    if last is not first:
        words += f"; last on {in_words(last.on)}, papers out by {_weekday(last.papers_by)}"
    return f"{words}."


def write_cabinet(agenda: Agenda, page: TextOutput) -> None:
    """The next meetings, and the last days for their papers."""
    reports = [entry for entry in agenda.due if entry.task.what is What.REPORT]
    if not (reports or any(entry.task.what is What.REPORT for entry in agenda.missing)):
        return
    day = agenda.provenance.as_at
    page.line()
    page.line(_body(agenda).upper(), "bold")
    page.line()
    if not agenda.cabinet:
        words = f"No meeting on {in_words(day)} or later is recorded. Write the days in _council.yaml, under"
        page.paragraph(
            f"{words} {days_stand_under(_body(agenda))}, so that kpf can say by when papers have to be out.", 2
        )
        return
    rows = [
        (_weekday(meeting.on), _or_past(meeting.papers_by, day), _or_past(meeting.notice_by, day))
        for meeting in agenda.cabinet[:_MEETINGS]
    ]
    page.table(("Next meetings", "Papers out by", "Notice of key or private items by"), rows, prose=2)
    without = list(months_without(agenda.cabinet))
    if without:
        page.line()
        page.paragraph(f"No meeting is recorded in {all_of(without)}.", 2)


def _weekday(day: date) -> str:
    return f"{day:%a} {in_words(day)}"


def _or_past(day: date, as_at: date) -> str:
    return f"{_weekday(day)}{' (past)' if day < as_at else ''}"


# -- what has no day -----------------------------------------------------------------------------------


def write_missing(agenda: Agenda, page: TextOutput) -> None:
    """Write what has no day, by kind: of whom, what to write to get one, and what follows regardless."""
    if not agenda.missing:
        return
    page.line()
    page.line("CANNOT BE WORKED OUT: nothing is recorded to count from", "bold")
    for (what, duty, write), entries in by_kind(agenda.missing).items():
        page.line()
        page.apart(f"{what} ({duty})", of_whom(entries, agenda), 2)
        page.paragraph(f"To get a due date, write {write}.", 6)


def write_faults(agenda: Agenda, page: TextOutput) -> None:
    """Write what could not be read, so that the list is not taken for complete."""
    if not agenda.faults:
        return
    page.line()
    page.line("CANNOT BE READ: what depends on these places is not in the list", "bold")
    page.line()
    for fault in agenda.faults:
        page.paragraph(f"{fault.location.path}:{fault.location.line}  {fault.message}", 2, hanging=2)
