"""A register of any size: each file is read, judged and let go, in as many processes as there are cores.

What comes out is the same as of `check_register`, whatever the number of processes. Partnerships meet in one question
alone, whether two have the same name: it is asked at the end, and those that share one are judged again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Final

from kpf.check.checking import (
    CheckedFile,
    Survey,
    checked_partnership,
    checked_shared,
    judgements_on_council,
    judgements_on_partnership,
)
from kpf.check.judging import RULE_NAMES
from kpf.check.workers import answers_in_order, usable_cores
from kpf.finding import Finding, Judgement
from kpf.register.entries import ListedFile
from kpf.register.records import SharedRecords, read_partnership, read_shared
from kpf.register.register import FolderListing
from kpf.rules.case import Case, case_of, first_of_each, shared_by

_TOGETHER: Final = 24
"""So many files go to a worker at once."""
_WORTH_A_WORKER: Final = 60
"""To start one more process takes as long as so many files."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How files are judged."""

    day: date
    exceptions: bool = True
    """Whether agreed exceptions count."""
    in_full: bool = False
    """Whether verdicts come with reasons and evidence."""


def survey(
    listing: FolderListing, terms: Terms, jobs: int | None = None, seen: Callable[[int], None] = lambda _: None
) -> Survey:
    """Hold every file of `listing` against the framework.

    `jobs` is the greatest number of processes, by default that of the cores. `seen` is told, as they are done, of so
    many files more. Raises `WorkerLost`.
    """
    entries, listing = listing.entries, listing.with_shared_held()
    files: list[CheckedFile] = []
    for checked in answers_in_order(
        partial(_judging, listing.without_entries(), terms), _parts(entries), _crew(entries, jobs)
    ):
        files += checked
        seen(len(checked))
    names = [(file.id or "", file.name) for file in files if file.name]
    judge = _Judge.of(listing, terms, first_of_each(names))
    for place, file in enumerate(files):
        if judge.is_second_of_its_name(file):
            files[place] = judge.checked(entries[place])
    council, organisations = checked_shared(judge.shared, judge.records.faults, judge.judgements_on(None))
    return Survey(
        terms.day,
        terms.exceptions,
        listing.folder,
        listing.skipped,
        council,
        organisations,
        tuple(files),
        judge.judgements_on,
    )


def _parts(entries: Sequence[ListedFile]) -> Iterator[Sequence[ListedFile]]:
    return (entries[start : start + _TOGETHER] for start in range(0, len(entries), _TOGETHER))


def _crew(entries: Sequence[ListedFile], jobs: int | None) -> int:
    """How many processes are worth their start."""
    return min(jobs or usable_cores(), len(entries) // _WORTH_A_WORKER)


def _judging(listing: FolderListing, terms: Terms) -> Callable[[Sequence[ListedFile]], list[CheckedFile]]:
    """What a process does with a part of the files."""
    return _Judge.of(listing, terms).checked_all


class _Judge:
    """Reads files of a listing and judges them, one after another."""

    def __init__(
        self, listing: FolderListing, terms: Terms, records: SharedRecords, several: Mapping[str, str]
    ) -> None:
        self._listing, self._terms, self.records = listing, terms, records
        self.shared = replace(shared_by(records, RULE_NAMES), first_of_name=several)

    @classmethod
    def of(cls, listing: FolderListing, terms: Terms, several: Mapping[str, str] = MappingProxyType({})) -> "_Judge":
        """A judge who knows of `several` partnerships of one name: the first id of each name."""
        return cls(listing, terms, read_shared(*listing.read_shared(), terms.day), several)

    def is_second_of_its_name(self, file: CheckedFile) -> bool:
        first = self.shared.first_of_name.get(file.name.casefold()) if file.name else None
        return first not in {None, file.id}

    def checked_all(self, entries: Sequence[ListedFile]) -> list[CheckedFile]:
        return [self.checked(entry) for entry in entries]

    def checked(self, entry: ListedFile) -> CheckedFile:
        case, faults = self._case(entry)
        return checked_partnership(case, faults, self._judged(case), in_full=self._terms.in_full)

    def judgements_on(self, id_: str | None) -> tuple[Judgement, ...]:
        """All judgements on a partnership, made again, or on the council."""
        if id_ is None:
            return judgements_on_council(self.shared)
        entry = next(entry for entry in self._listing.entries if entry.id == id_)
        return self._judged(self._case(entry)[0])

    def _case(self, entry: ListedFile) -> tuple[Case, list[Finding]]:
        document = self._listing.read(entry)
        partnership, faults = read_partnership(document, self._terms.day)
        return case_of(document, partnership, self.shared), faults

    def _judged(self, case: Case) -> tuple[Judgement, ...]:
        return judgements_on_partnership(case, exceptions=self._terms.exceptions)
