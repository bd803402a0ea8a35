"""As at a day, for ever: a fact that is added later changes nothing that was said as at an earlier day."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpf.due.agenda import agenda
from kpf.papers.wanted import Part
from kpf.register.entries import COUNCIL, ORGANISATIONS
from tests.report.papers import known_of, paper
from tests.rules.laying import AS_AT, OWN, at, checked, good, laid_over, register

pytestmark = pytest.mark.unmeasured

TRUST: Final = "Fellbrook Leisure Trust"
DAYS: Final = (date(2025, 12, 31), date(2026, 5, 20), date(2026, 10, 1), AS_AT)

_LETTER: Final = {
    "from": TRUST,
    "given_by": "Chief Executive, Fellbrook Leisure Trust",
    "document": "Annual assurance letter",
    "checked_by": "Leisure Contracts Manager",
    "says": {"whistleblowing": "their own arrangements"},
}
_REVIEW: Final = {
    "led_by": "Leisure and Open Spaces",
    "assurance": {"governance_effective": "yes", "outcomes_monitored": "yes", "outcomes_evaluated": "yes"},
    "requirements_met": "yes",
    "partnership_effective": "yes",
    "still_relevant": "yes",
}


def _appended(file: str, *trail: Any) -> Callable[[Any, str], None]:
    """One more entry of a list: what `trail` ends with, made from the day."""
    *path, entry = trail

    def add(files: Any, day: str) -> None:
        group = at(files[file], tuple(path[:-1]))
        before = group.get(path[-1])
        listed = before if isinstance(before, list) else [before] if before else []
        group[path[-1]] = [*listed, entry(day)]

    return add


def _laid(file: str, over: Callable[[str], Any]) -> Callable[[Any, str], None]:
    def add(files: Any, day: str) -> None:
        files[file] = laid_over(files[file], over(day))

    return add


def _day(day: str) -> str:
    return day


LATER: Final[Mapping[str, Callable[[Any, str], None]]] = {
    "the continuity plan was tested again": _appended(OWN, "agreement", "business_continuity", "tested", _day),
    "the procedures were sent again": _appended(OWN, "agreement", "anti_fraud", "procedures_sent", TRUST, _day),
    "the vision was agreed again": _appended(OWN, "agreement", "aims", "agreed_by", TRUST, _day),
    "a new strategy was obtained": _appended(OWN, "agreement", "data_quality", "strategy_obtained", TRUST, _day),
    "the risk register was agreed again": _appended(OWN, "risks", "agreed", TRUST, _day),
    "the charter was signed again": _appended(ORGANISATIONS, TRUST, "data_quality_charter_signed", _day),
    "the list was reviewed again": _appended(COUNCIL, "list_of_key_partnerships", "last_reviewed", _day),
    "the framework was reviewed again": _appended(COUNCIL, "framework", "last_reviewed", _day),
    "members declared again": _appended(COUNCIL, "codes_of_conduct", "members", "declared", _day),
    "officers declared again": _appended(COUNCIL, "codes_of_conduct", "officers", "declared", _day),
    "the entry was confirmed": _appended(OWN, "on_the_list", "confirmed", _day),
    "the board's membership was reviewed": _appended(OWN, "agreement", "roles", "board", "membership_reviewed", _day),
    "a meeting was held": _appended(OWN, "monitoring", "arrangements", "operational-meetings", "held", _day),
    "a meeting with governance on its agenda": _appended(
        OWN,
        "monitoring",
        "arrangements",
        "partnership-board",
        "held",
        lambda day: {"on": day, "agenda": ["governance"]},
    ),
    "the partner was checked": _appended(
        OWN,
        "monitoring",
        "governance_of_partners_checked",
        lambda day: {"partner": TRUST, "on": day, "by": "Leisure Contracts Manager", "seen": "Accounts"},
    ),
    "a change was proposed": _appended(
        OWN, "monitoring", "changes", lambda day: {"what": "Shorter hours", "proposed": day}
    ),
    "an error was found": _appended(
        OWN, "monitoring", "data_errors", lambda day: {"found": day, "what": "Counted twice"}
    ),
    "a report went to Executive Cabinet": _appended(
        OWN,
        "monitoring",
        "reports_to_cabinet",
        lambda day: {"half_year": "2026/27 H1", "date": day, "minute": "EC/26/99"},
    ),
    "a letter came": _laid(OWN, lambda day: {"assurances": {"letter-later": {**_LETTER, "on": day}}}),
    "a review was completed": _appended(
        OWN,
        "reviews",
        lambda day: {
            **_REVIEW,
            "completed": day,
            "decision": {"outcome": "continue", "by": "Executive Cabinet", "on": day, "minute": "EC/26/99"},
        },
    ),
    "an exception was agreed": _appended(
        OWN,
        "agreed_exceptions",
        lambda day: {
            "duty": "ROL-4b",
            "reason": "Two partners only; the chair alternates.",
            "approved_by": "Monitoring Officer",
            "approved_on": day,
            "expires": "2027-06-30",
        },
    ),
    "the partner was assessed": _appended(
        ORGANISATIONS,
        TRUST,
        "strength_and_stability",
        lambda day: {
            "half_year": "2026/27 H2",
            "assessed": {"on": day, "by": "Head of Finance"},
            "source": "filed accounts",
            "information_of": day,
            "rating": "red",
            "direction": "worse",
            "issues": "Reserves gone.",
            "action": "None yet.",
        },
    ),
    "a policy had a new version": _appended(
        COUNCIL, "policies", "whistleblowing", lambda day: {"version": "9", "from": day}
    ),
    "what the next half-year brought": _laid(
        OWN, lambda day: {"half_years": {"2026/27 H2": {"recorded": day, "issues": "none", "outcomes": "More visits."}}}
    ),
    "the action plan was finished": _laid(
        OWN, lambda day: {"half_years": {"2026/27 H1": {"action_plans": {"visits": {"done": day}}}}}
    ),
    "a topic was agreed not to apply": _laid(
        OWN,
        lambda day: {
            "agreement": {
                "risk_management": {
                    "not_applicable": {"reason": "No clause is needed.", "agreed_by": "Monitoring Officer", "on": day}
                }
            }
        },
    ),
    "it was decided whether to extend": _laid(OWN, lambda day: {"agreement": {"extension": {"decided": day}}}),
    "it ended": _laid(
        OWN,
        lambda day: {
            "ended": {"on": day, "decided_by": "Executive Cabinet", "minute": "EC/26/99", "reason": "It ran out."}
        },
    ),
}


def said_of(files: Any, day: date) -> tuple[object, ...]:
    """All that is said as at `day`: verdicts, findings, what falls due, both parts of the paper."""
    run = checked(files, day)
    owed = agenda(register(files), day)
    known = known_of(files, day)
    papers = [paper(known, part=part).paper.markdown for part in Part]
    return (
        [(verdict.partnership, verdict.duty, verdict.verdict, verdict.reason) for verdict in run.verdicts],
        sorted((finding.rule, finding.trail, _without_lines(finding.message)) for finding in run.findings),
        [(entry.uid, entry.obligation.due, entry.state, entry.obligation.why) for entry in owed.due],
        [(entry.task, entry.undated.write) for entry in owed.missing],
        [re.sub(r"[0-9a-f]{64}", "", text) for text in papers],  # what a file's bytes are is not of that day
    )


def _without_lines(message: str) -> str:
    """The message without the lines in which the same is wrong: a later fact above them moves them down."""
    return message.partition(" It is also in line")[0]


@cache
def said_before(day: date) -> tuple[object, ...]:
    return said_of(good(), day)


@settings(max_examples=2)
@pytest.mark.parametrize("fact", LATER)
@given(day=st.sampled_from(DAYS), later=st.integers(1, 600))
def test_a_later_fact_changes_nothing_earlier(fact: str, day: date, later: int) -> None:
    files = good()
    LATER[fact](files, str(day + timedelta(days=later)))
    assert files != good()
    assert said_of(files, day) == said_before(day)


def test_a_group_in_which_everything_came_later_is_not_there_yet() -> None:
    """Its end was decided, and its day is not known: before the decision nothing is asked about an end."""
    day = date(2026, 10, 1)
    files = laid_over(good(), {OWN: {"ended": {"decided": "2026-11-12"}}})
    assert said_of(files, day) == said_before(day)
    (finding,) = (found for found in checked(files, AS_AT).findings if found.trail[0] == "ended")
    assert finding.message.startswith("Nothing is recorded for `on`, `decided_by`, `minute`")


def test_an_autumn_is_not_told_in_spring() -> None:
    draft = paper(known_of(good(), date(2026, 5, 20)))
    assert "August" not in draft.paper.markdown
    assert "216,400" not in draft.paper.markdown


def test_what_stands_newest_first_keeps_its_place() -> None:
    """A check without its result is told at its own line, also where a later one stands before it."""
    files = good()
    checks = files[OWN]["monitoring"]["governance_of_partners_checked"]
    part = {name: value for name, value in checks[0].items() if name != "result"}
    files[OWN]["monitoring"]["governance_of_partners_checked"] = [{**checks[0], "on": "2026-11-20"}, part]
    trails = {finding.trail for finding in checked(files, date(2026, 6, 1)).findings}
    assert trails == {("monitoring", "governance_of_partners_checked", 1, "result")}
