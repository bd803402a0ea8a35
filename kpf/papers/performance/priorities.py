"""The priorities of the Corporate Strategy, and which partnerships serve them."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpf.papers.blanks import Blank
from kpf.papers.common import council_gaps
from kpf.papers.performance.basis import Basis
from kpf.papers.performance.section import section


@dataclass(frozen=True, slots=True)
class Priorities:
    """The council's priorities."""

    priorities: Mapping[str, tuple[str, ...]]
    """The council's priorities in its own order, each with the partnerships that serve it."""
    no_priorities: Blank | None
    """A blank where the council has recorded no priority; else None."""


@section
def priorities(basis: Basis) -> Priorities:
    """The council's priorities in its own order, those that nothing serves included."""
    recorded = basis.shown.council.priorities
    served: dict[str, list[str]] = {name or id_: [] for id_, name in (recorded or {}).items()}
    for entry in basis.accounts:
        for delivery in entry.deliveries:
            if delivery.priority and entry.name not in served.setdefault(delivery.priority, []):
                served[delivery.priority].append(entry.name)
    return Priorities(
        {name: tuple(found) for name, found in served.items()},
        None if recorded else council_gaps(basis.shown).blank("the priorities of the Corporate Strategy", "priorities"),
    )
