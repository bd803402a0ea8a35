"""Scripted changes to the shipped register, where nearly all is open, and to the example, where nothing is."""

import pytest

from kpf.render.formats import CHECK_FORMATS
from tests.repositories import run
from tests.since.changing import EXAMPLE, Change

COUNCIL = "_council.yaml"
LEISURE = "leisure-centres.yaml"
ORGANISATIONS = "partnerships/_organisations.yaml"
VEOLIA = "veolia.yaml"
DISPUTES = "  disputes: {variation_clause: 44, dispute_clause: 45}\n"
THREE_TOPICS = """
agreement:
  aims: {clause: 2}
  disputes: {variation_clause: 44, dispute_clause: 45}
  code_of_conduct: {clause: 11}
"""
FELLBROOK_SIGNED = "  data_quality_charter_signed: 2024-03-04\n"
SIGNED = "  data_quality_charter_signed: 2023-04-25\n"
TARNSIDE = "Tarnside Borough Council:              # shared audit; payroll until March 2026\n"
LATE_REVIEW = """
reviews:
  - led_by: Streetscene and Leisure Contracts
    completed: 2021-05-04
    assurance: {governance_effective: yes, outcomes_monitored: yes, outcomes_evaluated: yes, seen: Minutes}
    requirements_met: yes
    partnership_effective: yes
    still_relevant: yes
    decision: {outcome: continue, by: Executive Cabinet, on: 2021-06-17, minute: EC/21/41}
"""
EXCEPTION = """
agreed_exceptions:
  - duty: EXT-2
    reason: The notice is being agreed.
    approved_by: Head of Governance
    approved_on: 2026-10-28
    expires: 2027-10-28
"""
KESTREL = """\
name: Kestrel Housing Advice
kind: contract
lead_service: Housing
"""


def test_nothing_changed(example: Change, shipped: Change) -> None:
    for change, not_counted in ((example, {"content": 0, "clock": 0}), (shipped, {"content": 275, "clock": 0})):
        ran = change.check()
        assert ran.status == 0
        assert ran.out.startswith("This change leaves all ")
        assert "It may go in: nothing is worse than before." in ran.out
        assert change.json()["since"]["not_held"] == not_counted


# -- new partnerships ----------------------------------------------------------------------------------


def test_a_new_partnership_answers_for_its_gaps(example: Change) -> None:
    example.add("kestrel.yaml", KESTREL)
    ran = example.check()
    assert ran.status == 1
    assert ran.out.startswith("This change adds 1 partnership and leaves 9 as they were.\nIt must not go in yet: ")
    assert "\nNew: Kestrel Housing Advice " in ran.out
    worse = example.worse()
    assert {file for file, _, _ in worse} == {"kestrel.yaml"}
    assert {"not-recorded", "review-overdue"} <= {rule for _, rule, _ in worse}
    assert example.json()["since"]["added"] == ["kestrel"]


def test_a_new_partnership_that_is_in_order_may_go_in(example: Change) -> None:
    text = (EXAMPLE / "grounds-maintenance.yaml").read_text("utf-8")
    example.add("more-grounds.yaml", text.replace("name: ", "name: More of ", 1))
    assert example.worse() == []
    assert example.check().status == 0
    assert example.json()["since"]["added"] == ["more-grounds"]


def test_a_new_partnership_answers_for_no_date_that_has_passed(example: Change) -> None:
    """It began long ago, and whoever records it now records a truth."""
    text = (EXAMPLE / LEISURE).read_text("utf-8").replace("name: Aldermere", "name: Old", 1)
    example.add("old-centres.yaml", text.replace("        - 2026-10-20\n        - 2026-11-17\n", "", 1))
    ran = example.check()
    assert ran.status == 0
    assert "Overdue by what this change records: recording a true fact does not count against it (1)" in ran.out
    (overdue,) = example.json()["since"]["overdue"]
    assert (overdue["rule"], overdue["kind"]) == ("meeting-overdue", "clock")


# -- gaps, old and new ---------------------------------------------------------------------------------


def test_three_topics_of_fifteen_recorded_are_a_step_forward(shipped: Change) -> None:
    shipped.add(VEOLIA, THREE_TOPICS)
    ran = shipped.check()
    assert ran.status == 0
    assert ran.out.startswith("This change edits 1 partnership and leaves 12 as they were.\nIt may go in: ")
    assert "\nBetter than before (1)\n  Veolia: `agreement` recorded [AGR-3]\n" in ran.out
    since = shipped.json()["since"]
    assert since["edited"] == ["veolia"]
    assert since["not_held"]["content"] > 274  # the same gaps, told one by one now


def test_a_topic_taken_away_is_held_where_it_stood(shipped: Change) -> None:
    shipped.add(VEOLIA, THREE_TOPICS)
    shipped.committed()
    assert shipped.worse(since="HEAD") == []
    shipped.replace(VEOLIA, "  code_of_conduct: {clause: 11}\n", "")
    assert shipped.worse(since="HEAD") == [(VEOLIA, "not-recorded", "agreement")]
    (finding,) = shipped.json(since="HEAD")["findings"]
    assert finding["trail"] == ["agreement", "code_of_conduct"]
    assert finding["message"].endswith("Met before, not known now.")


def test_one_clause_taken_away_is_held_at_its_line(example: Change) -> None:
    example.replace(LEISURE, DISPUTES, "  disputes: {variation_clause: 44}\n")
    ran = example.check()
    assert ran.status == 1
    assert example.worse() == [(LEISURE, "not-recorded", "disputes")]
    assert [broken["rule"] for broken in example.json()["findings"][0]["breaks"]] == ["topic-unanswered"]
    assert "\nChanged: Aldermere Leisure Centres " in ran.out
    assert "Nothing is recorded for `dispute_clause` in `disputes`. Met before, not known now." in ran.out
    assert "line 158" in ran.out


def test_a_template_left_blank_says_as_little_as_none(shipped: Change) -> None:
    """Names with nothing after them are gaps that were there before."""
    shipped.add(VEOLIA, "\nagreement:\n  exit:\n    clause:\n    strategy:\n")
    shipped.committed()
    shipped.replace(VEOLIA, "    clause:\n", "    clause: 48\n")
    assert shipped.worse(since="HEAD") == []


def test_one_partners_charter_is_not_hidden_by_anothers(example: Change) -> None:
    """That one has never signed keeps the duty not known, before and now; the other's fall shows all the same."""
    _unsign(example, "Brackenford District Council:\n")
    example.committed()
    assert _open(example, "shared-audit", "DQU-1")
    _unsign(example, TARNSIDE)
    findings = example.json(since="HEAD")["findings"]
    assert [(finding["partnership"], finding["rule"], finding["subject"]) for finding in findings] == [
        ("shared-audit", "not-recorded", "Tarnside Borough Council"),
    ]
    assert {finding["path"] for finding in findings} == {"partnerships/_organisations.yaml"}
    assert example.check(since="HEAD").status == 1


def _unsign(change: Change, organisation: str) -> None:
    file = change.home / "_organisations.yaml"
    before, name, after = file.read_text("utf-8").partition(organisation)
    assert SIGNED in after
    file.write_text(before + name + after.replace(SIGNED, "", 1), "utf-8")


def _open(change: Change, partnership: str, duty: str) -> bool:
    verdicts = {(verdict["partnership"], verdict["duty"]): verdict["verdict"] for verdict in change.json()["verdicts"]}
    return bool(verdicts[partnership, duty] == "not_known")


def test_entries_put_before_others_bring_nothing_new(shipped: Change) -> None:
    seats = "\nagreement:\n  roles:\n    board:\n      representatives:\n"
    shipped.add(VEOLIA, f"{seats}        - {{post: Director, for: the council}}\n        - {{post: Manager}}\n")
    shipped.committed()
    whole = "        - {post: Clerk to the board, for: the council, may_decide: small things}\n"
    shipped.replace(VEOLIA, "        - {post: Director", f"{whole}        - {{post: Director")
    assert [entry for entry in shipped.worse(since="HEAD") if entry[1] == "not-recorded"] == []


def test_an_entry_with_a_gap_put_before_others_is_new(example: Change) -> None:
    seat = "        - {post: Director of Place, for: the council}\n"
    example.replace(LEISURE, "        - {post: Executive Member", f"{seat}        - {{post: Executive Member")
    assert example.worse() == [(LEISURE, "not-recorded", "{post: Director of Place, for: the council}")]


def test_a_blank_answered_opens_questions_and_is_held_for_none(shipped: Change) -> None:
    """Before, nobody could tell whether duties apply; now they do, and are as open as they were."""
    shipped.replace("glendale.yaml", "\nkind: ", "\nkind: contract ")
    assert shipped.check().status == 0


def test_a_duty_that_came_to_apply_is_held(example: Change) -> None:
    example.replace(
        "aldermere-together.yaml", "significant_funding_for_children: no", "significant_funding_for_children: yes"
    )
    findings = example.json()["findings"]
    assert {finding["partnership"] for finding in findings} == {"aldermere-together"}
    assert {finding["rule"] for finding in findings} == {
        "children-paid-for-and-not-involved",
        "funded-before-assurance",
    }


def test_a_contradiction_is_held_where_nothing_was_known(shipped: Change) -> None:
    """Not known and not met are of one rank, and yet a change that makes files disagree has made it worse."""
    halves = "\nhalf_years:\n  2026/27 H1: {actual: {bin: 3}}\n"
    shipped.add(VEOLIA, f"\nmeasures:\n  bins: {{name: Bins, better: higher}}\n{halves}")
    (finding,) = shipped.json()["findings"]
    assert (finding["rule"], finding["verdict"]) == ("name-stands-for-nothing", "not_met")


# -- dates ---------------------------------------------------------------------------------------------


def test_a_late_review_that_was_truly_held_may_go_in_and_is_listed(shipped: Change) -> None:
    shipped.add(VEOLIA, LATE_REVIEW)
    ran = shipped.check()
    assert ran.status == 0
    assert shipped.worse() == []
    (overdue,) = shipped.json()["since"]["overdue"]
    assert (overdue["rule"], overdue["kind"]) == ("review-overdue", "clock")
    assert (
        "Overdue by what this change records: recording a true fact does not count against it (1)\n  Veolia: The last"
        in ran.out
    )


def test_a_record_taken_away_is_no_truth_recorded(example: Change) -> None:
    """The meetings are overdue now, by the calendar; but because somebody deleted the days."""
    example.remove(LEISURE, "        - 2026-08-18\n        - 2026-09-15\n        - 2026-10-20\n        - 2026-11-17\n")
    assert example.worse() == [(LEISURE, "history-rewritten", "- 2026-07-14")]
    (finding,) = example.json()["findings"]
    assert [broken["rule"] for broken in finding["breaks"]] == ["meeting-overdue"]
    assert finding["put_back"]["lines"] == [
        f"        - {day}" for day in ("2026-08-18", "2026-09-15", "2026-10-20", "2026-11-17")
    ]


def test_what_the_calendar_did_is_counted_and_not_held(example: Change) -> None:
    example.remove(LEISURE, "        - 2026-10-20\n        - 2026-11-17\n")
    example.committed()
    example.replace(LEISURE, "Ten of eleven schools took part.", "Ten schools of eleven took part.")
    assert example.json(since="HEAD")["since"]["not_held"] == {"content": 0, "clock": 1}
    ran = example.check(since="HEAD")
    assert ran.status == 0
    assert "Not counted against this change: 1 that became overdue by the calendar alone" in ran.out


# -- what happens to whole files -----------------------------------------------------------------------


@pytest.mark.parametrize("by", ["name", "git"])
def test_a_renamed_file_is_the_same_partnership(shipped: Change, by: str) -> None:
    """With its gaps. Git knows a staged file again by its content, and kpf any file by its name.

    Without either, Appendix A has nobody left to keep what it promises.
    """
    (shipped.home / VEOLIA).rename(shipped.home / "waste contract é.yaml")
    if by == "git":
        shipped.replace("waste contract é.yaml", "name: Veolia", "name: Waste contract")
        run(shipped.folder, "add", "--all")
    ran = shipped.check()
    held = [rule for _, rule, _ in shipped.worse()]
    assert (ran.status, held) == ((1, ["appendix-partnership-missing"]) if by == "git" else (0, []))
    since = shipped.json()["since"]
    assert since["renamed"] == [{"partnership": "waste contract é", "before": "veolia"}]
    assert (since["added"], since["vanished"], since["edited"]) == ([], [], ["waste contract é"])
    assert "Renamed (1)\n  veolia is now waste contract é\n" in ran.out


def test_a_renamed_file_with_a_gap_of_its_own_is_held_for_that_alone(example: Change) -> None:
    example.remove(LEISURE, DISPUTES)
    (example.home / LEISURE).rename(example.home / "sports.yaml")
    assert example.worse() == [("sports.yaml", "not-recorded", "agreement")]


def test_a_renamed_file_that_breaks_is_still_the_same_partnership(example: Change) -> None:
    example.replace(LEISURE, "remit: To run", "remit: Sport: To run")
    (example.home / LEISURE).rename(example.home / "sports.yaml")
    assert [rule for _, rule, _ in example.worse()] == ["broken-syntax"]
    assert example.json()["since"]["renamed"] == [{"partnership": "sports", "before": "leisure-centres"}]


@pytest.mark.parametrize(
    ("name", "rule"), [("leisure-centres.yml", "file-not-read"), ("_leisure-centres.yaml", "partnership-vanished")]
)
def test_a_file_given_a_name_that_is_not_read_is_held(example: Change, name: str, rule: str) -> None:
    (example.home / LEISURE).rename(example.home / name)
    assert [rule for _, rule, _ in example.worse()] == [rule]


def test_one_partnership_in_place_of_another(example: Change) -> None:
    (example.home / LEISURE).unlink()
    example.add("kestrel.yaml", KESTREL)
    since = example.json()["since"]
    assert (since["added"], since["vanished"], since["renamed"]) == (["kestrel"], ["leisure-centres"], [])


def test_many_that_fall_by_one_cause_are_told_at_that(example: Change) -> None:
    """At the line that was changed, with the places that rest on it."""
    for number in range(15):
        text = (EXAMPLE / LEISURE).read_text("utf-8").replace("name: Aldermere", f"name: No {number} of Aldermere", 1)
        example.add(f"centre-{number:02}.yaml", text)
    example.committed()
    example.remove("_organisations.yaml", FELLBROOK_SIGNED)
    assert "That is so for 16 partnerships." in " ".join(example.check(since="HEAD").out.split())
    (finding,) = example.json(since="HEAD")["findings"]
    assert (finding["path"], finding["put_back"]["lines"]) == (ORGANISATIONS, [FELLBROOK_SIGNED.rstrip()])
    assert len({finding["partnership"], *(broken["partnership"] for broken in finding["breaks"])}) == 16


def test_a_partnership_that_is_deleted_without_having_ended_is_held(shipped: Change) -> None:
    (shipped.home / VEOLIA).unlink()
    ran = shipped.check()
    assert ran.status == 1
    assert ran.out.startswith("This change takes away 1 partnership and leaves 12 as they were.")
    assert "Veolia is gone from the register, and the register did not say that it had ended." in ran.out
    assert shipped.worse() == [(VEOLIA, "partnership-vanished", "")]
    assert shipped.json()["since"]["vanished"] == ["veolia"]
    concise = shipped.check("--format", "concise").out
    assert concise.startswith("partnerships/veolia.yaml:1:1: error partnership-vanished Veolia is gone")


@pytest.mark.parametrize(
    ("file", "name"),
    [(VEOLIA, "Veolia"), ("shared-financial-services.yaml", "Shared financial and assurance services")],
)
def test_a_partnership_of_appendix_a_that_gets_another_name_is_held(shipped: Change, file: str, name: str) -> None:
    shipped.replace(file, f"name: {name}", "name: Other services")
    run(shipped.folder, "mv", f"partnerships/{file}", "partnerships/other.yaml")
    assert (COUNCIL, "appendix-partnership-missing", "list_of_key_partnerships") in shipped.worse()
    assert f"Appendix A lists {name}, and no file is about it." in shipped.check().out


def test_a_partnership_that_had_ended_may_be_deleted(shipped: Change) -> None:
    shipped.add(
        VEOLIA,
        "\nended: {on: 2026-03-31, decided_by: Council, minute: EC/26/12, exit_carried_out: 2026-03-31}\n",
    )
    ran = shipped.check()
    assert ran.status == 0
    assert ran.out.startswith("This change edits 1 partnership, ends 1, and leaves 12 as they were.")
    shipped.committed()
    (shipped.home / VEOLIA).unlink()
    ran = shipped.check(since="HEAD")
    assert ran.status == 0
    assert ran.out.startswith("This change removes 1 partnership that had ended and leaves 12 as they were.")


def test_a_file_that_breaks_is_held_once(example: Change) -> None:
    example.replace(LEISURE, "remit: To run", "remit: Sport: To run")
    ran = example.check()
    assert ran.status == 1
    assert [rule for _, rule, _ in example.worse()] == ["broken-syntax"]
    assert "89 more duties of 1 partnership cannot be judged" in ran.out
    example.committed()
    example.replace(LEISURE, "remit: Sport: To run", "remit: To run")
    assert example.check(since="HEAD").status == 0


def test_a_fault_that_was_there_is_not_held_when_it_moves(example: Change) -> None:
    example.add(LEISURE, "\nnonsense: 1\n")
    example.committed()
    example.replace(LEISURE, "name: Aldermere", "# a note\nname: Aldermere")
    example.replace(LEISURE, "nonsense: 1", "nonsense: 2")
    assert example.check(since="HEAD").status == 0
    example.add(LEISURE, "more_nonsense: 1\n")
    assert example.worse(since="HEAD") == [(LEISURE, "unknown-name", "more_nonsense")]


# -- what all share ------------------------------------------------------------------------------------


def test_a_change_of_the_shared_file_answers_for_the_files_that_fall(example: Change) -> None:
    example.remove("_council.yaml", "  - Leisure Contracts Manager\n")
    ran = example.check()
    assert ran.status == 1
    assert ran.out.startswith("This change changes _council.yaml for all of them and leaves 9 as they were.")
    (finding,) = example.json()["findings"]
    assert (finding["rule"], finding["path"]) == ("breaks-other-places", "partnerships/_council.yaml")
    assert {(one["path"], one["rule"]) for one in finding["breaks"]} == {
        (f"partnerships/{LEISURE}", "name-not-on-the-list")
    }
    assert finding["put_back"]["lines"] == ["  - Leisure Contracts Manager"]
    assert example.json()["since"]["shared_files"] == ["partnerships/_council.yaml"]


def test_what_the_shared_file_no_longer_says_is_no_truth_recorded(example: Change) -> None:
    """Without that day every report since 2012 is overdue, by the calendar, in files that nobody touched."""
    example.remove("_council.yaml", "records_kept_from: 2025-10-01  ")
    (finding,) = example.json()["findings"]
    assert (finding["rule"], finding["put_back"]["lines"][0][:29]) == ("rule-loosened", "records_kept_from: 2025-10-01")
    assert {broken["partnership"] for broken in finding["breaks"]} > {"leisure-centres", "shared-audit"}


def test_a_partner_taken_off_the_list_is_held_where_it_was(example: Change) -> None:
    example.replace("_organisations.yaml", "Fellbrook Leisure Trust:\n", "Fellbrook Trust:\n")
    assert example.worse() == [("_organisations.yaml", "partner-not-described", "Fellbrook Trust")]
    (finding,) = example.json()["findings"]
    assert [(one["path"], one["rule"]) for one in finding["breaks"]] == [
        (f"partnerships/{LEISURE}", "partner-not-described")
    ]
    assert "more duties of 1 partnership cannot be judged" in example.check().out


def test_without_the_shared_file_others_fall(example: Change) -> None:
    (example.home / "_organisations.yaml").unlink()
    rules = {rule for _, rule, _ in example.worse()}
    assert "file-missing" in rules
    assert example.check().status == 1


# -- for the reviewer ----------------------------------------------------------------------------------


def test_an_exception_added_is_shown_to_the_reviewer(shipped: Change) -> None:
    shipped.add(VEOLIA, EXCEPTION)
    ran = shipped.check()
    assert ran.status == 0
    assert (
        "Agreed exceptions that this change adds (1): please look\n"
        "  Veolia: EXT-2. “The notice is being agreed.” Approved by Head of Governance on\n"
        "    2026-10-28, until 2027-10-28.\n"
    ) in ran.out
    assert shipped.json()["since"]["exceptions"] == [
        {
            "partnership": "veolia",
            "duty": "EXT-2",
            "rule": None,
            "subject": None,
            "reason": "The notice is being agreed.",
            "approved_by": "Head of Governance",
            "approved_on": "2026-10-28",
            "minute": None,
            "expires": "2027-10-28",
        }
    ]


def test_what_no_longer_applies_is_shown_to_the_reviewer(example: Change) -> None:
    example.replace("aldermere-together.yaml", "partner_supplies_data: yes", "partner_supplies_data: no")
    ran = example.check()
    assert ran.status == 1
    assert [rule for _, rule, _ in example.worse()] == ["rule-loosened"]
    assert "Does not apply any more, by what the files say (1)\n  Aldermere Together: " in ran.out
    changes = example.json()["since"]["not_applicable"]
    assert {(change["before"], change["now"]) for change in changes} == {("met", "not_applicable")}
    assert [duty for change in changes for duty in change["duties"]] == ["DQU-1", "DQU-2", "DQU-3", "DQU-4"]


@pytest.mark.parametrize(
    ("name", "old", "new", "better"),
    [
        (VEOLIA, "every: not stated", "every: 1 month", "Each monitoring arrangement says how often it takes place"),
        ("glendale.yaml", "\nkind: ", "\nkind: statutory ", "`kind` recorded"),
        ("glendale.yaml", "\nmonitoring:", "\nscope: {partner_supplies_data: yes}\nmonitoring:", "`scope` recorded"),
        (
            "glendale.yaml",
            "\nmonitoring:",
            "\nrisks: {entries: {a: {risk: Trees fall}}}\nmonitoring:",
            "`risks` recorded",
        ),
        ("_organisations.yaml", "\nGlendale:", "\nGlendale: {sector: private}", "`Glendale: sector` recorded"),
    ],
    ids=["interval", "kind", "scope", "risks", "sector"],
)
def test_a_gap_closed_is_told_as_better(shipped: Change, name: str, old: str, new: str, better: str) -> None:
    shipped.replace(name, old, new)
    ran = shipped.check()
    assert ran.status == 0, ran.out
    assert better in " ".join(ran.out.split("\nBetter than before (1)\n")[1].split())


# -- the branch itself ---------------------------------------------------------------------------------


def test_what_main_did_meanwhile_is_not_held_against_the_branch(example: Change) -> None:
    """Main has closed a gap and opened another; the branch knows of neither."""
    example.remove(LEISURE, DISPUTES)
    example.on_main("payroll-service.yaml", "manager: ", "executive_member_once: ")
    assert example.worse() == [(LEISURE, "not-recorded", "agreement")]
    example.committed()
    assert example.worse() == [(LEISURE, "not-recorded", "agreement")]


def test_narrowing_narrows_what_is_held(example: Change) -> None:
    example.remove(LEISURE, DISPUTES)
    example.add("kestrel.yaml", KESTREL)
    assert {file for file, _, _ in example.worse(f"partnerships/{LEISURE}")} == {LEISURE}
    assert example.worse(f"partnerships/{LEISURE}", "--select", "DIS-2") == [(LEISURE, "not-recorded", "agreement")]
    assert example.check("--select", "WHB-2").status == 0
    assert "nothing of what you asked for is worse" in example.check("--select", "WHB-2").out
    assert example.check("--fail-on", "never").status == 0
    assert "It may go in. But " in example.check("--fail-on", "never").out


def test_every_format_tells_what_is_held_and_ends_the_same(example: Change) -> None:
    example.remove(LEISURE, DISPUTES)
    for name in CHECK_FORMATS:
        ran = example.check("--format", name)
        assert ran.status == 1
        assert "not-recorded" in ran.out, name
