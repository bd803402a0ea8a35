"""Risk: how much the joint registers hold, and in the exempt part what, with the ways out of agreements."""

from dataclasses import dataclass

from kpf.papers.performance.basis import Basis
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


@section
def risk(basis: Basis) -> RecordedRisk:
    """What is recorded of the risks of key partnerships."""
    return RecordedRisk(
        risks=tuple(risk_count(entry) for entry in basis.key),
        high_risks=tuple(found for entry in basis.key for found in high_risks(entry)),
        ways_out=tuple(way for entry in basis.key for way in ways_out(entry)),
    )
