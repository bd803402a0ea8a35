"""Partners' strength and stability."""

from dataclasses import dataclass

from kpf.papers.common import organisation_gaps
from kpf.papers.performance.basis import Basis, FileBasis
from kpf.papers.performance.section import section
from kpf.papers.stability import PartnersOfOne, Strength, strength


@dataclass(frozen=True, slots=True)
class Partners:
    """Partners' strength and stability. What is assessed is exempt; the public part says who was assessed."""

    strength: Strength


def _of_one(one: FileBasis) -> PartnersOfOne | None:
    return PartnersOfOne.of(one.account) if one.is_key else None


@section(_of_one)
def partners_strength(kept: list[PartnersOfOne], basis: Basis) -> Partners:
    """Return partners' strength and stability in the period."""
    shown = basis.shown
    return Partners(strength(kept, shown.organisations, basis.half, basis.periods, organisation_gaps(shown)))
