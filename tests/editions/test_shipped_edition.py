"""The edition that comes with kpf, over the complete example; and the criteria of a later framework, as an edition."""

from datetime import date
from typing import Any, Final

import pytest

from kpf.check.checking import check_register
from kpf.check.rows import verdicts_in
from kpf.finding import Verdict
from kpf.framework import framework
from kpf.register.register import list_register
from tests.cli.running import kpf
from tests.editions.test_own_duties import HEADING, judged, verdict_on
from tests.plain import ALDERMERE, PLAIN
from tests.rules.laying import good

OWN_DUTIES: Final = ("DPA-1", "DPA-2", "PSE-1", "MSA-1", "CAR-1", "PRA-1", "PRA-2", "SOV-1", "FOI-1", "PRV-1")
DAY: Final = date(2026, 11, 23)
AS_AT: Final = ("--as-at", str(DAY))


def test_nothing_is_wrong_with_it() -> None:
    ran = kpf("framework", "check", *AS_AT, cwd=ALDERMERE)
    assert (ran.status, ran.err) == (0, "")
    assert "It adds 10 duties: 9 judged from files, and 1 of which it says why no file can show it." in ran.out
    assert "18 examples tried." in ran.out


def test_its_duties_are_answered_and_no_verdict_of_the_framework_changes() -> None:
    run = check_register(list_register(ALDERMERE), DAY, jobs=1)
    without = check_register(list_register(PLAIN), DAY, jobs=1)
    assert {file.id: _packaged(file.row) for file in run.files} == {file.id: file.row for file in without.files}
    found: dict[str, set[Verdict]] = {}
    for file in run.partnerships:
        for duty, verdict in verdicts_in(file.row, run.framework):
            found.setdefault(duty, set()).add(verdict)
    own = {duty: verdicts - {Verdict.NOT_APPLICABLE} for duty, verdicts in found.items() if duty in OWN_DUTIES}
    met = {Verdict.MET}
    assert own == {
        "DPA-1": met | {Verdict.EXCEPTED},
        "DPA-2": met,
        "PSE-1": met,
        "MSA-1": met | {Verdict.NOT_KNOWN},
        "CAR-1": met,
        "PRA-1": met,
        "PRA-2": set(),  # asked for a year after the start
        "SOV-1": met,
        "FOI-1": met,
    }


def test_what_is_done_every_year_is_first_asked_for_a_year_after_the_start() -> None:
    due = kpf("due", "--duty", "PRA-2", *AS_AT, cwd=ALDERMERE)
    assert "JUNE 2027\n\n   1 Jun  Waste and Recycling" in due.out
    for day, open_ in ((date(2027, 6, 1), False), (date(2027, 6, 2), True)):
        run = check_register(list_register(ALDERMERE), day, jobs=1)
        assert any("PRA-2" in finding.duties for finding in run.findings) is open_


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("check", *AS_AT), "VERDICTS of the council's own\n      29  met on the record\n"),
        (("check", "--as-at", "2026-04-15"), "against the Key Partnerships Framework, November 2012."),
        (("show", "waste-and-recycling", *AS_AT), "MSA-1"),
        (("due", *AS_AT), "DPA-1"),
        (("trace", *AS_AT), "PRV-1   Due regard to preventing terrorism"),
        (("trace", "--gaps", *AS_AT), "Due regard is part of each decision"),
        (("explain", "PRA-2"), "Procurement Act 2023, section 71(2)"),
        (("framework", "show", "--why", *AS_AT), "Social Value"),
        (("framework", "diff", "packaged", "now", *AS_AT), "MSA-1: not asked, now not known"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_every_command_knows_it(command: tuple[str, ...], said: str) -> None:
    ran = kpf(*command, cwd=ALDERMERE)
    assert ran.err == ""
    assert said in ran.out


def _packaged(row: bytes) -> bytes:
    return row[: len(framework().statements)]


# -- the five criteria of Chorley's framework of 2024, which are public ----------------------------------

FACTORS: Final = ("KEY-1", "KEY-2", "KEY-3", "KEY-4", "KEY-5", "KEY-6")
CRITERIA: Final[dict[str, Any]] = {
    **HEADING,
    "title": "Key Contracts and Partnerships Framework",
    "edition": "2024",
    "replace": {duty: {"by": "KCP-1", "reason": "Five criteria take the place of the factors."} for duty in FACTORS},
    "add": {
        "KCP-1": {
            "section": "Which contracts and partnerships are key",
            "duty": "A contract or partnership is key when three or more of the five criteria hold.",
            "source": "Key Contracts and Partnerships Framework 2024",
            "verb": "must",
            "asks": {
                "affects_priorities": {
                    "is": "yes or no",
                    "help": "Does it significantly affect the delivery of one or more corporate priorities?",
                },
                "much_risk": {
                    "is": "yes or no",
                    "help": "Is much risk associated with it: to core services, or of more than £100,000?",
                },
                "lasts": {"is": "interval", "help": "How long it lasts.", "example": "5 years"},
                "large_reliance": {
                    "is": "yes or no",
                    "help": "Will there be large reliance on the partner for resources?",
                },
            },
            "check": {
                "needed": "3",
                "of": [
                    {"field": "agreement.value.yearly", "at_least": "100000"},
                    {"field": "affects_priorities", "one_of": ["yes"]},
                    {"field": "much_risk", "one_of": ["yes"]},
                    {"field": "lasts", "at_least": "5 years"},
                    {"field": "large_reliance", "one_of": ["yes"]},
                ],
            },
        }
    },
}
NO: Final = {"affects_priorities": "no", "much_risk": "no", "lasts": "4 years", "large_reliance": "no"}


def test_three_of_five_criteria_make_it_key() -> None:
    assert good()["leisure-centres.yaml"]["agreement"]["value"]["yearly"] == "480000"
    run = judged(CRITERIA, {**NO, "lasts": "10 years", "large_reliance": "yes"})
    assert verdict_on(run, "KCP-1") == (
        Verdict.MET,
        "3 of 5 conditions hold: `agreement.value.yearly`, `lasts` and `large_reliance`.",
    )
    assert run.findings == ()


def test_two_do_not() -> None:
    run = judged(CRITERIA, {**NO, "lasts": "10 years"})
    verdict, reason = verdict_on(run, "KCP-1")
    assert verdict is Verdict.NOT_MET
    assert reason == (
        "The duty asks for 3 of 5 conditions to hold, and 2 hold. `affects_priorities` says “no”. "
        "`much_risk` says “no”. "
        "`large_reliance` says “no”."
    )


def test_while_it_may_still_be_three_it_is_not_known() -> None:
    run = judged(CRITERIA, {"lasts": "10 years", "much_risk": "no"})
    assert verdict_on(run, "KCP-1")[0] is Verdict.NOT_KNOWN
    assert {finding.rule for finding in run.findings} == {"not-recorded"}


def test_they_replace_the_factors_of_2012() -> None:
    run = judged(CRITERIA, {**NO, "lasts": "10 years", "large_reliance": "yes"}, key_factors=None)
    reason = "KCP-1 takes its place in Key Contracts and Partnerships Framework, 2024: Five criteria take the place of"
    for duty in FACTORS:
        assert verdict_on(run, duty) == (Verdict.NOT_APPLICABLE, f"{reason} the factors.")
    assert run.findings == ()
