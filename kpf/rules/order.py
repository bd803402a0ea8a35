"""The rule that facts are dated in the order in which they must have happened."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import takewhile
from types import MappingProxyType
from typing import Final, NamedTuple

from kpf.dates import in_words
from kpf.finding import Judgement
from kpf.framework import framework
from kpf.model import Partnership, is_recorded
from kpf.rules.case import Case
from kpf.rules.dated import EACH, DatedFact, FactPlace, beginning, dated_facts, places, proposal_decided, trail_in
from kpf.rules.rule import rule

_Worked = Callable[[Partnership], list[DatedFact]]
_WORKED_OUT: Final[Mapping[tuple[str, ...], _Worked]] = MappingProxyType(
    {("began",): beginning, ("approval",): proposal_decided}
)
"""Facts that depend on several fields, by the name used in place of a path."""


class _Pair(NamedTuple):
    """Two dated facts, of which the second must not come before the first, and the message if it does.

    A path has the names of the fields down to the day. `*` stands for each entry: the same one in both paths where
    they share that step.
    """

    duties: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    says: str
    """The message, with {first} and {second} for the days and {name} for the last named entry in the path."""
    at_first: bool = False
    """Whether the finding points at the first fact."""


def _pair(first: str, second: str, says: str, *, at_first: bool = False) -> _Pair:
    paths = (tuple(first.split(".")), tuple(second.split(".")))
    duties = framework().part("facts-out-of-order", f"{first} before {second}")
    return _Pair(duties, *paths, says, at_first)


_LISTED: Final = ("on_the_list", "from")
_OF_A_SPELL: Final = {"on_the_list", "ended"}
_ONCE: Final = (
    _pair(
        "approval",
        "on_the_list.from",
        "It is on the list from {second}, before its proposal was decided ({first}).",
    ),
    _pair(
        "proposal.credit_check.*.on",
        "approval",
        "The credit check of {name} is dated {first}, after the proposal was decided ({second}).",
        at_first=True,
    ),
    _pair(
        "began",
        "reviews.*.completed",
        "The review is dated {second}, before the partnership began ({first}).",
    ),
    _pair(
        "reviews.*.completed",
        "reviews.*.decision.on",
        "The review was decided on {second}, before it was completed ({first}).",
    ),
    _pair(
        "reviews.*.decision.on",
        "reviews.*.decision.effective",
        "The decision on the review took effect on {second}, before it was made ({first}).",
    ),
    _pair(
        "reviews.*.decision.on",
        "reviews.*.decision.carried_out",
        "What the review decided was carried out on {second}, before it was decided ({first}).",
    ),
    _pair(
        "monitoring.changes.*.impact_assessment.on",
        "monitoring.changes.*.reported.on",
        "The impact assessment is dated {first}, after the change was reported ({second}).",
        at_first=True,
    ),
    _pair(
        "monitoring.changes.*.impact_assessment.on",
        "monitoring.changes.*.made",
        "The impact assessment is dated {first}, after the change was made ({second}).",
        at_first=True,
    ),
    _pair(
        "monitoring.changes.*.proposed",
        "monitoring.changes.*.reported.on",
        "The change was reported on {second}, before it was proposed ({first}).",
    ),
    _pair(
        "monitoring.changes.*.proposed",
        "monitoring.changes.*.made",
        "The change was made on {second}, before it was proposed ({first}).",
    ),
    _pair(
        "monitoring.data_errors.*.found",
        "monitoring.data_errors.*.told.*",
        "{name} was told of the error on {second}, before it was found ({first}).",
    ),
    _pair(
        "monitoring.data_errors.*.found",
        "monitoring.data_errors.*.put_right",
        "The error was put right on {second}, before it was found ({first}).",
    ),
    _pair(
        "half_years.*",
        "half_years.*.evidence_seen.on",
        "The figures were checked on {second}, before the period ended ({first}).",
    ),
    _pair(
        "began",
        "monitoring.arrangements.*.held.*.on",
        "A meeting is dated {second}, before the partnership began ({first}).",
    ),
    _pair(
        "began",
        "monitoring.governance_of_partners_checked.*.on",
        "The governance of a partner was checked on {second}, before the partnership began ({first}).",
    ),
    _pair(
        "on_the_list.from",
        "ended.on",
        "It ended on {second}, before it was on the list ({first}).",
    ),
    _pair(
        "on_the_list.decided",
        "on_the_list.from",
        "It is on the list from {second}, before that was decided ({first}).",
    ),
    _pair(
        "on_the_list.from",
        "ended.decided",
        "Its end was decided on {second}, before it was on the list ({first}).",
    ),
    _pair(
        "ended.decided",
        "ended.on",
        "It ended on {second}, before that was decided ({first}).",
    ),
    _pair(
        "ended.decided",
        "ended.exit_carried_out",
        "The exit was carried out on {second}, before the end was decided ({first}).",
    ),
    _pair(
        "agreement.starts",
        "ended.on",
        "It ended on {second}, before its agreement started ({first}).",
    ),
    _pair(
        "agreement.extension.decide_by",
        "agreement.ends",
        "Whether to extend the agreement is to be decided by {first}, after the agreement ends ({second}).",
        at_first=True,
    ),
    _pair(
        "half_years.*",
        "half_years.*.action_plans.*.by",
        "The action plan for {name} is to be done by {second}, before the period ended ({first}).",
    ),
)


def _of_a_return(pair: _Pair) -> _Pair:
    """Return `pair`, about the entry in the list or its end, for the other times that a partnership was on the list."""
    first, second = (
        ("listed_again", EACH, *(path if path[0] == "ended" else path[1:])) for path in (pair.first, pair.second)
    )
    return pair._replace(first=first, second=second)


_PAIRS: Final = (
    *_ONCE,
    *(_of_a_return(pair) for pair in _ONCE if {pair.first[0], pair.second[0]} <= _OF_A_SPELL),
)


class _Both(NamedTuple):
    """The two facts of a pair in a file."""

    pair: _Pair
    first: DatedFact
    second: DatedFact

    @property
    def out_of_order(self) -> bool:
        """Whether the second fact is certainly before the first, even if only a month is known of one."""
        return self.second.latest < self.first.earliest

    @property
    def name(self) -> str:
        """The name of the last entry in the path, empty if it passes through none."""
        steps = self.first.trail if self.pair.at_first else self.second.trail
        passed = self.pair.first if self.pair.at_first else self.pair.second
        return next((str(step) for step, token in zip(steps[::-1], passed[::-1], strict=False) if token == EACH), "")


def _pairs(case: Case) -> Iterator[tuple[_Both, Case]]:
    """Yield, for each pair in the file, all facts out of order; if none are, the first in order."""
    blank = {name for name, value in vars(case.partnership).items() if not is_recorded(value)}
    for pair in _PAIRS:
        if pair.second[0] in blank:
            continue  # most files record no end, and many no review
        if pair.second == _LISTED and _listed_from_the_start(case):
            continue
        kept: _Both | None = None
        broken = False
        for both in _both_days(pair, case.partnership):
            kept = kept or both
            if both.out_of_order:
                broken = True
                yield both, _about(both, case)
        if kept and not broken:
            yield kept, _about(kept, case)


def _listed_from_the_start(case: Case) -> bool:
    """Whether the entry in the list is as old as the framework, so that a proposal is for a later agreement."""
    adopted = case.council.framework.adopted
    listed = vars(case.partnership).get("on_the_list")
    since = vars(listed).get("from_") if listed else None
    return bool(adopted and since and since.earliest <= adopted.latest)


def _about(both: _Both, case: Case) -> Case:
    first, second = (".".join(map(str, fact.trail)) for fact in both[1:])
    return case.about(f"{first} before {second}").citing(*both.pair.duties)


def _both_days(pair: _Pair, partnership: Partnership) -> Iterator[_Both]:
    """Yield the two facts of `pair` for each entry that has both."""
    shared = _shared(pair)
    for place in places(FactPlace((), partnership), pair.second[:shared]):
        seconds = _facts(place, pair.second[shared:], partnership)
        if seconds:
            firsts = _facts(place, pair.first[shared:], partnership)
            yield from (_Both(pair, first, second) for second in seconds for first in firsts)


def _facts(place: FactPlace, path: tuple[str, ...], partnership: Partnership) -> list[DatedFact]:
    worked_out = _WORKED_OUT.get(path)
    return worked_out(partnership) if worked_out else dated_facts(place, path)


@cache
def _shared(pair: _Pair) -> int:
    """Return the number of steps that the paths of both facts share."""
    both = zip(pair.first, pair.second, strict=False)
    return sum(1 for _ in takewhile(lambda steps: steps[0] == steps[1], both))


@rule(
    each=_pairs,
    example="""
    monitoring:
      data_errors:
        - found: 2026-08-03
          what: Swims counted twice in July
          told: {Fellbrook Leisure Trust: 2026-08-01}
          put_right: 2026-08-10
    """,
)
def facts_out_of_order(both: _Both, case: Case) -> Judgement:
    """What has to come first is dated first: a credit check before the decision, a period before its report.

    Why: a check made after the decision did not inform it, and a date that cannot be right is no evidence.
    How to fix: correct the day that is wrong. If both are right, ask the Head of Governance what to do.
    """
    pair, first, second = both
    at = trail_in(case.own, first.trail if pair.at_first else second.trail)
    if not both.out_of_order:
        return case.met(at)
    message = pair.says.format(first=in_words(first.earliest), second=in_words(second.latest), name=both.name)
    fix = "Correct the day that is wrong. If both are right, ask the Head of Governance what to do."
    return case.not_met(at, message, fix)
