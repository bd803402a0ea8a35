"""The versions of a calendar's events: what has changed since an earlier one, and what is no longer owed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Self

from icalendar import Calendar, Event

SCOPE: Final = "x-kpf-scope"
"""The property of a calendar that says which part of a register it holds."""
_NUMBERED_FROM: Final = date(2000, 1, 1)
"""An event's number is that of the days since then, so that a later calendar has later versions."""
_GONE: Final = "No longer due: "
_KEPT: Final = timedelta(days=365)
"""For so long after its day a cancelled event is still written, for those who import the calendar late."""
_OF_THE_VERSION: Final = ("dtstamp", "last-modified", "sequence")


@dataclass(frozen=True, slots=True)
class EarlierCalendar:
    """The events of a calendar that kpf wrote before."""

    scope: str
    """The part of the register that the calendar contains."""
    events: dict[str, Any]
    """The events not yet in the new calendar, by name."""

    @classmethod
    def read(cls, content: bytes) -> Self:
        """Return the calendar in `content`, without events if that is empty or was not written by kpf."""
        try:
            calendar: Any = Calendar.from_ical(content) if content else Calendar()
            events = {str(event["uid"]): event for event in calendar.events}
            return cls(str(calendar.get(SCOPE, "")), dict(sorted(events.items(), key=lambda entry: _day(entry[1]))))
        except (ValueError, KeyError, AttributeError):  # somebody else wrote it, or has changed it
            return cls("", {})

    def in_its_version(self, event: Any, stamp: datetime) -> Any:
        """`event` with the number and day of its earlier version, if it says the same; else with new ones."""
        before = self.events.pop(str(event["uid"]), None)
        return _in_its_version(event, before, stamp)

    def left(self, stamp: datetime, until: date | None) -> Iterator[Any]:
        """The events that were not taken up: cancelled, but for those after `until`, which were not looked for."""
        for event in self.events.values():
            if until is None or _day(event) <= until:
                if _day(event) + _KEPT >= stamp.date():
                    yield _cancelled(event, stamp)
            else:
                yield event


def _day(event: Any) -> date:
    day: date = event["dtstart"].dt
    return day


def _in_its_version(event: Any, before: Any, stamp: datetime) -> Any:
    number = (stamp.date() - _NUMBERED_FROM).days
    if before is not None and _said(before) == _said(event):
        for name in _OF_THE_VERSION:
            event[name] = before[name]
        return event
    event.add("sequence", number if before is None else max(number, before.get("sequence", 0) + 1))
    event.add("last-modified", stamp)
    return event


def _said(event: Any) -> list[bytes]:
    """All that it says but for its version."""
    versions = tuple(map(str.encode, _OF_THE_VERSION))
    return [line for line in event.to_ical().splitlines() if not line.lower().startswith(versions)]


def _cancelled(event: Any, stamp: datetime) -> Any:
    if event.get("status") == "CANCELLED":
        return event
    gone = Event()
    for name, value in event.items():
        if name.lower() not in {*_OF_THE_VERSION, "status", "summary"}:
            gone[name] = value
    gone.add("summary", f"{_GONE}{event['summary']}")
    gone.add("dtstamp", stamp)
    gone.add("status", "CANCELLED")
    return _in_its_version(gone, event, stamp)
