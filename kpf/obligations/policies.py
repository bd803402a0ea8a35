"""Documents of partners that are out of date because the council's policy has a newer version."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kpf.dates import in_words, last_time
from kpf.model import Council
from kpf.model.policies import Policies
from kpf.model.values import TOPICS
from kpf.obligations.asking import PartnershipFacts, began, owner_of, shares_no_data
from kpf.obligations.obligation import FieldReference, Holder, Obligation, Owed, Task, What, once

WITH_POLICY: Final = tuple(topic for topic in TOPICS if topic in Policies.model_fields)
"""The governance topics on which the council has a policy, of the same name."""


@dataclass(frozen=True, slots=True)
class Newest:
    """The current version of a policy."""

    policy: str
    version: str
    since: date
    source: FieldReference

    @property
    def in_words(self) -> str:
        """The version and the day from which it applies, in words."""
        version = f"version {self.version}" if self.version else "a newer version"
        return f"{version} has applied since {in_words(self.since)}"


def newest(council: Council, policy: str) -> Newest | None:
    """The current version of `policy`; None if the register does not say."""
    versions = getattr(council.policies, policy)
    dated = [
        (entry.from_, position, entry.version or "")
        for position, entry in enumerate(versions or ())
        if entry and entry.from_
    ]
    if not dated:
        return None
    since, position, version = max(dated)
    return Newest(policy, version, since, FieldReference(("policies", policy, position, "from"), Holder.COUNCIL))


def procedures(facts: PartnershipFacts, partner: str) -> Owed | None:
    """The task of sending a partner the current procedures against fraud; None if that is done."""
    agreement = facts.partnership.agreement
    section = agreement.anti_fraud
    sent = last_time((section.procedures_sent or {}).get(partner))
    trail = ("agreement", "anti_fraud", "procedures_sent")
    action = f"Send {partner} the council's procedures against fraud."
    task = What.PROCEDURES.task(action, owner_of(facts.partnership), partner)
    if section.not_applicable:
        return None
    if sent is None:
        return once(task, began(facts.partnership), "agreement: anti_fraud: procedures_sent", FieldReference(trail))
    position, day = sent
    source = FieldReference((*trail, partner, position))
    return _again(task, day, source, newest(facts.council, "anti_fraud"), facts.council)


def charter(facts: PartnershipFacts, partner: str) -> Owed | None:
    """The task of having a partner sign the current data quality charter; None if nothing is due."""
    if shares_no_data(facts.partnership):
        return None
    action = f"Have {partner} sign the data quality charter."
    task = What.CHARTER.task(action, owner_of(facts.partnership), partner)
    trail = (partner, "data_quality_charter_signed")
    signed = last_time(facts.organisations[partner].data_quality_charter_signed)
    if signed is None:
        missing = FieldReference(trail, Holder.ORGANISATIONS)
        return once(task, began(facts.partnership), "data_quality_charter_signed", missing)
    position, day = signed
    source = FieldReference((*trail, position), Holder.ORGANISATIONS)
    return _again(task, day, source, newest(facts.council, "data_quality_charter"), facts.council)


def assurance(facts: PartnershipFacts, topic: str) -> Owed | None:
    """The task of getting an assurance on one topic for the current version of the policy; None if there is one.

    A later assurance from the same partner on the topic counts too.
    """
    partnership = facts.partnership
    section = vars(partnership.agreement).get(topic)
    names = (section.assurance if section and not section.not_applicable else None) or ()
    owed = [_assurance(facts, topic, name) for name in names if name]
    return min((one for one in owed if one), key=lambda one: one.due, default=None)


def _assurance(facts: PartnershipFacts, topic: str, name: str) -> Obligation | None:
    """The same for one of the assurances named for the topic."""
    partnership = facts.partnership
    given = (partnership.assurances or {}).get(name)
    if given is None or given.on is None or topic not in WITH_POLICY:
        return None
    latest = max(
        (
            (other.on, key)
            for key, other in (partnership.assurances or {}).items()
            if other and other.on and other.from_ == given.from_ and (other.says or {}).get(topic)
        ),
        default=(given.on, name),
    )
    on, key = max(latest, (given.on, name))
    action = f"Ask {given.from_ or 'the partner'} for a new assurance on {topic.replace('_', ' ')}."
    task = What.ASSURANCE.task(action, owner_of(partnership), topic)
    return _again(task, on, FieldReference(("assurances", key, "on")), newest(facts.council, topic), facts.council)


def _again(task: Task, day: date, source: FieldReference, now: Newest | None, council: Council) -> Obligation | None:
    """The obligation to repeat what was done on `day`, if the policy has had a newer version since; None otherwise."""
    if now is None or day >= now.since:
        return None
    allowed = council.local_choices.new_policy_versions_passed_on_within
    due = allowed.after(now.since) if allowed else now.since
    within = f", and is passed on within {allowed}" if allowed else ""
    why = f"{now.in_words}{within}; last done on {in_words(day)}"
    return Obligation(task, due, (now.source, source), why, cycle=now.version, opens=now.since)
