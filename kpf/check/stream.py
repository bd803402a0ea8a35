"""A stream of the files of a register: each is read, judged and released, in several processes if that is faster.

Only what the caller keeps of each file stays in memory: findings and verdicts for check, obligations for due. The only
question that involves several partnerships is whether two have the same name. So the second of a name is judged again
at the end, when all names are known.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, Self, TypeVar

from kpf.check.exceptions import excepted
from kpf.check.gaps import findings_of, marked_fault, weighed
from kpf.check.judging import RULE_NAMES, judge_council, judge_partnership
from kpf.check.workers import answers_in_order, usable_cores
from kpf.document import Document
from kpf.finding import Finding, Judgement
from kpf.framework import Framework
from kpf.framework.appendix_a import without_file
from kpf.model import Partnership
from kpf.register.entries import ListedFile
from kpf.register.records import SharedRecords, read_partnership, read_shared
from kpf.register.register import Files
from kpf.rules.case import Case, case_of
from kpf.rules.shared import Shared, first_of_each, shared_by

if TYPE_CHECKING:
    from kpf.check.spells import PresentTime

Task = TypeVar("Task")
Kept = TypeVar("Kept")
Seen = Callable[[int], None]
"""Called with the number of files finished since the last call."""

_TOGETHER: Final = 24
"""The number of files passed to a worker at once."""
_WORTH_A_WORKER: Final = 60
"""The number of files that take as long as starting a process."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms by which files are judged."""

    day: date
    exceptions: bool = True
    """Whether agreed exceptions count."""
    today: bool = False
    """Whether the day is today, so that a fact with a later date is a mistake."""


class JudgedFile:
    """One file: its record, its faults and the judgements on it."""

    def __init__(
        self, case: Case, faults: Sequence[Finding], terms: Terms, present: "PresentTime | None" = None
    ) -> None:
        self.case: Final = case
        self.faults: Final = tuple(map(marked_fault, faults))
        self.present: Final = present
        """The partnership arranged by its present time on the list; None if it never came back to it."""
        self._terms: Final = terms

    @property
    def id(self) -> str | None:
        """The id of the partnership; None for the council's own file."""
        return self.case.id

    @property
    def document(self) -> Document:
        """The file as it was read."""
        return self.present.written if self.present else self.case.own

    @property
    def framework(self) -> Framework:
        """The framework in force on the day."""
        return self.case.shared.framework

    @property
    def name(self) -> str:
        """The partnership's name; empty if it cannot be read."""
        return vars(self.case.partnership).get("name") or ""

    @property
    def lead_service(self) -> str:
        """The service that leads the partnership; empty if it cannot be read."""
        return vars(self.case.partnership).get("lead_service") or ""

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements on the partnership or the council, made when first used."""
        if self.id is None:
            return tuple(judge_council(self.case))
        judgements = weighed(self._judged(self.case), self.case, self._judged)
        return tuple(self.present.judged(judgements) if self.present else judgements)

    def _judged(self, case: Case) -> Iterator[Judgement]:
        return excepted(judge_partnership(case), case, counted=self._terms.exceptions)

    @property
    def findings(self) -> Iterator[Finding]:
        """Yield the findings of this file: the faults, then those from judgements."""
        yield from self.faults
        judgements = self.judgements
        if [judgement for judgement in judgements if judgement.cause]:
            from kpf.check.causes import reported_once  # noqa: PLC0415 - most files have no name that a list lacks

            judgements = reported_once(judgements)
        yield from findings_of(judgements)


@dataclass(frozen=True)
class Judge:
    """Reads and judges the files of a register, all as at the same day and with the same shared files."""

    register: Files
    terms: Terms
    records: SharedRecords
    shared: Shared

    @classmethod
    def of(cls, register: Files, terms: Terms) -> Self:
        """Make a judge that does not know the names of partnerships yet."""
        own = register.read_framework()
        records = read_shared(*register.read_shared(), terms.day, today=terms.today, framework_document=own)
        return cls(register, terms, records, shared_by(records, RULE_NAMES))

    def knowing(self, names: Mapping[str, str]) -> Self:
        """Return this judge with the `names` of all partnerships, by their ids."""
        known = [(names.get(entry.id), entry.id) for entry in self.register.entries]
        missing = without_file(known, self.shared.framework)
        return replace(
            self, shared=replace(self.shared, first_of_name=first_of_each(names.items()), without_file=missing)
        )

    @property
    def shared_documents(self) -> tuple[Document, Document]:
        """_council.yaml and _organisations.yaml."""
        return self.records.council_document, self.records.organisations_document

    def is_second_of_its_name(self, id_: str, name: str) -> bool:
        """Return whether an earlier partnership than `id_` has the same `name`."""
        return self.shared.first_of_name.get(name.casefold(), id_) != id_

    def file(self, entry: ListedFile) -> JudgedFile:
        """Return the judged file of `entry`."""
        return self.judged(self.register.read(entry))

    def again(self, id_: str | None) -> JudgedFile:
        """Return the judged file of the partnership `id_`; for None, the council's own file."""
        if id_ is None:
            return self.council
        (entry,) = (one for one in self.register.entries if one.id == id_)
        return self.with_at_hand([entry]).file(entry)

    def with_at_hand(self, entries: Sequence[ListedFile]) -> Self:
        """Return this judge with the files of `entries` ready to be read."""
        return replace(self, register=self.register.at_hand(entries, ()))

    def judged(self, document: Document) -> JudgedFile:
        """Return the judged file for `document`."""
        edition = self.records.edition
        partnership, faults = read_partnership(document, self.terms.day, today=self.terms.today, edition=edition)
        document = replace(document, up_to=self.terms.day)
        if vars(partnership).get("listed_again"):
            from kpf.check.spells import present_time  # noqa: PLC0415 - few partnerships have left the list and returned

            present = present_time(partnership, document)
            if present:
                case = case_of(present.document, present.partnership, self.shared)
                return JudgedFile(case, faults, self.terms, present)
        return JudgedFile(case_of(document, partnership, self.shared), faults, self.terms)

    @property
    def council(self) -> JudgedFile:
        """The council's own file, with the faults of both shared files."""
        own = self.records.council_document
        case = Case(self.shared, None, Partnership(), own, own, subject="the council")
        return JudgedFile(case, self.records.faults, self.terms)


def ignore_progress(_: int) -> None:
    """Do nothing: the default for `seen`."""


def each_file(
    judge: Judge, keep: Callable[[JudgedFile], Kept], jobs: int | None = None, seen: Seen = ignore_progress
) -> tuple[list[Kept], Judge]:
    """Return what `keep` returns for each partnership, in the order of ids, and a judge that knows all their names.

    `jobs` is the greatest number of processes, by default the number of cores. `seen` is told of progress. Raises
    `WorkerLost`.
    """
    entries = judge.register.entries
    kept: list[Kept] = []
    names: dict[str, str] = {}
    for entry, (name, found) in zip(
        entries, in_parts(partial(_kept_of, judge, keep), entries, jobs, seen), strict=True
    ):
        kept.append(found)
        if name:
            names[entry.id] = name
    judge = judge.knowing(names)
    for place, entry in enumerate(entries):
        if judge.is_second_of_its_name(entry.id, names.get(entry.id, "")):
            kept[place] = keep(judge.again(entry.id))
    return kept, judge


def _kept_of(judge: Judge, keep: Callable[[JudgedFile], Kept], entries: Sequence[ListedFile]) -> list[tuple[str, Kept]]:
    """Return the name of each partnership, with what `keep` returns for it."""
    return [(file.name, keep(file)) for file in map(judge.with_at_hand(entries).file, entries)]


def in_parts(
    answer: Callable[[Sequence[Task]], Sequence[Kept]],
    tasks: Sequence[Task],
    jobs: int | None = None,
    seen: Seen = ignore_progress,
) -> Iterator[Kept]:
    """Yield what `answer` returns for each of `tasks`, in their order. It gets a part of them at a time.

    Raises `WorkerLost`.
    """
    workers = min(jobs or usable_cores(), len(tasks) // _WORTH_A_WORKER)
    for answers in answers_in_order(answer, parts(tasks), workers):
        yield from answers
        seen(len(answers))


def parts(tasks: Sequence[Task]) -> Iterator[Sequence[Task]]:
    """Yield the `tasks` in the parts that are passed to a worker at once."""
    return (tasks[start : start + _TOGETHER] for start in range(0, len(tasks), _TOGETHER))
