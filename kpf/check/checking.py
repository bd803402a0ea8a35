"""Check a register: judge each file and keep its findings and verdicts. Nothing here prints or exits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Final, Self

from kpf.check.gaps import is_for_the_public, marked_evidence, reveals_exempt
from kpf.check.rows import row_of, tally, tally_added
from kpf.check.stream import Judge, JudgedFile, Seen, Terms, each_file, ignore_progress
from kpf.finding import ON_RECORD, OPEN, DutyVerdict, Finding, Judgement, Verdict, worst
from kpf.framework import ROLL_UP, Framework
from kpf.register.provenance import RegisterFile, register_file
from kpf.register.register import Files


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The result for one file, small enough to keep for every file and to pass between processes."""

    file: RegisterFile
    name: str
    """The partnership's name; empty if it cannot be read."""
    lead_service: str
    findings: tuple[Finding, ...]
    row: bytes
    """The verdict on each statement; see `rows`."""
    verdicts: tuple[DutyVerdict, ...] | None = None
    """The verdicts with reasons and evidence, if asked for."""

    @property
    def id(self) -> str | None:
        """The id of the partnership; None for the files that all share."""
        return self.file.partnership

    @classmethod
    def of(cls, judged: JudgedFile, *, in_full: bool = False) -> Self:
        """Make the result for a `judged` file; with `in_full`, verdicts have reasons and evidence."""
        return cls(
            register_file(judged.document),
            judged.name,
            judged.lead_service,
            tuple(judged.findings),
            row_of(judged.judgements, judged.framework),
            tuple(verdicts_of(judged.judgements, judged.framework)) if in_full else None,
        )

    @property
    def open_duties(self) -> int:
        """The number of duties with something left to do."""
        counted, added = tally((self.row,)), tally_added((self.row,))
        return sum(counted[verdict] + added[verdict] for verdict in OPEN)


@dataclass(frozen=True)
class Checked:
    """The result of checking a register, file by file."""

    judge: Judge
    """The judge that judged the files. It can judge a file again for its reasons and evidence."""
    council: CheckedFile
    organisations: CheckedFile
    partnerships: tuple[CheckedFile, ...]
    """In the order of their ids."""
    edition: CheckedFile | None = None
    """The council's own edition of the framework; None where it has none."""

    @property
    def register(self) -> Files:
        """The register that was judged."""
        return self.judge.register

    @property
    def as_at(self) -> date:
        """The day of the judgements: later facts do not count."""
        return self.judge.terms.day

    @property
    def framework(self) -> Framework:
        """The framework in force on that day."""
        return self.judge.shared.framework

    @property
    def exceptions_counted(self) -> bool:
        """Whether agreed exceptions count. If not, what they cover is open, as an auditor may want it."""
        return self.judge.terms.exceptions

    @property
    def files(self) -> tuple[CheckedFile, ...]:
        """All files that were read, and those that are missing."""
        return (self.council, self.organisations, *((self.edition,) if self.edition else ()), *self.partnerships)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, by file and line; at one place faults first, then in the framework's order."""
        found = [finding for file in self.files for finding in file.findings]
        return tuple(sorted(found, key=lambda finding: (*finding.place, finding.verdict is not None)))

    @cached_property
    def overall_verdict(self) -> DutyVerdict:
        """The verdict on the framework's aim."""
        return overall_verdict(tally(file.row for file in self.files))

    def verdicts_on(self, file: CheckedFile) -> tuple[DutyVerdict, ...]:
        """Return the verdicts on the duties of one partnership or the council, with reasons and evidence.

        If they were not kept, the file is judged again.
        """
        if file.verdicts is not None:
            return file.verdicts
        return tuple(verdicts_of(self.judge.again(file.id).judgements, self.framework))

    @cached_property
    def verdicts(self) -> tuple[DutyVerdict, ...]:
        """All verdicts with reasons and evidence: on the framework's aim, the council and each partnership."""
        files = (self.council, *self.partnerships)
        return (self.overall_verdict, *(verdict for file in files for verdict in self.verdicts_on(file)))


def check_register(  # noqa: PLR0913 - a register, a day, and five things that few ask for
    register: Files,
    day: date,
    *,
    exceptions: bool = True,
    today: bool = False,
    in_full: bool = False,
    jobs: int | None = None,
    seen: Seen = ignore_progress,
) -> Checked:
    """Judge every file of `register` by the framework, as at `day`. Agreed `exceptions` count unless told otherwise.

    If the day is `today`, facts recorded with a later date are findings. With `in_full`, verdicts keep their reasons
    and evidence. `jobs` is the greatest number of processes, by default the number of cores. Raises `WorkerLost`.
    """
    judge = Judge.of(register.at_hand((), ()), Terms(day, exceptions, today))
    partnerships, judge = each_file(judge, partial(CheckedFile.of, in_full=in_full), jobs, seen)
    return checked_by(judge, partnerships)


def checked_by(judge: Judge, partnerships: Iterable[CheckedFile]) -> Checked:
    """Make the result for a register from the results for its `partnerships`."""
    own = judge.records.edition
    organisations, *edition = (
        CheckedFile(register_file(document), "", "", (), row_of(()))
        for document in (judge.records.organisations_document, *((own.document,) if own else ()))
    )
    return Checked(judge, CheckedFile.of(judge.council), organisations, tuple(partnerships), *edition)


def verdicts_of(judgements: Iterable[Judgement], in_force: Framework) -> Iterator[DutyVerdict]:
    """Yield the verdict on each duty of one partnership or the council, in the order of the framework `in_force`.

    It is the worst of the judgements on the duty, with the evidence of those that are met.
    """
    by_duty: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        for duty in judgement.duties:
            by_duty[duty].append(judgement)
    for duty, statement in in_force.statements.items():
        if duty in by_duty:
            yield _verdict(duty, by_duty[duty], needs_a_person=statement.needs_a_person)


_AGREED: Final = frozenset({Verdict.EXCEPTED, Verdict.NOT_APPLICABLE})
"""Verdicts that an agreement can lead to, which is then their evidence."""


def _verdict(duty: str, about: list[Judgement], *, needs_a_person: bool) -> DutyVerdict:
    verdict = worst(judgement.verdict for judgement in about)
    deciding = [judgement for judgement in about if judgement.verdict is verdict]
    met = [judgement for judgement in about if judgement.verdict is Verdict.MET]
    shows = deciding if verdict in _AGREED else met
    telling = next((judgement for judgement in deciding if judgement.message != ON_RECORD), None)
    return DutyVerdict(
        partnership=about[0].partnership,
        duty=duty,
        verdict=verdict,
        attested=verdict is Verdict.MET and (needs_a_person or any(judgement.attested for judgement in met)),
        reason=telling.message if telling else ON_RECORD,
        evidence=tuple(dict.fromkeys(marked_evidence(piece) for judgement in shows for piece in judgement.evidence)),
        exempt=telling is not None and reveals_exempt(telling),
        public=telling is None or is_for_the_public(telling),
    )


def overall_verdict(counted: Mapping[Verdict, int]) -> DutyVerdict:
    """Return the verdict on the framework's aim, which is the worst of all others. `counted` has the number of each."""
    there_are = ", ".join(f"{counted[verdict]} {verdict.words}" for verdict in Verdict if counted[verdict])
    found = worst(verdict for verdict in Verdict if counted[verdict])
    reason = f"The worst of all other verdicts of the register: {there_are}."
    return DutyVerdict(None, ROLL_UP, found, attested=False, reason=reason, evidence=())
