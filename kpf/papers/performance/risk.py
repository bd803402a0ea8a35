"""Risks: the number in the joint registers and, in the exempt part, the high risks and the ways to end agreements."""

from dataclasses import dataclass

from kpf.papers.performance.basis import Basis, FileBasis
from kpf.papers.performance.section import section
from kpf.papers.risks import HighRisk, RiskCount, WayOut, high_risks, risk_count, ways_out


@dataclass(frozen=True, slots=True)
class RecordedRisk:
    """What is recorded of risk."""

    risks: tuple[RiskCount, ...]
    high_risks: tuple[HighRisk, ...]
    """Exempt; empty in the public part."""
    ways_out: tuple[WayOut, ...]
    """Exempt; empty in the public part."""


@dataclass(frozen=True, slots=True)
class _OfOne:
    """The recorded risks of one partnership."""

    count: RiskCount
    high: tuple[HighRisk, ...]
    ways_out: tuple[WayOut, ...]


def _of_one(one: FileBasis) -> _OfOne | None:
    about = one.subject
    return _OfOne(risk_count(about), tuple(high_risks(about)), tuple(ways_out(about))) if one.is_key else None


@section(_of_one)
def risk(kept: list[_OfOne], basis: Basis) -> RecordedRisk:
    """Return the recorded risks of the key partnerships."""
    del basis
    return RecordedRisk(
        risks=tuple(one.count for one in kept),
        high_risks=tuple(found for one in kept for found in one.high),
        ways_out=tuple(way for one in kept for way in one.ways_out),
    )
