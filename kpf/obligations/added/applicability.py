"""Whether a duty that a council adds applies to a partnership: a closed list of conditions."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from kpf.dates import in_words
from kpf.edition.edition import AddedDuty
from kpf.model import Stage
from kpf.model.agreement import Agreement
from kpf.model.edition import AppliesTo
from kpf.model.written import pounds
from kpf.obligations.asking import PartnershipFacts, first_day_asked, worth_over_its_life


class Applicability(NamedTuple):
    """Whether a duty applies: False with the reason, or None with the question to be answered first."""

    applies: bool | None
    reason: str = ""


_YES: Final = Applicability(applies=True)
_SCOPE: Final = {
    "delivers": "delivers_council_services",
    "children": "involves_children",
    "adults": "involves_vulnerable_adults",
    "funding": "significant_funding_for_children",
    "supplies": "partner_supplies_data",
}
"""The names of questions in `AppliesTo`, and of the same questions in `scope`."""


def _no(reason: str) -> Applicability:
    return Applicability(applies=False, reason=reason)


def _unclear(field: str) -> Applicability:
    return Applicability(applies=None, reason=f"kpf cannot tell until `{field}` is recorded.")


def asked_of(duty: AddedDuty, facts: PartnershipFacts, stage: Stage) -> Applicability:
    """Whether `duty` applies to a partnership at this `stage`: all conditions have to be met. Raises `Unreadable`."""
    return _worst([*_answers(duty, facts, stage), *filter(None, [_run_for(duty.applies, facts)])])


def asked_in_time(duty: AddedDuty, facts: PartnershipFacts, stage: Stage) -> Applicability:
    """The same, regardless of how long the partnership has run. Raises `Unreadable`."""
    return _worst(list(_answers(duty, facts, stage)))


def _worst(answers: list[Applicability]) -> Applicability:
    for wanted in (False, None):
        found = next((answer for answer in answers if answer.applies is wanted), None)
        if found:
            return found
    return _YES


def _answers(duty: AddedDuty, facts: PartnershipFacts, stage: Stage) -> Iterator[Applicability]:
    if duty.from_ and facts.day < duty.from_:
        yield _no(f"It is asked for from {in_words(duty.from_)}.")
    if duty.until and facts.day > duty.until:
        yield _no(f"It was asked for until {in_words(duty.until)}.")
    stages = [one for one in duty.applies.stage or () if one] or [Stage.RUNNING.value]
    if stage.value not in stages:
        yield _no(f"It is not asked of a partnership that {_STAGES[stage]}.")
    for condition in _CONDITIONS:
        answer = condition(duty.applies, facts)
        if answer is not None:
            yield answer


_STAGES: Final = {
    Stage.PROPOSED: "is only proposed",
    Stage.APPROVED: "is approved and has not begun",
    Stage.RUNNING: "is running",
    Stage.ENDED: "has ended",
}


def _named(wanted: AppliesTo, facts: PartnershipFacts) -> Applicability | None:
    named = [name for name in wanted.partnership or () if name]
    if not named:
        return None
    name = facts.partnership.name
    if name is None:
        return _unclear("name")
    same = {" ".join(one.casefold().split()) for one in named}
    return None if " ".join(name.casefold().split()) in same else _no(f"It is asked of: {', '.join(named)}.")


def _kind(wanted: AppliesTo, facts: PartnershipFacts) -> Applicability | None:
    kinds = [kind for kind in wanted.kind or () if kind]
    if not kinds:
        return None
    kind = facts.partnership.kind
    if kind is None:
        return _unclear("kind")
    return None if kind in kinds else _no(f"It is asked of: {', '.join(kinds)}. This partnership is: {kind}.")


def _sector(wanted: AppliesTo, facts: PartnershipFacts) -> Applicability | None:
    sectors = [sector for sector in wanted.sector or () if sector]
    if not sectors:
        return None
    partners = [partner for partner in facts.partnership.partners or () if partner and partner != facts.council.council]
    listed = [facts.organisations.get(partner) for partner in partners]
    if any(organisation and organisation.sector in sectors for organisation in listed):
        return None
    if not listed or any(organisation is None or organisation.sector is None for organisation in listed):
        return _unclear("partners" if not listed else "sector")
    return _no(f"No partner belongs to the {' or '.join(sectors)} sector.")


def _scope(wanted: AppliesTo, facts: PartnershipFacts) -> Applicability | None:
    unclear: Applicability | None = None
    for name, key in _SCOPE.items():
        answer = getattr(wanted, name)
        if answer is None:
            continue
        said = getattr(facts.partnership.scope, key)
        if said is None:
            unclear = unclear or _unclear(f"scope.{key}")
        elif said is not answer:
            return _no(f"`scope.{key}` says {'yes' if said else 'no'}.")
    return unclear


def _value(wanted: AppliesTo, facts: PartnershipFacts) -> Applicability | None:
    if wanted.value_over is None:
        return None
    worth = _worth(facts.partnership.agreement, wanted.value_over)
    if worth is None:
        return _unclear("agreement.value.whole_life")
    if worth > wanted.value_over:
        return None
    return _no(f"It is asked for above {pounds(wanted.value_over)}; this agreement is worth {pounds(worth)}.")


def _worth(agreement: Agreement, limit: Decimal) -> Decimal | None:
    """The agreement's value in pounds over its whole life; None if too little is recorded to compare with `limit`."""
    whole, yearly = worth_over_its_life(agreement), agreement.value.yearly
    if whole is not None or yearly is None:
        return whole
    return yearly if yearly > limit else None


def _began(wanted: AppliesTo, facts: PartnershipFacts) -> Applicability | None:
    if wanted.began_after is None:
        return None
    agreement = facts.partnership.agreement
    began: date | None = agreement.signed or agreement.starts
    if began is None:
        return _unclear("agreement.signed")
    if began > wanted.began_after:
        return None
    return _no(
        f"It is asked of agreements made after {in_words(wanted.began_after)}, and this is of {in_words(began)}."
    )


def _run_for(wanted: AppliesTo, facts: PartnershipFacts) -> Applicability | None:
    """Whether the partnership has run for long enough that a blank is a finding."""
    if wanted.running_for is None:
        return None
    since = first_day_asked(facts.partnership, facts.council)
    if since is None:
        return _unclear("agreement.starts")
    first = wanted.running_for.after(since)
    return None if first < facts.day else _no(f"The first time is due by {in_words(first)}.")


_CONDITIONS: Final[tuple[Callable[[AppliesTo, PartnershipFacts], Applicability | None], ...]] = (
    _named,
    _kind,
    _sector,
    _scope,
    _value,
    _began,
)
