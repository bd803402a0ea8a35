"""The edition that comes with kpf, over the complete example; and the criteria of a later framework, as an edition."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from kpf.check.checking import check_register
from kpf.check.rows import tally, verdicts_in
from kpf.finding import Verdict
from kpf.register.entries import FRAMEWORK
from kpf.register.register import list_register
from tests.cli.running import kpf
from tests.editions.test_own_duties import HEADING, judged, verdict_on
from tests.rules.laying import EXAMPLE, good, read

SHIPPED: Final = Path(__file__).parents[2] / "examples" / "edition" / FRAMEWORK
DAY: Final = date(2026, 11, 20)
ANSWERS: Final = """
own:
  dpia_agreed: [2023-04-01, 2026-03-02]
  processing_contract:
{partners}
  due_regard_recorded: 2026-02-12
  slavery_statement_read: 2026-09-08
  adults_at_risk_lead: {post}
  kpis_published: 3
  kpis_assessed: 2026-09-30
  social_value_considered: 2012-11-30
  information_requests_agreed: yes
"""


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example register under the shipped edition, with an answer to everything that it asks."""
    folder = tmp_path_factory.mktemp("answered")
    home = folder / "partnerships"
    shutil.copytree(EXAMPLE, home)
    shutil.copy(SHIPPED, home / FRAMEWORK)
    for path in home.glob("[a-z]*.yaml"):
        held = read(path.name, path.read_bytes())
        if "ended" in held:  # nothing happens after the end, and nothing is asked
            continue
        partners = "\n".join(f"    {partner}: Schedule 9" for partner in held["partners"])
        path.write_text(path.read_text("utf-8") + ANSWERS.format(partners=partners, post=held["manager"]), "utf-8")
    return folder


def test_nothing_is_wrong_with_it(answered: Path) -> None:
    ran = kpf("framework", "check", "--as-at", str(DAY), cwd=answered)
    assert (ran.status, ran.err) == (0, "")
    assert "It adds 10 duties: 9 judged from files, and 1 of which it says why no file can show it." in ran.out
    assert "18 examples tried." in ran.out


def test_each_of_its_duties_is_met_where_it_is_asked_and_none_of_the_framework_changes(answered: Path) -> None:
    run = check_register(list_register(answered), DAY, jobs=1)
    without = check_register(list_register(EXAMPLE.parent), DAY, jobs=1)
    assert [finding for finding in run.findings if finding.partnership] == []
    assert tally(file.row for file in run.files) == tally(file.row for file in without.files)
    found: dict[str, Counter[Verdict]] = {}
    for file in run.partnerships:
        for duty, verdict in verdicts_in(file.row, run.framework):
            found.setdefault(duty, Counter())[verdict] += 1
    own = {duty: counted for duty, counted in found.items() if duty in run.framework.statements and "-" in duty}
    for duty in ("DPA-1", "DPA-2", "PSE-1", "MSA-1", "CAR-1", "SOV-1", "FOI-1"):
        assert own[duty][Verdict.MET], duty
        assert own[duty].keys() <= {Verdict.MET, Verdict.NOT_APPLICABLE}
    assert all(own[duty].keys() <= {Verdict.MET, Verdict.NOT_APPLICABLE} for duty in ("PRA-1", "PRA-2"))
    assert "PRV-1" not in found


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
        "The duty wants 3 of 5 conditions to hold, and 2 hold. `affects_priorities` says “no”. `much_risk` says “no”. "
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
