"""The agenda as an iCalendar file (RFC 5545) for Outlook and others, with an all-day event for each obligation."""

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import Final, TextIO

from icalendar import Alarm, Calendar, Event

from kpf.dates import in_words
from kpf.due.agenda import Agenda, Due
from kpf.obligations.obligation import Obligation, ObligationState
from kpf.render.due.versions import SCOPE, EarlierCalendar
from kpf.render.inert import as_folded

_LONGEST_NOTICE: Final = timedelta(days=28)
_PART_OF_AN_INTERVAL: Final = 4
"""The calendar announces a recurring task when a quarter of its interval is left."""
_NAMESPACE: Final = "kpf"
_END: Final = "END:VCALENDAR\r\n"
"""The end of the calendar. Events are written one by one, so that only one is in memory."""


def write_due_calendar(agenda: Agenda, out: TextIO, earlier: bytes = b"") -> None:
    """An event for each obligation, on its day or the one it is planned for.

    What has no day is left out, and what falls after the end of the council. Events that are as in the `earlier`
    calendar keep the version that they have there. Those that are only there are cancelled.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//kpf//kpf {agenda.provenance.version}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Key partnerships: what falls due")
    scope = "; ".join(agenda.provenance.narrowed[: -1 if agenda.until else None]) or "everything"
    calendar.add(SCOPE, as_folded(scope))
    stamp = datetime.combine(agenda.provenance.as_at, time(), UTC)
    before = EarlierCalendar.read(earlier)
    opening, end, _ = calendar.to_ical().decode("utf-8").partition(_END)
    out.write(opening)
    for entry in agenda.due:
        if entry.state is not ObligationState.FOR_THE_SUCCESSOR:  # which is no date to keep
            out.write(before.in_its_version(_event(entry, stamp), stamp).to_ical().decode("utf-8"))
    if before.scope == calendar[SCOPE]:
        out.writelines(event.to_ical().decode("utf-8") for event in before.left(stamp, agenda.until))
    out.write(end)


def _event(entry: Due, stamp: datetime) -> Event:
    obligation, task = entry.obligation, entry.task
    event = Event()
    # The name of an event is made from what it is about, never from its day: when a day moves, so does the event.
    event.add("uid", f"{sha256(entry.uid.encode()).hexdigest()[:32]}@{_NAMESPACE}")
    event.add("dtstamp", stamp)
    event.add("dtstart", obligation.when)
    event.add("dtend", obligation.when + timedelta(days=1))
    never = "Never recorded. " if entry.state is ObligationState.NEVER_RECORDED else ""
    event.add("summary", as_folded(f"{entry.whose.name}: {never}{task.action}"))
    event.add("description", "\n".join(map(as_folded, _says(entry))))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # nobody's time is taken
    event.add("x-microsoft-cdo-busystatus", "FREE")
    if entry.whose.service:
        event.add("categories", [as_folded(entry.whose.service)])
    if entry.state not in {ObligationState.OVERDUE, ObligationState.NEVER_RECORDED}:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", as_folded(task.action))
        alarm.add("trigger", -_notice(obligation))
        event.add_component(alarm)
    return event


def _notice(obligation: Obligation) -> timedelta:
    """Return the time of the reminder before the day: four weeks, or less for frequent tasks."""
    if obligation.every is None:
        return _LONGEST_NOTICE
    interval = obligation.every.after(obligation.due) - obligation.due
    return min(_LONGEST_NOTICE, max(timedelta(days=1), timedelta(days=interval.days // _PART_OF_AN_INTERVAL)))


def _says(entry: Due) -> list[str]:
    obligation, task = entry.obligation, entry.task
    places = ", ".join(evidence.location.in_short for evidence in entry.counted_from)
    lines = [f"{task.action} ({task.duty})", f"Who: {task.owner or 'not recorded'}"]
    if entry.state is ObligationState.NEVER_RECORDED and obligation.first:
        lines.append(f"Never recorded; {obligation.due_since}. If it was done, write: {obligation.first.write}")
    if obligation.plan_by:
        lines.append(f"Its own day is {in_words(obligation.due)}; {obligation.plan_why}.")
    lines.append(f"Counted: {obligation.why} ({places})")
    if obligation.allowance:
        lines.append(f"Late after {in_words(obligation.allowance)}, by the council's own choice.")
    if entry.exempt:
        lines.append("Exempt: this day follows from facts that are never in the public part of a paper.")
    if task.chosen:
        lines.append("How often is the council's own choice, or kpf's reading: the framework gives no time.")
    return lines
