"""Establishing new key partnerships: proposed to Executive Cabinet, decided there, and in that order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kpf.dates import in_words
from kpf.finding import Judgement, Trail
from kpf.model import Organisation, Stage
from kpf.model.proposal import Decision, Proposal, Report
from kpf.rules.case import Case
from kpf.rules.rule import rule
from kpf.rules.subjects import at, organisations


def is_cabinet(body: str) -> bool:
    """Whether `body` is Executive Cabinet, whatever stands before the word; an officer's title goes on after it."""
    return body.casefold().endswith("cabinet")


@rule(
    "NEW-3c",
    "MGR-1",
    each=organisations,
    example="""
    proposal: {credit_check: }
    """,
)
def credit_check_missing(partner: Organisation, case: Case) -> Judgement:
    """The proposal tells of a credit check of each partner that is not a public body.

    Why: the council's exposure to risk includes what a commercial credit check raises.
    How to fix: under proposal: credit_check, write for each partner the day, who made it, the result and the issues.
    """
    proposal, trail = case.partnership.proposal, ("proposal", "credit_check")
    here = case.in_partnership()
    if proposal is None:
        return here.told_elsewhere("Nothing is recorded for `proposal`.")
    if (proposal.credit_check or {}).get(case.subject):
        return here.met((*trail, case.subject))
    if partner.sector == "public":
        return here.not_applicable(f"{case.subject} is a public body.")
    if partner.sector is None:
        return here.told_elsewhere(f"kpf cannot tell until the sector of {case.subject} is written.")
    return here.not_known(
        trail,
        f"No credit check of {case.subject} is recorded.",
        f"Write under `credit_check`: {case.subject}: {{on: 2023-09-04, by: the post, result: low risk, issues: none}}",
    )


@rule(
    "NEW-2",
    each=at("proposal"),
    example="""
    proposal: {decision: }
    """,
)
def begun_without_decision(proposal: Proposal, case: Case) -> Judgement:
    """No partnership is on the list or begins before Executive Cabinet has decided on the proposal.

    Why: the framework wants a new key partnership approved by Executive Cabinet before the council enters into it.
    How to fix: write the decision: {by: Executive Cabinet, decided: ..., effective: ..., minute: ...}
    """
    if proposal.decision:
        return case.met(("decision", "decided"), ("decision", "minute"), attested=True)
    agreement = case.partnership.agreement
    if case.partnership.stage(case.day) is Stage.PROPOSED and not (agreement and agreement.signed):
        return case.not_applicable("Executive Cabinet has not decided on it yet, and it has not begun.")
    return case.not_known(
        "decision",
        "Nothing is recorded for `decision` in `proposal`, though the agreement is signed or has begun.",
        "Write it: decision: {by: Executive Cabinet, decided: the day, effective: the day, minute: the minute}",
    )


@rule(
    "NEW-2",
    "MGR-1",
    each=at("proposal", "report"),
    example="""
    proposal: {report: {to: Directors' meeting}}
    """,
)
def reported_to_somebody_else(report: Report, case: Case) -> Judgement:
    """The proposal for a key partnership goes to Executive Cabinet.

    Why: members are to decide on it with all its points before them.
    How to fix: write the report that went to Executive Cabinet; if none did, take the proposal there.
    """
    if report.to is None:
        return case.told_elsewhere("Nothing is recorded for whom the report went to.", "to")
    if not is_cabinet(report.to):
        return case.not_met(
            "to",
            f"The proposal was reported to “{report.to}”, not to Executive Cabinet.",
            "Write the report that went to Executive Cabinet; if none did, take the proposal there.",
        )
    return case.met("to", "reference", attested=True)


@rule(
    "NEW-2",
    each=at("proposal", "decision"),
    example="""
    proposal: {decision: {by: Director of Communities}}
    """,
)
def approved_by_somebody_else(decision: Decision, case: Case) -> Judgement:
    """A new key partnership is approved by Executive Cabinet.

    Why: the framework wants the proposal reported to and approved by Executive Cabinet, not by an officer.
    How to fix: write Executive Cabinet's decision and its minute; if there was none, take the proposal there.
    """
    if decision.by is None:
        return case.told_elsewhere("Nothing is recorded for who decided.", "by")
    if not is_cabinet(decision.by):
        return case.not_met(
            "by",
            f"The partnership was approved by “{decision.by}”, not by Executive Cabinet.",
            "Write the decision of Executive Cabinet: by: Executive Cabinet",
        )
    return case.met("by", "minute", attested=True)


@rule(
    "NEW-2",
    "AGR-1",
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
    proposer = proposal.report.by if proposal.report else None
    if approver is None or proposer is None:
        return case.told_elsewhere("kpf cannot tell until both posts are written.", ("report", "by"))
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
    """Each two dated steps that follow one another, of those that are recorded."""
    proposal, agreement = case.partnership.proposal, case.partnership.agreement
    report = proposal.report.date if proposal and proposal.report else None
    decided = proposal.decision.decided if proposal and proposal.decision else None
    effective = proposal.decision.effective if proposal and proposal.decision else None
    days: list[tuple[str, date | None, Trail]] = [
        ("report to Executive Cabinet", report, ("proposal", "report", "date")),
        ("decision", decided, ("proposal", "decision", "decided")),
        ("day on which the decision took effect", effective, ("proposal", "decision", "effective")),
    ]
    if agreement:
        days += [
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
    "NEW-2",
    "AGR-1",
    "AGR-2",
    "KEY-5",
    each=_neighbours,
    example="""
    agreement: {signed: 2024-04-20}
    """,
)
def dates_out_of_order(steps: tuple[_Step, _Step], case: Case) -> Judgement:
    """Report, decision, approval, signature, start and end follow one another in this order.

    Why: an agreement that is signed before it is approved binds the council before anybody has looked at it.
    How to fix: correct the date that is wrong. If both are right, that is for the Head of Governance to know.
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
