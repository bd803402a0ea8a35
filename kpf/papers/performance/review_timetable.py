"""The timetable of three-yearly reviews."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kpf.check.rows import verdicts_in
from kpf.due.timetable import REVIEW
from kpf.finding import Verdict
from kpf.papers.document import Chart, Series
from kpf.papers.governance import Reviews, reviews
from kpf.papers.performance.basis import Basis
from kpf.papers.performance.section import section

_CHART: Final = "review-timetable"


@dataclass(frozen=True, slots=True)
class ReviewTimetable:
    """The reviews that are to be held."""

    reviews: Reviews
    reviews_in_doubt: tuple[str, ...]
    """Partnerships of whose last review too little is recorded to say whether the duty is met."""
    charts: Mapping[str, Chart]


@section
def review_timetable(basis: Basis) -> ReviewTimetable:
    """The reviews that are to be held, with a chart of how many fall in each quarter."""
    found = reviews(basis.known.agenda)
    return ReviewTimetable(found, tuple(_in_doubt(basis, found)), {_CHART: _chart(found)} if found.quarters else {})


def _in_doubt(basis: Basis, found: Reviews) -> Iterator[str]:
    """Those of which nothing else of `found` tells that their review is open."""
    told = {entry.id for entry in (*found.overdue, *found.never_recorded)}
    for file in basis.known.checked.partnerships:
        about = basis.subjects.get(file.id or "")
        unknown = (REVIEW, Verdict.NOT_KNOWN) in verdicts_in(file.row)
        if about and unknown and file.id not in told and about.name not in found.undated:
            yield about.name


def _chart(found: Reviews) -> Chart:
    labels, counts = zip(*found.quarters, strict=True)
    return Chart("Three-yearly reviews to be held", labels, (Series("Reviews", tuple(map(float, counts))),))
