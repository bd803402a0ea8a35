"""Decisions ahead, the notice of them that partners get, and the ends of exceptions."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from kpf.dates import in_words, length_in_words
from kpf.framework import Framework
from kpf.model.review import AgreedException
from kpf.model.topics import DecisionAhead
from kpf.obligations.asking import PartnershipFacts, owner_of
from kpf.obligations.obligation import FieldReference, Obligation, Owed, Undated, What

_EXCEPTIONS: Final = "exception-not-valid"
"""The rule whose `within` is the longest time that an exception can be valid."""


def decisions_ahead(facts: PartnershipFacts) -> Iterator[Owed]:
    """Yield each decision ahead, and the day by which partners must have the paper on it."""
    partnership = facts.partnership
    making = partnership.agreement.decision_making
    if making.is_blank or making.not_applicable:
        return
    task = What.DECISION.task("Say which decisions are coming.", owner_of(partnership))
    if making.decisions_ahead is None:
        yield Undated(task, "decisions_ahead", FieldReference(("agreement", "decision_making", "decisions_ahead")))
    kept = facts.council.records_kept_from
    for position, ahead in enumerate(making.decisions_ahead or ()):
        if ahead and ahead.by and (kept is None or ahead.by >= kept):
            yield decision(facts, position, ahead)
            paper = paper_for(facts, position, ahead)
            if paper:
                yield paper


def decision(facts: PartnershipFacts, position: int, ahead: DecisionAhead) -> Owed:
    """One decision ahead, due on the day set for it. It is owed until it is removed from the list."""
    name = ahead.decision or f"entry {position + 1}"
    task = What.DECISION.task(f"Decide: {name.rstrip('.')}.", owner_of(facts.partnership), name)
    by = _field(position, "by")
    if ahead.by is None:
        return Undated(task, "decisions_ahead: by", by)
    return Obligation(task, ahead.by, (by,), "the day set for the decision", cycle=_cycle(name, ahead.by))


def paper_for(facts: PartnershipFacts, position: int, ahead: DecisionAhead) -> Owed | None:
    """The day by which partners must have the paper on one decision: as planned, else by the notice agreed.

    None if neither is recorded, if the planned day is past, or if the decision itself is past.
    """
    agreement = facts.partnership.agreement
    making = agreement.decision_making
    notice = making.notice_for_major_decisions
    name = ahead.decision or f"entry {position + 1}"
    action = f"Send the partners the paper on: {name.rstrip('.')}."
    task = What.PAPER.task(action, owner_of(facts.partnership), name)
    if ahead.by is None or ahead.by < facts.day:
        return None
    if ahead.paper_sent:
        if ahead.paper_sent < facts.day:
            return None
        sent = _field(position, "paper_sent")
        return Obligation(task, ahead.paper_sent, (sent,), "the day set for the paper", cycle=_cycle(name, ahead.by))
    if notice is None:
        return None
    why = f"{notice} before the decision on {in_words(ahead.by)}"
    agreed = FieldReference(("agreement", "decision_making", "notice_for_major_decisions"))
    return Obligation(
        task, notice.before(ahead.by), (_field(position, "by"), agreed), why, cycle=_cycle(name, ahead.by)
    )


def _cycle(name: str, by: date) -> str:
    """The cycle of a decision: its name and year, as decisions of several years can have one name."""
    return f"{name}, {by.year}"


def _field(position: int, name: str) -> FieldReference:
    return FieldReference(("agreement", "decision_making", "decisions_ahead", position, name))


def exceptions(facts: PartnershipFacts) -> Iterator[Owed]:
    """Yield the end of each agreed exception, by which the duty is to be met or the exception agreed again."""
    for position, exception in enumerate(facts.partnership.agreed_exceptions or ()):
        what = exception and (exception.duty or exception.rule)
        if exception and what and exception.on and exception.until:
            action = f"Do what the exception from {what} has put off, or have it agreed again."
            subject = f"{what}, {exception.subject}" if exception.subject else what
            task = What.EXCEPTION.task(action, owner_of(facts.partnership), subject)
            last = last_day(exception, facts.framework)
            if last < facts.day:  # it stays in the file as history
                continue
            expires = FieldReference(("agreed_exceptions", position, "expires"))
            capped = f"an exception counts for {most_of_an_exception(facts.framework)} at most"
            why = capped if last < exception.until else "the exception says so"
            yield Obligation(task, last, (expires,), why, cycle=f"{subject}, {exception.on}")


def last_day(exception: AgreedException, in_force: Framework) -> date:
    """The last day of an exception that has all its fields: its own last day, or that of the longest time allowed."""
    agreed, expires = exception.on or date.min, exception.until or date.min
    most = in_force.within(_EXCEPTIONS)
    return min(expires, most.after(agreed)) if most else expires


def most_of_an_exception(in_force: Framework) -> str:
    """The longest time that an exception is valid, in words: twelve months. Empty if the framework sets none."""
    most = in_force.within(_EXCEPTIONS)
    return length_in_words(most) if most else ""
