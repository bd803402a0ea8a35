"""What falls due, as far as a part of a site may show it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final

from kpf.due.agenda import Agenda, Due, Missing
from kpf.obligations.obligation import FieldReference, Holder, ObligationState, What
from kpf.register.entries import COUNCIL, ORGANISATIONS, is_public_at
from kpf.site.part import SitePart

PAST: Final = (ObligationState.OVERDUE, ObligationState.NEVER_RECORDED)
"""The states of what should have been done or recorded by now."""

STATE_WORDS: Final = {
    ObligationState.OVERDUE: "overdue",
    ObligationState.NEVER_RECORDED: "never recorded",
    ObligationState.LATE: "late",
    ObligationState.DUE: "due now",
    ObligationState.EXCEPTED: "put off by an agreed exception",
    ObligationState.COMING: "coming",
    ObligationState.FOR_THE_SUCCESSOR: "after the council ends",
}


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
"""The kinds of obligations of which the public may know: public fields say whether they are done, and by whom.

An obligation of another kind can follow from a public day, and still tell what is recorded elsewhere.
"""


def shown_agenda(agenda: Agenda, part: SitePart) -> Agenda:
    """What of `agenda` the part may show."""
    if part is SitePart.INTERNAL:
        return agenda
    return replace(
        agenda,
        due=shown_due(agenda.due, part),
        missing=shown_missing(agenda.missing, part),
        faults=(),
        owners=frozenset(),
    )


def shown_due(due: Iterable[Due], part: SitePart) -> tuple[Due, ...]:
    """Those of `due` that the part may show. To the public only what public fields tell, by days that they give."""
    if part is SitePart.INTERNAL:
        return tuple(due)
    return tuple(
        entry.by_its_own_day
        for entry in due
        if entry.task.what in _PUBLIC and all(map(_is_public, _fields_behind(entry)))
    )


def shown_missing(missing: Iterable[Missing], part: SitePart) -> tuple[Missing, ...]:
    """Those of `missing` that the part may show."""
    if part is SitePart.INTERNAL:
        return tuple(missing)
    return tuple(entry for entry in missing if entry.task.what in _PUBLIC and _is_public(entry.undated.missing))


def _fields_behind(entry: Due) -> Iterator[FieldReference]:
    """The fields from which the day and the state of an obligation follow."""
    yield from entry.obligation.counted_from
    if entry.obligation.first:
        yield entry.obligation.first.missing


_SHARED: Final = {Holder.COUNCIL: COUNCIL, Holder.ORGANISATIONS: ORGANISATIONS}


def _is_public(reference: FieldReference) -> bool:
    return is_public_at(_SHARED.get(reference.file, ""), reference.trail)


# -- by month ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Month:
    """What falls due in one month."""

    title: str
    entries: tuple[Due, ...]


def by_month(due: Sequence[Due]) -> tuple[Month, ...]:
    """What is still to come, month by month; `due` is in the order of its days."""
    ahead = [entry for entry in due if entry.state not in {*PAST, ObligationState.FOR_THE_SUCCESSOR}]
    months = groupby(ahead, key=lambda entry: entry.obligation.when.replace(day=1))
    return tuple(Month(f"{month:%B %Y}", tuple(held)) for month, held in months)


def by_service(due: Sequence[Due]) -> tuple[tuple[str, tuple[Due, ...]], ...]:
    """The same by the service that leads, in the order of names; those without one last."""
    services = sorted({entry.whose.service for entry in due}, key=lambda name: (not name, name.casefold()))
    return tuple((name, tuple(entry for entry in due if entry.whose.service == name)) for name in services)


def within(due: Iterable[Due], day: date, last: date) -> tuple[Due, ...]:
    """Those that are not past and whose day comes by `last`."""
    return tuple(
        entry
        for entry in due
        if entry.state not in {*PAST, ObligationState.FOR_THE_SUCCESSOR} and day <= entry.obligation.when <= last
    )
