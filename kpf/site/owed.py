"""What falls due, as far as a part of a site may show it."""

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


def shown_agenda(agenda: Agenda, part: SitePart) -> Agenda:
    """What of `agenda` the part may show."""
    return agenda if part is SitePart.INTERNAL else public_agenda(agenda)


def shown_due(due: Iterable[Due], part: SitePart) -> tuple[Due, ...]:
    """Those of `due` that the part may show."""
    return tuple(due) if part is SitePart.INTERNAL else public_due(due)


def shown_missing(missing: Iterable[Missing], part: SitePart) -> tuple[Missing, ...]:
    """Those of `missing` that the part may show."""
    return tuple(missing) if part is SitePart.INTERNAL else public_missing(missing)


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
    return tuple(Month(f"{month:%B %Y}", tuple(entries)) for month, entries in months)


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
