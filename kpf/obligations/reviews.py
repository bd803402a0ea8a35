"""The regular review: what it is counted from, and the day by which it is best done."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from kpf.dates import When, in_words
from kpf.model import Partnership, Unreadable
from kpf.model.decision import NotApplicable
from kpf.model.review import Review
from kpf.obligations.asking import PartnershipFacts, approval, began, made, owner_of
from kpf.obligations.ends import last_day_for_notice
from kpf.obligations.obligation import Anchor, FieldReference, Obligation, Owed, Undated, What

_REVIEWS: Final = FieldReference(("reviews",))


def review_anchor(partnership: Partnership) -> Anchor | None:
    """The day from which the next review is counted.

    It is the last completed review, else the approval, the agreement, or the entry in the list. The list comes last
    because a partnership may have been approved long before the list was made.
    """
    last = last_completed(partnership)
    start = began(partnership) if partnership.listed_again else None
    back = start.back if start else None
    if last:
        position, review = last
        decided = review.decision.on if review.decision else None
        if decided and decided >= (back or decided):
            return Anchor(When(decided, decided), ("reviews", position, "decision", "on"))
    made_on = approval(partnership) or made(partnership)
    return start if back and made_on and made_on.day.latest < back else made_on or began(partnership)


def review_due(facts: PartnershipFacts) -> date | None:
    """The last day on which the next review is in time; if only a month is known, counted from its last day."""
    anchor = review_anchor(facts.partnership)
    return facts.every(What.REVIEW).after(anchor.day.latest) if anchor else None


def last_completed(partnership: Partnership) -> tuple[int, Review] | None:
    """The latest review that has both aspects, with its position in the list."""
    return max(_complete(partnership), key=lambda entry: entry[1].completed or date.min, default=None)


def _complete(partnership: Partnership) -> list[tuple[int, Review]]:
    return [
        (position, review)
        for position, review in enumerate(partnership.reviews or ())
        if review and is_complete(review)
    ]


def is_complete(review: Review) -> bool:
    """Whether a review has both aspects: assurance, and a decision with its day."""
    try:
        assured, decision = not review.assurance.is_blank, review.decision
        return bool(review.completed and assured and decision and decision.outcome and decision.on)
    except Unreadable:
        return False


_SINCE: Final = {
    "on_the_list": "its entry in the list of",
    "proposal": "its approval on",
    "agreement": "its agreement of",
}


def holds_until(consent: NotApplicable, facts: PartnershipFacts) -> date:
    """The last day on which an agreement that something does not apply is valid: at most until the next review."""
    partnership, every = facts.partnership, facts.every(What.REVIEW)
    agreed = consent.on or date.min
    days = [every.after(agreed), consent.until or date.max]
    completed = [review.completed for review in partnership.reviews or () if review and review.completed]
    days.extend(day for day in completed if day > agreed)
    earlier = [entry.decision.on for _, entry in _complete(partnership) if entry.decision and entry.decision.on]
    before = [day for day in earlier if day <= agreed]
    start = approval(partnership) or made(partnership) or began(partnership)
    counted_from = max(before) if before else start.day.latest if start else None
    due = every.after(counted_from) if counted_from else None
    if due and due >= agreed:
        days.append(due)
    return min(days)


def review(facts: PartnershipFacts) -> Iterator[Owed]:
    """The next review."""
    partnership, day, every = facts.partnership, facts.day, facts.every(What.REVIEW)
    action = "Review the partnership, and have the council decide what becomes of it."
    task = What.REVIEW.task(action, owner_of(partnership))
    anchor = review_anchor(partnership)
    if anchor is None:
        yield Undated(task, "reviews", _REVIEWS)
        return
    due = every.after(anchor.day.latest)
    in_part = _recorded_in_part(facts) if day > due else None
    if in_part is not None:
        yield Undated(task, "reviews: what the last review still lacks", FieldReference(("reviews", in_part)))
        return
    since = _SINCE.get(str(anchor.trail[0]), "the decision that ended the last review, on")
    why = f"{every} after {since} {anchor.day}"
    cycle = str(len(_complete(partnership)) + 1)
    notice = _notice_before(partnership, due, day)
    first = None if any(partnership.reviews or ()) else Undated(task, "reviews", _REVIEWS)
    if notice is None:
        yield Obligation(task, due, (anchor.source,), why, cycle, first=first)
    else:
        plan_why = f"the last day to give notice is {in_words(notice)}"
        plan_by = notice - timedelta(days=1)
        yield Obligation(task, due, (anchor.source,), why, cycle, plan_by=plan_by, plan_why=plan_why, first=first)


def _recorded_in_part(facts: PartnershipFacts) -> int | None:
    """The position of a review that was completed within the last interval and lacks an aspect, or None."""
    every = facts.every(What.REVIEW)
    recorded = [
        (vars(entry).get("completed"), position)
        for position, entry in enumerate(facts.partnership.reviews or ())
        if entry and not is_complete(entry)
    ]
    made = [(done, position) for done, position in recorded if done and every.after(done) >= facts.day]
    return max(made)[1] if made else None


def _notice_before(partnership: Partnership, due: date, day: date) -> date | None:
    """The last day to give notice, if it is still to come and before the review is due; None otherwise."""
    try:
        notice = last_day_for_notice(partnership)
    except Unreadable:
        return None
    return notice if notice and day < notice <= due else None


def carried_out(facts: PartnershipFacts) -> Iterator[Owed]:
    """The change or end that the last review decided, if it is not done yet and has a day."""
    last = last_completed(facts.partnership)
    decision = last[1].decision if last else None
    if last is None or decision is None or decision.outcome not in {"change", "end"} or decision.until is None:
        return
    if decision.outcome == "change" and decision.carried_out:
        return
    end = decision.outcome == "end"
    action = "End the partnership, as its review decided." if end else "Make the change that the review decided."
    task = What.CARRIED_OUT.task(action, owner_of(facts.partnership))
    field = FieldReference(("reviews", last[0], "decision", "until"))
    yield Obligation(
        task, decision.until, (field,), "the day set by the decision on the review", cycle=str(decision.on)
    )
