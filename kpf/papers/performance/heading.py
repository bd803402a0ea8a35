"""Who reports to which meeting, on which half-year."""

from dataclasses import dataclass

from kpf.papers.common import Common, Period, common, period_told
from kpf.papers.performance.basis import Basis
from kpf.papers.performance.section import section


@dataclass(frozen=True, slots=True)
class ReportHeading:
    """What the report begins with."""

    common: Common
    period: Period
    following: Period
    """The half-year after it."""


@section
def report_heading(basis: Basis) -> ReportHeading:
    """What the report begins with."""
    day = basis.shown.day
    return ReportHeading(
        common=common(basis.shown, basis.known.agenda.provenance, basis.part),
        period=period_told(basis.half, day),
        following=period_told(basis.half.following, day),
    )
