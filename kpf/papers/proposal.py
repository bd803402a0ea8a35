"""The facts of the paper that proposes a key partnership."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpf.check.stream import JudgedFile
from kpf.dates import HalfYear
from kpf.model import Organisation
from kpf.model.proposal import CreditCheck, Proposal, ProposalDecision
from kpf.papers.account import Account, account
from kpf.papers.blanks import Blank, unless_none
from kpf.papers.common import Common, Sources, common, written_by
from kpf.papers.public import Shown
from kpf.papers.subject import Subject, subject_of


@dataclass(frozen=True, slots=True)
class CreditChecked:
    """The commercial credit check of one partner. Exempt."""

    partner: str
    on: date | Blank
    by: str | Blank
    result: str | Blank
    issues: str | Blank
    """Empty where it is recorded that it raised nothing."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """The facts of the proposal."""

    common: Common
    meeting: date | Blank
    """The meeting that the paper is for: the one it went to, or the next where that deferred the decision."""
    partnership: Account
    executive_member: str | Blank
    reported_on: date | None
    """The day of the meeting that the report went to, where that is recorded."""
    is_open: bool
    """Whether a decision is still to be made: none is recorded, or it was deferred."""
    reference: str
    """Where that report can be found; empty where nothing says so."""
    outcome: str
    """approved, refused or deferred; empty where it is not recorded."""
    decided_on: date | None
    decided_by: str
    minute: str
    effective: date | None
    """The day from which the decision could be acted on."""
    consultation_and_procurement: str | Blank
    impact_on_priorities: str | Blank
    exposure_to_risk: str | Blank
    """Exempt."""
    credit_checks: tuple[CreditChecked, ...]
    """Exempt."""
    public_bodies: tuple[str, ...]
    """Partners that need no credit check."""
    structure: str | Blank
    reasons_for_structure: str | Blank
    cost: Decimal | Blank
    """In pounds a year."""
    staff_time: str | Blank
    insurable_risks: str | Blank
    """Exempt; empty where it is recorded that there are none."""
    insurable_risks_responsibility: str | Blank
    """Exempt."""
    governance_and_risk_management: str | Blank
    terms_of_reference: str | Blank
    member_accountability: str | Blank
    officer_accountability: str | Blank
    fitness_for_purpose: str | Blank
    value_for_money: str | Blank
    added_value: str | Blank


def proposed(file: JudgedFile, shown: Shown, made_from: Sources) -> Proposed:
    """Return the facts of the proposal of the partnership in `file` that are `shown`."""
    about = subject_of(file, shown, HalfYear.around(shown.day))
    proposal = about.proposal
    last = proposal.last_decision()
    report, decision = proposal.report, last[1] if last else ProposalDecision()

    def text(name: str) -> str | Blank:
        return about.gaps.text_or_blank(getattr(proposal, name), "proposal", name)

    partnership = account(about)
    said = written_by(common(shown, made_from, of_a_decision=True), report.by or partnership.manager)
    is_open = decision.outcome in {None, "deferred"} and (decision.on is None or decision.outcome == "deferred")
    return Proposed(
        common=said,
        meeting=said.meeting if report.date is None or decision.outcome == "deferred" else report.date,
        is_open=is_open,
        partnership=partnership,
        executive_member=about.gaps.or_blank(about.partnership.executive_member, "executive_member"),
        reported_on=report.date,
        reference=report.reference or "",
        outcome=decision.outcome or "",
        decided_on=decision.on,
        decided_by=decision.by or "",
        minute=decision.minute or "",
        effective=decision.effective,
        consultation_and_procurement=text("consultation_and_procurement"),
        impact_on_priorities=text("impact_on_priorities"),
        exposure_to_risk=text("exposure_to_risk"),
        credit_checks=tuple(_credit_checks(about, proposal, shown.organisations)),
        public_bodies=tuple(
            partner
            for partner in about.partnership.partners or ()
            if partner and _is_public(partner, shown.organisations)
        ),
        structure=text("structure"),
        reasons_for_structure=text("reasons_for_structure"),
        cost=about.gaps.or_blank(proposal.cost, "proposal", "cost"),
        staff_time=text("staff_time"),
        insurable_risks=unless_none(text("insurable_risks")),
        insurable_risks_responsibility=text("insurable_risks_responsibility"),
        governance_and_risk_management=text("governance_and_risk_management"),
        terms_of_reference=about.gaps.or_blank(proposal.terms_of_reference, "proposal", "terms_of_reference"),
        member_accountability=text("member_accountability"),
        officer_accountability=text("officer_accountability"),
        fitness_for_purpose=text("fitness_for_purpose"),
        value_for_money=text("value_for_money"),
        added_value=text("added_value"),
    )


def _is_public(partner: str, organisations: Mapping[str, Organisation]) -> bool:
    organisation = organisations.get(partner)
    return organisation is not None and organisation.is_public


def _credit_checks(
    about: Subject, proposal: Proposal, organisations: Mapping[str, Organisation]
) -> Iterator[CreditChecked]:
    """Yield the credit check of each partner that is not a public body."""
    for partner in about.partnership.partners or ():
        if partner is None or _is_public(partner, organisations):
            continue
        check = (proposal.credit_check or {}).get(partner) or CreditCheck()
        place = ("proposal", "credit_check", partner)
        yield CreditChecked(
            partner,
            about.gaps.or_blank(check.on, *place, "on", of=partner),
            about.gaps.or_blank(check.by, *place, "by", of=partner),
            about.gaps.or_blank(check.result, *place, "result", of=partner),
            unless_none(about.gaps.or_blank(check.issues, *place, "issues", of=partner)),
        )
