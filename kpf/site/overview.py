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
    """As far as the part may show it."""
    last: str
    """The half-year, or year, whose measures are counted: the last one that is over."""
    period: str
    """Which of both it is."""
    day: date

    @cached_property
    def stages(self) -> dict[str, int]:
        """How many partnerships have come how far, those that are running first."""
        return dict(Counter(entry.stage or "unreadable" for entry in self.partnerships).most_common())

    @cached_property
    def tally(self) -> dict[Verdict, int]:
        """The verdicts of all partnerships and of the council on duties of the framework."""
        return tally(self._rows)

    @cached_property
    def own_tally(self) -> dict[Verdict, int]:
        """The same on duties that the council has added to it."""
        return tally_added(self._rows)

    @property
    def _rows(self) -> list[bytes]:
        return [*(entry.row for entry in self.partnerships), self.council_row]

    @cached_property
    def colours(self) -> Colours:
        """The measures of the last period by colour."""
        return sum((entry.colours for entry in self.partnerships), Colours())

    @cached_property
    def overdue(self) -> tuple[Due, ...]:
        """What should have been done by now, as the records have it."""
        return tuple(entry for entry in self.agenda.due if entry.state is ObligationState.OVERDUE)

    @cached_property
    def never_recorded(self) -> tuple[Due, ...]:
        """What is past its first day and was never recorded."""
        return tuple(entry for entry in self.agenda.due if entry.state is ObligationState.NEVER_RECORDED)

    @cached_property
    def soon(self) -> tuple[Due, ...]:
        """What falls due in the next 90 days."""
        return within(self.agenda.due, self.day, self.day + SOON)

    @property
    def financial_year(self) -> str:
        """The financial year of the day."""
        return financial_year(self.day)

    @cached_property
    def reviews(self) -> tuple[Due, ...]:
        """The regular reviews still to be held in the financial year."""
        ahead = (entry for entry in self.agenda.due if entry.task.what is What.REVIEW and entry.state not in PAST)
        return tuple(entry for entry in ahead if financial_year(entry.obligation.when) == self.financial_year)

    @cached_property
    def reviews_in_doubt(self) -> int:
        """How many reviews are past their day, were never recorded, or have no day."""
        past = sum(entry.state in PAST and entry.task.what is What.REVIEW for entry in self.agenda.due)
        return past + sum(entry.task.what is What.REVIEW for entry in self.agenda.missing)

    @cached_property
    def next_review(self) -> Due | None:
        """The next of all reviews that are not past."""
        ahead = (entry for entry in self.agenda.due if entry.task.what is What.REVIEW and entry.state not in PAST)
        return next(ahead, None)
