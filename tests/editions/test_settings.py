"""What kpf reads where the framework names no number: shown, set by an edition, counted from its adoption."""

from typing import Any

import pytest

from kpf.check.checking import Checked
from kpf.edition.faults import NOT_POSSIBLE
from kpf.edition.settable import asks_less, settable, settable_in_words
from kpf.finding import Verdict
from tests.editions.test_own_duties import HEADING, judged

EXCEPTION = {
    "duty": "ROL-4b",
    "reason": "Two partners only",
    "approved_by": "Head of Governance",
    "approved_on": "2026-10-28",
    "expires": "2028-04-28",
}
SPENDING: dict[str, Any] = {
    "half_years": {"2025/26 H2": {"budget": {"planned": 200000, "actual": 216000, "reason": None}}}
}


def set_(**duties: Any) -> dict[str, Any]:
    """An edition that sets these parameters, by duty with _ for -."""
    return {**HEADING, "set": {duty.replace("_", "-"): given for duty, given in duties.items()}}


def said(run: Checked, rule: str) -> list[str]:
    return [found.message for found in run.findings if found.rule == rule]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"OFF_2": {"every": "1 year"}}, "it counts for twelve months at most."),
        ({"LST_2": {"within": "9 months"}}, "it counts for nine months at most."),
        ({"LST_2": {"within": "18 months"}}, ""),
    ],
)
def test_how_long_an_exception_counts(given: dict[str, Any], message: str) -> None:
    found = said(judged(set_(**given), agreed_exceptions=[EXCEPTION]), "exception-not-valid")
    assert [one for one in found if message in one] == found
    assert bool(found) is bool(message)


@pytest.mark.parametrize(("most", "is_asked"), [("5 percent", True), ("7 percent", True), ("10 percent", False)])
def test_from_what_difference_spending_has_a_reason(most: str, is_asked: bool) -> None:  # noqa: FBT001 - a case
    found = said(judged(set_(REP_4b={"threshold": most}), **SPENDING), "variance-unexplained")
    assert (
        found
        == [f"Spending was £16,000 over the budget of £200,000, more than {most}, and no reason is recorded."]
        * is_asked
    )


@pytest.mark.parametrize(("within", "is_another"), [("3 years", True), ("20 years", None), ("9 years", False)])
def test_how_long_an_approval_stands_for_a_contract(within: str, is_another: bool | None) -> None:  # noqa: FBT001 - a case
    over: dict[str, Any] = {"kind": "contract", "agreement": {"signed": "2026-11-20"}}
    run = judged(set_(NEW_2={"within": within}), **over)
    if is_another is None:
        (told,) = (one for one in run.findings if one.rule == NOT_POSSIBLE)
        assert told.fix == "Write a number and a unit of time, 10 years at most, for example 3 months."
        return
    found = said(run, "contract-let-again")
    assert [one for one in found if "more than three years before" in one] == found
    assert bool(found) is is_another


def test_before_its_adoption_the_packaged_numbers_count() -> None:
    edition = set_(LST_2={"within": "18 months"})
    edition["adopted"] = {"by": "Executive Cabinet", "on": "2026-12-01", "minute": "EC/26/99"}
    assert said(judged(edition, agreed_exceptions=[EXCEPTION]), "exception-not-valid")


def test_a_longer_time_and_a_greater_number_ask_for_less() -> None:
    assert asks_less("LST-2", "within", "18 months")
    assert not asks_less("LST-2", "within", "6 months")
    assert asks_less("REP-4b", "threshold", "7 percent")
    assert not asks_less("REP-4b", "threshold", "5 percent")


def test_all_that_can_be_set_is_named_with_what_counts_now() -> None:
    assert all(f"`{name}`: " in settable_in_words(duty, {}) for duty, given in settable().items() for name in given)
    assert settable_in_words("LST-2", {}) == (
        "Can be set: `within`: how long an agreed exception counts at most (12 months is kpf's reading)."
    )
    assert settable_in_words("REV-1", {}) == "Can be set: `every`: how often it is done (3 years)."
    assert settable_in_words("REV-1", {"every": "1 year"}) == ""


def test_what_the_edition_drops_has_no_number_left() -> None:
    edition = {**HEADING, "drop": {"REP-4b": {"reason": "The budget report says it."}}}
    run = judged(edition, **SPENDING)
    (verdict,) = {one.verdict for one in run.verdicts if one.duty == "REP-4b"}
    assert verdict is Verdict.NOT_APPLICABLE
