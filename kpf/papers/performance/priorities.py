"""The priorities of the Corporate Strategy, and which partnerships serve them."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpf.papers.blanks import Blank
from kpf.papers.common import council_gaps
from kpf.papers.performance.basis import Basis, FileBasis
from kpf.papers.performance.section import section


@dataclass(frozen=True, slots=True)
class Priorities:
    """The council's priorities."""

    priorities: Mapping[str, tuple[str, ...]]
    """The council's priorities in its own order, each with the partnerships that serve it."""
    no_priorities: Blank | None
    """A blank where the council has recorded no priority; else None."""


@dataclass(frozen=True, slots=True)
class _OfOne:
    """The priorities that one partnership contributes to."""

    name: str
    priorities: tuple[str, ...]


def _of_one(one: FileBasis) -> _OfOne | None:
    if not one.is_key:
        return None
    served = dict.fromkeys(delivery.priority for delivery in one.account.deliveries if delivery.priority)
    return _OfOne(one.subject.name, tuple(served))


@section(_of_one)
def priorities(kept: list[_OfOne], basis: Basis) -> Priorities:
    """Return the council's priorities in its order, including those without a partnership."""
    recorded = basis.shown.council.priorities
    served: dict[str, dict[str, None]] = {name or id_: {} for id_, name in (recorded or {}).items()}
    for one in kept:
        for priority in one.priorities:
            served.setdefault(priority, {})[one.name] = None
    return Priorities(
        {name: tuple(found) for name, found in served.items()},
        None
        if recorded
        else council_gaps(basis.shown).blank("priorities", what="the priorities of the Corporate Strategy"),
    )
