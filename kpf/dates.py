"""The calendar of a council: financial years, half-years, and intervals of days, weeks, months and years.

A financial year runs from 1 April to 31 March; H1 is April to September, H2 October to March.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final, Literal, NamedTuple, Self

Unit = Literal["day", "week", "month", "year"]

_HALF_YEAR = re.compile(r"([0-9]{4})[/-]([0-9]{2}|[0-9]{4}) (H[12])", re.ASCII)
_INTERVAL = re.compile(r"([1-9][0-9]{0,3}) (day|week|month|year)s?", re.ASCII)


def months_after(day: date, months: int) -> date:
    """Return the corresponding day `months` later, or the last day of a month without such a day.

    One year after 29 February 2024 is 28 February 2025. The calendar ends with the year 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _in_calendar(year: int, month: int, day: int) -> date:
    """Return the day, or the first or last day of the calendar if the year is outside it."""
    return date(year, month, day) if MINYEAR <= year <= MAXYEAR else date.max if year > MAXYEAR else date.min


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """One half of a financial year: `first_year` 2026 and `half` 1 is April to September 2026."""

    first_year: int
    half: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Parse "2026/27 H1", "2026-27 H1" or "2026/2027 H1".

        Raise `ValueError`, also if the years are not consecutive.
        """
        found = _HALF_YEAR.fullmatch(text.strip())
        if not found:
            raise ValueError(text)
        first, second = int(found[1]), found[2]
        if not str(first + 1).endswith(second) or not MINYEAR < first < MAXYEAR:
            raise ValueError(text)
        return cls(first, int(found[3][1]))

    @classmethod
    def around(cls, day: date) -> Self:
        """Return the half-year that contains `day`."""
        first_half = 4 <= day.month <= 9  # noqa: PLR2004 - April to September
        return cls(day.year if day.month >= 4 else day.year - 1, 1 if first_half else 2)  # noqa: PLR2004

    @property
    def starts(self) -> date:
        """Its first day."""
        return _in_calendar(self.first_year, 4 if self.half == 1 else 10, 1)

    @property
    def ends(self) -> date:
        """Its last day."""
        return _in_calendar(self.first_year, 9, 30) if self.half == 1 else _in_calendar(self.first_year + 1, 3, 31)

    @property
    def following(self) -> "HalfYear":
        """The next half-year."""
        return HalfYear(self.first_year, 2) if self.half == 1 else HalfYear(self.first_year + 1, 1)

    @property
    def preceding(self) -> "HalfYear":
        """The one before."""
        return HalfYear(self.first_year - 1, 2) if self.half == 1 else HalfYear(self.first_year, 1)

    def __str__(self) -> str:
        return f"{financial_year(self.starts)} H{self.half}"


def financial_year(day: date) -> str:
    """Return the financial year that contains `day`, for example "2026/27"."""
    first = day.year if day.month >= 4 else day.year - 1  # noqa: PLR2004 - from 1 April
    return f"{first}/{(first + 1) % 100:02}"


def quarter(day: date) -> int:
    """Return the quarter of the financial year that contains `day`: 1 is April to June, 4 is January to March."""
    return (day.month - 4) % 12 // 3 + 1


@dataclass(frozen=True, slots=True)
class Interval:
    """A length of time in calendar units, for example 3 months or 28 days."""

    count: int
    unit: Unit

    @classmethod
    def read(cls, text: str) -> Self:
        """Parse "3 months" or "1 year". Raise `ValueError`."""
        found = _INTERVAL.fullmatch(text.strip())
        if not found:
            raise ValueError(text)
        unit: Unit = found[2]  # type: ignore[assignment] # the pattern matches no other
        return cls(int(found[1]), unit)

    def after(self, day: date) -> date:
        """Return the day on which the interval that begins on `day` is over."""
        if self.unit == "month":
            return months_after(day, self.count)
        if self.unit == "year":
            return months_after(day, 12 * self.count)
        days = self.count * (7 if self.unit == "week" else 1)
        return day + timedelta(days=min(days, (date.max - day).days))

    def before(self, day: date) -> date:
        """Return the last day from which the interval is over by `day`, by the corresponding date."""
        if self.unit == "month":
            return months_after(day, -self.count)
        if self.unit == "year":
            return months_after(day, -12 * self.count)
        days = self.count * (7 if self.unit == "week" else 1)
        return day - timedelta(days=min(days, (day - date.min).days))

    def times_in_a_year(self) -> int:
        """The number of times it fits in twelve months: 4 for 3 months or 13 weeks, 0 for more than a year."""
        if self.unit in {"month", "year"}:
            return 12 // (self.count * (12 if self.unit == "year" else 1))
        return 365 // (self.count * (7 if self.unit == "week" else 1))

    def fits_in(self, other: "Interval") -> bool:
        """Return whether this interval is never longer than `other`."""
        start = date(2001, 1, 1)  # long months first, so that "6 months" is within "184 days" only if it always is
        return self.after(start) <= other.after(start)

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TWICE: Final = 2


def every_in_words(interval: Interval) -> str:
    """Return a frequency in words: every year, every three years, every 18 months."""
    return f"every {length_in_words(interval)}"


def length_in_words(interval: Interval) -> str:
    """Return a length in words, to be used after "every" or "in the next": year, three years, 18 months."""
    if interval.count == 1:
        return interval.unit
    number = _NUMBERS[interval.count - 1] if interval.count <= len(_NUMBERS) else interval.count
    return f"{number} {interval.unit}s"


def often_in_words(interval: Interval) -> str:
    """Return a frequency in words by the year: twice a year, once a year, once every two years."""
    months = interval.count * {"month": 1, "year": 12}.get(interval.unit, 0)
    times = 12 // months if months and 12 % months == 0 else 0
    if not times:
        return f"once {every_in_words(interval)}"
    said = "once" if times == 1 else "twice" if times == _TWICE else f"{_NUMBERS[times - 1]} times"
    return f"{said} a year"


class ReportingPeriods(NamedTuple):
    """The periods of reports: half-years, or financial years, each identified by its second half-year."""

    yearly: bool

    @property
    def noun(self) -> str:
        """The noun for a period: half-year or year."""
        return "year" if self.yearly else "half-year"

    def around(self, day: date) -> HalfYear:
        """Return the period that contains `day`."""
        half = HalfYear.around(day)
        return half.following if self.yearly and half.half == 1 else half

    def last_over(self, day: date) -> HalfYear:
        """Return the period before the one that contains `day`."""
        return self.before(self.around(day))

    def after(self, half: HalfYear) -> HalfYear:
        """The next one."""
        return half.following.following if self.yearly else half.following

    def before(self, half: HalfYear) -> HalfYear:
        """The one before."""
        return half.preceding.preceding if self.yearly else half.preceding

    def starts(self, half: HalfYear) -> date:
        """Its first day."""
        return half.preceding.starts if self.yearly else half.starts

    def name(self, half: HalfYear) -> str:
        """Return the name of a period: 2026/27 or 2026/27 H1. A first half is not a year, and keeps its name."""
        return financial_year(half.starts) if self.yearly and self.are_of(half) else str(half)

    def in_words(self, half: HalfYear) -> str:
        """Return the period in words: 2026/27, or the first half of 2026/27."""
        year = financial_year(half.starts)
        return year if self.yearly else f"the {'first' if half.half == 1 else 'second'} half of {year}"

    def are_of(self, half: HalfYear) -> bool:
        """Return whether `half` identifies one of these periods. A year is identified by its second half."""
        return not self.yearly or half.half == 2  # noqa: PLR2004 - the second of two

    def in_runs(self, halves: Iterable[HalfYear]) -> str:
        """Return `halves`, oldest first, in words, with consecutive ones as 2012/13 H2 to 2013/14 H1 (2 half-years)."""
        runs: list[list[HalfYear]] = []
        for half in halves:
            if runs and self.after(runs[-1][-1]) == half:
                runs[-1].append(half)
            else:
                runs.append([half])
        return ", ".join(
            f"{self.name(run[0])} to {self.name(run[-1])} ({len(run)} {self.noun}s)"
            if len(run) > 1
            else self.name(run[0])
            for run in runs
        )


HALF_YEARS: Final = ReportingPeriods(yearly=False)
"""Half-yearly reports, as in the framework (2012)."""


@dataclass(frozen=True, slots=True)
class When:
    """A day, or a month if the source names no day. All days from `earliest` to `latest` are possible."""

    earliest: date
    latest: date

    @classmethod
    def read(cls, text: str) -> Self:
        """Parse "2012-11" or "2012-11-05". Raise `ValueError`."""
        parts = text.split("-")
        if len(parts) == 2:  # noqa: PLR2004 - year and month
            first = date(int(parts[0]), int(parts[1]), 1)
            return cls(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
        day = date.fromisoformat(text)
        return cls(day, day)

    def __str__(self) -> str:
        if self.earliest == self.latest:
            return in_words(self.earliest)
        return f"{self.earliest:%B %Y}"


def last_time(days: Iterable[date | None] | None) -> tuple[int, date] | None:
    """Return the index of the latest of `days` and that day, or None if there is none."""
    known = [(day, position) for position, day in enumerate(days or ()) if day]
    if not known:
        return None
    day, position = max(known)
    return position, day


def last_day_of(days: Iterable[date | None] | None) -> date | None:
    """Return the latest of `days`, or None if there is none."""
    last = last_time(days)
    return last[1] if last else None


def in_words(day: date) -> str:
    """Return the day in words, for example "23 November 2026"."""
    return f"{day.day} {day:%B %Y}"


# -- days in other words -------------------------------------------------------------------------------
