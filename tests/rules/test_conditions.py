"""The framework's own conditions, and how far a partnership has come: what is asked of whom, and from when."""

import pytest

from kpf.check.judging import partnership_duties
from kpf.finding import Verdict
from tests.rules.laying import OWN, about, changed, checked, good, judgements, laid_over, reason, rules, verdicts

TRUST = "Fellbrook Leisure Trust"


def test_a_contract_needs_no_memorandum_but_answers_the_topics() -> None:
    run = changed({"agreement": {"form": None, "approved_by_head_of_governance": None, "equality": None}})
    assert verdicts(run)["AGR-1"] is Verdict.NOT_APPLICABLE
    assert verdicts(run)["MGR-2"] is Verdict.NOT_APPLICABLE
    assert verdicts(run)["AGR-3"] is Verdict.NOT_KNOWN
    assert verdicts(run)["EXT-1"] is Verdict.MET
    assert [finding.trail for finding in run.findings] == [("agreement", "equality")]


def test_a_memorandum_needs_the_approval_of_the_head_of_governance() -> None:
    over = {"kind": "cross-sector", "agreement": {"form": "memorandum", "approved_by_head_of_governance": None}}
    run = changed(over)
    assert verdicts(run)["AGR-1"] is Verdict.NOT_KNOWN
    assert verdicts(run)["MGR-2"] is Verdict.NOT_KNOWN
    assert [finding.trail for finding in run.findings] == [("agreement", "approved_by_head_of_governance")]


def test_without_kind_and_form_nobody_can_tell_which_of_the_two_it_is() -> None:
    run = changed({"kind": None, "agreement": {"form": None}})
    for duty in ("AGR-1", "MGR-2", "WHB-1"):
        assert verdicts(run)[duty] is Verdict.NOT_KNOWN
        assert ("kind",) in {finding.trail for finding in about(run, duty)}
    assert "AGR-1" in {duty for finding in run.findings for duty in finding.duties}


def test_a_proposal_is_asked_for_only_after_the_framework_was_adopted() -> None:
    old = {"signed": "2010-02-20", "approved_by_head_of_governance": "2010-02-12", "starts": "2010-04-01"}
    listed = {"on_the_list": {"from": "2012-11", "confirmed": "2026-03-12"}, "proposal": None}
    before = changed({**listed, "agreement": old})
    after = changed({"on_the_list": {"from": "2012-12", "confirmed": "2026-03-12"}, "proposal": None})
    for duty in ("NEW-2", "NEW-3a", "NEW-3h", "NEW-4a", "MGR-1"):
        assert verdicts(before)[duty] is Verdict.NOT_APPLICABLE
        assert verdicts(after)[duty] is Verdict.NOT_KNOWN
        assert about(after, duty)
    assert "November 2012" in reason(before, "NEW-2")
    assert verdicts(before)["NEW-1"] is Verdict.MET  # the link to the priorities is asked of all


SCOPE = {
    "delivers_council_services": ("WHB-1", "SGC-3"),
    "significant_funding_for_children": ("SGC-4",),
    "partner_supplies_data": ("DQU-2", "DQU-3", "DQU-4"),
}


@pytest.mark.parametrize("question", SCOPE)
def test_an_unanswered_question_is_one_finding_and_no_way_out(question: str) -> None:
    run = changed({"scope": {"funding_for_children": "0", "involves_children": "no", question: None}})
    assert [finding.trail for finding in run.findings] == [("scope", question)]
    for duty in SCOPE[question]:
        assert verdicts(run)[duty] is Verdict.NOT_KNOWN
        assert duty in run.findings[0].duties


@pytest.mark.parametrize("question", SCOPE)
def test_an_answer_of_no_takes_the_duties_out(question: str) -> None:
    run = changed({"scope": {"funding_for_children": "0", question: "no", "involves_children": "no"}})
    for duty in SCOPE[question]:
        assert verdicts(run)[duty] is Verdict.NOT_APPLICABLE


def test_access_to_children_is_enough_for_the_safeguarding_assurance() -> None:
    over = {"agreement": {"safeguarding_children": None}}
    run = changed({**over, "scope": {"delivers_council_services": "no", "involves_children": "yes"}})
    assert verdicts(run)["SGC-3"] is Verdict.NOT_KNOWN
    known = changed({"scope": {"delivers_council_services": "yes", "involves_children": None}})
    assert verdicts(known)["SGC-3"] is Verdict.MET  # one yes settles it
    assert [finding.duties for finding in known.findings] == [("SGC-3x",)]


def test_work_that_never_meets_vulnerable_adults() -> None:
    assert verdicts(changed({"scope": {"involves_vulnerable_adults": "no"}}))["SGA-2"] is Verdict.NOT_APPLICABLE
    unanswered = changed({"scope": {"involves_vulnerable_adults": None}})
    assert verdicts(unanswered)["SGA-2"] is Verdict.NOT_KNOWN
    assert len(unanswered.findings) == 1


def test_money_for_childrens_services_comes_after_the_assurance() -> None:
    funded = {"scope": {"significant_funding_for_children": "yes"}}
    assert verdicts(changed(funded))["SGC-4"] is Verdict.NOT_MET  # the letter is of 2026, the agreement of 2024
    in_time = {**funded, "assurances": {"letter-2026": {"on": "2024-03-31"}}}
    assert verdicts(changed(in_time))["SGC-4"] is Verdict.MET
    without = {**funded, "assurances": {"letter-2026": {"says": {"safeguarding_children": None}}}}
    assert verdicts(changed(without))["SGC-4"] is Verdict.NOT_KNOWN


def test_public_bodies_need_no_credit_check_and_no_assessment() -> None:
    files = good()
    files[OWN] = laid_over(files[OWN], {"proposal": {"credit_check": None}})
    public = {"sector": "public", "public_by": "Fellbrook Leisure Act 1988"}
    files["_organisations.yaml"][TRUST] = {**public, "data_quality_charter_signed": "2024-03-04"}
    run = checked(files)
    assert not run.findings
    assert verdicts(run)["NEW-3c"] is Verdict.MET
    assert verdicts(run)["REP-4c"] is Verdict.NOT_APPLICABLE


def test_no_partner_is_ever_asked_for_the_councils_code_of_conduct() -> None:
    council = {"codes_of_conduct": None}
    run = changed(council, "_council.yaml")
    assert verdicts(run)["COC-2"] is Verdict.MET
    assert "COC-1" not in partnership_duties()
    assert {finding.partnership for finding in about(run, "COC-1")} == {None}
    assert (
        verdicts(changed({"agreement": {"code_of_conduct": {"clause": None, "assurance": "letter-2026"}}}))["COC-2"]
        is Verdict.MET
    )  # a partner's own code will do


def test_a_recorded_reason_takes_a_topic_out() -> None:
    agreed = {"reason": "Nobody meets in person.", "agreed_by": "Monitoring Officer", "on": "2026-10-28"}
    over = {"agreement": {"code_of_conduct": {"clause": None, "not_applicable": agreed}}}
    run = changed(over)
    assert verdicts(run)["COC-2"] is Verdict.NOT_APPLICABLE
    assert "Nobody meets in person." in reason(run, "COC-2")
    in_the_clause = changed({"agreement": {"code_of_conduct": {"clause": "n/a, nobody meets in person"}}})
    assert verdicts(in_the_clause)["COC-2"] is Verdict.NOT_KNOWN  # nobody agreed to it


def test_a_report_of_its_own_takes_the_joint_report_out() -> None:
    own = {"board-report": {"what": "Report", "every": "6 months", "reports_to": "Executive Cabinet"}}
    own["board-report"]["held"] = ["2026-10-15"]  # type: ignore[assignment] # a list, as in the file
    over = {"monitoring": {"additional_monitoring_required": "no", "arrangements": own}}
    assert verdicts(changed(over))["REP-2"] is Verdict.NOT_APPLICABLE
    assert verdicts(changed({}))["REP-2"] is Verdict.MET


# -- stages --------------------------------------------------------------------------------------------

NOT_BEGUN = {
    "on_the_list": None,
    "monitoring": None,
    "measures": None,
    "half_years": None,
    "reviews": None,
    "risks": None,
}
NO_AGREEMENT = {"agreement": None, "assurances": None}


def test_a_mere_proposal_is_asked_for_its_points_only() -> None:
    run = changed({**NOT_BEGUN, **NO_AGREEMENT, "scope": None, "proposal": {"decision": None, "cost": None}})
    assert [(finding.trail, finding.rule) for finding in run.findings] == [(("proposal", "cost"), "not-recorded")]
    assert verdicts(run)["NEW-3e"] is Verdict.NOT_KNOWN
    assert verdicts(run)["NEW-1"] is Verdict.MET
    for duty in ("AGR-1", "AGR-3", "RSK-3", "REP-1", "REV-1", "LST-1", "MGR-3", "OFF-1", "SGC-3"):
        assert verdicts(run)[duty] is Verdict.NOT_APPLICABLE, duty


def test_an_approved_one_is_asked_for_its_agreement_as_well() -> None:
    run = changed({**NOT_BEGUN, "scope": None, "agreement": {"starts": "2027-04-01", "exit": None}})
    assert verdicts(run)["EXT-2"] is Verdict.NOT_KNOWN
    assert verdicts(run)["NEW-2"] is Verdict.MET
    for duty in ("REP-1", "REV-1", "LST-1", "MGR-3", "RSK-4"):
        assert verdicts(run)[duty] is Verdict.NOT_APPLICABLE, duty


def test_one_that_has_begun_belongs_on_the_list() -> None:
    run = changed({"on_the_list": None})
    for duty in ("LST-1", "LST-2", "REP-4d"):
        assert verdicts(run)[duty] is Verdict.NOT_KNOWN


def test_one_that_begins_without_a_decision_is_told() -> None:
    run = changed({**NOT_BEGUN, "scope": None, "proposal": {"decision": None}, "agreement": {"starts": "2027-04-01"}})
    assert rules(run)["begun-without-decision"] == 1


def test_an_ended_one_is_asked_only_for_what_shows_its_end() -> None:
    gone = {"risks": None, "agreement": {"ends": "2026-11-20"}, "measures": None}
    ended = {"on": "2026-11-20", "decided_by": "Council", "minute": "EC/26/88", "exit_carried_out": "2026-11-20"}
    run = changed({**gone, "ended": ended})
    assert not run.findings
    assert {duty for duty, verdict in verdicts(run).items() if verdict is Verdict.MET} == {
        "LST-1",
        "LST-3",
        "REP-4d",
        "APA-0",
        "EXT-1",
    }
    without = changed({**gone, "ended": {**ended, "minute": None}})
    assert [finding.duties for finding in without.findings] == [("LST-3", "REP-4d")]


def test_a_new_one_is_not_asked_for_what_only_time_can_bring() -> None:
    """On the list for six weeks, nothing held, reported or reviewed yet."""
    over = {
        "on_the_list": {"from": "2026-10-12"},
        "proposal": {
            "report": {"date": "2026-09-10"},
            "decision": {"decided": "2026-09-10", "effective": "2026-10-12"},
        },
        "agreement": {"signed": "2026-10-14", "starts": "2026-10-15", "approved_by_head_of_governance": "2026-10-13"},
        "monitoring": {
            "arrangements": {"partnership-board": {"held": None}, "operational-meetings": {"held": None}},
            "governance_of_partners_checked": None,
            "reports_to_cabinet": None,
            "changes": "none",
            "data_errors": "none",
        },
        "half_years": None,
        "reviews": None,
    }
    over["agreement"]["value"] = {"whole_life": None}  # type: ignore[index] # ten years have become shorter
    run = changed(over)
    assert not run.findings, [finding.message for finding in run.findings]
    for duty in ("REP-1", "REP-2", "REP-4a", "MON-1", "REV-1", "REV-3", "OFF-1", "OFF-2"):
        assert verdicts(run)[duty] is Verdict.NOT_APPLICABLE, duty


AGREED = {"reason": "A statute settles it.", "agreed_by": "Monitoring Officer", "on": "2026-10-28"}


def test_a_topic_that_does_not_apply_is_not_asked_about_what_is_inside() -> None:
    over = {
        "agreement": {"business_continuity": {"clause": None, "plan": None, "tested": None, "not_applicable": AGREED}}
    }
    run = changed(over)
    assert verdicts(run)["BCP-1"] is Verdict.NOT_APPLICABLE
    assert not run.findings
    run = changed({"agreement": {"exit": {"clause": None, "notice": None, "strategy": None, "not_applicable": AGREED}}})
    assert verdicts(run)["EXT-2"] is Verdict.NOT_APPLICABLE
    assert "A statute settles it. Agreed by Monitoring Officer" in reason(run, "EXT-2")
    assert not run.findings


def test_a_planned_start_that_has_passed_begins_nothing() -> None:
    over = {"on_the_list": None, "proposal": {"decision": None}}
    planned = changed({**over, "agreement": {"signed": None, "starts": "2026-04-01"}})
    assert verdicts(planned)["REP-1"] is Verdict.NOT_APPLICABLE
    begun = changed({**over, "agreement": {"signed": "2026-03-01", "starts": "2026-04-01"}})
    assert verdicts(begun)["MGR-3"] is not Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("meetings", "verdict"),
    [(None, Verdict.NOT_KNOWN), ("none", Verdict.NOT_APPLICABLE), (["2026-05-01"], Verdict.MET)],
)
def test_what_has_no_interval_is_shown_by_the_days_on_which_it_was_called_for(
    meetings: object, verdict: Verdict
) -> None:
    buildings = {"statement": "APA-4", "held": meetings, "reports_to": "Executive Cabinet"}
    run = changed({"monitoring": {"arrangements": {"spending-on-buildings": buildings}}})
    assert verdicts(run)["APA-4"] is verdict
    assert bool(about(run, "APA-4")) is (verdict is Verdict.NOT_KNOWN)


def test_what_is_promised_for_each_change_is_judged_by_the_changes() -> None:
    promised = {"arrangements": {"spending-on-buildings": {"statement": "APA-3b", "reports_to": "Executive Cabinet"}}}
    assert verdicts(changed({"monitoring": promised}))["APA-3b"] is Verdict.MET
    assert verdicts(changed({"monitoring": {**promised, "changes": "none"}}))["APA-3b"] is Verdict.NOT_APPLICABLE


def test_what_is_done_yearly_is_asked_for_a_year_after_records_begin() -> None:
    over = {"monitoring": {"governance_of_partners_checked": None}}
    base = {OWN: laid_over(good()[OWN], over)}
    kept = {"records_kept_from": "2026-04-01"}
    since = laid_over(good()["_council.yaml"], {**kept, "choices_agreed": {"choices": kept}})
    assert verdicts(checked({**good(), **base}))["OFF-1"] is Verdict.NOT_KNOWN
    assert verdicts(checked({**good(), **base, "_council.yaml": since}))["OFF-1"] is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("over", "duty", "place"),
    [
        ({"business_continuity": {"tested": None}}, "BCP-1", "business_continuity"),
        ({"roles": {"board": {"membership_reviewed": None}}}, "ROL-4c", "board"),
    ],
)
def test_what_is_done_again_and_again_is_not_asked_for_on_the_first_day(over: object, duty: str, place: str) -> None:
    run = changed({"agreement": over})
    assert verdicts(run)[duty] is Verdict.NOT_KNOWN
    assert [place in finding.trail for finding in about(run, duty)] == [True]
    begun = {**over, "signed": "2026-03-20", "starts": "2026-04-01"} if isinstance(over, dict) else {}
    assert verdicts(changed({"agreement": begun}))[duty] in {Verdict.NOT_APPLICABLE, Verdict.MET}


def test_none_is_no_clause() -> None:
    run = changed({"agreement": {"equality": {"clause": "none"}}})
    assert verdicts(run)["EQD-4"] is Verdict.NOT_KNOWN
    assert rules(run)["topic-unanswered"] == 1


@pytest.mark.parametrize(
    ("by", "verdict"),
    [
        ("Executive Cabinet", Verdict.MET),
        ("Executive Member for Communities", Verdict.MET),
        ("Leader of the Council", Verdict.MET),
        ("the executive", Verdict.MET),
        ("Shared Services Joint Committee", Verdict.NOT_KNOWN),
        ("Head of Council Housing", Verdict.NOT_KNOWN),
        ("Cabinet Support Officer", Verdict.NOT_KNOWN),
        ("Member Services Manager", Verdict.NOT_KNOWN),
    ],
)
def test_a_review_is_decided_by_members_whatever_an_officers_title_has_in_it(by: str, verdict: Verdict) -> None:
    review = {**good()[OWN]["reviews"][0]}
    review["decision"] = {**review["decision"], "by": by}
    assert verdicts(changed({"reviews": [review]}))["REV-3"] is verdict


def test_an_officer_of_the_cabinet_is_not_executive_cabinet() -> None:
    run = changed({"proposal": {"decision": {"by": "Cabinet Support Officer"}}})
    assert rules(run)["approved-by-somebody-else"] == 1


def test_without_scores_the_list_rests_on_its_reason_alone() -> None:
    run = changed({"key_factors": {"resources": {"score": None}}})
    (judged,) = [judgement for judgement in judgements(run) if judgement.rule == "score-speaks-against-the-list"]
    assert judged.verdict is Verdict.NOT_APPLICABLE
    assert verdicts(run)["LST-2"] is Verdict.MET
