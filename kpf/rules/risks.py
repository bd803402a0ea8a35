"""Rules on risk management: a joint register of risks and opportunities."""

from collections.abc import Iterator
from typing import NamedTuple

from kpf.dates import in_words, last_day_of
from kpf.document.wording import all_of
from kpf.finding import FindingKind, Judgement
from kpf.model.risks import Risk, Risks
from kpf.model.values import TOPICS
from kpf.obligations.obligation import Obligation, ObligationState
from kpf.obligations.partners import risk_register
from kpf.rules.case import Case
from kpf.rules.rule import rule
from kpf.rules.subjects import at, entries, partners


@rule(
    each=entries("risks", "entries"),
    example="""
    risks: {entries: {income-falls: {opportunity: More visits.}}}
    """,
)
def neither_risk_nor_opportunity(entry: Risk, case: Case) -> Judgement:
    """Each entry of the register is either a risk or an opportunity.

    Why: what could go wrong and what could go better are managed in different ways.
    How to fix: write risk: or opportunity: with what could happen, and only one of them.
    """
    if entry.risk and entry.opportunity:
        return case.not_met(
            "opportunity", "This entry is both a risk and an opportunity.", "Split it into two entries."
        )
    if not entry.risk and not entry.opportunity:
        return case.not_recorded(
            (),
            f"The file does not say what could happen in `{case.subject}`.",
            "Write risk: or opportunity: with what could happen.",
        )
    return case.met("risk" if entry.risk else "opportunity")


@rule(
    each=at("risks"),
    example="""
    risks: {entries: {solar-roofs: {opportunity: , risk: The panels cost more than they save., impact: 2}}}
    """,
)
def no_opportunity_considered(risks: Risks, case: Case) -> Judgement:
    """The register holds opportunities as well as risks, or says that none were found.

    Why: working together can reduce risks and open chances; the framework asks for both.
    How to fix: add an entry with opportunity: and what could go better. If the partners looked for opportunities and
    found none, write opportunities_considered: none
    """
    if not risks.entries:
        return case.reported_elsewhere("No risk is listed.")
    recorded = [entry for entry in risks.entries.values() if entry]
    listed, none_found = any(entry.opportunity for entry in recorded), risks.opportunities_considered
    if not listed and not none_found:
        return case.not_recorded(
            "entries",
            "The risk register lists no opportunity.",
            "Add an entry with opportunity: and what could go better. If the partners considered opportunities and "
            "found none, write: opportunities_considered: none",
        )
    if not any(entry.risk for entry in recorded):
        return case.not_recorded(
            "entries", "The risk register lists no risk.", "Add an entry with risk: and what could go wrong."
        )
    if listed and none_found:
        message = "`opportunities_considered` says none, but the risk register lists an opportunity."
        return case.hint("opportunities_considered", message, "Delete the line: opportunities_considered: none")
    return case.met("entries") if listed else case.met("opportunities_considered", attested=True)


@rule(
    each=at("risks"),
    example="""
    risks:
      entries:
        income-falls: {owners: [Leisure Contracts Manager]}
        plant-fails: {owners: [Leisure Contracts Manager]}
        solar-roofs: {owners: [Leisure Contracts Manager]}
    """,
)
def risks_owned_by_one_side(risks: Risks, case: Case) -> Judgement:
    """Both the council and a partner own risks in the register.

    Why: a joint register is one in which both sides have something to do.
    How to fix: under `owners`, name the partner's post with its organisation:
    "Chief Executive, Fellbrook Leisure Trust"
    """
    owners = [owner for entry in (risks.entries or {}).values() if entry for owner in entry.owners or () if owner]
    if not risks.entries:
        return case.reported_elsewhere("No risk is listed.")
    named = [partner for partner, _ in partners(case)]
    if any(entry and not any(entry.owners or ()) for entry in risks.entries.values()):  # may be the other side's
        return case.reported_elsewhere("Some risks have no owner recorded.", "entries")
    of_partners = [owner for owner in owners if any(partner.casefold() in owner.casefold() for partner in named)]
    if not of_partners:
        return case.not_met(
            "entries",
            "No partner owns a risk in the joint register.",
            f'Under `owners`, name a post with its organisation: "Chief Executive, {named[0]}"',
        ).in_part()
    if len(of_partners) == len(owners):
        fix = "Under `owners`, name a post of the council."
        return case.not_met("entries", "The council owns no risk in the joint register.", fix).in_part()
    return case.met("entries")


@rule(
    each=partners,
    example="""
    risks: {agreed: {Fellbrook Leisure Trust: , the council: 2026-05-12}}
    """,
)
def risks_not_agreed(partner: str, case: Case) -> Judgement:
    """Each partner has agreed the joint risk register, on a day that is recorded, and as often as was agreed.

    Why: the register is set up between the council and its partners; a list that one side wrote is not joint.
    How to fix: under risks: agreed, write the partner and the day. Where agreed_every says how often, add each new day.
    """
    risks = case.partnership.risks
    if risks.agreed is None:
        return case.reported_elsewhere("Nothing is recorded for `agreed`.")
    trail = ("risks", "agreed")
    last = last_day_of(risks.agreed.get(partner))
    if last:
        owed = risk_register(case.facts, partner)
        if isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
            message = (
                f"{partner} last agreed the risk register on {in_words(last)}, more than {risks.agreed_every} ago."
            )
            fix = "Go through the register together, then add the day."
            return case.not_met((*trail, partner), message, fix, kind=FindingKind.CLOCK)
        return case.met((*trail, partner))
    return case.not_recorded(
        trail, f"{partner} is not recorded as having agreed the risk register.", f"Write under it: {partner}: the day"
    )


class _RiskTopic(NamedTuple):
    """A governance topic, the risk that it belongs to if any, and all topics that were not considered."""

    risks: Risks
    of_risk: str | None
    missing: tuple[str, ...]


def _topics_of_risk(case: Case) -> Iterator[tuple[_RiskTopic, Case]]:
    risks = case.partnership.risks
    if not risks.is_blank:
        risky = [(name, entry.topics or ()) for name, entry in (risks.entries or {}).items() if entry]
        of_risk = {topic: next((name for name, topics in risky if topic in topics), None) for topic in TOPICS}
        considered = risks.considered_no_risk or ()
        missing = tuple(topic for topic in TOPICS if not of_risk[topic] and topic not in considered)
        for topic in TOPICS:
            yield _RiskTopic(risks, of_risk[topic], missing), case.about(topic, "risks")


@rule(
    each=_topics_of_risk,
    example="""
    risks:
      considered_no_risk:
        [code_of_conduct, whistleblowing, anti_fraud, equality, data_quality, risk_management, safeguarding_children]
    """,
)
def topic_not_considered(topic: _RiskTopic, case: Case) -> Judgement:
    """Each of the 15 governance topics belongs to a risk, or was considered and found to hold none.

    Why: the people who fill in the register should think of each topic.
    How to fix: name the topic under `topics` of a risk, or under considered_no_risk.
    """
    if topic.of_risk:
        return case.met(("entries", topic.of_risk, "topics"))
    if case.subject not in topic.missing:
        return case.met("considered_no_risk", attested=True)
    if not topic.risks.entries:
        return case.reported_elsewhere("No risk is listed.")
    words = all_of([name.replace("_", " ") for name in topic.missing])
    message = f"It is not recorded whether there are any risks to do with {words}."
    if case.subject != topic.missing[0]:
        return case.reported_elsewhere(message, "considered_no_risk")
    fix = "Name each topic under `topics` of a risk. If you considered them and found none, write: considered_no_risk: "
    return case.not_recorded("considered_no_risk", message, f"{fix}[{', '.join(topic.missing)}]")
