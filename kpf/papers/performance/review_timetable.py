"""The timetable of three-yearly reviews."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kpf.papers.document import Chart, Series
from kpf.papers.governance import Reviews, reviews
from kpf.papers.performance.basis import Basis
from kpf.papers.performance.section import section

_CHART: Final = "review-timetable"


@dataclass(frozen=True, slots=True)
class ReviewTimetable:
    """The reviews that are to be held."""

    reviews: Reviews
    charts: Mapping[str, Chart]


@section
def review_timetable(basis: Basis) -> ReviewTimetable:
    """The reviews that are to be held, with a chart of how many fall in each quarter."""
    found = reviews(basis.known.agenda)
    return ReviewTimetable(found, {_CHART: _chart(found)} if found.quarters else {})


def _chart(found: Reviews) -> Chart:
    labels, counts = zip(*found.quarters, strict=True)
    return Chart("Three-yearly reviews to be held", labels, (Series("Reviews", tuple(map(float, counts))),))
