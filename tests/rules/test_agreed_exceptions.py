"""Comply or explain: an agreed exception sets a duty apart, for a time, and only where somebody else agreed to it."""

import pytest

from kpf.check import Checked
from kpf.finding import Verdict
from tests.rules.laying import changed, reason, rules, verdicts

AGREED = {
    "duty": "ROL-4b",
    "reason": "Two partners only; the chair alternates.",
    "approved_by": "Monitoring Officer",
    "approved_on": "2026-05-28",
    "expires": "2027-05-28",
}


def with_exception(**more: str) -> Checked:
    chair = {"agreement": {"roles": {"board": {"chair": None}}}}
    return changed({**chair, "agreed_exceptions": [{**AGREED, **more}]})


def test_an_agreed_exception_sets_a_duty_apart() -> None:
    run = with_exception()
    assert verdicts(run)["ROL-4b"] is Verdict.EXCEPTED
    assert "the chair alternates" in reason(run, "ROL-4b")
    assert not run.findings
    assert verdicts(changed({"agreed_exceptions": [AGREED]}))["ROL-4b"] is Verdict.MET  # what is met needs none


@pytest.mark.parametrize(
    "more",
    [
        {"expires": "2026-11-22"},
        {"approved_by": "Leisure Contracts Manager"},
        {"reason": ""},
        {"approved_by": ""},
        {"approved_by": "A friend of the trust"},
        {"approved_on": "2026-11-24"},
        {"approved_on": "2025-11-22", "expires": "2028-11-22"},
    ],
    ids=[
        "expired",
        "by the manager",
        "without reason",
        "by nobody",
        "by no post",
        "not agreed yet",
        "over twelve months ago",
    ],
)
def test_an_exception_that_does_not_count_leaves_the_duty_open(more: dict[str, str]) -> None:
    assert verdicts(with_exception(**more))["ROL-4b"] is Verdict.NOT_KNOWN


def test_an_exception_that_runs_too_long_counts_for_twelve_months_and_is_told() -> None:
    run = with_exception(expires="2028-05-28")
    assert verdicts(run)["ROL-4b"] is Verdict.EXCEPTED
    assert rules(run) == {"exception-not-valid": 1}


def test_an_exception_covers_its_duty_rule_and_subject_and_nothing_else() -> None:
    assert verdicts(with_exception(duty="ROL-4a"))["ROL-4b"] is Verdict.NOT_KNOWN
    assert verdicts(with_exception(rule="nobody-stands-in"))["ROL-4b"] is Verdict.NOT_KNOWN
    assert verdicts(with_exception(subject="somebody-else"))["ROL-4b"] is Verdict.NOT_KNOWN


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"approved_by": "A friend of the trust"}, "is not a post that _council.yaml lists"),
        ({"approved_by": "Leisure Contracts Manager"}, "is the manager"),
        ({"duty": "ROL-99"}, "is not a duty of the framework"),
        ({"reason": ""}, "it has no `reason`"),
        ({"expires": "2026-11-22"}, "22 November 2026"),
    ],
    ids=["by no post", "by the manager", "of no duty", "without reason", "expired"],
)
def test_an_exception_that_does_not_count_says_why(more: dict[str, str], says: str) -> None:
    (told,) = [finding for finding in with_exception(**more).findings if finding.rule == "exception-not-valid"]
    assert says in told.message
    assert told.trail[:2] == ("agreed_exceptions", 0)
