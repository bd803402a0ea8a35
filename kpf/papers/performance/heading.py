"""The heading of the report: who reports to which meeting on which period."""

from dataclasses import dataclass

from kpf.papers.common import Common, Period, ReadFile, common, paper_period, sources
from kpf.papers.performance.basis import Basis, FileBasis
from kpf.papers.performance.section import section


@dataclass(frozen=True, slots=True)
class ReportHeading:
    """The heading of the report."""

    common: Common
    period: Period
    following: Period
    """The one after it."""
    before: Period
    """The one before it."""


def _of_one(one: FileBasis) -> ReadFile:
    return ReadFile.of(one.file)


@section(_of_one)
def report_heading(kept: list[ReadFile], basis: Basis) -> ReportHeading:
    """Return the heading of the report."""
    day, periods = basis.shown.day, basis.periods
    return ReportHeading(
        common=common(basis.shown, sources(basis.judge, kept)),
        period=paper_period(basis.half, day, periods),
        following=paper_period(periods.after(basis.half), day, periods),
        before=paper_period(periods.before(basis.half), day, periods),
    )
