"""How the partnerships stand against the framework, and which exceptions are agreed."""

from dataclasses import dataclass

from kpf.papers.governance import Exempted, Tally, Verdicts, exempted, total_tally, verdicts
from kpf.papers.performance.basis import Basis
from kpf.papers.performance.section import section
from kpf.papers.standing import Standing


@dataclass(frozen=True, slots=True)
class Compliance:
    """The verdicts on the partnerships and on the council, and the agreed exceptions."""

    verdicts: tuple[Verdicts, ...]
    exceptions: tuple[Exempted, ...]
    lapsing: tuple[Exempted, ...]
    """Exceptions that lapse before the report on the following half-year is due."""

    @property
    def tally(self) -> Tally:
        """The verdicts of all partnerships and of the council together."""
        return total_tally(self.verdicts)

    @property
    def unmet(self) -> tuple[Verdicts, ...]:
        """Partnerships, and the council, of which something recorded contradicts the framework."""
        return tuple(entry for entry in self.verdicts if entry.not_met)

    @property
    def unknown(self) -> tuple[Verdicts, ...]:
        """Those of which something the framework asks for is not recorded."""
        return tuple(entry for entry in self.verdicts if entry.not_known)


@section
def compliance(basis: Basis) -> Compliance:
    """The verdicts on all partnerships that have not ended before the half-year, and the exceptions in force."""
    lasting = {id_: entry.name for id_, entry in basis.subjects.items() if basis.standing[id_] is not Standing.GONE}
    exceptions = tuple(found for entry in basis.key for found in exempted(entry, basis.cases[entry.id]))
    return Compliance(
        verdicts=tuple(verdicts(basis.known.checked, lasting)),
        exceptions=exceptions,
        lapsing=tuple(entry for entry in exceptions if entry.until <= basis.half.following.ends),
    )
