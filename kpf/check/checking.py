"""The pipeline: a register, as at a day, becomes judgements, verdicts and findings.

It prints nothing and decides no exit.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from kpf.check.exceptions import excepted
from kpf.check.judging import RULE_NAMES, judge_council, judge_partnership
from kpf.check.rows import row_of, tally
from kpf.check.verdicts import rolled_up, verdicts_of
from kpf.document import Document
from kpf.finding import OPEN, DutyVerdict, Finding, Judgement
from kpf.model import Partnership
from kpf.register.provenance import RegisterFile, register_file
from kpf.register.records import Records, read_records
from kpf.register.register import Register
from kpf.rules.case import Case, Shared, case_of, shared_by


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What one file came to: small enough to be kept of every one, and to be passed between processes."""

    file: RegisterFile
    name: str
    """The partnership's name, empty where none can be read."""
    lead_service: str
    findings: tuple[Finding, ...]
    row: bytes
    """The verdict on each statement; see `rows`."""
    verdicts: tuple[DutyVerdict, ...] | None = None
    """The same with reasons and evidence, where that was asked for."""

    @property
    def id(self) -> str | None:
        """The id of the partnership; None for what all partnerships share."""
        return self.file.partnership

    @property
    def open_duties(self) -> int:
        """On how many duties something is left to do."""
        counted = tally((self.row,))
        return sum(counted[verdict] for verdict in OPEN)


@dataclass(frozen=True)
class Survey:
    """What a run found out about a whole register, file by file."""

    as_at: date
    exceptions_counted: bool
    """False where what was agreed to stay open counts as open, as an auditor may wish to see it."""
    folder: Path
    """The folder that holds partnerships/."""
    skipped: tuple[str, ...]
    council: CheckedFile
    organisations: CheckedFile
    partnerships: tuple[CheckedFile, ...]
    """In the order of their ids."""
    judgements_on: Callable[[str | None], Iterable[Judgement]]
    """All judgements on one partnership by its id, or on the council: looked up, or made again."""

    @property
    def checked(self) -> tuple[CheckedFile, ...]:
        """All files that were read or should have been."""
        return (self.council, self.organisations, *self.partnerships)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """As a person meets them, reading the files; at one place faults first, then in the order of the framework."""
        held = [finding for file in self.checked for finding in file.findings]
        return tuple(sorted(held, key=lambda finding: (*finding.place, finding.verdict is not None)))

    @cached_property
    def rolled_up(self) -> DutyVerdict:
        """The verdict on the framework's aim."""
        return rolled_up(tally(file.row for file in self.checked))

    def verdicts_on(self, file: CheckedFile) -> tuple[DutyVerdict, ...]:
        """The verdicts on the duties of one partnership or of the council, with reasons and evidence."""
        if file.verdicts is not None:
            return file.verdicts
        return tuple(verdicts_of(self.judgements_on(file.id)))


@dataclass(frozen=True)
class Checked:
    """What a run found out about a register that is held as a whole."""

    register: Register
    partnerships: dict[str, Partnership]
    """By id, as at the day; those of files that no verdict may rest on are empty."""
    judged: Mapping[str | None, tuple[Judgement, ...]]
    """The judgements on each partnership by its id, and on the council."""
    shared: Shared
    survey: Survey

    def of_the_same(self, case: Case) -> tuple[Judgement, ...] | None:
        """The judgements on the partnership of `case`, where its file and all that they rest on are the same."""
        held, now = self.shared, case.shared
        name = (vars(case.partnership).get("name") or "").casefold()
        same = (
            held.council_document is now.council_document
            and held.organisations_document is now.organisations_document
            and held.first_of_name.get(name) == now.first_of_name.get(name)
            and self._documents.get(case.id) is case.own
        )
        return self.judged[case.id] if same else None

    @cached_property
    def _documents(self) -> dict[str | None, Document]:
        return {document.partnership: document for document in self.register.partnerships}

    @property
    def as_at(self) -> date:
        """The day as at which everything was judged."""
        return self.survey.as_at

    @property
    def exceptions_counted(self) -> bool:
        """False where what was agreed to stay open counts as open."""
        return self.survey.exceptions_counted

    @property
    def findings(self) -> tuple[Finding, ...]:
        """As a person meets them, reading the files."""
        return self.survey.findings

    @property
    def judgements(self) -> Iterator[Judgement]:
        """All judgements, partnership by partnership."""
        return (judgement for held in self.judged.values() for judgement in held)

    @cached_property
    def verdicts(self) -> tuple[DutyVerdict, ...]:
        """All verdicts with reasons and evidence: on the framework's aim, on the council, on each partnership."""
        survey = self.survey
        files = (survey.council, *survey.partnerships)
        return (survey.rolled_up, *(verdict for file in files for verdict in survey.verdicts_on(file)))


def check_register(register: Register, day: date, *, exceptions: bool = True, known: Checked | None = None) -> Checked:
    """Hold every file of `register` against the framework, as at `day`; agreed `exceptions` count or do not.

    What is `known` of another register, checked likewise, is taken over where all that bears on it is the same.
    """
    return check_records(read_records(register, day), exceptions=exceptions, known=known)


def check_records(records: Records, *, exceptions: bool = True, known: Checked | None = None) -> Checked:
    """The same as `check_register` for a register whose records are read already."""
    register, day = records.register, records.day
    shared = shared_by(records.shared, RULE_NAMES, records.names)
    faults: dict[str | None, list[Finding]] = {}
    for fault in records.faults:
        faults.setdefault(fault.partnership, []).append(fault)
    judged: dict[str | None, tuple[Judgement, ...]] = {}
    files: list[CheckedFile] = []
    for document in register.partnerships:
        case = case_of(document, records.partnerships[document.partnership or ""], shared)
        again = known.of_the_same(case) if known else None
        judged[case.id] = judgements = again or judgements_on_partnership(case, exceptions=exceptions)
        files.append(checked_partnership(case, faults.get(case.id, ()), judgements))
    judged[None] = judgements_on_council(shared)
    council, organisations = checked_shared(shared, faults.get(None, ()), judged[None])
    survey = Survey(
        day, exceptions, register.folder, register.skipped, council, organisations, tuple(files), judged.__getitem__
    )
    return Checked(register, records.partnerships, judged, shared, survey)


def judgements_on_partnership(case: Case, *, exceptions: bool) -> tuple[Judgement, ...]:
    """All judgements on the partnership of `case`; agreed `exceptions` count or do not."""
    return tuple(excepted(judge_partnership(case), case, counted=exceptions))


def judgements_on_council(shared: Shared) -> tuple[Judgement, ...]:
    """All judgements on the duties that are the council's own."""
    own = shared.council_document
    return tuple(judge_council(Case(shared, None, Partnership(), own, own, subject="the council")))


def checked_partnership(
    case: Case, faults: Iterable[Finding], judgements: tuple[Judgement, ...], *, in_full: bool = False
) -> CheckedFile:
    """What the file of the partnership of `case` came to."""
    values = vars(case.partnership)  # what cannot be read hides nothing
    return CheckedFile(
        register_file(case.own),
        values.get("name") or "",
        values.get("lead_service") or "",
        (*faults, *_told(judgements)),
        row_of(judgements),
        tuple(verdicts_of(judgements)) if in_full else None,
    )


def checked_shared(
    shared: Shared, faults: Iterable[Finding], judgements: tuple[Judgement, ...]
) -> tuple[CheckedFile, CheckedFile]:
    """What _council.yaml with the council's own duties came to, and _organisations.yaml."""
    own, organisations = shared.council_document, shared.organisations_document
    council = CheckedFile(register_file(own), "", "", (*faults, *_told(judgements)), row_of(judgements))
    return council, CheckedFile(register_file(organisations), "", "", (), row_of(()))


def _told(judgements: Iterable[Judgement]) -> Iterator[Finding]:
    return (Finding.of(judgement) for judgement in judgements if judgement.makes_a_finding)
