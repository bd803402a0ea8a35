"""The timetable of reviews, by financial year and quarter."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kpf.dates import financial_year, quarter
from kpf.due.agenda import Agenda, Due, Missing
from kpf.obligations.obligation import ObligationState, What


@dataclass(frozen=True, slots=True)
class Quarter:
    """The reviews to be held in one quarter of a financial year."""

    year: str
    number: int
    reviews: tuple[Due, ...]
    too_many: tuple[tuple[str, int], ...]
    """The services that lead more reviews than the council's limit, with the number of each."""


@dataclass(frozen=True)
class Timetable:
    """All reviews, in the order in which they are due."""

    agenda: Agenda
    overdue: tuple[Due, ...]
    never_recorded: tuple[Due, ...]
    """The first reviews that are overdue, for partnerships without a recorded review."""
    for_the_successor: tuple[Due, ...]
    """The reviews due after the end of the council."""
    quarters: tuple[Quarter, ...]
    missing: tuple[Missing, ...]
    """The reviews without a date."""
    most: int | None
    """The number of reviews that a service can lead in a quarter, if the council has set it."""


def timetable(agenda: Agenda) -> Timetable:
    """Return the timetable of the reviews in `agenda`. A review with an earlier date to plan for is listed by that."""
    reviews = [entry for entry in agenda.due if entry.task.what is What.REVIEW]
    apart = (ObligationState.OVERDUE, ObligationState.NEVER_RECORDED, ObligationState.FOR_THE_SUCCESSOR)
    ahead = [entry for entry in reviews if entry.state not in apart]
    return Timetable(
        agenda,
        tuple(entry for entry in reviews if entry.state is ObligationState.OVERDUE),
        tuple(entry for entry in reviews if entry.state is ObligationState.NEVER_RECORDED),
        tuple(entry for entry in reviews if entry.state is ObligationState.FOR_THE_SUCCESSOR),
        tuple(_quarters(ahead, agenda.reviews_in_a_quarter)),
        tuple(entry for entry in agenda.missing if entry.task.what is What.REVIEW),
        agenda.reviews_in_a_quarter,
    )


def _quarters(reviews: list[Due], most: int | None) -> Iterator[Quarter]:
    for (year, number), grouped in groupby(reviews, key=lambda entry: _quarter_of(entry.obligation.when)):
        entries = tuple(grouped)
        led = Counter(entry.whose.service for entry in entries if entry.whose.service)
        too_many = tuple((service, times) for service, times in led.items() if most is not None and times > most)
        yield Quarter(year, number, entries, too_many)


def _quarter_of(day: date) -> tuple[str, int]:
    return financial_year(day), quarter(day)
