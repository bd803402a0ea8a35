"""The subject of a paper, or of a part of it: one partnership in one half-year or year."""

from dataclasses import dataclass
from datetime import date

from kpf.check.stream import JudgedFile
from kpf.dates import HalfYear, ReportingPeriods
from kpf.framework import Framework
from kpf.model import Council, Partnership
from kpf.model.agreement import Agreement
from kpf.model.monitoring import Monitoring
from kpf.model.performance import Half
from kpf.model.periods import as_written
from kpf.model.proposal import Proposal
from kpf.obligations.asking import owner_of
from kpf.papers.blanks import Gaps
from kpf.papers.public import Shown


@dataclass(frozen=True, slots=True)
class Subject:
    """A partnership with only what the paper may show, and the maker of its blanks."""

    id: str
    partnership: Partnership
    period: HalfYear
    """The half-year, or the second half of the year if the council reports once a year."""
    day: date
    """The day of the paper."""
    council: Council
    framework: Framework
    """The framework in force."""
    gaps: Gaps

    @property
    def periods(self) -> ReportingPeriods:
        """The reporting periods of the council."""
        return self.framework.periods

    @property
    def name(self) -> str:
        """The name of the partnership, or its id if no name is recorded."""
        return self.partnership.name or self.id

    @property
    def monitoring(self) -> Monitoring:
        """The monitoring section. This and the following sections are empty if nothing is recorded."""
        return self.partnership.monitoring

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.partnership.agreement

    @property
    def has_no_end(self) -> bool:
        """Whether it is recorded that the agreement has no end."""
        return self.agreement.ends == date.max

    @property
    def proposal(self) -> Proposal:
        """The proposal section."""
        return self.partnership.proposal

    @property
    def half(self) -> Half:
        """The record of the period."""
        return (self.partnership.half_years or {}).get(self.period) or Half()

    @property
    def in_half(self) -> tuple[str, str]:
        """The path of the record of the period in the file."""
        return ("half_years", as_written(self.period, self.gaps.document))


def subject_of(file: JudgedFile, shown: Shown, period: HalfYear) -> Subject:
    """Return the subject for the partnership in `file`, with what is `shown`.

    Its blanks are to be supplied by its manager, or else by its lead service.
    """
    partnership = shown.partnership(file)
    who = owner_of(partnership) or "its lead service, which is not recorded either"
    return Subject(
        file.id or "", partnership, period, shown.day, shown.council, shown.framework, Gaps(file.case.own, who)
    )
