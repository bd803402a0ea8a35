"""Rules on new key partnerships: proposed to members, decided by them, in that order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kpf.dates import in_words
from kpf.finding import Judgement, Trail, Verdict
from kpf.model import Organisation, Stage
from kpf.model.answers import says_none
from kpf.model.decision import decided_nothing
from kpf.model.proposal import Proposal, ProposalDecision, Report
from kpf.rules.case import Case
from kpf.rules.deciding import doubt_about
from kpf.rules.rule import rule
from kpf.rules.subjects import at, organisations


@rule(
    each=organisations,
    example="""
    proposal: {credit_check: }
    """,
)
def credit_check_missing(partner: Organisation, case: Case) -> Judgement:
    """The proposal has a credit check of each partner that is not a public body.

    Why: the council's exposure to risk includes any issues raised by a commercial credit check.
    How to fix: under proposal: credit_check, write for each partner the day, who made it, the result and the issues.
    """
    proposal, trail = case.partnership.proposal, ("proposal", "credit_check")
    here = case.in_partnership()
    if proposal.is_blank:
        return here.reported_elsewhere("Nothing is recorded for `proposal`.")
    if (proposal.credit_check or {}).get(case.subject):
        return here.met((*trail, case.subject))
    if partner.is_public:
        return here.not_applicable(f"{case.subject} is a public body.")
    if partner.sector is None:
        return here.reported_elsewhere(f"kpf cannot tell until the sector of {case.subject} is written.")
    return here.not_recorded(
        trail,
        f"No credit check of {case.subject} is recorded.",
        f"Write under `credit_check`: {case.subject}: {{on: 2023-09-04, by: the post, result: low risk, issues: none}}",
    )


@rule(
    each=at("proposal"),
    example="""
    proposal: {decision: }
    """,
)
def begun_without_decision(proposal: Proposal, case: Case) -> Judgement:
    """No partnership is on the list or begins before members have decided on the proposal.

    Why: the framework wants a new key partnership approved by members before the council enters into it.
    How to fix: write the decision: {outcome: approved, by: the body, decided: ..., minute: ...}
    """
    last = proposal.last_decision()
    if last and proposal.approval():
        there = case.entry(case.subject, last[0], "decision")
        if last[1].outcome and last[1].effective is None:
            message = "Nothing is recorded for the day from which the approval could be acted on."
            return there.not_recorded((), message, "Write the day on which the time for call-in was over: effective: …")
        return there.met("decided", "minute", attested=True)
    agreement = case.partnership.agreement
    if case.partnership.stage(case.day) is Stage.PROPOSED and not agreement.signed:
        return case.not_applicable(f"{case.shared.framework.executive} has not approved it, and it has not begun.")
    if last:
        message = (
            f"The proposal was {last[1].outcome}{f' on {in_words(last[1].on)}' if last[1].on else ''}, "
            "and the agreement is signed, or the partnership has begun."
        )
        fix = (
            "If it was approved later, list that decision too, each after a dash. If not, tell the Head of Governance."
        )
        return case.entry(case.subject, last[0], "decision").not_met("outcome", message, fix)
    return case.not_recorded(
        "decision",
        "Nothing is recorded for `decision` in `proposal`, though the agreement is signed or has begun.",
        f"Write it: decision: {{outcome: approved, by: {case.shared.framework.executive}, decided: the day, "
        "minute: the minute}",
    )


def _the_last_decision(case: Case) -> Iterator[tuple[ProposalDecision, Case]]:
    """Yield the last decision. Earlier ones may be refusals or deferrals."""
    last = case.partnership.proposal.last_decision()
    if last:
        yield last[1], case.entry(case.subject, last[0], "proposal", "decision")


@rule(
    each=at("proposal", "report"),
    example="""
    proposal: {report: {to: Directors' meeting}}
    """,
)
def reported_to_somebody_else(report: Report, case: Case) -> Judgement:
    """The proposal for a key partnership goes to the body that approves it.

    Why: members need all the points of the proposal before them when they decide.
    How to fix: write the report that went there; if none did, take the proposal there.
    """
    if report.to is None:
        return case.reported_elsewhere("Nothing is recorded for whom the report went to.", "to")
    body = case.shared.framework.executive
    doubt = doubt_about(report.to, "approve partnerships", case)
    if doubt and doubt.verdict is Verdict.NOT_MET:
        return case.not_met(
            "to",
            f"The proposal was reported to “{report.to}”, not to {body}.",
            f"Write the report that went to {body}; if none did, take the proposal there.",
        )
    if doubt:
        return doubt.judged(case, "to")
    return case.met("to", "reference", attested=True)


@rule(
    each=_the_last_decision,
    example="""
    proposal: {decision: {by: Director of Communities}}
    """,
)
def approved_by_somebody_else(decision: ProposalDecision, case: Case) -> Judgement:
    """A new key partnership is approved by the body that decides on it.

    Why: the framework wants the proposal reported to and approved by members, not by an officer.
    How to fix: write the body's decision and its minute; if there was none, take the proposal there. A body
    that may approve in its place stands in _council.yaml under `bodies`.
    """
    if decision.by is None:
        return case.reported_elsewhere("Nothing is recorded for who decided.", "by")
    body = case.shared.framework.executive
    doubt = doubt_about(decision.by, "approve partnerships", case)
    if doubt and doubt.verdict is Verdict.NOT_MET:
        return case.not_met(
            "by",
            f"The partnership was decided on by “{decision.by}”, not by {body}.",
            f"Write the decision of {body}: by: {body}",
        )
    if doubt:
        return doubt.judged(case, "by")
    return case.met("by", "minute", attested=True)


@rule(
    each=_the_last_decision,
    example="""
    proposal: {decision: {minute: EC/23/114 (refused)}}
    """,
)
def minute_contradicts_the_approval(decision: ProposalDecision, case: Case) -> Judgement:
    """The minute of an approval does not speak of a refusal.

    Why: a proposal that was refused or deferred is not approved, whatever else the file says.
    How to fix: write what was decided: outcome: refused or outcome: deferred. If it was approved, correct the minute.
    """
    if decision.outcome is None or decision.minute is None:
        return case.reported_elsewhere("Nothing is recorded for the outcome or the minute.", "outcome")
    if decision.outcome == "approved" and decided_nothing(decision.minute):
        return case.not_met(
            "minute",
            f"The decision is recorded as approved, and its minute says “{decision.minute}”.",
            "Write what was decided: outcome: refused or outcome: deferred. If it was approved, correct the minute.",
        )
    return case.met("outcome", "minute")


@rule(
    each=at("proposal"),
    example="""
    proposal: {insurable_risks_responsibility: none}
    """,
)
def nobody_responsible_for_insurable_risks(proposal: Proposal, case: Case) -> Judgement:
    """Where a proposal names risks that can be insured, somebody is responsible for them.

    Why: a risk that nobody answers for is insured by nobody.
    How to fix: under insurable_risks_responsibility, write who is responsible for each risk and who owns it; none is
    right only where insurable_risks is none.
    """
    risks, responsible = proposal.insurable_risks, proposal.insurable_risks_responsibility
    if risks is None or responsible is None:
        return case.reported_elsewhere(
            "Nothing is recorded for the risks, or for who is responsible.", "insurable_risks"
        )
    if says_none(responsible) and not says_none(risks):
        return case.not_met(
            "insurable_risks_responsibility",
            f"`insurable_risks_responsibility` says “{responsible}”, but the proposal names insurable risks.",
            "Write who is responsible for them and who owns them.",
        )
    return case.met("insurable_risks", "insurable_risks_responsibility", attested=True)


@rule(
    each=at("proposal"),
    example="""
    proposal: {report: {by: Monitoring Officer}}
    """,
)
def proposer_approves(proposal: Proposal, case: Case) -> Judgement:
    """Whoever proposes a partnership does not approve its agreement.

    Why: the Head of Governance's approval is a second pair of eyes.
    How to fix: let another post propose or approve, and write which.
    """
    approver = (case.council.roles or {}).get("Head of Governance")
    proposer = proposal.report.by
    if approver is None or proposer is None:
        return case.reported_elsewhere("kpf cannot tell until both posts are written.", ("report", "by"))
    if approver == proposer:
        return case.not_met(
            ("report", "by"),
            f"The {proposer} proposed the partnership and also approves agreements as Head of Governance.",
            "Let another post propose or approve it.",
        )
    return case.met(("report", "by"))


@dataclass(frozen=True, slots=True)
class _Step:
    words: str
    day: date
    trail: Trail


def _neighbours(case: Case) -> Iterator[tuple[tuple[_Step, _Step], Case]]:
    """Yield each pair of consecutive recorded steps."""
    proposal, agreement = case.partnership.proposal, case.partnership.agreement
    report = proposal.report.date
    position, decision = proposal.last_decision() or (0, None)
    path = case.entry(case.subject, position, "proposal", "decision").trail
    decided, effective = (decision.on, decision.effective) if decision else (None, None)
    days: list[tuple[str, date | None, Trail]] = [
        ("report on the proposal", report, ("proposal", "report", "date")),
        ("decision", decided, (*path, "decided")),
        ("day on which the decision took effect", effective, (*path, "effective")),
        (
            "approval by the Head of Governance",
            agreement.approved_by_head_of_governance,
            ("agreement", "approved_by_head_of_governance"),
        ),
        ("signature", agreement.signed, ("agreement", "signed")),
        ("start", agreement.starts, ("agreement", "starts")),
        ("end", agreement.ends, ("agreement", "ends")),
    ]
    steps = [_Step(words, day, trail) for words, day, trail in days if day is not None]
    for earlier, later in pairwise(steps):
        yield (earlier, later), case.about(f"{earlier.words} before {later.words}")


@rule(
    each=_neighbours,
    example="""
    agreement: {signed: 2024-04-20}
    """,
)
def dates_out_of_order(steps: tuple[_Step, _Step], case: Case) -> Judgement:
    """Report, decision, approval, signature, start and end follow one another in this order.

    Why: an agreement that is signed before it is approved binds the council before anybody has looked at it.
    How to fix: correct the date that is wrong. If both are right, tell the Head of Governance.
    """
    earlier, later = steps
    if later.day < earlier.day:
        message = (
            f"The {later.words} ({in_words(later.day)}) comes before the {earlier.words} ({in_words(earlier.day)})."
        )
        return case.not_met(
            later.trail, message, "Correct the date that is wrong. If both are right, tell the Head of Governance."
        )
    return case.met(earlier.trail, later.trail)
