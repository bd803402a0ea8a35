"""When members meet, and by when papers for a meeting have to be out: in clear working days."""

from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from kpf.model import Council, Unreadable
from kpf.model.deciders import meeting_days

PAPERS: Final = 5
"""Clear working days between the day on which papers are out and the meeting."""
NOTICE: Final = 28
"""Clear days, working or not, for key decisions and for what is dealt with in private."""
_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CabinetMeeting:
    """One meeting of the body that decides and gets reports."""

    on: date
    papers_by: date
    """The last working day on which papers can be sent out."""
    notice_by: date
    """The last working day on which notice of a key decision or a private item can be given."""


def meetings(council: Council, day: date, body: str) -> tuple[CabinetMeeting, ...]:
    """The meetings of `body` on `day` and later that the register knows, in order; none where they cannot be read."""
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
    """The months between the first and the last of the meetings in which there is none: August 2027."""
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
    """Monday to Friday without England's bank holidays, as one council keeps them."""

    also_closed: Collection[date] = ()
    open_all_the_same: Collection[date] = ()

    def __contains__(self, day: date) -> bool:
        """Whether the offices are open on `day`."""
        if day.weekday() >= _SATURDAY or day in self.also_closed:
            return False
        return day in self.open_all_the_same or day not in _bank_holidays()

    def latest_until(self, day: date) -> date:
        """`day` itself if it is a working day, else the last one before it."""
        while day not in self:
            day -= _DAY
        return day

    def clear_days_before(self, meeting: date, clear: int) -> date:
        """The last working day that leaves `clear` whole working days between itself and `meeting`."""
        day = meeting
        for _ in range(clear + 1):
            day = self.latest_until(day - _DAY)
        return day


@cache
def _bank_holidays() -> Container[date]:
    from holidays import country_holidays  # noqa: PLC0415 - a fifth of a second, and only papers for a meeting need it

    return country_holidays("GB", subdiv="ENG")
