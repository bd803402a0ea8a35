"""A register as at a day: what happened later does not exist, wherever it stands."""

from datetime import date

import pytest

from kpf.check.checking import Checked
from kpf.finding import Verdict
from tests.rules.laying import ID, changed, judgements, reason, verdicts

TRUST = "Fellbrook Leisure Trust"


def test_what_happened_later_does_not_exist_yet() -> None:
    earlier = date(2025, 12, 31)
    now, then = changed({}), changed({}, day=earlier)
    assert now.judge.again(ID).case.partnership.reviews
    assert not then.judge.again(ID).case.partnership.reviews
    assert verdicts(then)["REV-1"] is Verdict.NOT_APPLICABLE
    assert "24 November 2026" in reason(then, "REV-1")
    assert then.judge.again(ID).case.partnership.assurances is None  # the letter is of April 2026


PLANNED = {"2024-04-01", "2027-01-14", "2027-01-31", "2027-02-11", "2027-06-17", "2033-03-31", "2034-03-31"}
"""Start and end of the agreement, its extension, decisions ahead, a paper and an action: set before they came."""


def dated_later(run: Checked, day: date) -> list[date]:
    """Days after `day` that the judgements still rest on, planned ones apart."""
    found: list[date] = []
    for judgement in judgements(run):
        for piece in judgement.evidence:
            try:
                found.append(date.fromisoformat(piece.value))
            except ValueError:
                continue
    return [when for when in found if when > day]


@pytest.mark.parametrize("day", [date(2023, 11, 20), date(2024, 4, 1), date(2025, 12, 31), date(2026, 6, 30)])
def test_no_verdict_rests_on_a_later_day(day: date) -> None:
    assert {str(later) for later in dated_later(changed({}, day=day), day)} <= PLANNED


def test_the_same_day_gives_the_same_answer() -> None:
    first, second = changed({}), changed({})
    assert first.verdicts == second.verdicts
    assert first.findings == second.findings


def test_before_the_first_decision_it_is_only_proposed() -> None:
    run = changed({}, day=date(2023, 11, 15))
    assert verdicts(run)["RSK-3"] is Verdict.NOT_APPLICABLE
    assert "only proposed" in reason(run, "RSK-3")


def test_what_is_of_a_later_day_is_not_called_blank() -> None:
    run = changed({"agreement": {"signed": "2032-02-20"}})
    (finding,) = [finding for finding in run.findings if finding.trail == ("agreement", "signed")]
    assert finding.message == "What is recorded for `signed` in `agreement` is dated after 23 November 2026."
    assert finding.location.excerpt.strip().startswith('"signed": "2032-02-20"')


def test_a_log_whose_entries_all_come_later_was_empty_and_not_blank() -> None:
    run = changed({}, day=date(2026, 6, 1))
    monitoring = run.judge.again(ID).case.partnership.monitoring

    assert monitoring.changes == ()
    assert monitoring.data_errors == ()
    assert not {finding.trail for finding in run.findings} & {("monitoring", "changes"), ("monitoring", "data_errors")}


def test_an_assessment_does_not_exist_before_it_was_made() -> None:
    later = changed({}, day=date(2026, 9, 21))
    assert not [finding for finding in later.findings if finding.trail[:2] == (TRUST, "strength_and_stability")]
