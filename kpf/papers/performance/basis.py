"""What the sections of the performance report are gathered from: one file at a time, then the whole register."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from kpf.check.stream import Judge, JudgedFile
from kpf.compare.values import Change
from kpf.dates import HalfYear, ReportingPeriods
from kpf.papers.account import Account, account
from kpf.papers.public import Shown, records_for
from kpf.papers.standing import Standing, standing_of
from kpf.papers.subject import Subject, subject_of
from kpf.register.records import Records

Compared = tuple[Change, ...] | str
"""What changed between the registers at the ends of two periods; or why that is not known."""
Compare = Callable[[HalfYear, Callable[[Records], Records]], Compared]
"""Compares the two registers around a period, each cut by a function first to what the paper may show."""


@dataclass(frozen=True)
class FileBasis:
    """One partnership while its file is looked at, and the period. Everything else follows from them."""

    file: JudgedFile
    shown: Shown
    half: HalfYear

    @cached_property
    def subject(self) -> Subject:
        """The partnership, cut to what the part may show."""
        return subject_of(self.file, self.shown, self.half)

    @cached_property
    def standing(self) -> Standing:
        """How it stands in the period."""
        return standing_of(self.subject)

    @property
    def is_key(self) -> bool:
        """Whether it was a key partnership in the period."""
        return self.standing is Standing.KEY

    @cached_property
    def account(self) -> Account:
        """What the paper says of it."""
        return account(self.subject)


@dataclass(frozen=True)
class Basis:
    """A register, the period, and what the part that is written may show."""

    judge: Judge
    shown: Shown
    half: HalfYear
    compare: Compare

    @property
    def periods(self) -> ReportingPeriods:
        """The periods that reports are on."""
        return self.shown.framework.periods

    def cut(self, records: Records) -> Records:
        """`records` with nothing that the part may not show."""
        return records_for(self.shown.part, records)
