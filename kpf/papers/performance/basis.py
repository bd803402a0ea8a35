"""The inputs of the sections of the performance report: each file in turn, then the whole register."""

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
"""The changes between the ends of two periods, or a sentence that says why they are not known."""
Compare = Callable[[HalfYear, Callable[[Records], Records]], Compared]
"""A function that compares the registers around a period, each limited first to what the paper may show."""


@dataclass(frozen=True)
class FileBasis:
    """One partnership, while its file is read, and the period. The properties are derived from them."""

    file: JudgedFile
    shown: Shown
    half: HalfYear

    @cached_property
    def subject(self) -> Subject:
        """The partnership, limited to what the part may show."""
        return subject_of(self.file, self.shown, self.half)

    @cached_property
    def standing(self) -> Standing:
        """The standing of the partnership in the period."""
        return standing_of(self.subject)

    @property
    def is_key(self) -> bool:
        """Whether the partnership was key in the period."""
        return self.standing is Standing.KEY

    @cached_property
    def account(self) -> Account:
        """The account of the partnership in the period."""
        return account(self.subject)


@dataclass(frozen=True)
class Basis:
    """A register, the period, and what the part of the report may show."""

    judge: Judge
    shown: Shown
    half: HalfYear
    compare: Compare

    @property
    def periods(self) -> ReportingPeriods:
        """The reporting periods of the council."""
        return self.shown.framework.periods

    def cut(self, records: Records) -> Records:
        """Return `records` with only what the part may show."""
        return records_for(self.shown.part, records)
