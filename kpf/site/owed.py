"""The agenda that a part of a site may show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from kpf.due.agenda import Agenda, Due, Missing
from kpf.due.public_part import public_agenda, public_due, public_missing
from kpf.obligations.obligation import ObligationState
from kpf.site.part import SitePart

PAST: Final = (ObligationState.OVERDUE, ObligationState.NEVER_RECORDED)
"""The states of obligations whose time has passed."""

STATE_WORDS: Final = {
    ObligationState.OVERDUE: "overdue",
    ObligationState.NEVER_RECORDED: "never recorded",
    ObligationState.LATE: "late",
    ObligationState.DUE: "due now",
    ObligationState.EXCEPTED: "put off by an agreed exception",
    ObligationState.COMING: "coming",
    ObligationState.FOR_THE_SUCCESSOR: "after the council ends",
}


def shown_agenda(agenda: Agenda, part: SitePart) -> Agenda:
    """Return the part of `agenda` that `part` may show."""
    return agenda if part is SitePart.INTERNAL else public_agenda(agenda)


def shown_due(due: Iterable[Due], part: SitePart) -> tuple[Due, ...]:
    """Return those of `due` that `part` may show."""
    return tuple(due) if part is SitePart.INTERNAL else public_due(due)


def shown_missing(missing: Iterable[Missing], part: SitePart) -> tuple[Missing, ...]:
    """Return those of `missing` that `part` may show."""
    return tuple(missing) if part is SitePart.INTERNAL else public_missing(missing)


# -- by month ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Month:
    """The obligations due in one month."""

    title: str
    entries: tuple[Due, ...]


def by_month(due: Sequence[Due]) -> tuple[Month, ...]:
    """Return the obligations still to come, by month. `due` is sorted by date."""
    ahead = [entry for entry in due if entry.state not in {*PAST, ObligationState.FOR_THE_SUCCESSOR}]
    months = groupby(ahead, key=lambda entry: entry.obligation.when.replace(day=1))
    return tuple(Month(f"{month:%B %Y}", tuple(entries)) for month, entries in months)


def by_service(due: Sequence[Due]) -> tuple[tuple[str, tuple[Due, ...]], ...]:
    """Return the obligations by lead service, sorted by name; those without a service are last."""
    services = sorted({entry.whose.service for entry in due}, key=lambda name: (not name, name.casefold()))
    return tuple((name, tuple(entry for entry in due if entry.whose.service == name)) for name in services)


def within(due: Iterable[Due], day: date, last: date) -> tuple[Due, ...]:
    """Return the obligations of `due` that are not past and are due by `last`."""
    return tuple(
        entry
        for entry in due
        if entry.state not in {*PAST, ObligationState.FOR_THE_SUCCESSOR} and day <= entry.obligation.when <= last
    )
