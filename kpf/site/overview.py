"""The front page: three sentences for members, and the numbers with what they mean."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from kpf.check.rows import tally, tally_added
from kpf.dates import financial_year
from kpf.due.agenda import Agenda, Due
from kpf.finding import Verdict
from kpf.obligations.obligation import ObligationState, What
from kpf.site.owed import PAST, within
from kpf.site.partnership_page import Colours, ListedPartnership

SOON = timedelta(days=90)


@dataclass(frozen=True)
class Overview:
    """The register as a whole."""

    partnerships: Sequence[ListedPartnership]
    council_row: bytes
    agenda: Agenda
    """The agenda that the part may show."""
    last: str
    """The period whose measures are counted: the last one that is over."""
    period: str
    """The word for it: half-year or year."""
    day: date

    @cached_property
    def stages(self) -> dict[str, int]:
        """The number of partnerships at each stage, those running first."""
        return dict(Counter(entry.stage or "unreadable" for entry in self.partnerships).most_common())

    @cached_property
    def tally(self) -> dict[Verdict, int]:
        """The number of each verdict on duties of the framework, for all partnerships and the council."""
        return tally(self._rows)

    @cached_property
    def own_tally(self) -> dict[Verdict, int]:
        """The number of each verdict on duties that the council has added."""
        return tally_added(self._rows)

    @property
    def _rows(self) -> list[bytes]:
        return [*(entry.row for entry in self.partnerships), self.council_row]

    @cached_property
    def colours(self) -> Colours:
        """The number of measures of each colour in the last period."""
        return sum((entry.colours for entry in self.partnerships), Colours())

    @cached_property
    def overdue(self) -> tuple[Due, ...]:
        """The obligations that are overdue."""
        return tuple(entry for entry in self.agenda.due if entry.state is ObligationState.OVERDUE)

    @cached_property
    def never_recorded(self) -> tuple[Due, ...]:
        """The obligations whose first time has passed and was never recorded."""
        return tuple(entry for entry in self.agenda.due if entry.state is ObligationState.NEVER_RECORDED)

    @cached_property
    def soon(self) -> tuple[Due, ...]:
        """The obligations due in the next 90 days."""
        return within(self.agenda.due, self.day, self.day + SOON)

    @property
    def financial_year(self) -> str:
        """The financial year of the day."""
        return financial_year(self.day)

    @cached_property
    def reviews(self) -> tuple[Due, ...]:
        """The reviews still due in the financial year."""
        ahead = (entry for entry in self.agenda.due if entry.task.what is What.REVIEW and entry.state not in PAST)
        return tuple(entry for entry in ahead if financial_year(entry.obligation.when) == self.financial_year)

    @cached_property
    def reviews_in_doubt(self) -> int:
        """The number of reviews that are overdue, never recorded or without a date."""
        past = sum(entry.state in PAST and entry.task.what is What.REVIEW for entry in self.agenda.due)
        return past + sum(entry.task.what is What.REVIEW for entry in self.agenda.missing)

    @cached_property
    def next_review(self) -> Due | None:
        """The next review that is still to come."""
        ahead = (entry for entry in self.agenda.due if entry.task.what is What.REVIEW and entry.state not in PAST)
        return next(ahead, None)
