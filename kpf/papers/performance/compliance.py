"""The verdicts on the partnerships, and the agreed exceptions."""

from dataclasses import dataclass, replace

from kpf.check.rows import row_of
from kpf.papers.governance import (
    AgreedNotToApply,
    Exempted,
    Tally,
    Verdicts,
    agreed_not_to_apply,
    exempted,
    total_tally,
    verdicts,
)
from kpf.papers.performance.basis import Basis, FileBasis
from kpf.papers.performance.section import section
from kpf.papers.standing import Standing


@dataclass(frozen=True, slots=True)
class Compliance:
    """The verdicts on the partnerships and on the council, and the agreed exceptions."""

    verdicts: tuple[Verdicts, ...]
    exceptions: tuple[Exempted, ...]
    lapsing: tuple[Exempted, ...]
    """Exceptions that lapse before the report on the following period is due."""
    not_to_apply: tuple[AgreedNotToApply, ...]
    """What was agreed not to apply."""

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

    @property
    def own_open(self) -> tuple[Verdicts, ...]:
        """Those for which a duty is open that the council has added to the framework."""
        return tuple(entry for entry in self.verdicts if entry.own_open)


@dataclass(frozen=True, slots=True)
class _OfOne:
    """The verdicts on one partnership as a row (`kpf.check.rows`), and its agreed exceptions."""

    name: str
    row: bytes
    exceptions: tuple[Exempted, ...] = ()
    not_to_apply: tuple[AgreedNotToApply, ...] = ()


def _of_one(one: FileBasis) -> _OfOne | None:
    if one.standing is Standing.GONE:
        return None
    counted = _OfOne(one.subject.name, row_of(one.file.judgements, one.file.framework))
    if not one.is_key:
        return counted
    subject, case = one.subject, one.file.case
    away = tuple(agreed_not_to_apply(subject, case, one.shown.part))
    return replace(counted, exceptions=tuple(exempted(subject, case)), not_to_apply=away)


@section(_of_one)
def compliance(kept: list[_OfOne], basis: Basis) -> Compliance:
    """Return the verdicts on partnerships that did not end before the period, and the exceptions in force."""
    exceptions = tuple(found for one in kept for found in one.exceptions)
    in_force = basis.judge.shared.framework
    council = verdicts("The Council itself", row_of(basis.judge.council.judgements, in_force), in_force)
    by_name = sorted(kept, key=lambda one: one.name.casefold())
    return Compliance(
        verdicts=(*(verdicts(one.name, one.row, in_force) for one in by_name), council),
        exceptions=exceptions,
        lapsing=tuple(entry for entry in exceptions if entry.until <= basis.periods.after(basis.half).ends),
        not_to_apply=tuple(found for one in kept for found in one.not_to_apply),
    )
