"""Dates counted by hand: what falls due when, and what it is counted from."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpf.dates import HalfYear, Interval, months_after
from kpf.finding import Trail
from kpf.framework import REPORTS, Framework, framework, framework_with
from kpf.model import Council, Partnership
from kpf.obligations.asking import PartnershipFacts, first_half_over, halves_to_report, whole_months
from kpf.obligations.reviews import last_completed, review_anchor, review_due

LISTED: dict[str, Any] = {"on_the_list": {"from": "2012-11"}}
APPROVED: dict[str, Any] = {"proposal": {"decision": {"decided": "2023-11-16", "effective": "2023-11-24"}}}
AGREED: dict[str, Any] = {"agreement": {"signed": "2024-02-29", "starts": "2024-04-01"}}
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def review(completed: str, **more: object) -> dict[str, Any]:
    decision = {"outcome": "continue", "on": completed}
    return {"completed": completed, "assurance": {"governance_effective": "yes"}, "decision": decision, **more}


def partnership(*parts: dict[str, Any], **more: Any) -> Partnership:
    return Partnership.model_validate({name: value for part in (*parts, more) for name, value in part.items()})


def facts(
    about: Partnership, kept: Council | None = None, day: date = date(2026, 11, 23), in_force: Framework | None = None
) -> PartnershipFacts:
    return PartnershipFacts(about, kept or Council(), {}, day, framework=in_force or framework())


def council(**more: object) -> Council:
    return Council.model_validate(more)


# -- the three-yearly review ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recorded", "due", "counted_from"),
    [
        (partnership(LISTED), date(2015, 11, 30), ("on_the_list", "from")),  # the last day that the month allows
        (partnership(LISTED, AGREED), date(2027, 2, 28), ("agreement", "signed")),  # 2027 has no 29 February
        (partnership(agreement={"starts": "2024-04-01"}), date(2027, 4, 1), ("agreement", "starts")),
        (partnership(LISTED, AGREED, APPROVED), date(2026, 11, 24), ("proposal", "decision", 0, "effective")),
        (partnership(proposal={"decision": {"decided": "2023-11-16"}}), date(2026, 11, 16), None),
        (partnership(APPROVED, reviews=[review("2026-10-15")]), date(2029, 10, 15), ("reviews", 0, "decision", "on")),
        (partnership(reviews=[review("2021-05-04"), review("2020-02-29")]), date(2024, 5, 4), None),
        (partnership(), None, None),
    ],
)
def test_review_is_due_three_years_after(recorded: Partnership, due: date | None, counted_from: Trail | None) -> None:
    assert review_due(facts(recorded)) == due
    anchor = review_anchor(recorded)
    assert (anchor is None) is (due is None)
    if anchor and counted_from:
        assert anchor.trail == counted_from


def test_a_leap_day_plus_three_years_is_the_last_of_february() -> None:
    assert review_due(facts(partnership(reviews=[review("2024-02-29")]))) == date(2027, 2, 28)


@pytest.mark.parametrize("missing", ["completed", "assurance", "decision"])
def test_a_review_without_both_aspects_counts_for_nothing(missing: str) -> None:
    incomplete = {**review("2026-10-15"), missing: None}
    recorded = partnership(APPROVED, reviews=[incomplete])
    assert last_completed(recorded) is None
    assert review_due(facts(recorded)) == date(2026, 11, 24)


# -- half-years ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "overdue"),
    [
        (date(2026, 9, 30), []),
        (date(2026, 10, 1), []),  # the report on 2026/27 H1 is due from here on
        (date(2027, 3, 31), []),  # and in time until its last day
        (date(2027, 4, 1), ["2026/27 H1"]),
        (date(2027, 9, 30), ["2026/27 H1"]),
        (date(2027, 10, 1), ["2026/27 H1", "2026/27 H2"]),
    ],
)
def test_a_report_is_overdue_after_the_end_of_the_next_half_year(day: date, overdue: list[str]) -> None:
    recorded = partnership(on_the_list={"from": "2026-05-20"})
    assert [str(half) for half in halves_to_report(facts(recorded, council(), day))] == overdue
    assert first_half_over(facts(recorded, council(), day)) is bool(overdue)


@pytest.mark.parametrize(
    ("kept_from", "first"),
    [("2025-10-01", "2025/26 H2"), ("2025-09-30", "2025/26 H1"), ("2010-04-01", "2012/13 H2"), (None, "2012/13 H2")],
)
def test_nothing_before_the_records_is_asked_for(kept_from: str | None, first: str) -> None:
    halves = list(
        halves_to_report(facts(partnership(LISTED), council(records_kept_from=kept_from), date(2026, 11, 23)))
    )
    assert str(halves[0]) == first
    assert str(halves[-1]) == "2025/26 H2"


def test_records_kept_from_a_half_year_that_can_still_be_reported_ask_for_nothing() -> None:
    assert not list(halves_to_report(facts(partnership(LISTED), council(records_kept_from="2026-04-01"))))


def test_without_a_beginning_nothing_is_counted() -> None:
    assert not list(halves_to_report(facts(partnership(), council())))
    assert first_half_over(
        facts(partnership(), council(), date(2026, 11, 23))
    )  # so that the question is asked, not dropped


@given(DAYS, DAYS)
def test_halves_to_report_follow_one_another_and_are_all_overdue(began: date, day: date) -> None:
    recorded = partnership(on_the_list={"from": str(began)})
    halves = list(halves_to_report(facts(recorded, council(), day)))
    assert all(later == earlier.following for earlier, later in pairwise(halves))
    assert all(half.following.ends < day for half in halves)
    assert halves[:1] in ([], [HalfYear.around(began)])
    assert not halves or halves[-1].following.following.ends >= day


# -- months --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [
        (date(2024, 4, 1), date(2034, 3, 31), 120),
        (date(2024, 4, 1), date(2034, 3, 30), 119),
        (date(2024, 4, 1), date(2034, 4, 1), 120),
        (date(2024, 1, 31), date(2024, 2, 28), 1),
        (date(2024, 1, 31), date(2024, 2, 27), 0),
        (date(2024, 2, 29), date(2025, 2, 27), 12),
        (date(2024, 2, 29), date(2025, 2, 26), 11),
        (date(2024, 4, 1), date(2024, 4, 30), 1),
        (date(2024, 4, 1), date(2024, 4, 1), 0),
    ],
)
def test_whole_months(starts: date, ends: date, months: int) -> None:
    assert whole_months(starts, ends) == months


def same_day_or_last(day: date, months: int) -> date:
    """Months counted one after another, and the day by going back from the 31st until the month has it."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError


@given(DAYS, st.integers(0, 480))
def test_months_after_agrees_with_counting(day: date, months: int) -> None:
    assert months_after(day, months) == same_day_or_last(day, months)


@given(DAYS, st.integers(0, 40))
def test_years_are_twelve_months_and_weeks_seven_days(day: date, count: int) -> None:
    assert Interval(count, "year").after(day) == months_after(day, 12 * count)
    assert Interval(count, "week").after(day) == day + timedelta(days=7 * count)


@given(DAYS, st.integers(0, 480))
def test_whole_months_undoes_months_after(day: date, months: int) -> None:
    assert whole_months(day, months_after(day, months) - timedelta(days=1)) == months


YEARLY = framework_with({REPORTS: {"every": Interval(1, "year")}})


@pytest.mark.parametrize(
    ("day", "overdue"),
    [
        (date(2028, 3, 31), []),  # the report on 2026/27 is due from April 2027, and in time until here
        (date(2028, 4, 1), ["2026/27 H2"]),
        (date(2029, 4, 1), ["2026/27 H2", "2027/28 H2"]),
    ],
)
def test_where_a_report_is_asked_once_a_year_it_is_on_the_year(day: date, overdue: list[str]) -> None:
    known = facts(partnership(on_the_list={"from": "2026-05-20"}), council(), day, YEARLY)
    halves = list(halves_to_report(known))
    assert [str(half) for half in halves] == overdue
    assert first_half_over(known) is bool(overdue)
    assert not overdue[1:] or YEARLY.periods.in_runs(halves) == "2026/27 to 2027/28 (2 years)"


def test_the_year_in_which_it_ends_is_reported_too() -> None:
    recorded = partnership(on_the_list={"from": "2026-05-20"}, ended={"on": "2027-06-30"})
    halves = halves_to_report(facts(recorded, council(), date(2031, 1, 1), YEARLY))
    assert [str(half) for half in halves] == ["2026/27 H2", "2027/28 H2"]
