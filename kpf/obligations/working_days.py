"""The days on which a council's offices are open, and notice that is counted in clear days."""

from collections.abc import Collection, Container
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


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
