"""Every kind of obligation, counted by hand from the complete example and from what is laid over it.

As at 23 November 2026 unless another day is given.
"""

from datetime import date
from typing import Any

import pytest

from kpf.obligations.obligation import ObligationState
from kpf.register.entries import COUNCIL, ORGANISATIONS
from tests.obligations.owing import days, line, missing, never, of, only, owed_by, owes, tasks
from tests.rules.laying import OWN, good, laid_over, with_laid

TRUST = "Fellbrook Leisure Trust"
REVIEW = "Review of the partnership"
REPORT = "Report to members"
RECORD = "Record of the period"
CHECK = "Check of a partner's governance"
AGENDA = "Governance on the agenda"
MEETING = "Arrangement with an interval"
STABILITY = "Assessment of strength and stability"
INFORMATION = "Information on strength and stability"
ASSURANCE = "Assurance on the policy as it is now"
NOTICE = "Last day to give notice"


# -- the review, and the day to give notice ------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "state", "to_go"),
    [
        (date(2026, 11, 23), ObligationState.FOR_THE_SUCCESSOR, 1057),
        (date(2029, 10, 14), ObligationState.COMING, 1),
        (date(2029, 10, 15), ObligationState.DUE, 0),
        (date(2029, 10, 16), ObligationState.OVERDUE, -1),
    ],
)
def test_the_next_review_is_three_years_after_the_decision(day: date, state: ObligationState, to_go: int) -> None:
    entry = only(REVIEW, owes(day=day))
    assert (str(entry.obligation.due), entry.state, entry.days) == ("2029-10-15", state, to_go)
    assert entry.task.owner == "Leisure Contracts Manager"
    assert entry.obligation.why == "3 years after the decision that ended the last review, on 15 October 2026"
    assert line(entry).startswith("decision: {outcome: continue") or '"on": "2026-10-15"' in line(entry)


def test_a_review_of_later_does_not_exist_yet() -> None:
    entry = only(REVIEW, owes(day=date(2026, 6, 1)))
    assert str(entry.obligation.due) == "2026-11-24"  # three years after the approval took effect
    assert entry.obligation.why == "3 years after its approval on 24 November 2023"


@pytest.mark.parametrize(
    ("ends", "notice", "plan_by"),
    [
        ("2028-09-30", "12 months", "2027-09-29"),  # the last day to give notice is 30 September 2027
        ("2030-10-15", "12 months", "2029-10-14"),  # that day is the review's own
        ("2030-10-16", "12 months", None),  # a day later the review comes in time
        ("2027-11-22", "12 months", None),  # the day is past: the review can no longer serve it
        ("no end date", "12 months", None),
    ],
)
def test_a_review_is_planned_before_the_last_day_to_give_notice(ends: str, notice: str, plan_by: str | None) -> None:
    entry = only(REVIEW, owes({"agreement": {"ends": ends, "exit": {"notice": notice}}}))
    assert str(entry.obligation.due) == "2029-10-15"  # the framework's own day stays
    assert str(entry.obligation.plan_by or "") == (plan_by or "")
    assert ("last day to give notice" in entry.obligation.plan_why) is (plan_by is not None)


def test_on_the_list_and_never_reviewed_has_been_due_since_three_years_later() -> None:
    listed = {"on_the_list": {"from": "2012-11"}, "proposal": None, "agreement": None, "reviews": None}
    owed = owes(listed)
    assert never(REVIEW, owed) == ("due since 30 November 2015", "reviews")


def test_on_the_list_for_less_than_three_years_gives_the_latest_day() -> None:
    listed = {"on_the_list": {"from": "2025-11"}, "proposal": None, "agreement": None, "reviews": None}
    entry = only(REVIEW, owes(listed))
    assert (str(entry.obligation.due), entry.state) == ("2028-11-30", ObligationState.FOR_THE_SUCCESSOR)


def test_an_approval_long_ago_and_no_review_was_never_recorded() -> None:
    old = {"on_the_list": {"from": "2012-11"}, "reviews": None, "proposal": {"decision": {"effective": "2020-02-29"}}}
    entry = only(REVIEW, owes(old))
    assert (str(entry.obligation.due), entry.state) == ("2023-02-28", ObligationState.NEVER_RECORDED)


@pytest.mark.parametrize(
    ("ends", "notice", "last"),
    [
        ("2034-03-31", "12 months", "2033-03-31"),
        ("2028-08-31", "6 months", "2028-02-29"),
        ("2028-02-29", "1 year", "2027-02-28"),
        ("2027-03-31", "90 days", "2026-12-31"),
        ("2027-03-31", "6 weeks", "2027-02-17"),
    ],
)
def test_the_last_day_to_give_notice(ends: str, notice: str, last: str) -> None:
    entry = only(NOTICE, owes({"agreement": {"ends": ends, "exit": {"notice": notice}}}))
    assert str(entry.obligation.due) == last
    assert [evidence.value for evidence in entry.counted_from] == [ends, notice]


def test_the_day_to_give_notice_passes_and_is_never_overdue() -> None:
    over = {"agreement": {"ends": "2027-11-23", "exit": {"notice": "12 months"}}}
    assert only(NOTICE, owes(over)).state is ObligationState.DUE
    assert not of(NOTICE, owes(over, day=date(2026, 11, 24)))


@pytest.mark.parametrize(
    ("over", "write"),
    [
        ({"ends": None}, "agreement: ends"),
        ({"exit": {"notice": None}}, "agreement: exit: notice"),
        ({"exit": None}, "agreement: exit: notice"),
    ],
)
def test_without_an_end_or_a_notice_there_is_no_last_day(over: dict[str, Any], write: str) -> None:
    owed = owes({"agreement": over})
    assert not of(NOTICE, owed)
    assert missing(NOTICE, owed).undated.write == write


# -- the end of the agreement --------------------------------------------------------------------------


def test_extension_end_and_successor() -> None:
    owed = owes({"agreement": {"after_the_council_ends": None}})
    assert days(of("Decision on extension", owed)) == ["2033-03-31"]
    assert days(of("End of the agreement", owed)) == ["2034-03-31"]
    successor = only("Agreement that outlives the council", owed)
    assert str(successor.obligation.due) == "2028-03-31"
    assert [evidence.location.file for evidence in successor.counted_from] == [COUNCIL, OWN]


def test_what_is_recorded_is_owed_no_more() -> None:
    owed = owes({"agreement": {"extension": {"decided": "2026-11-01"}, "ends": "no end date"}})
    assert not of("Decision on extension", owed)
    assert not of("End of the agreement", owed)
    assert not of("Agreement that outlives the council", owes())


def test_an_agreement_is_overdue_the_day_after_its_end() -> None:
    over = {"agreement": {"ends": "2026-11-22"}}
    assert only("End of the agreement", owes(over)).state is ObligationState.OVERDUE
    assert only("End of the agreement", owes(over, day=date(2026, 11, 22))).state is ObligationState.DUE


# -- half-year by half-year ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 9, 30), ObligationState.COMING),  # the half-year is not over
        (date(2026, 10, 1), ObligationState.DUE),
        (date(2027, 1, 31), ObligationState.DUE),  # the council allows four months
        (date(2027, 2, 1), ObligationState.LATE),
        (date(2027, 3, 31), ObligationState.LATE),
        (date(2027, 4, 1), ObligationState.OVERDUE),
    ],
)
def test_the_report_on_a_half_year_is_due_then_late_then_overdue(day: date, state: ObligationState) -> None:
    (entry,) = [entry for entry in of(REPORT, owes(day=day)) if entry.task.subject == "2026/27 H1"]
    assert (str(entry.obligation.due), entry.state) == ("2027-03-31", state)
    assert entry.task.owner == "Head of Policy and Communications"
    assert "joint performance report" in entry.task.action


def test_without_an_allowance_of_the_councils_no_report_is_late() -> None:
    owed = owes({"local_choices": {"report_late_after": None}}, COUNCIL, date(2027, 3, 31))
    assert {entry.state for entry in of(REPORT, owed) if entry.task.subject == "2026/27 H1"} == {ObligationState.DUE}


def test_a_report_of_its_own_counts_and_is_the_managers() -> None:
    reports = [{"half_year": "2026/27 H1", "date": "2026-11-12", "minute": "EC/26/90"}]
    route = {"what": "Report twice a year.", "every": "6 months", "reports_to": "Executive Cabinet"}
    own = {"additional_monitoring_required": "no", "arrangements": {"report": route}, "reports_to_cabinet": reports}
    owed = owes({"monitoring": own})
    assert [entry.task.subject for entry in of(REPORT, owed)] == ["2025/26 H2", "2026/27 H2"]
    assert {entry.task.owner for entry in of(REPORT, owed)} == {"Leisure Contracts Manager"}
    assert {entry.task.action for entry in of(REPORT, owed)} == {
        "Report on 2025/26 H2 to Executive Cabinet.",
        "Report on 2026/27 H2 to Executive Cabinet.",
    }


def test_without_a_route_of_its_own_the_joint_report_speaks_of_it_whatever_the_file_says() -> None:
    owed = owes({"monitoring": {"additional_monitoring_required": "no"}})
    assert {entry.task.owner for entry in of(REPORT, owed)} == {"Head of Policy and Communications"}


def test_looking_ahead_lists_each_half_year_whose_report_is_due_by_then() -> None:
    owed = owes(until=date(2028, 9, 30))
    assert days(of(REPORT, owed)) == ["2027-03-31", "2027-09-30", "2028-03-31", "2028-09-30"]


def test_what_the_half_year_brought_is_the_managers_to_write() -> None:
    entry = only(RECORD, owes())
    assert (entry.task.subject, str(entry.obligation.due), entry.state) == (
        "2026/27 H2",
        "2027-09-30",
        ObligationState.COMING,
    )
    assert entry.task.owner == "Leisure Contracts Manager"


@pytest.mark.parametrize(
    ("what", "over"), [(REPORT, {"monitoring": {"reports_to_cabinet": None}}), (RECORD, {"half_years": None})]
)
def test_where_nothing_at_all_is_recorded_history_is_one_line(what: str, over: dict[str, Any]) -> None:
    files = with_laid((OWN, {**over, "on_the_list": {"from": "2012-11"}}))
    files[COUNCIL] = laid_over(files[COUNCIL], {"records_kept_from": None})
    owed = owed_by(files)
    first, *later = of(what, owed)
    assert (first.state, first.obligation.due_since) == (ObligationState.NEVER_RECORDED, "due since 30 September 2013")
    assert first.obligation.why == (
        "asked for since November 2012, and nothing is recorded for the 27 half-years from 2012/13 H2 to 2025/26 H2; "
        "if older ones need not be asked for, write records_kept_from in _council.yaml"
    )
    assert [entry.task.subject for entry in later] == ["2026/27 H1", "2026/27 H2"]


def test_records_kept_from_spares_what_lies_before() -> None:
    files = with_laid((OWN, {"monitoring": {"reports_to_cabinet": None}, "on_the_list": {"from": "2012-11"}}))
    owed = owed_by(files)  # the example keeps records from 1 October 2025
    why = of(REPORT, owed)[0].obligation.why
    assert why == "asked for since 1 October 2025, and nothing is recorded for the half-year 2025/26 H2"


def test_after_its_end_a_partnership_owes_the_report_on_its_last_half_year_and_nothing_else() -> None:
    owed = owes({"ended": {"on": "2026-10-31", "minute": "EC/26/80", "reason": "It ran out."}}, day=date(2027, 2, 1))
    councils = {"Review of the list", "Review of the framework", "Declarations to a code of conduct"}
    own = [(task.what, task.subject) for task in tasks(owed) if task.what not in councils]
    assert own == [(REPORT, "2026/27 H1"), (REPORT, "2026/27 H2")]


def test_a_proposal_owes_nothing_that_is_asked_of_those_that_run() -> None:
    owed = owes(day=date(2023, 11, 15))
    assert [entry.task.what for entry in owed.due if entry.whose.id] == []


def test_an_action_plan_is_owed_by_its_owner_until_it_is_done() -> None:
    entry = only("Action plan", owes())
    assert (str(entry.obligation.due), entry.task.owner) == ("2027-01-31", f"Operations Director, {TRUST}")
    assert entry.task.action == (
        "Finish the action plan for “Visits to the centres” of 2026/27 H1: "
        "Free return visit for members who stopped in August."
    )
    done = {"half_years": {"2026/27 H1": {"action_plans": {"visits": {"done": "2026-11-20"}}}}}
    assert not of("Action plan", owes(done))
    undated = {"half_years": {"2026/27 H1": {"action_plans": {"visits": {"by": None}}}}}
    assert missing("Action plan", owes(undated)).undated.write == "half_years: 2026/27 H1: action_plans: visits: by"


def test_a_half_year_may_be_written_in_another_way() -> None:
    halves = good()[OWN]["half_years"]
    other = {name.replace("/", "-"): half for name, half in halves.items()}
    files = good()
    files[OWN]["half_years"] = other
    assert line(only("Action plan", owed_by(files))) == '"by": "2027-01-31"'


def test_an_action_plan_from_before_the_records_is_not_asked_for() -> None:
    plan = {"2024/25 H1": {"action_plans": {"visits": {"action": "Old", "owner": "Nobody", "by": "2024-12-31"}}}}
    assert days(of("Action plan", owes({"half_years": plan}))) == ["2027-01-31"]


# -- partners ------------------------------------------------------------------------------------------


def test_a_partner_is_checked_yearly_or_as_the_council_chooses() -> None:
    entry = only(CHECK, owes())
    assert (str(entry.obligation.due), entry.task.subject, entry.task.chosen) == ("2027-04-28", TRUST, True)
    six = owes({"local_choices": {"check_of_partners_governance": "6 months"}}, COUNCIL)
    assert (days(of(CHECK, six)), only(CHECK, six).state) == (["2026-10-28"], ObligationState.OVERDUE)


def test_the_first_check_is_counted_from_when_it_is_asked_for() -> None:
    none_yet = {"monitoring": {"governance_of_partners_checked": None}, "on_the_list": {"from": "2026-03-01"}}
    entry = only(CHECK, owes(none_yet))
    assert (str(entry.obligation.due), entry.state) == ("2027-03-01", ObligationState.COMING)
    owed = owes(none_yet, day=date(2027, 3, 2))
    assert never(CHECK, owed) == ("due since 1 March 2027", "monitoring: governance_of_partners_checked")


@pytest.mark.parametrize(
    ("day", "half", "due", "state"),
    [
        (date(2026, 11, 23), "2026/27 H2", "2027-03-31", ObligationState.COMING),
        (date(2027, 4, 1), "2026/27 H2", "2027-03-31", ObligationState.LATE),
        (date(2027, 9, 30), "2026/27 H2", "2027-03-31", ObligationState.LATE),
        (
            date(2027, 10, 1),
            "2026/27 H2",
            "2027-03-31",
            ObligationState.OVERDUE,
        ),  # so is the report that should tell of it
    ],
)
def test_strength_and_stability_are_assessed_each_half_year(
    day: date, half: str, due: str, state: ObligationState
) -> None:
    entry = of(STABILITY, owes(day=day))[0]
    assert (str(entry.obligation.due), entry.state) == (due, state)
    assert entry.task.action == f"Assess the strength and stability of {TRUST} for {half}."
    assert entry.task.owner == "Head of Finance"


def test_public_bodies_are_not_assessed() -> None:
    owed = owes({TRUST: {"sector": "public", "number": None}}, ORGANISATIONS)
    assert not of(STABILITY, owed)
    assert not of(INFORMATION, owed)


def test_never_assessed_and_of_no_known_sector_asks_for_the_sector() -> None:
    owed = owes({TRUST: {"sector": None, "strength_and_stability": None}}, ORGANISATIONS)
    assert missing(STABILITY, owed).undated.write == "sector"
    assert missing(STABILITY, owed).location.file == ORGANISATIONS


def test_the_information_behind_a_rating_lasts_a_year_or_as_the_council_chooses() -> None:
    entry = only(INFORMATION, owes())
    assert (str(entry.obligation.due), line(entry)) == ("2027-08-31", '"information_of": "2026-08-31"')
    shorter = owes({"local_choices": {"stability_information_no_older_than": "2 months"}}, COUNCIL)
    assert (days(of(INFORMATION, shorter)), only(INFORMATION, shorter).state) == (
        ["2026-10-31"],
        ObligationState.OVERDUE,
    )


def test_where_no_data_is_shared_no_charter_is_to_be_signed() -> None:
    what = "Data quality charter signed"
    unsigned = good()
    unsigned[ORGANISATIONS]["Fellbrook Leisure Trust"]["data_quality_charter_signed"] = None
    assert what in {task.what for task in tasks(owed_by(unsigned))}
    unsigned[OWN]["scope"]["partner_supplies_data"] = "no"
    assert what not in {task.what for task in tasks(owed_by(unsigned))}
    unsigned[OWN]["partners"] = None
    assert what not in {task.what for task in tasks(owed_by(unsigned))}


@pytest.mark.parametrize("what", [CHECK, STABILITY, "Data quality charter signed"])
def test_without_partners_what_is_done_of_each_asks_for_them(what: str) -> None:
    assert missing(what, owes({"partners": None})).undated.write == "partners"


# -- what takes place again and again ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 12, 16), ObligationState.COMING),
        (date(2026, 12, 17), ObligationState.DUE),
        (date(2026, 12, 18), ObligationState.LATE),
        (date(2027, 1, 17), ObligationState.LATE),  # one may slip
        (date(2027, 1, 18), ObligationState.OVERDUE),
    ],
)
def test_a_monthly_meeting(day: date, state: ObligationState) -> None:
    (entry,) = [entry for entry in of(MEETING, owes(day=day)) if entry.task.subject == "operational-meetings"]
    assert (str(entry.obligation.due), entry.state) == ("2026-12-17", state)
    assert line(entry) == '- "2026-11-17"'


def test_an_arrangement_of_appendix_a_is_owed_to_its_own_statement() -> None:
    owed = owes({"monitoring": {"arrangements": {"partnership-board": {"statement": "APA-2b"}}}})
    (entry,) = [entry for entry in of(MEETING, owed) if entry.task.subject == "partnership-board"]
    assert (entry.task.duty, entry.task.also, str(entry.obligation.due)) == ("APA-2b", ("MGR-3",), "2027-05-10")


def test_words_without_an_interval_have_no_day() -> None:
    owed = owes({"monitoring": {"arrangements": {"operational-meetings": {"every": "not stated", "held": None}}}})
    assert missing("Arrangement without an interval", owed).undated.write == "every"


def test_what_something_calls_for_is_not_owed_by_the_calendar() -> None:
    owed = owes()
    assert "spending-on-buildings" not in {task.subject for task in tasks(owed)}


def test_governance_on_the_agenda_is_recommended_once_a_year() -> None:
    entry = only(AGENDA, owes())
    assert (str(entry.obligation.due), entry.task.duty) == ("2027-05-12", "OFF-2")
    assert "recommended" in entry.task.action


def test_the_boards_membership_at_its_own_interval() -> None:
    what = "Review of the board's membership"
    assert days(of(what, owes())) == ["2027-05-12"]
    two = {"agreement": {"roles": {"board": {"membership_reviewed_every": "2 years"}}}}
    assert days(of(what, owes(two))) == ["2028-05-12"]
    never = {"agreement": {"roles": {"board": {"membership_reviewed": None, "membership_reviewed_every": "3 years"}}}}
    assert days(of(what, owes(never))) == ["2027-04-01"]  # since the agreement started
    how_often = {"agreement": {"roles": {"board": {"membership_reviewed_every": None}}}}
    assert missing(what, owes(how_often)).undated.write == "membership_reviewed_every"


def test_without_a_board_no_membership_is_reviewed() -> None:
    no_chair = {"chair": None, "vice_chair": None, "membership_reviewed_every": None}
    roles = {"board": no_chair, "no_board": "The two contract managers meet when needed."}
    assert "ROL-4c" in {task.duty for task in tasks(owes({"agreement": {"roles": {"board": no_chair}}}))}
    assert "ROL-4c" not in {task.duty for task in tasks(owes({"agreement": {"roles": roles}}))}


def test_a_continuity_plan_is_tested_where_the_council_says_how_often() -> None:
    what = "Test of the continuity plan"
    assert days(of(what, owes())) == ["2027-02-24"]
    assert not of(what, owes({"local_choices": {"business_continuity_tested_within": None}}, COUNCIL))


# -- policies ------------------------------------------------------------------------------------------

NEWER = {
    "policies": {"whistleblowing": [{"version": "4", "from": "2022-11-08"}, {"version": "5", "from": "2026-11-02"}]}
}


def test_an_assurance_is_asked_for_anew_when_the_policy_has_a_newer_version() -> None:
    entry = only(ASSURANCE, owes(NEWER, COUNCIL))
    assert (str(entry.obligation.due), entry.state) == ("2026-11-02", ObligationState.OVERDUE)
    assert entry.task.action == f"Ask {TRUST} for a new assurance on whistleblowing."
    assert entry.obligation.why == "version 5 has applied since 2 November 2026; last done on 20 April 2026"
    assert not of(ASSURANCE, owes(NEWER, COUNCIL, date(2026, 11, 1)))  # the version does not hold yet
    assert not of(ASSURANCE, owes())


def test_the_council_can_leave_time_to_pass_a_new_version_on() -> None:
    within = {"new_policy_versions_passed_on_within": "3 months"}
    with_time = {**NEWER, "local_choices": within, "choices_agreed": {"choices": within}}
    entry = only(ASSURANCE, owes(with_time, COUNCIL))
    assert (str(entry.obligation.due), entry.state) == ("2027-02-02", ObligationState.DUE)


def test_a_later_letter_that_speaks_of_the_topic_will_do() -> None:
    letter = {"from": TRUST, "on": "2026-11-20", "says": {"whistleblowing": "their own arrangements"}}
    files = with_laid((OWN, {"assurances": {"letter-2027": letter}}))
    files[COUNCIL] = laid_over(files[COUNCIL], NEWER)
    assert not of(ASSURANCE, owed_by(files))
    letter["says"] = {"procurement": "keeps to it"}
    files = with_laid((OWN, {"assurances": {"letter-2027": letter}}))
    files[COUNCIL] = laid_over(files[COUNCIL], NEWER)
    assert days(of(ASSURANCE, owed_by(files))) == ["2026-11-02"]


@pytest.mark.parametrize(
    ("what", "policy", "write"),
    [
        ("Procedures against fraud sent", "anti_fraud", "agreement: anti_fraud: procedures_sent"),
        ("Data quality charter signed", "data_quality_charter", "data_quality_charter_signed"),
    ],
)
def test_what_a_partner_was_sent_or_signed(what: str, policy: str, write: str) -> None:
    assert not of(what, owes())
    again = owes({"policies": {policy: [{"version": "9", "from": "2026-10-01"}]}}, COUNCIL)
    assert (days(of(what, again)), only(what, again).task.subject) == (["2026-10-01"], TRUST)
    files = with_laid((ORGANISATIONS, {TRUST: {"data_quality_charter_signed": None}}))
    files[OWN] = laid_over(files[OWN], {"agreement": {"anti_fraud": {"procedures_sent": None}}})
    assert never(what, owed_by(files)) == ("due since 24 November 2023", write)


# -- decisions, exceptions, the list -------------------------------------------------------------------


def ahead(**entry: str) -> dict[str, Any]:
    return {"agreement": {"decision_making": {"decisions_ahead": [{"decision": "Prices.", **entry}]}}}


def test_a_decision_and_the_paper_on_it() -> None:
    owed = owes(ahead(by="2027-02-11", paper_sent="2027-01-11"))
    assert days(of("Decision ahead", owed)) == ["2027-02-11"]
    assert only("Decision ahead", owed).task.action == "Decide: Prices."
    assert days(of("Paper on a decision ahead", owed)) == ["2027-01-11"]
    by_notice = only("Paper on a decision ahead", owes(ahead(by="2027-02-11")))
    assert (str(by_notice.obligation.due), by_notice.obligation.why) == (
        "2027-01-14",
        "28 days before the decision on 11 February 2027",
    )
    assert only("Paper on a decision ahead", owes(ahead(by="2026-12-01"))).state is ObligationState.OVERDUE


def test_a_decision_whose_day_is_past_is_owed_until_it_is_taken_out() -> None:
    owed = owes(ahead(by="2026-11-20"))
    assert only("Decision ahead", owed).state is ObligationState.OVERDUE
    assert not of("Paper on a decision ahead", owed)
    assert not of("Decision ahead", owes({"agreement": {"decision_making": {"decisions_ahead": "none"}}}))
    blank = owes({"agreement": {"decision_making": {"decisions_ahead": None}}})
    assert missing("Decision ahead", blank).undated.write == "decisions_ahead"


@pytest.mark.parametrize(
    ("expires", "last"),
    [("2027-06-30", "2027-06-30"), ("2028-06-30", "2027-10-28")],  # twelve months at most
)
def test_an_exception_ends(expires: str, last: str) -> None:
    exception = {
        "duty": "ROL-4b",
        "reason": "Two partners only",
        "approved_by": "Monitoring Officer",
        "approved_on": "2026-10-28",
        "expires": expires,
    }
    entry = only("End of an agreed exception", owes({"agreed_exceptions": [exception]}))
    assert (str(entry.obligation.due), entry.task.subject) == (last, "ROL-4b")


EXCEPTED = {
    "duty": "REV-1",
    "reason": "The service is being reorganised.",
    "approved_by": "Monitoring Officer",
    "approved_on": "2029-09-01",
    "expires": "2030-06-30",
}


@pytest.mark.parametrize(
    ("over", "day", "state"),
    [
        ({}, date(2029, 9, 30), ObligationState.COMING),  # nothing is owed yet that could be put off
        ({}, date(2029, 12, 1), ObligationState.EXCEPTED),
        ({"rule": "review-overdue"}, date(2029, 12, 1), ObligationState.EXCEPTED),
        ({"subject": "somebody else"}, date(2029, 12, 1), ObligationState.OVERDUE),
        ({"approved_by": "Leisure Contracts Manager"}, date(2029, 12, 1), ObligationState.OVERDUE),  # the manager's own
        ({}, date(2030, 7, 1), ObligationState.OVERDUE),
    ],
)
def test_an_exception_in_force_puts_off_what_is_owed(over: dict[str, Any], day: date, state: ObligationState) -> None:
    exception = {name: value for name, value in {**EXCEPTED, **over}.items() if value}
    entry = only(REVIEW, owes({"agreed_exceptions": [exception]}, day=day))
    assert entry.state is state
    assert str(entry.excepted_until or "") == ("2030-06-30" if state is ObligationState.EXCEPTED else "")


def test_the_list_and_the_framework_are_reviewed_as_the_council_chooses() -> None:
    owed = owes()
    assert days(of("Review of the list", owed)) == ["2027-03-12"]
    assert days(of("Review of the framework", owed)) == ["2029-03-12"]
    assert {entry.whose.name for entry in of("Review of the list", owed)} == {"The council"}
    unheard = owes({"framework": {"last_reviewed": None}, "list_of_key_partnerships": None}, COUNCIL)
    for what in ("Review of the list", "Review of the framework"):
        assert only(what, unheard).state is ObligationState.NEVER_RECORDED
        assert only(what, unheard).obligation.why.endswith("after November 2012, from when it is asked for")


def test_an_entry_is_confirmed_unless_the_whole_list_is_reviewed() -> None:
    what = "Entry in the list confirmed"
    assert not of(what, owes())
    files = with_laid((OWN, {"on_the_list": {"confirmed": "2026-05-01"}}))
    files[COUNCIL] = laid_over(files[COUNCIL], {"list_of_key_partnerships": None})
    assert days(of(what, owed_by(files))) == ["2027-05-01"]
    files[OWN] = laid_over(files[OWN], {"on_the_list": {"confirmed": None}})
    assert never(what, owed_by(files)) == ("due since 24 November 2024", "on_the_list: confirmed")


def test_what_appendix_a_promises_is_listed_until_an_arrangement_claims_it() -> None:
    what = "Arrangement that Appendix A promises"
    over = {"name": "Veolia", "monitoring": {"arrangements": {"partnership-board": {"statement": "APA-3a"}}}}
    owed = owes(over)
    assert missing(what, owed).task.duty == "APA-3c"
    assert missing(what, owed).undated.write == "arrangements: statement: APA-3c"
    assert not [entry for entry in owes().missing if entry.task.what == what]


def test_declarations_are_made_every_year() -> None:
    what = "Declarations to a code of conduct"
    assert days(of(what, owes())) == ["2027-05-19", "2027-05-29"]
    assert [entry.task.subject for entry in of(what, owes())] == ["members' code", "officers' code"]
    old = owes({"codes_of_conduct": {"members": {"declared": ["2024-05-20", "2025-05-20"]}}}, COUNCIL)
    assert [entry.state for entry in of(what, old)] == [ObligationState.OVERDUE, ObligationState.COMING]


def test_a_risk_register_is_agreed_again_as_often_as_it_says() -> None:
    what = "Joint risk register agreed again"
    assert days(of(what, owes())) == ["2027-05-12"]
    assert only(what, owes({"risks": {"agreed_every": "6 months"}})).state is ObligationState.OVERDUE
    assert not of(what, owes({"risks": {"agreed_every": None}}))


# -- what cannot be read -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("over", "lost"),
    [
        ({"agreement": {"ends": "31.3.2034"}}, {"End of the agreement", NOTICE}),
        ({"agreement": {"exit": {"notice": "a year"}}}, {NOTICE}),
        ({"monitoring": {"arrangements": {"operational-meetings": {"every": "often"}}}}, set()),
        ({"half_years": {"2026/27 H1": {"action_plans": {"visits": {"by": "soon"}}}}}, {"Action plan"}),
        ({"manager": ["two", "posts"]}, set()),
        ({"on_the_list": {"from": "the beginning"}}, {REPORT, RECORD, CHECK, AGENDA, STABILITY, MEETING}),
    ],
)
def test_a_value_that_cannot_be_read_takes_only_its_own_with_it(over: dict[str, Any], lost: set[str]) -> None:
    sound, owed = owes(), owes(over)
    kinds = {entry.task.what for entry in owed.due}
    assert {entry.task.what for entry in sound.due} - kinds <= lost
    (fault,) = owed.faults
    assert fault.location.file == OWN


def test_a_statement_that_the_framework_does_not_have_leaves_the_arrangement_its_duty() -> None:
    """`kpf check` tells the slip; the meetings fall due all the same."""
    owed = owes({"monitoring": {"arrangements": {"partnership-board": {"statement": "APA-3x"}}}})
    board = next(entry for entry in of(MEETING, owed) if entry.task.subject == "partnership-board")
    assert (board.task.duty, board.task.also) == ("MGR-3", ())
