"""The regular reviews that were completed, and what was decided on them."""

from collections.abc import Iterator
from datetime import date

from kpf.compare.values.pair import ChangeDetail, Pair
from kpf.compare.values.spoken import list_label
from kpf.compare.values.wording import with_minute
from kpf.dates import in_words
from kpf.model.review import Review, ReviewDecision

_DECIDED = {
    "continue": "that the partnership continues",
    "change": "that the partnership changes",
    "end": "that the partnership ends",
}


def completed(pair: Pair) -> Iterator[ChangeDetail]:
    """Reviews that were not there before, with the decision where there is one."""
    was, now = _by_day(pair)
    for day, review in now.items():
        if day not in was:
            decision = review.decision
            outcome = f"; {_outcome(decision)}" if decision else ". No decision on it is recorded yet"
            sentence = f"The review was completed on {in_words(day)}{outcome}."
            yield ChangeDetail("review", sentence, day.isoformat(), recorded=day <= pair.since, covers=_covered(review))


def decided(pair: Pair) -> Iterator[ChangeDetail]:
    """Decisions on reviews that were there before and waited for one, or had another."""
    was, now = _by_day(pair)
    for day, review in now.items():
        if day in was and review.decision and _outcome_before(was[day]) != _outcome(review.decision):
            sentence = f"On the review completed on {in_words(day)}: {_outcome(review.decision)}."
            yield ChangeDetail("review", sentence, day.isoformat(), covers=_covered(review)[1:])


def _covered(review: Review) -> tuple[tuple[str, ...], ...]:
    paths = (("completed",), *(("decision", name) for name in ("by", "on", "outcome", "minute")))
    return tuple(("reviews", list_label(review), *path) for path in paths)


def _by_day(pair: Pair) -> tuple[dict[date, Review], dict[date, Review]]:
    before, after = pair.both("reviews")
    was, now = (
        {review.completed: review for review in reviews or () if review and review.completed}
        for reviews in (before, after)
    )
    return was, now


def _outcome_before(review: Review) -> str:
    return _outcome(review.decision) if review.decision else ""


def _outcome(decision: ReviewDecision) -> str:
    by = decision.by or "it"
    on = f" on {in_words(decision.on)}" if decision.on else ""
    what = _DECIDED[decision.outcome] if decision.outcome else "something that is not recorded"
    verb = "decided" if decision.by else "was decided"
    return f"{by} {verb}{on} {what}{with_minute(decision.minute)}"
