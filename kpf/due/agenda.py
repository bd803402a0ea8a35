"""The agenda of a register as at a day: every obligation with its place, and those without a date yet.

Nothing here prints or reads the clock.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Final, Self

from kpf.check.exceptions import Agreed
from kpf.check.gaps import marked_evidence
from kpf.check.stream import Judge, JudgedFile, Seen, Terms, each_file, ignore_progress
from kpf.dates import HalfYear
from kpf.document import Document
from kpf.finding import Evidence, Finding, Location, Trail
from kpf.framework import REPORTS, Framework, edition_in_words, framework
from kpf.model import Council, Stage, Unreadable
from kpf.model.periods import as_written
from kpf.obligations.asking import council_end, council_ended
from kpf.obligations.cabinet import CabinetMeeting, meetings
from kpf.obligations.decisions import last_day
from kpf.obligations.gathered import owed_after_the_end, owed_by_council, owed_by_partnership, with_unique_names
from kpf.obligations.obligation import FieldReference, Holder, Obligation, ObligationState, Owed, Task, Undated
from kpf.obligations.reports import POLICY_AND_COMMUNICATIONS
from kpf.register.provenance import Provenance, RegisterFile, provenance_of_files, register_file
from kpf.register.register import Files
from kpf.rules.case import Case
from kpf.rules.stages import by_stage, stage_of

_HALF_YEARS: Final = "half_years"
_Place = Callable[[FieldReference], tuple[Document, Trail]]


@dataclass(frozen=True, slots=True)
class Whose:
    """The partnership that an obligation is about; the council itself if there is no id."""

    id: str | None
    name: str
    service: str
    council: str = ""
    """The council that keeps the register; empty if not recorded."""


@dataclass(frozen=True, slots=True)
class Due:
    """One obligation, with its state on the day."""

    whose: Whose
    obligation: Obligation
    state: ObligationState
    own_state: ObligationState
    """The state by its due date, without the earlier date to plan for."""
    days: int
    """The number of days until it is due; negative if that is past."""
    counted_from: tuple[Evidence, ...]
    excepted_until: date | None = None
    """The last day of the agreed exception that covers it."""
    recorded_at: Location | None = None
    """Where to record it, if it was never recorded."""

    @property
    def by_its_own_day(self) -> Self:
        """Return this without the date to plan for, which follows from the exempt period of notice."""
        return replace(self, obligation=replace(self.obligation, plan_by=None, plan_why=""), state=self.own_state)

    @property
    def exempt(self) -> bool:
        """Whether its due date, or the one to plan for, follows from exempt information."""
        return self.obligation.plan_by is not None or any(piece.exempt for piece in self.counted_from)

    @property
    def task(self) -> Task:
        """What has to be done."""
        return self.obligation.task

    @property
    def uid(self) -> str:
        """The id of its calendar event, which stays the same when the date moves."""
        whose = (self.whose.council, self.whose.id or "the council")
        parts = (*whose, self.task.duty, self.task.what, self.task.subject)
        return "/".join((*parts, self.obligation.cycle))


@dataclass(frozen=True, slots=True)
class Missing:
    """An obligation without a date, because nothing is recorded to count from."""

    whose: Whose
    undated: Undated
    location: Location

    @property
    def task(self) -> Task:
        """What has to be done."""
        return self.undated.task


@dataclass(frozen=True)
class Agenda:
    """All obligations of a register, and those without a date."""

    provenance: Provenance
    until: date | None
    """The last date included; None for no limit."""
    everybody: tuple[Whose, ...]
    """All partnerships, and the council, whether they owe anything or not."""
    owners: frozenset[str]
    """The owners of all obligations, also of those after the last date."""
    due: tuple[Due, ...]
    """The obligations, by due date."""
    missing: tuple[Missing, ...]
    """The obligations without a date, in the order of the register."""
    cabinet: tuple[CabinetMeeting, ...]
    """The meetings, from the day on, of the body that reports go to."""
    faults: tuple[Finding, ...]
    """The faults. Dates that depend on what cannot be read are missing."""
    council_ends: date | None
    """The last day of the council, if one is decided."""
    reviews_in_a_quarter: int | None
    """The number of reviews that a service can lead in a quarter, if the council has set it."""
    framework: Framework = field(default_factory=framework)
    """The framework in force on the day."""
    is_public_part: bool = False
    """Whether this is only the public part, so that other obligations may exist."""
    with_reasons: bool = False
    """Whether the text shows what each date was counted from. Other formats always do."""

    @property
    def tally(self) -> dict[ObligationState, int]:
        """The number of obligations in each state."""
        counted = Counter(entry.state for entry in self.due)
        return {state: counted[state] for state in ObligationState}


@dataclass(frozen=True, slots=True)
class OwedByFile:
    """The obligations of one file: the data kept of it."""

    file: RegisterFile
    whose: Whose | None
    """None if the file cannot be read, so that its obligations are not known."""
    owners: frozenset[str]
    due: tuple[Due, ...]
    missing: tuple[Missing, ...]
    faults: tuple[Finding, ...]

    @classmethod
    def of(cls, file: JudgedFile, *, until: date | None = None) -> Self:
        """Make the data kept of `file`: its obligations due by `until`, and those that can be done now."""
        case, document = file.case, file.document
        if not (document.sound or (file.id is None and document.is_missing)):
            return cls(register_file(document), None, frozenset(), (), (), file.faults)
        whose = _whose(file)
        agreed, place = Agreed(case), _place(file)
        owners: set[str] = set()
        due: list[Due] = []
        missing: list[Missing] = []
        for owed in with_unique_names(_owed(case, until)):
            owners.add(owed.task.owner)
            if isinstance(owed, Undated):
                where, trail = place(owed.missing)
                missing.append(Missing(whose, owed, where.locate(trail)))
            elif until is None or owed.when <= until or owed.state(case.day) is not ObligationState.COMING:
                due.append(_due(whose, case, owed, agreed, place))
        return cls(register_file(document), whose, frozenset(owners), tuple(due), tuple(missing), file.faults)


def agenda(
    register: Files, day: date, until: date | None = None, *, jobs: int | None = None, seen: Seen = ignore_progress
) -> Agenda:
    """Return the obligations of `register` as at `day` that are due by `until`, and those that can be done now.

    `jobs` is the greatest number of processes, by default the number of cores. Raises `WorkerLost`.
    """
    judge = Judge.of(register, Terms(day))
    partnerships, judge = each_file(judge, partial(OwedByFile.of, until=until), jobs, seen)
    return agenda_by(judge, partnerships, until)


def agenda_by(judge: Judge, partnerships: Sequence[OwedByFile], until: date | None = None) -> Agenda:
    """Return the agenda of the register of `judge`, from the obligations of its `partnerships` due by `until`."""
    register, day = judge.register, judge.terms.day
    council = OwedByFile.of(judge.council, until=until)
    owed = (*partnerships, council)
    due = [entry for file in owed for entry in file.due]
    due.sort(key=lambda entry: (entry.obligation.when, entry.whose.name.casefold(), entry.uid))
    own = judge.records.edition
    shared = (*judge.shared_documents, *((own.document,) if own else ()))
    files = (*map(register_file, shared), *(file.file for file in partnerships))
    return Agenda(
        provenance_of_files(register, files, day, framework=edition_in_words(judge.shared.framework)),
        until,
        tuple(file.whose for file in owed if file.whose),
        frozenset(owner for file in owed for owner in file.owners),
        tuple(due),
        tuple(entry for file in owed for entry in file.missing),
        meetings(judge.shared.council, day, judge.shared.framework.statements[REPORTS].to[0]),
        tuple(fault for file in (council, *partnerships) for fault in file.faults),
        council_end(judge.shared.council),
        _reviews_in_a_quarter(judge.shared.council),
        framework=judge.shared.framework,
    )


def _due(whose: Whose, case: Case, obligation: Obligation, agreed: Agreed, place: _Place) -> Due:
    places = map(place, obligation.counted_from)
    counted_from = tuple(marked_evidence(document.evidence(trail)) for document, trail in places)
    exception = None
    if obligation.state(case.day) is not ObligationState.COMING:
        task = obligation.task
        found = agreed.about((task.duty, *task.also), task.what.rule, task.subject or case.id or "")
        exception = found[0].exception if found else None
    state = _state(obligation, case, is_excepted=exception is not None)
    own_state = _state(replace(obligation, plan_by=None), case, is_excepted=exception is not None)
    recorded_at = None
    if obligation.first:
        document, trail = place(obligation.first.missing)
        recorded_at = document.locate(trail)
    until = last_day(exception, case.shared.framework) if exception else None
    return Due(whose, obligation, state, own_state, (obligation.due - case.day).days, counted_from, until, recorded_at)


def _state(obligation: Obligation, case: Case, *, is_excepted: bool) -> ObligationState:
    if (ends := council_end(case.council)) and obligation.when > ends:
        return ObligationState.FOR_THE_SUCCESSOR
    return ObligationState.EXCEPTED if is_excepted else obligation.state(case.day)


def _owed(case: Case, until: date | None) -> Iterable[Owed]:
    """Return the obligations of the council or the partnership at its stage."""
    if council_ended(case.council, case.day):
        return ()
    facts = replace(case.facts, until=until)
    if case.id is None:
        out = case.shared.edition.taken_out if case.shared.edition else ()
        return (owed for owed in owed_by_council(facts) if owed.task.duty not in out)
    stage = stage_of(case)
    if stage is Stage.ENDED:
        return owed_after_the_end(facts)
    return (owed for owed in owed_by_partnership(facts) if _is_asked(owed.task.duty, stage, case))


def _is_asked(duty: str, stage: Stage, case: Case) -> bool:
    """Return whether `duty` is in the framework in force and applies at `stage`."""
    edition = case.shared.edition
    if edition and (duty in edition.taken_out or duty in edition.added):
        return duty in edition.added  # those that do not apply are left out already
    return by_stage(duty, stage, case).applies is True


def _reviews_in_a_quarter(council: Council) -> int | None:
    try:
        return council.local_choices.reviews_a_service_can_carry_in_a_quarter
    except Unreadable:
        return None


def _whose(file: JudgedFile) -> Whose:
    council = _council_of(file.case)
    if file.id is None:
        return Whose(None, "The council", POLICY_AND_COMMUNICATIONS, council)
    return Whose(file.id, file.name or file.id, file.lead_service, council)


def _council_of(case: Case) -> str:
    try:
        return case.council.council or ""
    except Unreadable:
        return ""


def _place(file: JudgedFile) -> _Place:
    """Return a function that finds the file of a field, and its trail there."""
    case, present = file.case, file.present
    documents = {
        Holder.PARTNERSHIP: file.document,
        Holder.ORGANISATIONS: case.shared.organisations_document,
        Holder.COUNCIL: case.shared.council_document,
    }

    def place(source: FieldReference) -> tuple[Document, Trail]:
        document, trail = documents[source.file], source.trail
        if trail[0] == _HALF_YEARS and len(trail) > 1:  # a half-year can be written in several ways
            trail = (_HALF_YEARS, as_written(HalfYear.read(str(trail[1])), document), *trail[2:])
        return document, present.in_the_file(trail) if present and source.file is Holder.PARTNERSHIP else trail

    return place
