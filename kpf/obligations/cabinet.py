"""When Executive Cabinet meets, and by when papers for a meeting have to be out."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kpf.model import Council, Unreadable
from kpf.obligations.working_days import WorkingDays

PAPERS: Final = 5
"""Clear working days between the day on which papers are out and the meeting."""
NOTICE: Final = 28
"""Clear days, working or not, for key decisions and for what is dealt with in private."""


@dataclass(frozen=True, slots=True)
class CabinetMeeting:
    """One meeting of Executive Cabinet."""

    on: date
    papers_by: date
    """The last working day on which papers can be sent out."""
    notice_by: date
    """The last working day on which notice of a key decision or a private item can be given."""


def meetings(council: Council, day: date) -> tuple[CabinetMeeting, ...]:
    """The meetings on `day` and later that the register knows, in order; none where they cannot be read."""
    try:
        days = sorted({meeting for meeting in council.executive_cabinet or () if meeting and meeting >= day})
        kept = council.bank_holidays
        working = WorkingDays(_days(kept.also), _days(kept.not_)) if kept else WorkingDays()
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


def _days(held: tuple[date | None, ...] | None) -> frozenset[date]:
    return frozenset(day for day in held or () if day)
