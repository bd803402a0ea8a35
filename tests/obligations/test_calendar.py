"""The calendar a council works by, held against python-dateutil and against days counted by hand."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from kpf.dates import HalfYear, Interval, financial_year, months_after, quarter
from kpf.model import Council
from kpf.obligations.cabinet import WorkingDays, meetings

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
CABINET = "Executive Cabinet"
INTERVALS = st.builds(Interval, st.integers(1, 60), st.sampled_from(["day", "week", "month", "year"]))


# -- intervals -----------------------------------------------------------------------------------------


def as_dateutil_has_it(every: Interval) -> relativedelta:
    spans = {
        "day": relativedelta(days=1),
        "week": relativedelta(weeks=1),
        "month": relativedelta(months=1),
        "year": relativedelta(years=1),
    }
    return spans[every.unit] * every.count


@given(DAYS, st.integers(-1200, 1200))
@example(date(2024, 2, 29), 36)
@example(date(2024, 1, 31), 1)
def test_months_are_counted_as_python_dateutil_counts_them(day: date, months: int) -> None:
    assert months_after(day, months) == day + relativedelta(months=months)


@given(DAYS, INTERVALS)
@example(date(2024, 2, 29), Interval(3, "year"))
@example(date(2028, 2, 29), Interval(12, "month"))
def test_intervals_after_and_before_a_day(day: date, every: Interval) -> None:
    assert every.after(day) == day + as_dateutil_has_it(every)
    assert every.before(day) == day - as_dateutil_has_it(every)


@given(DAYS, INTERVALS)
def test_what_began_on_the_day_before_is_over_in_time(day: date, every: Interval) -> None:
    assert every.after(every.before(day)) <= day


def test_29_february_plus_three_years() -> None:
    assert Interval(3, "year").after(date(2024, 2, 29)) == date(2027, 2, 28)
    assert Interval(4, "year").after(date(2024, 2, 29)) == date(2028, 2, 29)


def test_the_calendar_ends_somewhere() -> None:
    assert Interval(1, "year").before(date(1, 6, 1)) == date.min
    assert Interval(9999, "week").before(date(1, 6, 1)) == date.min


# -- financial years, halves and quarters --------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "year", "half", "number"),
    [
        (date(2026, 3, 31), "2025/26", "2025/26 H2", 4),
        (date(2026, 4, 1), "2026/27", "2026/27 H1", 1),
        (date(2026, 6, 30), "2026/27", "2026/27 H1", 1),
        (date(2026, 7, 1), "2026/27", "2026/27 H1", 2),
        (date(2026, 9, 30), "2026/27", "2026/27 H1", 2),
        (date(2026, 10, 1), "2026/27", "2026/27 H2", 3),
        (date(2026, 12, 31), "2026/27", "2026/27 H2", 3),
        (date(2027, 1, 1), "2026/27", "2026/27 H2", 4),
        (date(2027, 3, 31), "2026/27", "2026/27 H2", 4),
        (date(2099, 4, 1), "2099/00", "2099/00 H1", 1),
        (date(2100, 3, 31), "2099/00", "2099/00 H2", 4),
    ],
)
def test_at_the_boundaries(day: date, year: str, half: str, number: int) -> None:
    assert (financial_year(day), str(HalfYear.around(day)), quarter(day)) == (year, half, number)


@given(DAYS)
def test_each_day_lies_in_one_half_year_and_halves_leave_no_gap(day: date) -> None:
    half = HalfYear.around(day)
    assert half.starts <= day <= half.ends
    assert half.following.starts == half.ends + timedelta(days=1)
    assert HalfYear.read(str(half)) == half
    assert (half.half == 1) is (quarter(day) <= 2)
    assert financial_year(half.starts) == financial_year(day) == financial_year(half.ends)


@pytest.mark.parametrize("written", ["2026/28 H1", "2026/26 H1", "2026/27 H3", "2026/27", "26/27 H1"])
def test_years_that_do_not_follow_one_another_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=written):
        HalfYear.read(written)


# -- working days and Executive Cabinet ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("meeting", "papers", "notice"),
    [
        ("2026-12-10", "2026-12-02", "2026-11-11"),  # Thursday the 3rd to Wednesday the 9th are five clear days
        ("2027-01-21", "2027-01-13", "2026-12-23"),
        ("2027-01-04", "2026-12-22", "2026-12-04"),  # Christmas, the Monday after it and New Year do not count
        ("2026-04-16", "2026-04-08", "2026-03-18"),
        ("2026-04-09", "2026-03-30", "2026-03-11"),  # Good Friday and Easter Monday do not count
        ("2025-01-23", "2025-01-15", "2024-12-24"),  # 28 days are counted as they come: only the last has to be worked
    ],
)
def test_the_last_days_for_papers_and_for_notice(meeting: str, papers: str, notice: str) -> None:
    (found,) = meetings(Council.model_validate({"executive_cabinet": [meeting]}), date(2024, 1, 1), CABINET)
    assert (str(found.papers_by), str(found.notice_by)) == (papers, notice)


def test_the_council_may_be_closed_on_other_days() -> None:
    data = {"executive_cabinet": ["2026-12-10"], "bank_holidays": {"also": ["2026-12-07"], "not": ["2026-12-25"]}}
    (found,) = meetings(Council.model_validate(data), date(2026, 11, 23), CABINET)
    assert str(found.papers_by) == "2026-12-01"
    days = WorkingDays(open_all_the_same=[date(2026, 12, 25)])
    assert date(2026, 12, 25) in days
    assert date(2026, 12, 28) not in days  # in place of Boxing Day, which is a Saturday


def test_meetings_before_the_day_are_past_and_each_counts_once() -> None:
    council = Council.model_validate({"executive_cabinet": ["2026-12-10", "2026-10-15", "2026-12-10", "2026-11-23"]})
    assert [str(meeting.on) for meeting in meetings(council, date(2026, 11, 23), CABINET)] == [
        "2026-11-23",
        "2026-12-10",
    ]


@given(DAYS, st.integers(0, 30))
def test_clear_days_are_all_worked(meeting: date, clear: int) -> None:
    days = WorkingDays()
    sent = days.clear_days_before(meeting, clear)
    between = [sent + timedelta(days=step) for step in range(1, (meeting - sent).days)]
    assert sent in days
    assert sum(day in days for day in between) == clear
