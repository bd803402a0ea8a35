"""What every section of the performance report is gathered from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kpf.check.judging import RULE_NAMES
from kpf.compare.values import Change
from kpf.dates import HalfYear
from kpf.papers.account import Account, account
from kpf.papers.common import Known
from kpf.papers.public import records_for
from kpf.papers.standing import Standing, standing_of
from kpf.papers.subject import Subject, subject_of
from kpf.papers.wanted import Part
from kpf.register.records import Records
from kpf.rules.case import Case, case_of, shared_by

Compared = tuple[Change, ...] | str
"""What changed from the register at the end of one half-year to that at the end of the next; or why nobody can tell."""
Compare = Callable[[HalfYear, Callable[[Records], Records]], Compared]
"""Compares the two registers around a half-year, each cut by a function first to what the paper may show."""


@dataclass(frozen=True)
class Basis:
    """A register, a half-year, and the part of the paper that is written. Everything else follows from them."""

    known: Known
    half: HalfYear
    part: Part
    compare: Compare

    @cached_property
    def shown(self) -> Records:
        """The records, cut to what the part may show."""
        return self.cut(self.known.records)

    def cut(self, records: Records) -> Records:
        """`records` with nothing that the part may not show."""
        return records_for(self.part, records)

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """Every partnership of the register by its id."""
        return {id_: subject_of(id_, self.shown, self.half) for id_ in self.shown.partnerships}

    @cached_property
    def standing(self) -> Mapping[str, Standing]:
        """How each partnership stands in the half-year."""
        return {id_: standing_of(entry) for id_, entry in self.subjects.items()}

    @cached_property
    def key(self) -> tuple[Subject, ...]:
        """The partnerships that were key in the half-year, in the order of their ids."""
        return tuple(entry for id_, entry in self.subjects.items() if self.standing[id_] is Standing.KEY)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """What the paper says of each of them, in the same order."""
        return tuple(account(entry) for entry in self.key)

    @cached_property
    def cases(self) -> Mapping[str, Case]:
        """Each partnership as the rules see it."""
        records = self.known.records
        shared = shared_by(records.shared, RULE_NAMES, records.names)
        files = {document.partnership or "": document for document in records.register.partnerships}
        return {id_: case_of(document, records.partnerships[id_], shared) for id_, document in files.items()}
