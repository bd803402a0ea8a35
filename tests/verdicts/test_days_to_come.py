"""What is recorded as having happened on a day to come: told today, and as at a given day left out without a word."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kpf.check.checking import check_register
from kpf.finding import Finding
from kpf.register.entries import COUNCIL, ORGANISATIONS
from tests.cli.running import kpf
from tests.cli.running import register as on_disk
from tests.rules.laying import AS_AT, OWN, checked, good, register, with_laid

RULE = "not-happened-yet"
LATER = "2027-01-12"


def findings_with(*laid: tuple[str, Any]) -> list[Finding]:
    run = check_register(register(with_laid(*laid)), AS_AT, today=True)
    return [finding for finding in run.findings if finding.rule == RULE]


@pytest.mark.parametrize(
    ("name", "over", "message", "line"),
    [
        (
            OWN,
            {"monitoring": {"arrangements": {"partnership-board": {"held": ["2026-09-15", LATER]}}}},
            "`monitoring.arrangements.partnership-board.held.on` has 12 January 2027, a day after today (23 November",
            LATER,
        ),
        (
            OWN,
            {"monitoring": {"reports_to_cabinet": [{"half_year": "2026/27 H1", "date": LATER, "minute": "EC/27/1"}]}},
            "`monitoring.reports_to_cabinet.date` has 12 January 2027",
            LATER,
        ),
        (OWN, {"risks": {"agreed": {"the council": LATER}}}, "`risks.agreed.the council` has 12 January 2027", LATER),
        (OWN, {"agreement": {"signed": LATER}}, "`agreement.signed` has 12 January 2027", LATER),
        (COUNCIL, {"framework": {"last_reviewed": LATER}}, "`framework.last_reviewed` has 12 January 2027", LATER),
        (OWN, {"half_years": {"2027/28 H1": {"actual": {"visits": "510000"}}}}, "has 1 April 2027", "2027/28 H1"),
        (
            ORGANISATIONS,
            {"Fellbrook Leisure Trust": {"data_quality_charter_signed": [LATER]}},
            "`Fellbrook Leisure Trust.data_quality_charter_signed` has 12 January 2027",
            LATER,
        ),
    ],
)
def test_what_has_not_happened_yet_is_told_where_it_stands(name: str, over: Any, message: str, line: str) -> None:
    (finding,) = findings_with((name, over))
    assert message in finding.message
    assert line in finding.location.excerpt
    assert finding.fix == "Correct the day, or delete it until it has happened."


@pytest.mark.parametrize(
    ("name", "over"),
    [
        (OWN, {"on_the_list": {"from": LATER}}),
        (OWN, {"ended": {"on": LATER, "decided_by": "Executive Cabinet", "decided": "2026-11-12"}}),
        (OWN, {"reviews": [{"decision": {"on": "2026-11-12", "effective": LATER}}]}),
        (COUNCIL, {"policies": {"anti_fraud": [{"version": "9", "from": LATER}]}}),
    ],
)
def test_what_is_decided_beforehand_is_no_slip(name: str, over: Any) -> None:
    assert findings_with((name, over)) == []


def test_as_at_a_given_day_a_later_fact_changes_nothing() -> None:
    later = with_laid((OWN, {"monitoring": {"arrangements": {"partnership-board": {"held": ["2026-09-15", LATER]}}}}))
    before = with_laid((OWN, {"monitoring": {"arrangements": {"partnership-board": {"held": ["2026-09-15"]}}}}))
    assert [one.message for one in checked(later).findings] == [one.message for one in checked(before).findings]


def test_only_a_run_as_at_today_speaks_of_days_to_come(tmp_path: Path) -> None:
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011 - as kpf asks the clock
    folder = on_disk(tmp_path, parks=f"name: Parks\nagreement:\n  signed: {tomorrow}\n")
    assert "a day after today" in kpf("check", cwd=folder).out
    assert "a day after today" not in kpf("check", "--as-at", "2026-11-23", cwd=folder).out


def test_the_complete_example_holds_nothing_that_is_to_come() -> None:
    assert checked(good()).findings == ()
    assert findings_with() == []
