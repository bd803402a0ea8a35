"""Every date that the framework sets, and what it is counted from. Pure functions over records; no clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kpf.dates import HalfYear, Interval, When, months_after
from kpf.finding import Trail
from kpf.model import Council, Partnership, Unreadable
from kpf.model.monitoring import Arrangement, Monitoring
from kpf.model.review import Review

REVIEW_EVERY: Final = Interval(3, "year")
YEARLY: Final = Interval(1, "year")
"""kpf's reading where the framework gives no interval and the council has chosen none."""
HALF_YEARLY: Final = Interval(6, "month")
EXECUTIVE_CABINET: Final = "executive cabinet"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day to count from, and the field that holds it."""

    day: When
    trail: Trail


def began(partnership: Partnership) -> Anchor | None:
    """Since when the continuing duties run: the entry in the list, else the approval, else the agreement."""
    if partnership.on_the_list and partnership.on_the_list.from_:
        return Anchor(partnership.on_the_list.from_, ("on_the_list", "from"))
    return _approval(partnership) or _agreement(partnership)


def asked_from(partnership: Partnership, council: Council) -> date | None:
    """From when what is done again and again is asked for: since it began, and since records are kept.

    Nothing before the council's `records_kept_from` is asked for one by one.
    """
    start = began(partnership)
    if start is None:
        return None
    return max(start.day.latest, council.records_kept_from or start.day.latest)


def review_anchor(partnership: Partnership) -> Anchor | None:
    """What the next three-yearly review is counted from.

    That is the last completed one; else the approval, the agreement, or the entry in the list. The list
    comes last: a partnership may have been approved long before the list was drawn up.
    """
    last = last_completed(partnership)
    if last:
        position, review = last
        decided = review.decision.on if review.decision else None
        if decided:
            return Anchor(When(decided, decided), ("reviews", position, "decision", "on"))
    return _approval(partnership) or _agreement(partnership) or began(partnership)


def review_due(partnership: Partnership) -> date | None:
    """The last day on which the next review is in time. Where only a month is known, the latest day that it allows."""
    anchor = review_anchor(partnership)
    return REVIEW_EVERY.after(anchor.day.latest) if anchor else None


def last_completed(partnership: Partnership) -> tuple[int, Review] | None:
    """The latest review that has both its aspects, and its position in the list."""
    done = [
        (position, review)
        for position, review in enumerate(partnership.reviews or ())
        if review and is_complete(review)
    ]
    return max(done, key=lambda entry: entry[1].completed or date.min, default=None)


def is_complete(review: Review) -> bool:
    """Whether a review has both aspects: assurance, and a decision with its day."""
    try:
        return bool(
            review.completed and review.assurance and review.decision and review.decision.outcome and review.decision.on
        )
    except Unreadable:
        return False


def halves_to_report(partnership: Partnership, council: Council, day: date) -> Iterator[HalfYear]:
    """The half-years whose report to Executive Cabinet is overdue as at `day` unless it is recorded, oldest first.

    A report is due from the end of its half-year and overdue after the end of the next. A half-year counts if the
    partnership was on the list on its last day. Nothing before the council's `records_kept_from` is asked for.
    """
    first = asked_from(partnership, council)
    if first is None:
        return
    half = HalfYear.around(first)
    while half.following.ends < day:
        yield half
        half = half.following


def first_half_over(partnership: Partnership, council: Council, day: date) -> bool:
    """Whether the first half-year asked for is over, with the time to report on it; yes where none can be told."""
    first = asked_from(partnership, council)
    return first is None or HalfYear.around(first).following.ends < day


def reports_by_itself(monitoring: Monitoring, accepted: Iterable[str | None] | None) -> bool:
    """Whether an arrangement brings a report to Executive Cabinet twice a year, or to what the council accepts for it.

    A decision or report of a single member is not one to Executive Cabinet, so "Executive Member or Executive
    Cabinet" does not count, and neither does what comes only when something calls for it.
    """
    routes = {EXECUTIVE_CABINET, "cabinet", *(name.casefold() for name in accepted or () if name)}
    return any(
        (arrangement.reports_to or "").casefold() in routes
        and isinstance(arrangement.every, Interval)
        and arrangement.every.fits_in(HALF_YEARLY)
        for arrangement in (monitoring.arrangements or {}).values()
        if arrangement
    )


def last_held(arrangement: Arrangement) -> tuple[int, date] | None:
    """The latest day on which an arrangement took place, and its position in the list."""
    days = [(position, meeting.on) for position, meeting in enumerate(arrangement.held or ()) if meeting and meeting.on]
    return max(days, key=lambda entry: entry[1], default=None)


def whole_months(starts: date, ends: date) -> int:
    """The full months from `starts` to the end of the day `ends`: 1 April to 31 March are twelve."""
    over = ends + timedelta(days=1)
    months = (over.year - starts.year) * 12 + over.month - starts.month
    return months if months_after(starts, months) <= over else months - 1


def _approval(partnership: Partnership) -> Anchor | None:
    decision = partnership.proposal.decision if partnership.proposal else None
    for name in ("effective", "decided"):
        day = getattr(decision, name) if decision else None
        if day:
            return Anchor(When(day, day), ("proposal", "decision", name))
    return None


def _agreement(partnership: Partnership) -> Anchor | None:
    agreement = partnership.agreement
    for name in ("signed", "starts"):
        day = getattr(agreement, name) if agreement else None
        if day:
            return Anchor(When(day, day), ("agreement", name))
    return None
