"""The half-yearly performance report gathered from the register: pure functions, and nothing that prints."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Final

from kpf.check.judging import RULE_NAMES
from kpf.compare.values import Change
from kpf.dates import HalfYear
from kpf.papers.account import Account, account
from kpf.papers.blanks import Blank
from kpf.papers.common import Known, common, council_gaps, organisation_gaps, period_told
from kpf.papers.document import Chart, Series
from kpf.papers.governance import Reviews, exempted, reviews, verdicts
from kpf.papers.measures import measure_charts
from kpf.papers.performance import Performance
from kpf.papers.public import records_for
from kpf.papers.risks import high_risks, risk_count, ways_out
from kpf.papers.stability import strength
from kpf.papers.standing import Event, Standing, events, outside, standing_of
from kpf.papers.subject import Subject, subject_of
from kpf.papers.wanted import Part
from kpf.register.records import Records
from kpf.rules.case import Case, case_of, shared_by

TIMETABLE: Final = "review-timetable"
"""The name of the chart of reviews."""

Compared = tuple[Change, ...] | str
"""What changed from the register at the end of one half-year to that at the end of the next; or why nobody can tell."""
Compare = Callable[[HalfYear, Callable[[Records], Records]], Compared]
"""Compares the two registers around a half-year, each cut by a function first to what the paper may show."""


def performance(known: Known, half: HalfYear, part: Part, compare: Compare) -> tuple[Performance, Mapping[str, Chart]]:
    """What the report on `half` says in `part`, and its charts."""
    cut = partial(records_for, part)
    shown = cut(known.records)
    about = {id_: subject_of(id_, shown, half) for id_ in shown.partnerships}
    standing = {id_: standing_of(entry) for id_, entry in about.items()}
    key = [entry for id_, entry in about.items() if standing[id_] is Standing.KEY]
    lasting = {id_: entry.name for id_, entry in about.items() if standing[id_] is not Standing.GONE}
    accounts = [account(entry) for entry in key]
    cases = _cases(known.records)
    compared = compare(half, cut)
    facts = Performance(
        common=common(shown, known.agenda.provenance, part),
        period=period_told(half, shown.day),
        following=period_told(half.following, shown.day),
        partnerships=tuple(sorted(accounts, key=lambda entry: entry.attention)),
        outside=tuple(outside(about[id_], held) for id_, held in standing.items() if held is not Standing.KEY),
        priorities=_priorities(shown, accounts),
        no_priorities=_no_priorities(shown),
        strength=strength(accounts, shown.organisations, half, organisation_gaps(shown)),
        events=_events(about.values()),
        changes=compared if isinstance(compared, tuple) else (),
        not_compared=compared if isinstance(compared, str) else "",
        verdicts=tuple(verdicts(known.checked, lasting)),
        exceptions=tuple(held for entry in key for held in exempted(entry, cases[entry.id])),
        reviews=reviews(known.agenda),
        risks=tuple(risk_count(entry) for entry in key),
        high_risks=tuple(risk for entry in key for risk in high_risks(entry)),
        ways_out=tuple(way for entry in key for way in ways_out(entry)),
    )
    drawn = {name: chart for entry in key for name, chart in measure_charts(entry)}
    return facts, {**drawn, **_timetable(facts.reviews)}


def _cases(records: Records) -> Mapping[str, Case]:
    """Each partnership as the rules see it."""
    shared = shared_by(records.shared, RULE_NAMES, records.names)
    files = {document.partnership or "": document for document in records.register.partnerships}
    return {id_: case_of(document, records.partnerships[id_], shared) for id_, document in files.items()}


def _events(subjects: Collection[Subject]) -> tuple[Event, ...]:
    held = (event for entry in subjects for event in events(entry))
    return tuple(sorted(held, key=lambda event: (event.on, event.partnership.casefold())))


def _no_priorities(shown: Records) -> Blank | None:
    blank = council_gaps(shown).blank("the priorities of the Corporate Strategy", "priorities")
    return None if shown.council.priorities else blank


def _priorities(shown: Records, accounts: Collection[Account]) -> Mapping[str, tuple[str, ...]]:
    """The council's priorities in its own order, those that nothing serves included."""
    served: dict[str, list[str]] = {name or id_: [] for id_, name in (shown.council.priorities or {}).items()}
    for entry in accounts:
        for delivery in entry.deliveries:
            if delivery.priority and entry.name not in served.setdefault(delivery.priority, []):
                served[delivery.priority].append(entry.name)
    return {name: tuple(found) for name, found in served.items()}


def _timetable(held: Reviews) -> Mapping[str, Chart]:
    if not held.quarters:
        return {}
    labels, counts = zip(*held.quarters, strict=True)
    return {
        TIMETABLE: Chart("Three-yearly reviews to be held", labels, (Series("Reviews", tuple(map(float, counts))),))
    }
