"""The part of an agenda that may be published: obligations whose dates follow from public fields."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kpf.check.public_part import FOR_THE_PUBLIC
from kpf.due.agenda import Agenda, Due, Missing
from kpf.obligations.obligation import FieldReference, Holder, What
from kpf.register.entries import COUNCIL, ORGANISATIONS, is_public_at

_PUBLIC: Final = frozenset(
    {
        What.REVIEW,
        What.CARRIED_OUT,
        What.REPORT,
        What.ACTION_PLAN,
        What.DECISION,
        What.END,
        What.EXCEPTION,
    }
)
"""The kinds of obligations that may be public, because public fields show whether and by whom they are done.

Other kinds can follow from a public date and still reveal what is recorded elsewhere.
"""


def public_agenda(agenda: Agenda) -> Agenda:
    """Return the public part of `agenda`. It never says that nothing else is owed."""
    narrowed = (*agenda.provenance.narrowed, FOR_THE_PUBLIC)
    return replace(
        agenda,
        provenance=replace(agenda.provenance, narrowed=narrowed),
        due=public_due(agenda.due),
        missing=public_missing(agenda.missing),
        faults=(),
        owners=frozenset(),
        is_public_part=True,
    )


def public_due(due: Iterable[Due]) -> tuple[Due, ...]:
    """Return the public part of `due`, without dates to plan for, which follow from exempt information."""
    return tuple(
        entry.by_its_own_day
        for entry in due
        if entry.task.what in _PUBLIC and all(map(_is_public, _fields_behind(entry)))
    )


def public_missing(missing: Iterable[Missing]) -> tuple[Missing, ...]:
    """Return the public part of `missing`."""
    return tuple(entry for entry in missing if entry.task.what in _PUBLIC and _is_public(entry.undated.missing))


def _fields_behind(entry: Due) -> Iterator[FieldReference]:
    """Yield the fields that the date and the state of an obligation follow from."""
    yield from entry.obligation.counted_from
    if entry.obligation.first:
        yield entry.obligation.first.missing


_SHARED: Final = {Holder.COUNCIL: COUNCIL, Holder.ORGANISATIONS: ORGANISATIONS}


def _is_public(reference: FieldReference) -> bool:
    return is_public_at(_SHARED.get(reference.file, ""), reference.trail)
