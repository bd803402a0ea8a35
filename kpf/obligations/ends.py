"""The end of an agreement: the last day to give notice, the extension, the end itself, and the successor."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from kpf.dates import in_words
from kpf.model import Partnership
from kpf.model.agreement import Agreement
from kpf.obligations.asking import PartnershipFacts, owner_of
from kpf.obligations.obligation import FieldReference, Holder, Obligation, Owed, Undated, What

_ENDS: Final = FieldReference(("agreement", "ends"))
_NOTICE: Final = FieldReference(("agreement", "exit", "notice"))
_DECIDE_BY: Final = FieldReference(("agreement", "extension", "decide_by"))


def last_day_for_notice(partnership: Partnership) -> date | None:
    """The last day on which notice can be given to end the agreement on its last day; None if it is not known."""
    agreement = partnership.agreement
    notice = agreement.exit.notice
    if agreement.ends is None or agreement.ends == date.max or notice is None:
        return None
    return notice.before(agreement.ends)


def end(facts: PartnershipFacts) -> Iterator[Owed]:
    """The end of the agreement, by which there is to be a new one, or the partnership is over."""
    agreement = facts.partnership.agreement
    task = What.END.task(
        "Have what follows the agreement in place, or end the partnership by its exit strategy.",
        owner_of(facts.partnership),
    )
    if agreement.ends is None:
        yield Undated(task, "agreement: ends", _ENDS)
    elif agreement.ends != date.max:
        why = f"the agreement ends on {in_words(agreement.ends)}"
        yield Obligation(task, agreement.ends, (_ENDS,), why, cycle="end")


def notice(facts: PartnershipFacts) -> Iterator[Owed]:
    """The last day to give notice. Nobody has to give notice, so this is never overdue."""
    agreement = facts.partnership.agreement
    last = last_day_for_notice(facts.partnership)
    ends = agreement.ends
    if ends == date.max or (last or ends or facts.day) < facts.day:
        return
    task = What.NOTICE.task("Decide whether to give notice to end.", owner_of(facts.partnership))
    if last is None or ends is None:
        write, trail = ("agreement: ends", _ENDS) if ends is None else ("agreement: exit: notice", _NOTICE)
        yield Undated(task, write, trail)
        return
    why = f"{agreement.exit.notice} before the agreement ends on {in_words(ends)}"
    yield Obligation(task, last, (_ENDS, _NOTICE), why, cycle="end", overdue_after=date.max)


def extension(facts: PartnershipFacts) -> Iterator[Owed]:
    """The decision whether to extend the agreement, until it is recorded."""
    agreement = facts.partnership.agreement
    extension = agreement.extension
    if extension is None or extension.decided:
        return
    length = f", by up to {extension.up_to}" if extension.up_to else ""
    action = f"Decide whether to extend the agreement{length}."
    task = What.EXTENSION.task(action, owner_of(facts.partnership))
    if extension.decide_by is None:
        yield Undated(task, "agreement: extension: decide_by", _DECIDE_BY)
    else:
        yield Obligation(task, extension.decide_by, (_DECIDE_BY,), "the agreement sets this day", cycle="extension")


def successor(facts: PartnershipFacts) -> Iterator[Owed]:
    """Who takes over an agreement that ends after the council, until that is recorded."""
    agreement, last = facts.partnership.agreement, facts.council.council_ends
    if last is None or not _outlives(agreement, last) or agreement.after_the_council_ends:
        return
    task = What.SUCCESSOR.task(
        "Settle who takes the agreement over when the council ends.",
        owner_of(facts.partnership),
    )
    ends = agreement.ends
    why = f"the council ends on {in_words(last)}, " + (
        "and the agreement has no end" if ends == date.max else f"the agreement on {in_words(ends or last)}"
    )
    counted = (FieldReference(("council_ends",), Holder.COUNCIL), _ENDS)
    yield Obligation(task, last, counted, why, cycle="council ends")


def _outlives(agreement: Agreement, last: date) -> bool:
    return agreement.ends is not None and agreement.ends > last
