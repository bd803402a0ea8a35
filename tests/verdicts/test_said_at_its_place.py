"""What talks past a duty is told at its line, by its rule, in words that say what to write."""

from typing import Any, Final

import pytest

from kpf.register.entries import COUNCIL
from tests.rules.laying import OWN, changed, checked, with_laid

_CHANGE: Final = {"what": "manager", "reason": "The post was renamed in May.", "on": "2026-10-15"}
_YESTERDAY: Final = {"records_kept_from": "2026-11-22"}
_AGREED: Final = {"on": "2026-10-15", "minute": "EC/26/90", "choices": _YESTERDAY}


@pytest.mark.parametrize(
    ("file", "over", "rule", "trail", "message"),
    [
        (
            OWN,
            {"monitoring": {"arrangements": {"operational-meetings": {"every": "99 years"}}}},
            "value-not-understood",
            ("monitoring", "arrangements", "operational-meetings", "every"),
            "3 years at most",
        ),
        (
            OWN,
            {"risks": {"tolerance": {"the council": "99"}}},
            "risk-above-tolerance",
            ("risks", "tolerance", "the council"),
            "No risk can score 99, which the council is said to accept: the scale ends at 16.",
        ),
        (
            OWN,
            {"agreed_changes": [{**_CHANGE, "agreed_by": "Lord Mayor"}]},
            "change-not-agreed",
            ("agreed_changes", 0, "agreed_by"),
            "“Lord Mayor” is not a body, an office or a post that _council.yaml lists.",
        ),
        (
            OWN,
            {"agreed_changes": [{**_CHANGE, "agreed_by": "Executive Cabinet"}]},
            "change-not-agreed",
            ("agreed_changes", 0, "minute"),
            "This agreed change has no `minute`, so it does not count.",
        ),
        (
            COUNCIL,
            {"agreed_changes": [{**_CHANGE, "agreed_by": "Lord Mayor"}]},
            "shared-change-not-agreed",
            ("agreed_changes", 0, "agreed_by"),
            "“Lord Mayor” is not a body, an office or a post that _council.yaml lists.",
        ),
        (
            COUNCIL,
            {"risk_scale": {"high_from": "99"}},
            "bands-off-the-scale",
            ("risk_scale", "high_from"),
            "`high_from` is 99; the scale goes up to 16 (4 times 4).",
        ),
        (
            COUNCIL,
            {"choices_agreed": {"until": "2026-09-10"}},
            "choices-not-agreed",
            ("choices_agreed", "until"),
            "The council's choices were agreed until 10 September 2026. No later agreement is recorded.",
        ),
        (
            COUNCIL,
            _YESTERDAY,
            "choices-not-agreed",
            ("records_kept_from",),
            "`records_kept_from` is 22 November 2026, but the agreement says 1 October 2025. Until then kpf goes by",
        ),
    ],
)
def test_it_is_told(file: str, over: Any, rule: str, trail: tuple[str | int, ...], message: str) -> None:
    found = [one for together in changed(over, file).findings for one in together.each if one.rule == rule]
    assert [finding.trail for finding in found] == [trail]
    assert message in f"{found[0].message} {found[0].fix}"


def test_a_recent_day_from_which_records_are_kept_is_disclosed_with_its_effect() -> None:
    (finding,) = checked(with_laid((COUNCIL, {**_YESTERDAY, "choices_agreed": _AGREED}))).findings
    assert finding.rule == "records-kept-from-too-late"
    assert finding.severity.value == "note"
    assert finding.message.startswith("Nothing before 22 November 2026 is asked for: no earlier review")
