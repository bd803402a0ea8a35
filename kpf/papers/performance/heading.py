"""Who reports to which meeting, on which half-year."""

from dataclasses import dataclass

from kpf.papers.common import Common, Period, ReadFile, common, paper_period, sources
from kpf.papers.performance.basis import Basis, FileBasis
from kpf.papers.performance.section import section


@dataclass(frozen=True, slots=True)
class ReportHeading:
    """What the report begins with."""

    common: Common
    period: Period
    following: Period
    """The half-year after it."""
    before: Period
    """The half-year before it."""


def _of_one(one: FileBasis) -> ReadFile:
    return ReadFile.of(one.file)


@section(_of_one)
def report_heading(kept: list[ReadFile], basis: Basis) -> ReportHeading:
    """What the report begins with."""
    day = basis.shown.day
    return ReportHeading(
        common=common(basis.shown, sources(basis.judge, kept)),
        period=paper_period(basis.half, day),
        following=paper_period(basis.half.following, day),
        before=paper_period(basis.half.preceding, day),
    )
