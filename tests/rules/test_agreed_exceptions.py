"""Comply or explain: an agreed exception sets a duty apart, for a time, and only where somebody else agreed to it."""

from datetime import date

import pytest

from kpf.check.checking import Checked, check_register
from kpf.finding import FindingKind, Severity, Verdict
from tests.rules.laying import AS_AT, ID, OWN, changed, checked, good, reason, register, rules, verdicts

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
    ("more", "at", "says", "fix"),
    [
        (
            {"approved_by": "A friend of the trust"},
            "approved_by",
            "is not a body, an office or a post that _council.yaml lists",
            "as _council",
        ),
        ({"approved_by": "Leisure Contracts Manager"}, "approved_by", "is the manager", "Executive Cabinet"),
        ({"approved_by": "LEISURE contracts manager"}, "approved_by", "is the manager", "Executive Cabinet"),
        ({"duty": "ROL-99"}, "duty", "“ROL-99” is not a duty of the framework", "kpf explain lists them"),
        ({"duty": "rol-4b"}, "duty", "“rol-4b” is not a duty of the framework", "Did you mean ROL-4b?"),
        ({"rule": "no-dispute"}, "rule", "“no-dispute” is not a rule that kpf has", "kpf explain lists them"),
        ({"rule": "not-record"}, "rule", "“not-record” is not a rule that kpf has", "Did you mean not-recorded?"),
        ({"rule": "exception-not-valid"}, "rule", "so it allows none", "Put right what it found"),
        ({"reason": ""}, "reason", "it has no `reason`", "Write reason: why"),
        ({"approved_on": ""}, "approved_on", "it has no `approved_on`", "Write approved_on: the day"),
        ({"expires": ""}, "expires", "it has no `expires`", "twelve months on at most"),
        ({"duty": ""}, "duty", "it has no `duty`", "for example ROL-4b"),
        ({"expires": "2026-05-27"}, "expires", "it ends on 27 May 2026, before it was agreed", "Write the last day"),
    ],
    ids=[
        "by no post",
        "by the manager",
        "by the manager in capitals",
        "of no duty",
        "of a duty in small letters",
        "of no rule",
        "of a misspelt rule",
        "of a rule about exceptions",
        "without reason",
        "without day",
        "without end",
        "of nothing",
        "over before it began",
    ],
)
def test_an_exception_that_does_not_count_says_why(more: dict[str, str], at: str, says: str, fix: str) -> None:
    run = with_exception(**more)
    assert verdicts(run)["ROL-4b"] is Verdict.NOT_KNOWN
    (finding,) = [finding for finding in run.findings if finding.rule.startswith("exception-")]
    assert finding.rule == "exception-not-valid"
    assert finding.kind is FindingKind.CONTENT
    assert says in finding.message
    assert fix in finding.fix
    assert finding.trail == ("agreed_exceptions", 0, at)


def test_whoever_holds_the_role_and_manages_it_does_not_agree_with_himself() -> None:
    """The framework's Head of Governance is the Monitoring Officer now."""
    files = good()
    files[OWN]["manager"] = "Monitoring Officer"
    files[OWN]["agreement"]["roles"]["board"]["chair"] = None
    files[OWN]["agreed_exceptions"] = [{**AGREED, "approved_by": "Head of Governance"}]
    findings = [finding for finding in checked(files).findings if finding.rule == "exception-not-valid"]
    assert ["the Head of Governance, who agreed to it, is the manager" in finding.message for finding in findings] == [
        True
    ]


def test_an_exception_whose_day_cannot_be_read_does_not_count() -> None:
    run = with_exception(expires="soon")
    assert verdicts(run)["ROL-4b"] is Verdict.NOT_KNOWN
    assert "exception-not-valid" not in rules(run)
    assert rules(run)["value-not-understood"] == 1


# -- its last day --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expires", "verdict", "rule", "says"),
    [
        ("2026-12-24", Verdict.EXCEPTED, None, ""),
        ("2026-12-23", Verdict.EXCEPTED, "exception-expires-soon", "ends in 30 days, on 23 December 2026"),
        ("2026-11-24", Verdict.EXCEPTED, "exception-expires-soon", "The exception from ROL-4b ends tomorrow."),
        ("2026-11-23", Verdict.EXCEPTED, "exception-expires-soon", "The exception from ROL-4b ends today."),
        ("2026-11-22", Verdict.NOT_KNOWN, None, ""),  # it stays as history
    ],
)
def test_an_exception_comes_to_its_end(expires: str, verdict: Verdict, rule: str | None, says: str) -> None:
    run = with_exception(expires=expires)
    assert verdicts(run)["ROL-4b"] is verdict
    findings = [finding for finding in run.findings if finding.rule.startswith("exception-")]
    assert [finding.rule for finding in findings] == ([rule] if rule else [])
    for finding in findings:
        assert says in finding.message
        assert finding.kind is FindingKind.CLOCK
        assert finding.trail == ("agreed_exceptions", 0, "expires")
        assert finding.severity is Severity.WARNING


def test_twelve_months_after_it_was_agreed_it_is_over_whatever_it_says() -> None:
    run = with_exception(approved_on="2025-11-22", expires="2028-11-22")
    assert verdicts(run)["ROL-4b"] is Verdict.NOT_KNOWN
    assert not [finding for finding in run.findings if finding.rule.startswith("exception-")]
    assert rules(with_exception(approved_on="2025-11-23", expires="2028-11-22")) == {
        "exception-not-valid": 1,
        "exception-expires-soon": 1,
    }


def test_as_at_an_earlier_day_it_was_not_agreed_yet() -> None:
    files = good()
    files[OWN]["agreement"]["roles"]["board"]["chair"] = None
    files[OWN]["agreed_exceptions"] = [AGREED]
    assert verdicts(checked(files, date(2026, 5, 27)))["ROL-4b"] is Verdict.NOT_KNOWN
    assert verdicts(checked(files, date(2026, 5, 28)))["ROL-4b"] is Verdict.EXCEPTED


# -- what it covers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "at", "says", "fix"),
    [
        ({"duty": "ROL-4a"}, "duty", "nothing that is open: ROL-4a is met without it.", "Delete the exception"),
        ({"duty": "AGR-1"}, "duty", "covers nothing: AGR-1 does not apply here.", "Delete the exception"),
        ({"rule": "nobody-stands-in"}, "duty", "nothing here is judged under ROL-4b by nobody-stands-in", "Delete"),
        ({"subject": "bord"}, "subject", "ROL-4b finds nothing here called “bord”.", "It looks at: leis"),
        ({"subject": "leisure-centre"}, "subject", "called “leisure-centre”.", "Did you mean leisure-centres?"),
        (
            {"duty": "", "rule": "review-overdue", "subject": ID},
            "rule",
            "review-overdue is met without it",
            "Delete the exception",
        ),
    ],
    ids=["met", "not applicable", "rule of another duty", "no subject", "misspelt subject", "rule"],
)
def test_an_exception_that_covers_nothing_is_told(more: dict[str, str], at: str, says: str, fix: str) -> None:
    run = with_exception(**more)
    (finding,) = [finding for finding in run.findings if finding.rule == "exception-unused"]
    assert says in finding.message
    assert fix in finding.fix
    assert finding.trail == ("agreed_exceptions", 0, at)
    assert finding.severity is Severity.WARNING
    assert verdicts(run)["LST-2"] is Verdict.MET  # it is a hint and no verdict


def test_a_rule_alone_is_narrower_than_its_duty() -> None:
    run = with_exception(duty="", rule="not-recorded", subject=ID)
    assert verdicts(run)["ROL-4b"] is Verdict.EXCEPTED
    assert rules(run) == {}


def test_an_exception_from_one_duty_leaves_the_others_of_the_same_gap_open() -> None:
    run = changed({"agreement": {"exit": None}, "agreed_exceptions": [{**AGREED, "duty": "EXT-2"}]})
    assert verdicts(run)["EXT-2"] is Verdict.EXCEPTED
    (gap,) = run.findings
    assert "EXT-2" not in gap.duties
    assert "The exception from EXT-2 does not cover AGR-3 and EXT-1." in gap.message
    assert "AGR-3" in gap.duties


def test_no_exception_covers_what_is_wrong_with_another() -> None:
    invalid = {**AGREED, "approved_by": "Leisure Contracts Manager"}
    covering = {**AGREED, "duty": "LST-2"}
    run = changed({"agreement": {"roles": {"board": {"chair": None}}}, "agreed_exceptions": [invalid, covering]})
    assert verdicts(run)["LST-2"] is Verdict.NOT_MET
    assert {"exception-not-valid", "exception-unused"} <= set(rules(run))


def test_renewals_are_counted_and_told() -> None:
    over = {**AGREED, "approved_on": "2025-10-28", "expires": "2026-10-27"}
    again = {**AGREED, "approved_on": "2026-10-28", "expires": "2027-10-27"}
    run = changed({"agreement": {"roles": {"board": {"chair": None}}}, "agreed_exceptions": [over, again]})
    assert verdicts(run)["ROL-4b"] is Verdict.EXCEPTED
    assert "renewed once, first agreed on 2025-10-28." in reason(run, "ROL-4b")
    assert not run.findings


def test_an_ended_partnership_is_not_told_of_exceptions_it_does_not_use() -> None:
    ended = {"on": "2026-10-31", "reason": "The contract ran out.", "minute": "EC/26/80"}
    run = changed({"ended": ended, "agreed_exceptions": [AGREED]})
    assert "exception-unused" not in rules(run)
    assert verdicts(run)["LST-2"] is Verdict.NOT_APPLICABLE


# -- for the auditor -----------------------------------------------------------------------------------


def test_for_the_auditor_nothing_is_excepted() -> None:
    files = good()
    files[OWN]["agreement"]["roles"]["board"]["chair"] = None
    files[OWN]["agreed_exceptions"] = [AGREED]
    run = check_register(register(files), AS_AT, exceptions=False)
    assert verdicts(run)["ROL-4b"] is Verdict.NOT_KNOWN
    assert not run.exceptions_counted
    assert {verdict.verdict for verdict in run.verdicts} & {Verdict.EXCEPTED} == set()
    assert rules(run) == {"not-recorded": 1}


def test_the_verdict_leads_to_the_exception() -> None:
    run = with_exception()
    (excepted,) = [verdict for verdict in run.verdicts if verdict.duty == "ROL-4b"]
    assert excepted.verdict is Verdict.EXCEPTED
    assert excepted.reason == (
        "Two partners only; the chair alternates. Agreed by Monitoring Officer on 28 May 2026, until 28 May 2027."
    )
    (evidence,) = excepted.evidence
    assert (
        evidence.location.line == 1 + run.judge.again(ID).document.text.split("agreed_exceptions", 1)[0].count("\n") + 2
    )
