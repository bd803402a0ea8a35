"""What a council settles for all its partnerships counts with the value that was agreed, and a finding says so."""

from typing import Any, Final

import pytest

from kpf.finding import Finding
from kpf.register.entries import COUNCIL
from tests.rules.laying import checked, with_laid

EARLIER: Final = {
    "by": "Executive Cabinet",
    "on": "2025-09-11",
    "minute": "EC/25/70",
    "choices": {"records_kept_from": "2025-10-01", "review_of_the_framework": "3 years"},
}
REFUSED: Final = {
    "by": "Executive Cabinet",
    "on": "2026-10-15",
    "minute": "EC/26/80",
    "outcome": "refused",
    "choices": {"check_of_partners_governance": "2 years"},
}


def reported(over: Any) -> list[Finding]:
    """The findings of the rule where `over` is laid over _council.yaml."""
    return [one for one in checked(with_laid((COUNCIL, over))).findings if one.rule == "choices-not-agreed"]


@pytest.mark.parametrize(
    "over",
    [
        {},
        {"records_kept_from": "2025-04-01"},
        {"local_choices": {"check_of_partners_governance": "6 months"}},
        {
            "records_kept_from": None,
            "local_choices": {"review_of_the_framework": None},
            "choices_agreed": {"choices": None},
        },
        {"choices_agreed": [EARLIER, REFUSED]},
        {"choices_agreed": [EARLIER, {**REFUSED, "outcome": "agreed", "until": "2026-11-01"}]},
    ],
    ids=[
        "as agreed",
        "an earlier day",
        "a shorter time",
        "no more than kpf asks",
        "a refusal heeded",
        "one that is over",
    ],
)
def test_nothing_is_said_where_nothing_asks_for_less_than_was_agreed(over: Any) -> None:
    assert reported(over) == []


def test_another_value_is_told_with_the_one_that_was_agreed() -> None:
    (finding,) = reported({"local_choices": {"review_of_the_framework": "4 years"}})
    assert finding.location.excerpt.strip() == '"review_of_the_framework": "4 years"'
    assert finding.message == (
        "`review_of_the_framework` is 4 years, but the agreement says 3 years. "
        "Until then kpf goes by review_of_the_framework: 3 years."
    )
    assert finding.fix.endswith(
        "add under choices_agreed: - {by: Executive Cabinet, on: the day, minute: the minute, "
        "choices: {review_of_the_framework: 4 years}}"
    )


def test_an_agreement_in_the_earlier_form_says_what_to_add_to_it() -> None:
    (finding,) = reported({"choices_agreed": {"choices": None}})
    assert finding.trail == ("choices_agreed", "choices")
    assert finding.message.startswith("The agreement of 11 September 2025 does not say what was agreed about")
    assert finding.fix == (
        "If it was agreed as it is written, add to that entry: "
        "choices: {records_kept_from: 2025-10-01, review_of_the_framework: 3 years}"
    )


def test_what_no_agreement_names_is_told_where_it_stands() -> None:
    (finding,) = reported({"exceptions_agreed_by": ["Chief Executive", "Head of Finance"]})
    assert finding.trail == ("exceptions_agreed_by",)
    assert "choices: {exceptions_agreed_by: [Chief Executive, Head of Finance]}}" in finding.fix


def test_a_refusal_that_was_not_heeded_is_told() -> None:
    over = {"local_choices": {"check_of_partners_governance": "2 years"}, "choices_agreed": [EARLIER, REFUSED]}
    (finding,) = reported(over)
    assert finding.message.startswith("The council's choices were refused. Until then kpf judges as if")


def test_an_agreement_of_a_day_without_a_meeting_is_told() -> None:
    (finding,) = reported({"choices_agreed": {"on": "2026-10-14"}})
    assert finding.message.startswith("Executive Cabinet did not meet on 14 October 2026")


SCRUTINY: Final = "Overview and Scrutiny Committee"
WIDER: Final = {"bodies": {SCRUTINY: {"may": ["approve partnerships", "decide reviews"]}}}


def powers(*agreed: Any) -> list[Finding]:
    """The findings about a power that a committee has, where these changes are `agreed`."""
    over = {**WIDER, **({"agreed_changes": list(agreed)} if agreed else {})}
    return [one for one in checked(with_laid((COUNCIL, over))).findings if one.rule == "power-not-agreed"]


def agreed_by(name: str, **more: str) -> dict[str, str]:
    what = f"bodies, {SCRUTINY}, may"
    return {"what": what, "reason": "It sits more often.", "agreed_by": name, "on": "2026-10-15", **more}


def test_a_body_has_no_power_that_nobody_agreed() -> None:
    (finding,) = powers()
    assert finding.trail == ("bodies", SCRUTINY, "may")
    assert finding.message == (
        f"{SCRUTINY} may approve partnerships and decide reviews, and nobody who may settle choices is recorded as "
        "having agreed."
    )
    assert f'agreed_changes: - {{what: "bodies, {SCRUTINY}, may", reason: …, agreed_by: …' in finding.fix


@pytest.mark.parametrize(
    ("entry", "counts"),
    [
        (agreed_by("Executive Cabinet", minute="EC/26/80"), True),
        (agreed_by("Monitoring Officer"), True),
        (agreed_by("Executive Cabinet"), False),
        (agreed_by("Executive Cabinet", minute="EC/26/80 (deferred)"), False),
        (agreed_by(SCRUTINY, minute="OS/26/8"), False),
        (agreed_by("Leisure Contracts Manager"), False),
        (agreed_by("Monitoring Officer", on="2026-12-15"), False),
    ],
)
def test_a_power_is_agreed_by_somebody_else_who_may(entry: dict[str, str], counts: bool) -> None:  # noqa: FBT001
    assert (powers(entry) == []) is counts


def test_the_powers_that_the_framework_gives_need_no_agreement() -> None:
    over = {"bodies": {"Executive Cabinet": {"may": ["approve partnerships"]}, "Tarnside Cabinet": {"of": "Tarnside"}}}
    assert [one for one in checked(with_laid((COUNCIL, over))).findings if one.rule == "power-not-agreed"] == []
