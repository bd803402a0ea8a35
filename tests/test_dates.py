"""The calendar at its edges, and how days and intervals are read and said.

Of 315 mutants of kpf/dates.py five survive, as they say the same: no months at all never leave the calendar, so that
`months > 0` may be `>=`; nor does the last year, where `year > MAXYEAR` may be; a half-year of the year 1 cannot be
written, as its second year would need two figures; and an interval may be measured from the 2 January too, or in 2002.
"""

from datetime import date

import pytest

from kpf.dates import HalfYear, Interval, When, in_words, months_after

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (LAST, 1, LAST),
        (LAST, 12, LAST),
        (FIRST, -1, FIRST),
        (date(9998, 12, 31), 12, LAST),
        (date(9999, 1, 15), 11, date(9999, 12, 15)),
        (date(2, 1, 1), -12, FIRST),
        (date(1, 12, 15), -11, date(1, 1, 15)),
        (LAST, 0, LAST),
        (FIRST, 0, FIRST),
    ],
)
def test_the_calendar_ends_where_it_ends(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


@pytest.mark.parametrize(
    ("half", "starts", "ends"),
    [
        (HalfYear(1, 1), date(1, 4, 1), date(1, 9, 30)),
        (HalfYear(0, 2), FIRST, date(1, 3, 31)),
        (HalfYear(9999, 1), date(9999, 4, 1), date(9999, 9, 30)),
        (HalfYear(9999, 2), date(9999, 10, 1), LAST),
        (HalfYear(10_000, 1), LAST, LAST),
        (HalfYear(0, 1), FIRST, FIRST),
    ],
)
def test_half_years_at_the_ends_of_the_calendar(half: HalfYear, starts: date, ends: date) -> None:
    assert (half.starts, half.ends) == (starts, ends)


@pytest.mark.parametrize(("text", "first"), [("9998/99 H2", 9998), (" 2026/27 H1 ", 2026)])
def test_half_years_that_can_be_read(text: str, first: int) -> None:
    assert HalfYear.read(text).first_year == first


@pytest.mark.parametrize("text", ["0001/02 H1", "9999/00 H1", "9999/10000 H1", "2026/28 H1", "2026/27 H3", "2026/27"])
def test_half_years_that_cannot_be_read(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        HalfYear.read(text)


@pytest.mark.parametrize(
    ("text", "count", "unit", "said"),
    [
        ("1 day", 1, "day", "1 day"),
        ("1 days", 1, "day", "1 day"),
        (" 28 days ", 28, "day", "28 days"),
        ("2 weeks", 2, "week", "2 weeks"),
        ("3 months", 3, "month", "3 months"),
        ("9999 years", 9999, "year", "9999 years"),
    ],
)
def test_intervals_are_read_and_said(text: str, count: int, unit: str, said: str) -> None:
    interval = Interval.read(text)
    assert (interval.count, interval.unit, str(interval)) == (count, unit, said)


@pytest.mark.parametrize(
    "text", ["x", "0 days", "03 months", "10000 years", "3", "months", "3 Months", "3  months", "٣ days"]
)
def test_what_is_no_interval(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        Interval.read(text)


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("6 months", "6 months", True),
        ("3 months", "6 months", True),
        ("7 months", "6 months", False),
        ("6 months", "184 days", True),
        ("184 days", "6 months", False),
        ("181 days", "6 months", True),
        ("182 days", "6 months", False),
        ("12 months", "1 year", True),
        ("365 days", "1 year", True),
        ("366 days", "1 year", False),
        ("4 weeks", "1 month", True),
        ("31 days", "1 month", True),
        ("90 days", "3 months", True),
        ("91 days", "3 months", False),
    ],
)
def test_what_is_done_as_often(one: str, other: str, *, fits: bool) -> None:
    assert Interval.read(one).fits_in(Interval.read(other)) is fits


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "said"),
    [
        ("2012-11", date(2012, 11, 1), date(2012, 11, 30), "November 2012"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ("2012-11-05", date(2012, 11, 5), date(2012, 11, 5), "5 November 2012"),
    ],
)
def test_a_day_or_a_month(text: str, earliest: date, latest: date, said: str) -> None:
    when = When.read(text)
    assert (when.earliest, when.latest, str(when)) == (earliest, latest, said)


def test_half_years_follow_one_another() -> None:
    halves = [HalfYear(2025, 2), HalfYear(2026, 1), HalfYear(2026, 2), HalfYear(2027, 1)]
    assert [half.following for half in halves[:-1]] == halves[1:]
    assert [half.preceding for half in halves[1:]] == halves[:-1]


@pytest.mark.parametrize(
    ("text", "day", "before", "after"),
    [
        ("3 days", date(2026, 3, 2), date(2026, 2, 27), date(2026, 3, 5)),
        ("2 weeks", date(2026, 3, 2), date(2026, 2, 16), date(2026, 3, 16)),
        ("1 month", date(2026, 3, 31), date(2026, 2, 28), date(2026, 4, 30)),
        ("14 months", date(2026, 3, 31), date(2025, 1, 31), date(2027, 5, 31)),
        ("1 year", date(2024, 2, 29), date(2023, 2, 28), date(2025, 2, 28)),
        ("9999 days", date(1, 1, 4), FIRST, date(28, 5, 21)),
        ("3 days", date(1, 1, 4), FIRST, date(1, 1, 7)),
        ("9999 days", date(9999, 12, 28), date(9972, 8, 12), LAST),
        ("1 week", date(9999, 12, 28), date(9999, 12, 21), LAST),
    ],
)
def test_an_interval_before_and_after_a_day(text: str, day: date, before: date, after: date) -> None:
    assert (Interval.read(text).before(day), Interval.read(text).after(day)) == (before, after)


def test_a_day_in_words() -> None:
    assert in_words(date(2026, 3, 2)) == "2 March 2026"
