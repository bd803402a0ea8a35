"""The files of a register, each read, judged and let go when it is done, in as many processes as help.

Of each file only what the caller keeps of it stays in memory: check keeps findings and verdicts, due what is owed.
Partnerships meet in one question alone, whether two have one name. So a second partnership of a name is judged again
at the end, when all names are known.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, Self, TypeVar

from kpf.check.exceptions import excepted
from kpf.check.gaps import findings_of, marked_fault
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
"""Called with the number of files that were finished since the last call."""

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
    today: bool = False
    """Whether the day is today: nothing can have happened after it."""


class JudgedFile:
    """One file while it is looked at: what it says, what of it could not be read, and the judgements on it."""

    def __init__(
        self, case: Case, faults: Sequence[Finding], terms: Terms, present: "PresentTime | None" = None
    ) -> None:
        self.case: Final = case
        self.faults: Final = tuple(map(marked_fault, faults))
        self.present: Final = present
        """Its present time on the list; None where it never came back to it."""
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
        """The partnership's name; empty where none can be read."""
        return vars(self.case.partnership).get("name") or ""

    @property
    def lead_service(self) -> str:
        """The service that leads the partnership; empty where none can be read."""
        return vars(self.case.partnership).get("lead_service") or ""

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements on the partnership or on the council, made when they are first asked for."""
        if self.id is None:
            return tuple(judge_council(self.case))
        judgements = excepted(judge_partnership(self.case), self.case, counted=self._terms.exceptions)
        return tuple(self.present.judged(judgements) if self.present else judgements)

    @property
    def findings(self) -> Iterator[Finding]:
        """The findings of this file: the faults, then the judgements that leave something to do."""
        yield from self.faults
        yield from findings_of(self.judgements)


@dataclass(frozen=True)
class Judge:
    """Reads the files of a register and judges them, one after another, by one day and the shared files."""

    register: Files
    terms: Terms
    records: SharedRecords
    shared: Shared

    @classmethod
    def of(cls, register: Files, terms: Terms) -> Self:
        """A judge who knows no names of partnerships yet."""
        own = register.read_framework()
        records = read_shared(*register.read_shared(), terms.day, today=terms.today, framework_document=own)
        return cls(register, terms, records, shared_by(records, RULE_NAMES))

    def knowing(self, names: Mapping[str, str]) -> Self:
        """The same judge, who knows the `names` of partnerships by their ids."""
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
        """Whether another partnership, before this one, has the same `name`."""
        return self.shared.first_of_name.get(name.casefold(), id_) != id_

    def file(self, entry: ListedFile) -> JudgedFile:
        """The partnership of `entry`."""
        return self.judged(self.register.read(entry))

    def again(self, id_: str | None) -> JudgedFile:
        """The partnership of this id, or the council's own file."""
        if id_ is None:
            return self.council
        (entry,) = (one for one in self.register.entries if one.id == id_)
        return self.with_at_hand([entry]).file(entry)

    def with_at_hand(self, entries: Sequence[ListedFile]) -> Self:
        """The same judge, who has the files of `entries` ready to be read."""
        return replace(self, register=self.register.at_hand(entries, ()))

    def judged(self, document: Document) -> JudgedFile:
        """The partnership in `document`."""
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
        """The council's own file, with the faults of both files that all partnerships share."""
        own = self.records.council_document
        case = Case(self.shared, None, Partnership(), own, own, subject="the council")
        return JudgedFile(case, self.records.faults, self.terms)


def ignore_progress(_: int) -> None:
    """Take no notice of files that are done."""


def each_file(
    judge: Judge, keep: Callable[[JudgedFile], Kept], jobs: int | None = None, seen: Seen = ignore_progress
) -> tuple[list[Kept], Judge]:
    """What is to `keep` of each partnership, in the order of their ids; and a judge who knows all their names.

    `jobs` is the greatest number of processes, by default that of the cores. Raises `WorkerLost`.
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
    """The name of each partnership, and what is to `keep` of it."""
    return [(file.name, keep(file)) for file in map(judge.with_at_hand(entries).file, entries)]


def in_parts(
    answer: Callable[[Sequence[Task]], Sequence[Kept]],
    tasks: Sequence[Task],
    jobs: int | None = None,
    seen: Seen = ignore_progress,
) -> Iterator[Kept]:
    """What `answer` gives for each of `tasks`, one file each, in their order; it is asked for a part of them at a time.

    Raises `WorkerLost`.
    """
    workers = min(jobs or usable_cores(), len(tasks) // _WORTH_A_WORKER)
    for answers in answers_in_order(answer, parts(tasks), workers):
        yield from answers
        seen(len(answers))


def parts(tasks: Sequence[Task]) -> Iterator[Sequence[Task]]:
    """The `tasks`, so many at a time as are worth handing over together."""
    return (tasks[start : start + _TOGETHER] for start in range(0, len(tasks), _TOGETHER))
