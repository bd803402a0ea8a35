"""How strong and stable the partners are."""

from dataclasses import dataclass

from kpf.papers.common import organisation_gaps
from kpf.papers.performance.basis import Basis
from kpf.papers.performance.section import section
from kpf.papers.stability import Strength, strength


@dataclass(frozen=True, slots=True)
class Partners:
    """Partners' strength and stability. What is assessed is exempt; the public part says who was assessed."""

    strength: Strength


@section
def partners_strength(basis: Basis) -> Partners:
    """Partners' strength and stability in the half-year."""
    shown = basis.shown
    return Partners(strength(basis.accounts, shown.organisations, basis.half, organisation_gaps(shown)))
