"""What changed in the key partnerships: what the files date, and what differs between two states of the register."""

from dataclasses import dataclass

from kpf.compare.values import Change
from kpf.papers.performance.basis import Basis
from kpf.papers.performance.section import section
from kpf.papers.standing import Event, Outside, Standing, events, outside


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, and which partnerships the report leaves out."""

    outside: tuple[Outside, ...]
    """The others of the register, and why this paper does not report on them."""
    events: tuple[Event, ...]
    """What the files themselves date, in order: in the half-year and since."""
    within: tuple[Event, ...]
    """Those of the half-year."""
    since: tuple[Event, ...]
    """Those after it, up to the day of the paper."""
    changes: tuple[Change, ...]
    """What changed between the registers at both ends of the half-year; empty where they could not be compared."""
    others: int
    """How many more values differ. They are not listed: no sentence is written for them, and they set no rule."""
    not_compared: str
    """Why the two registers could not be compared; empty where they were."""


@section
def changes(basis: Basis) -> Changes:
    """What changed in the half-year and since."""
    compared = basis.compare(basis.half, basis.cut)
    differ = compared if isinstance(compared, tuple) else ()
    told = tuple(change for change in differ if change.has_own_sentence or change.sets_rule)
    found = (event for entry in basis.subjects.values() for event in events(entry))
    dated = tuple(sorted(found, key=lambda event: (event.on, event.partnership.casefold())))
    others = ((id_, standing) for id_, standing in basis.standing.items() if standing is not Standing.KEY)
    return Changes(
        outside=tuple(outside(basis.subjects[id_], standing) for id_, standing in others),
        events=dated,
        within=tuple(event for event in dated if event.on <= basis.half.ends),
        since=tuple(event for event in dated if event.on > basis.half.ends),
        changes=told,
        others=len(differ) - len(told),
        not_compared=compared if isinstance(compared, str) else "",
    )
