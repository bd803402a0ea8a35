"""Recurring checks of each partner: its governance, and its strength and stability."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kpf.dates import HalfYear, Interval, in_words, last_time
from kpf.model import Council
from kpf.model.choices import YEARLY
from kpf.model.organisations import Stability
from kpf.obligations.asking import (
    BEGAN,
    PartnershipFacts,
    asked_since,
    halves_owed,
    never_done,
    owner_of,
    role,
    shares_no_data,
)
from kpf.obligations.obligation import (
    FieldReference,
    Holder,
    Obligation,
    Owed,
    Task,
    Undated,
    What,
    each_time,
    latest_of,
    repeated,
)

_FINANCE: Final = "Statutory Finance Officer"


def governance_check(facts: PartnershipFacts, partner: str) -> Owed:
    """The manager's next check that the partner's governance still works."""
    monitoring = facts.partnership.monitoring
    checks = monitoring.governance_of_partners_checked or ()
    trail = ("monitoring", "governance_of_partners_checked")
    days = [
        ((*trail, position, "on"), check.on)
        for position, check in enumerate(checks)
        if check and check.partner == partner and check.on
    ]
    action = f"Check that the governance of {partner} still works."
    task = What.GOVERNANCE.task(action, owner_of(facts.partnership), partner, chosen=True)
    return repeated(
        task,
        check_every(facts.council),
        latest_of(days),
        asked_since(facts.partnership, facts.council),
        write="monitoring: governance_of_partners_checked",
        missing=FieldReference(trail),
    )


def risk_register(facts: PartnershipFacts, partner: str) -> Owed | None:
    """The next time a partner agrees the joint risk register; None if the partnership has set no interval."""
    risks = facts.partnership.risks
    agreed = risks.agreed or {}
    every = risks.agreed_every
    if every is None or not last_time(agreed.get(partner)):
        return None
    trail = ("risks", "agreed", partner)
    task = What.RISKS.task(f"Go through the joint risk register with {partner}.", owner_of(facts.partnership), partner)
    done = latest_of(each_time(trail, agreed[partner]))
    return repeated(task, every, done, None, write="risks: agreed", missing=FieldReference(trail))


def check_every(council: Council) -> Interval:
    """How often each partner's governance is checked: the council's choice, else yearly."""
    return council.local_choices.check_of_partners_governance or YEARLY


def assessments(facts: PartnershipFacts, partner: str) -> Iterator[Owed]:
    """The assessments of the partner's strength and stability that are still owed. Public bodies are not assessed.

    An assessment for a later half-year counts for the earlier ones, so only the last of several overdue is owed.
    """
    organisation = facts.organisations[partner]
    if organisation.is_public:
        return
    assessed = [entry for entry in organisation.strength_and_stability or () if entry]
    since = asked_since(facts.partnership, facts.council)
    gap = Undated(
        _assess(facts, partner, assessed, f"each {facts.framework.periods.noun}"),
        "strength_and_stability",
        FieldReference((partner, "strength_and_stability"), Holder.ORGANISATIONS),
    )
    if organisation.sector is None and not assessed:
        yield replace(gap, write="sector", missing=FieldReference((partner, "sector"), Holder.ORGANISATIONS))
        return
    if since is None:
        yield replace(gap, write="on_the_list: from", missing=BEGAN)
        return
    done = max((entry.half_year for entry in assessed if entry.half_year), default=None)
    halves = halves_owed(facts, lambda half: done is not None and half <= done)
    if halves.overdue and not assessed:
        yield never_done(gap, since, halves, halves.overdue[0].ends, facts.council)
    for half in (*halves.overdue[-1:], *halves.open) if assessed else halves.open:
        yield Obligation(
            _assess(facts, partner, assessed, halves.periods.name(half)),
            half.ends,
            (since.source,),
            f"{halves.periods.name(half)} ends on {in_words(half.ends)}",
            cycle=str(half),
            late_after=half.ends,
            overdue_after=halves.periods.after(half).ends,
        )


def _assess(facts: PartnershipFacts, partner: str, assessed: list[Stability], when: str) -> Task:
    action = f"Assess the strength and stability of {partner} for {when}."
    return What.ASSESSMENT.task(action, _assessor(assessed, facts.council), partner)


def information(facts: PartnershipFacts, partner: str) -> Owed | None:
    """The day the latest assessment's information becomes too old; None without one, or for a public body."""
    organisation = facts.organisations[partner]
    assessed = [
        (position, entry)
        for position, entry in enumerate(organisation.strength_and_stability or ())
        if entry and entry.half_year
    ]
    if organisation.is_public or not assessed:
        return None
    position, latest = max(assessed, key=lambda pair: pair[1].half_year or HalfYear(0, 1))
    source = FieldReference((partner, "strength_and_stability", position, "information_of"), Holder.ORGANISATIONS)
    action = f"Get newer information on the strength and stability of {partner}."
    owner = _assessor([latest], facts.council)
    task = What.INFORMATION.task(action, owner, partner, chosen=True)
    if latest.information_of is None:
        return Undated(task, "strength_and_stability: information_of", source)
    every = information_lasts(facts.council)
    why = f"{every} after {in_words(latest.information_of)}, the day that it describes"
    return Obligation(task, every.after(latest.information_of), (source,), why, cycle=str(latest.half_year))


def information_lasts(council: Council) -> Interval:
    """How old the information behind a rating may be: the council's choice, else a year."""
    return council.local_choices.stability_information_no_older_than or YEARLY


def _assessor(assessed: list[Stability], council: Council) -> str:
    """The post that made the last assessment, else the one that is responsible for the council's finances."""
    posts = [entry.assessed.by for entry in assessed if entry.assessed and entry.assessed.by]
    return posts[-1] if posts else role(council, _FINANCE)


def nobody_named(facts: PartnershipFacts) -> Iterator[Owed]:
    """Yield, without a date, the tasks that concern each partner, if no partner is recorded."""
    if not any(facts.partnership.partners or ()):
        missing = FieldReference(("partners",))
        owner = owner_of(facts.partnership)
        action = "Check that the governance of each partner still works."
        yield Undated(What.GOVERNANCE.task(action, owner), "partners", missing)
        yield Undated(_assess(facts, "each partner", [], f"each {facts.framework.periods.noun}"), "partners", missing)
        if shares_no_data(facts.partnership):
            return
        action = "Have each partner sign the data quality charter."
        yield Undated(What.CHARTER.task(action, owner), "partners", missing)
