"""Members' meetings, and the days by which papers for them have to be out, in clear working days."""

from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from kpf.model import Council, Unreadable
from kpf.model.deciders import meeting_days

PAPERS: Final = 5
"""Clear working days between sending out papers and the meeting."""
NOTICE: Final = 28
"""Clear days, working or not, of notice for key decisions and for items taken in private."""
_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CabinetMeeting:
    """One meeting of a body that decides and receives reports."""

    on: date
    papers_by: date
    """The last working day on which papers can be sent out."""
    notice_by: date
    """The last working day on which notice of a key decision or a private item can be given."""


def meetings(council: Council, day: date, body: str) -> tuple[CabinetMeeting, ...]:
    """The recorded meetings of `body` on `day` and later, in order; empty if they cannot be read."""
    try:
        days = sorted({meeting for meeting in meeting_days(council, body) if meeting >= day})
        kept = council.bank_holidays
        working = WorkingDays(_days(kept.also), _days(kept.not_))
    except Unreadable:
        return ()
    return tuple(
        CabinetMeeting(
            meeting,
            working.clear_days_before(meeting, PAPERS),
            working.latest_until(meeting - timedelta(days=NOTICE + 1)),
        )
        for meeting in days
    )


def months_without(meetings: Sequence[CabinetMeeting]) -> Iterator[str]:
    """Yield the months without a meeting between the first and the last of `meetings`, for example: August 2027."""
    months = [meeting.on.year * 12 + meeting.on.month - 1 for meeting in meetings]
    for at in range(months[0], months[-1]) if months else ():
        if at not in months:
            year, month = divmod(at, 12)
            yield f"{date(year, month + 1, 1):%B %Y}"


def _days(listed: tuple[date | None, ...] | None) -> frozenset[date]:
    return frozenset(day for day in listed or () if day)


# -- the days on which the council's offices are open ---------------------------------------------------


@dataclass(frozen=True)
class WorkingDays:
    """A council's working days: Monday to Friday except England's bank holidays, with its own changes to these."""

    also_closed: Collection[date] = ()
    open_all_the_same: Collection[date] = ()

    def __contains__(self, day: date) -> bool:
        """Whether the offices are open on `day`."""
        if day.weekday() >= _SATURDAY or day in self.also_closed:
            return False
        return day in self.open_all_the_same or day not in _bank_holidays()

    def latest_until(self, day: date) -> date:
        """Return `day` if it is a working day, else the last working day before it."""
        while day not in self:
            day -= _DAY
        return day

    def clear_days_before(self, meeting: date, clear: int) -> date:
        """The last working day with `clear` whole working days between it and `meeting`."""
        day = meeting
        for _ in range(clear + 1):
            day = self.latest_until(day - _DAY)
        return day


@cache
def _bank_holidays() -> Container[date]:
    from holidays import country_holidays  # noqa: PLC0415 - a fifth of a second, and only papers for a meeting need it

    return country_holidays("GB", subdiv="ENG")
