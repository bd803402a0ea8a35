"""One partnership in one half-year, or year: what its part of a paper is written from."""

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
    """A partnership, cut to what the paper may show, and where to ask for what it lacks."""

    id: str
    partnership: Partnership
    period: HalfYear
    """The half-year; of a council that reports once a year, the second of that year."""
    day: date
    """The day of the paper."""
    council: Council
    framework: Framework
    """The framework in force."""
    gaps: Gaps

    @property
    def periods(self) -> ReportingPeriods:
        """The periods that reports are on."""
        return self.framework.periods

    @property
    def name(self) -> str:
        """What people call it; its id where no name is recorded."""
        return self.partnership.name or self.id

    @property
    def monitoring(self) -> Monitoring:
        """How it is monitored; empty where nothing is recorded, as with the sections below."""
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
        """The proposal."""
        return self.partnership.proposal

    @property
    def half(self) -> Half:
        """What the period brought; empty where nothing is recorded."""
        return (self.partnership.half_years or {}).get(self.period) or Half()

    @property
    def in_half(self) -> tuple[str, str]:
        """Where that stands in the file."""
        return ("half_years", as_written(self.period, self.gaps.document))


def subject_of(file: JudgedFile, shown: Shown, period: HalfYear) -> Subject:
    """The partnership in `file`, as far as it is `shown`.

    What it lacks is asked of its manager, else of the service that leads it.
    """
    partnership = shown.partnership(file)
    who = owner_of(partnership) or "its lead service, which is not recorded either"
    return Subject(
        file.id or "", partnership, period, shown.day, shown.council, shown.framework, Gaps(file.case.own, who)
    )
