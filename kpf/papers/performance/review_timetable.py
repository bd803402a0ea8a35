"""The timetable of the regular reviews."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kpf.check.rows import row_of, verdicts_in
from kpf.finding import Verdict
from kpf.obligations.obligation import What
from kpf.papers.document import Chart, Series
from kpf.papers.governance import Reviews, ReviewsOwed, reviews
from kpf.papers.performance.basis import Basis, FileBasis
from kpf.papers.performance.section import section

_CHART: Final = "review-timetable"


@dataclass(frozen=True, slots=True)
class ReviewTimetable:
    """The reviews that are to be held."""

    reviews: Reviews
    reviews_in_doubt: tuple[str, ...]
    """Partnerships of whose last review too little is recorded to say whether the duty is met."""
    charts: Mapping[str, Chart]


@dataclass(frozen=True, slots=True)
class _OfOne:
    """The reviews due from one partnership."""

    owed: ReviewsOwed
    in_doubt: str
    """The name of the partnership if its review is open but none of `owed` shows it; else empty."""


def _of_one(one: FileBasis) -> _OfOne:
    owed = ReviewsOwed.of(one.file)
    is_listed = owed.undated or any(entry.is_overdue or entry.is_never_recorded for entry in owed.ahead)
    verdicts = dict(verdicts_in(row_of(one.file.judgements, one.file.framework)))
    unknown = any(verdicts.get(duty) is Verdict.NOT_KNOWN for duty in What.REVIEW.duties)
    return _OfOne(owed, one.subject.name if unknown and not is_listed else "")


@section(_of_one)
def review_timetable(kept: list[_OfOne], basis: Basis) -> ReviewTimetable:
    """Return the reviews to be held, with a chart of their number in each quarter."""
    del basis
    found = reviews([one.owed for one in kept])
    charts = {_CHART: _chart(found)} if found.quarters else {}
    return ReviewTimetable(found, tuple(one.in_doubt for one in kept if one.in_doubt), charts)


def _chart(found: Reviews) -> Chart:
    labels, counts = zip(*found.quarters, strict=True)
    return Chart("Reviews to be held", labels, (Series("Reviews", tuple(map(float, counts))),))
