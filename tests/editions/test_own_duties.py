"""Duties that a council adds: asked for, checked, and counted apart from those of the framework."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kpf.check.checking import Checked
from kpf.check.rows import tally, tally_added
from kpf.dates import Interval
from kpf.finding import Finding, FindingKind, Severity, Verdict
from kpf.register.entries import FRAMEWORK
from tests.rules.laying import AS_AT, ID, OWN, checked, good, with_laid

HEADING: dict[str, Any] = {
    "title": "Key Contracts and Partnerships Framework",
    "edition": "April 2026",
    "builds_on": "Key Partnerships Framework, November 2012",
    "adopted": {"by": "Executive Cabinet", "on": "2026-04-01", "minute": "EC/26/31"},
}
DUTY: dict[str, Any] = {
    "section": "Data protection",
    "short": "The impact assessment is no older than three years",
    "duty": "An impact assessment is agreed, and looked at again every three years.",
    "source": "UK GDPR, article 35",
    "verb": "must",
    "asks": {"dpia_agreed": {"is": "days", "help": "The day on which it was agreed.", "example": "2026-03-02"}},
    "check": {"fresh_for": "3 years"},
}
TRUST = "Fellbrook Leisure Trust"


def edition(duty: dict[str, Any] | None = None, **verbs: Any) -> dict[str, Any]:
    """An edition that adds DPA-1, which is `DUTY` with `duty` in place of what it names; and other `verbs`."""
    return {**HEADING, "add": {"DPA-1": {**DUTY, **(duty or {})}}, **verbs}


def judged(file: dict[str, Any], own: Any = None, day: date = AS_AT, **over: Any) -> Checked:
    """The complete example under an edition, with answers under `own`, and what lies `over` the rest."""
    files = with_laid((OWN, {**({"own": own} if own else {}), **over}))
    files[FRAMEWORK] = file
    return checked(files, day)


def verdict_on(run: Checked, duty: str = "DPA-1") -> tuple[Verdict, str]:
    (found,) = (one for one in run.verdicts if one.duty == duty and one.partnership == ID)
    return found.verdict, found.reason


def only_finding(run: Checked) -> Finding:
    (found,) = run.findings
    return found


def one(kind: str, check: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An edition whose duty asks for a field `answer` of this kind, and checks it so."""
    ask = {"is": kind, "help": "What was found.", "example": "…", **more}
    return edition({"asks": {"answer": ask}, "check": check})


# -- presence, blanks, non-answers: as for packaged fields -----------------------------------------------


def test_what_is_not_recorded_is_one_finding_with_its_field_and_what_to_write() -> None:
    found = only_finding(judged(edition()))
    assert (found.rule, found.duties, found.severity) == ("not-recorded", ("DPA-1",), Severity.ERROR)
    assert found.message == "Nothing is recorded for `dpia_agreed` in `own`."
    assert found.fix == "The day on which it was agreed. For example: dpia_agreed: 2026-03-02"


def test_what_is_recorded_meets_it() -> None:
    run = judged(edition(), {"dpia_agreed": "2025-03-02"})
    assert run.findings == ()
    assert verdict_on(run)[0] is Verdict.MET


@pytest.mark.parametrize(
    ("own", "rule", "message"),
    [
        ({"dpia_agred": "2026-03-02"}, "unknown-name", "`dpia_agred` is not a name that belongs here."),
        (
            {"dpia_agreed": "last year"},
            "value-not-understood",
            "`dpia_agreed` holds “last year”, which cannot be read as a day",
        ),
        ({"dpia_agreed": "tbc"}, "not-recorded", "Nothing is recorded for `dpia_agreed` in `own`."),
    ],
)
def test_what_cannot_be_read_is_told_as_of_any_field(own: Any, rule: str, message: str) -> None:
    found = judged(edition(), own).findings[-1]
    assert (found.rule, found.message.startswith(message)) == (rule, True)
    assert verdict_on(judged(edition(), own))[0] is Verdict.NOT_KNOWN


def test_a_text_that_is_no_answer_is_a_blank() -> None:
    found = only_finding(judged(one("text", {"recorded": "yes"}), {"answer": "not known yet"}))
    assert found.message == "`answer` in `own` says “not known yet”, which is no answer yet."


def test_a_day_to_come_is_hidden_as_at_an_earlier_one() -> None:
    run = judged(edition(), {"dpia_agreed": "2027-01-05"})
    assert verdict_on(run)[0] is Verdict.NOT_KNOWN


def test_without_an_edition_nothing_can_be_answered() -> None:
    files = with_laid((OWN, {"own": {"dpia_agreed": "2026-03-02"}}))
    found = only_finding(checked(files))
    assert found.fix == (
        "Only what a duty in _framework.yaml asks for is answered here. Add it there first. If it is there, kpf "
        "framework check says why it is not known."
    )


# -- the checks ------------------------------------------------------------------------------------------

LIMITS = one("number", {"at_least": "3"})


@pytest.mark.parametrize(
    ("file", "meets", "breaks", "rule", "message"),
    [
        (
            edition(),
            {"dpia_agreed": ["2019-01-08", "2024-01-10"]},
            {"dpia_agreed": "2021-05-10"},
            "own-answer-too-old",
            "`dpia_agreed` was last on 10 May 2021. 3 years later, on 10 May 2024, it was due again.",
        ),
        (
            one("day", {"before": "agreement.signed"}),
            {"answer": "2024-02-20"},
            {"answer": "2024-02-21"},
            "own-days-out-of-order",
            "`answer` is 21 February 2024, later than `agreement.signed`, 20 February 2024.",
        ),
        (
            one("day", {"after": "agreement.signed"}),
            {"answer": "2024-02-20"},
            {"answer": "2024-02-19"},
            "own-days-out-of-order",
            "`answer` is 19 February 2024, earlier than `agreement.signed`, 20 February 2024.",
        ),
        (
            one("one of a list", {"one_of": ["low", "medium"]}, choices=["low", "medium", "high"]),
            {"answer": "low"},
            {"answer": "high"},
            "own-outcome-not-allowed",
            "`answer` says “high”.",
        ),
        (
            one("yes or no", {"one_of": "yes"}),
            {"answer": "yes"},
            {"answer": "no"},
            "own-outcome-not-allowed",
            "`answer` says “no”.",
        ),
        (LIMITS, {"answer": "3"}, {"answer": "2.5"}, "own-value-out-of-bounds", "`answer` is 2.5, less than 3."),
        (
            one("money", {"at_most": "100000"}),
            {"answer": "100000"},
            {"answer": "100000.50"},
            "own-value-out-of-bounds",
            "`answer` is 100,000.50, more than 100,000.",
        ),
        (
            one("interval", {"at_least": "5 years"}),
            {"answer": "60 months"},
            {"answer": "4 years"},
            "own-value-out-of-bounds",
            "`answer` is 4 years, less than 5 years.",
        ),
        (
            one("interval", {"at_most": "6 months"}),
            {"answer": "20 weeks"},
            {"answer": "1 year"},
            "own-value-out-of-bounds",
            "`answer` is 1 year, more than 6 months.",
        ),
        (
            one("text", {"same_as": "policies.safeguarding_adults"}),
            {"answer": "5"},
            {"answer": "4"},
            "own-answer-differs",
            "`answer` says “4”, and `policies.safeguarding_adults` in _council.yaml is “5”.",
        ),
        (
            one("number", {"same_as": "risk_scale.likelihood"}),
            {"answer": "4"},
            {"answer": "5"},
            "own-answer-differs",
            "`answer` says “5”, and `risk_scale.likelihood` in _council.yaml is “4”.",
        ),
        (
            one("day", {"for_each_partner": "yes", "fresh_for": "1 year"}),
            {"answer": {TRUST: "2026-05-04"}},
            {"answer": {TRUST: "2025-05-04"}},
            "own-answer-too-old",
            "`Fellbrook Leisure Trust` was last on 4 May 2025. 1 year later, on 4 May 2026, it was due again.",
        ),
    ],
)
def test_a_check(file: dict[str, Any], meets: Any, breaks: Any, rule: str, message: str) -> None:
    whole = judged(file, meets)
    assert (whole.findings, verdict_on(whole)[0]) == ((), Verdict.MET)
    found = only_finding(judged(file, breaks))
    assert (found.rule, found.duties, found.verdict, found.message) == (rule, ("DPA-1",), Verdict.NOT_MET, message)
    assert found.kind is (FindingKind.CLOCK if rule == "own-answer-too-old" else FindingKind.CONTENT)


def test_each_partner_has_to_have_one() -> None:
    file = one("day", {"for_each_partner": "yes"})
    partners = good()[OWN]["partners"]
    assert TRUST in partners
    found = only_finding(judged(file, {"answer": {"the council": "2026-05-04"}}))
    assert (found.rule, found.message) == ("own-answer-of-partner-missing", f"`answer` has nothing for {TRUST}.")


BOTH = edition(
    {
        "asks": {
            "agreed": {"is": "day", "help": "When it was agreed.", "example": "2026-03-02"},
            "risk": {"is": "one of a list", "help": "The risk.", "example": "low", "choices": ["low", "high"]},
        },
        "check": {"both": [{"field": "agreed", "fresh_for": "1 year"}, {"field": "risk", "one_of": ["low"]}]},
    }
)


def test_both_have_to_hold() -> None:
    run = judged(BOTH, {"agreed": "2026-03-02", "risk": "low"})
    assert verdict_on(run) == (Verdict.MET, "2 of 2 conditions hold: `agreed` and `risk`.")
    found = only_finding(judged(BOTH, {"agreed": "2026-03-02", "risk": "high"}))
    assert found.rule == "own-conditions-not-met"
    assert found.message == "The duty asks for both conditions to hold, and 1 holds. `risk` says “high”."
    half = judged(BOTH, {"agreed": "2026-03-02"})
    assert [finding.rule for finding in half.findings] == ["not-recorded"]


def test_a_packaged_field_that_is_blank_and_asked_for_is_told_once() -> None:
    file = one("day", {"before": "agreement.signed"})
    run = judged(file, {"answer": "2024-02-20"}, agreement={"signed": None})
    assert {finding.trail for finding in run.findings if "DPA-1" in finding.duties} == set()
    assert verdict_on(run) == (Verdict.NOT_KNOWN, "Nothing is recorded for `signed`.")


# -- whom it is asked of ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("applies", "reason"),
    [
        ({"kind": "statutory"}, "It is asked of: statutory. This partnership is: contract."),
        ({"sector": "private"}, "No partner belongs to the private sector."),
        ({"scope.delivers_council_services": "no"}, "`scope.delivers_council_services` says yes."),
        ({"stage": "proposed"}, "It is not asked of a partnership that is running."),
        ({"value_over": "5000000"}, "It is asked for above £5,000,000; this agreement is worth £4,800,000."),
        (
            {"began_after": "2025-02-24"},
            "It is asked of agreements made after 24 February 2025, and this is of 20 February 2024.",
        ),
    ],
)
def test_it_is_asked_only_of_those_it_names(applies: dict[str, str], reason: str) -> None:
    assert verdict_on(judged(edition({"applies": applies}))) == (Verdict.NOT_APPLICABLE, reason)


@pytest.mark.parametrize(
    "applies",
    [
        {"kind": ["contract", "statutory"]},
        {"sector": "voluntary"},
        {"scope.delivers_council_services": "yes"},
        {"stage": "running"},
        {"value_over": "4000000"},
        {"began_after": "2024-02-19"},
    ],
)
def test_it_is_asked_of_those_it_names(applies: dict[str, Any]) -> None:
    assert verdict_on(judged(edition({"applies": applies})))[0] is Verdict.NOT_KNOWN


def test_nobody_can_tell_until_the_question_is_answered() -> None:
    file = edition({"applies": {"scope.involves_children": "yes"}})
    run = judged(file, scope={"involves_children": None})
    assert verdict_on(run) == (Verdict.NOT_KNOWN, "kpf cannot tell until `scope.involves_children` is recorded.")
    assert not [finding for finding in run.findings if "DPA-1" in finding.duties]


@pytest.mark.parametrize(
    ("dates", "reason"),
    [
        ({"from": "2027-04-01"}, "It is asked for from 1 April 2027."),
        ({"until": "2026-10-31"}, "It was asked for until 31 October 2026."),
    ],
)
def test_a_duty_of_its_time_is_asked_only_then(dates: dict[str, str], reason: str) -> None:
    assert verdict_on(judged(edition(dates))) == (Verdict.NOT_APPLICABLE, reason)


# -- counted apart, and by the day of adoption -----------------------------------------------------------


def test_the_verdicts_of_the_framework_stay_as_they_are() -> None:
    without, with_own = checked(good()), judged(edition())
    assert tally(file.row for file in without.files) == tally(file.row for file in with_own.files)
    assert with_own.overall_verdict == without.overall_verdict
    assert [one for one in with_own.verdicts if one.duty != "DPA-1"] == list(without.verdicts)
    assert tally_added(file.row for file in without.files)[Verdict.NOT_KNOWN] == 0
    assert tally_added(file.row for file in with_own.files)[Verdict.NOT_KNOWN] == 1


def test_before_its_adoption_the_packaged_edition_holds_alone() -> None:
    day = date(2026, 3, 31)
    run = judged(edition(drop={"EQD-2": {"reason": "It is elsewhere."}}), {"dpia_agreed": "2020-01-01"}, day)
    assert run.verdicts == checked(good(), day).verdicts
    assert verdict_on(judged(edition(), day=date(2026, 4, 1)))[0] is Verdict.NOT_KNOWN


@pytest.mark.parametrize(
    "verbs",
    [
        {"drop": {"AFC-1": {"reason": "It is elsewhere.", "from": "2026-10-01"}}},
        {"set": {"LST-3": {"every": "3 months", "from": "2026-10-01"}}},
        {"replace": {"KEY-1": {"by": "DPA-1", "reason": "The criteria took its place.", "from": "2026-10-01"}}},
    ],
)
def test_what_came_later_changes_no_verdict_of_before(verbs: dict[str, Any]) -> None:
    before, after = date(2026, 9, 30), date(2026, 10, 1)
    assert judged(edition(**verbs), day=before).verdicts == judged(edition(), day=before).verdicts
    assert judged(edition(**verbs), day=after).verdicts != judged(edition(), day=after).verdicts


def test_should_is_a_warning_and_a_reason_is_enough() -> None:
    file = one("text", {"recorded": "yes"})
    file["add"]["DPA-1"]["verb"] = "should"
    assert only_finding(judged(file)).severity is Severity.WARNING
    verdict, reason = verdict_on(judged(file, {"answer": "n/a - no personal data is shared"}))
    assert (verdict, reason) == (Verdict.NOT_APPLICABLE, "The file says why: no personal data is shared")
    file["add"]["DPA-1"]["verb"] = "must"
    assert verdict_on(judged(file, {"answer": "n/a - no personal data is shared"}))[0] is Verdict.NOT_KNOWN


def test_an_exception_can_be_agreed() -> None:
    exception = {
        "duty": "DPA-1",
        "reason": "The assessment waits for the new system.",
        "approved_by": "Monitoring Officer",
        "approved_on": "2026-10-15",
        "expires": "2027-03-31",
    }
    run = judged(edition(), agreed_exceptions=[exception])
    assert verdict_on(run)[0] is Verdict.EXCEPTED
    assert run.findings == ()


# -- what it makes of packaged duties --------------------------------------------------------------------


def test_a_dropped_duty_does_not_apply_and_says_why() -> None:
    run = judged({**HEADING, "drop": {"AFC-1": {"reason": "It is elsewhere.", "minute": "EC/26/40"}}})
    assert verdict_on(run, "AFC-1") == (
        Verdict.NOT_APPLICABLE,
        "Dropped by Key Contracts and Partnerships Framework, April 2026: It is elsewhere (minute EC/26/40).",
    )


def test_a_replaced_duty_does_not_apply_and_names_the_one_in_its_place() -> None:
    run = judged(edition(replace={"DQU-1": {"by": "DPA-1", "reason": "The charter was withdrawn."}}))
    assert verdict_on(run, "DQU-1")[1].startswith("DPA-1 takes its place in Key Contracts")


def test_what_is_set_is_what_counts() -> None:
    last = {"list_of_key_partnerships": {"last_reviewed": "2025-06-12"}}
    files = with_laid(("_council.yaml", last))
    assert [finding.rule for finding in checked(files).findings] == ["list-not-reviewed"]
    files[FRAMEWORK] = {**HEADING, "set": {"LST-3": {"every": "2 years"}}}
    assert checked(files).findings == ()


def test_an_interval_of_the_framework_itself_can_be_set() -> None:
    """The example was last reviewed on 15 October 2026."""

    def overdue(files: dict[str, Any], day: date) -> bool:
        return "review-overdue" in {finding.rule for finding in checked(files, day).findings}

    packaged, yearly = with_laid(), {**with_laid(), FRAMEWORK: {**HEADING, "set": {"REV-1": {"every": "1 year"}}}}
    assert not overdue(packaged, date(2027, 10, 16))
    assert not overdue(yearly, date(2027, 10, 15))
    assert overdue(yearly, date(2027, 10, 16))


@pytest.mark.parametrize(
    ("duty", "parameter", "value", "choice", "chosen"),
    [
        ("REP-1", "within", "5 months", "report_late_after", Interval(5, "month")),
        ("AGR-3", "within", "2 months", "new_policy_versions_passed_on_within", Interval(2, "month")),
        ("SGC-4", "threshold", "40000", "significant_funding_for_children", Decimal(40000)),
        ("REP-4a", "threshold", "8 percent", "amber_within", 8),
        ("REV-4", "threshold", "3", "reviews_a_service_can_carry_in_a_quarter", 3),
        ("KEY-0", "threshold", "9", "key_above_score", 9),
    ],
)
def test_whatever_the_framework_leaves_open_can_be_set(
    duty: str, parameter: str, value: str, choice: str, chosen: object
) -> None:
    files = with_laid()
    files[FRAMEWORK] = {**HEADING, "set": {duty: {parameter: value}}}
    choices = checked(files).judge.records.council.local_choices
    assert getattr(choices, choice) == chosen
