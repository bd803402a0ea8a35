"""One thing that has to be done by a day: what, by whom, by when, and what the day was counted from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final, Self

from kpf.dates import Interval, When, in_words
from kpf.finding import Trail
from kpf.framework import Framework, framework
from kpf.model import Council, Organisation, Partnership

if TYPE_CHECKING:
    from kpf.edition.edition import Edition

_NEVER: Final = Interval(1000, "year")


@dataclass(frozen=True, slots=True)
class PartnershipFacts:
    """What obligations are worked out from: one partnership and what it shares with others, as at the day."""

    partnership: Partnership
    council: Council
    organisations: Mapping[str, Organisation]
    day: date
    until: date | None = None
    """How far ahead to look for what recurs with the calendar; else to the next time."""
    edition: "Edition | None" = None
    """The council's own edition of the framework; None where it has none."""
    framework: Framework = field(default_factory=framework)
    """The framework in force on the day."""

    def every(self, what: "What") -> Interval:
        """How often `what` is done, as the framework in force has it; never where it has no duty to do it."""
        return self.framework.every(what.duties[0]) if what.duties else _NEVER


class What(StrEnum):
    """The kinds of things that have to be done, and the rule that finds each once it is overdue.

    Nobody has to give notice, so no rule looks for it. That an agreement outlives the council is found from the start.
    """

    rule: str

    def __new__(cls, words: str, rule: str) -> Self:
        """A kind by its words, as they stand in a table; with its rule."""
        kind = str.__new__(cls, words)
        kind._value_, kind.rule = words, rule
        return kind

    @cached_property
    def duties(self) -> tuple[str, ...]:
        """The duties that it serves, of the framework's data; the one that it is listed under first."""
        return framework().obligations.get(self.name.lower().replace("_", "-"), ())

    def task(self, action: str, owner: str, subject: str = "", *, chosen: bool = False) -> "Task":
        """Something of this kind that has to be done; under no duty where the edition has none for it."""
        duty, *also = self.duties or ("",)
        return Task(duty, self, action, owner, subject, tuple(also), chosen)

    REVIEW = "Review of the partnership", "review-overdue"
    CARRIED_OUT = "What a review decided", "review-not-carried-out"
    REPORT = "Report to members", "report-to-cabinet-missing"
    HALF_YEAR = "Record of the period", "half-year-not-told"
    ACTION_PLAN = "Action plan", "action-plan-overdue"
    ASSESSMENT = "Assessment of strength and stability", "stability-not-assessed"
    INFORMATION = "Information on strength and stability", "stability-information-old"
    GOVERNANCE = "Check of a partner's governance", "governance-of-partner-not-checked"
    AGENDA = "Governance on the agenda", "governance-not-on-the-agenda"
    ARRANGEMENT = "Arrangement with an interval", "meeting-overdue"
    NO_INTERVAL = "Arrangement without an interval", "arrangement-without-interval"
    PROMISED = "Arrangement that Appendix A promises", "appendix-not-kept"
    MEMBERSHIP = "Review of the board's membership", "membership-not-reviewed"
    CONTINUITY = "Test of the continuity plan", "continuity-plan-not-tested"
    ASSURANCE = "Assurance on the policy as it is now", "assurance-older-than-the-policy"
    PROCEDURES = "Procedures against fraud sent", "fraud-procedures-not-sent"
    RISKS = "Joint risk register agreed again", "risks-not-agreed"
    CHARTER = "Data quality charter signed", "charter-signed-in-an-older-version"
    DECISION = "Decision ahead", "decision-day-past"
    PAPER = "Paper on a decision ahead", "paper-too-late"
    NOTICE = "Last day to give notice", ""
    EXTENSION = "Decision on extension", "extension-not-decided"
    END = "End of the agreement", "agreement-has-run-out"
    SUCCESSOR = "Agreement that outlives the council", "nobody-takes-over"
    EXCEPTION = "End of an agreed exception", ""
    ENTRY = "Entry in the list confirmed", "entry-unconfirmed"
    LIST = "Review of the list", "list-not-reviewed"
    FRAMEWORK = "Review of the framework", "framework-not-reviewed"
    DECLARATIONS = "Declarations to a code of conduct", "declarations-not-renewed"
    OWN = "Duty of the council's own", "own-answer-too-old"


class ObligationState(StrEnum):
    """How an obligation stands on a day."""

    OVERDUE = "overdue"
    """Its time is over; `kpf check` finds fault with it too."""
    NEVER_RECORDED = "never recorded"
    """Its first time is over, and no time is recorded: it may have been done. `kpf check` does not know either."""
    LATE = "late"
    """The day that was set for it is past, and its time is not yet over."""
    DUE = "due"
    """It can be done now, and is owed."""
    EXCEPTED = "excepted"
    """It would be owed, and an agreed exception has put it off."""
    COMING = "coming"
    FOR_THE_SUCCESSOR = "for the successor"
    """Its day lies after the end of the council: no date for this council to keep."""


class Holder(Enum):
    """The file that holds a value."""

    PARTNERSHIP = "partnership"
    ORGANISATIONS = "organisations"
    COUNCIL = "council"


@dataclass(frozen=True, slots=True)
class FieldReference:
    """A field, and the file that it stands in."""

    trail: Trail
    file: Holder = Holder.PARTNERSHIP


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day to count from, and the field that holds it."""

    day: When
    trail: Trail
    file: Holder = Holder.PARTNERSHIP
    back: date | None = None
    """The day on which the partnership came back to the list, where it did: what was done before counts no more."""

    @property
    def source(self) -> FieldReference:
        """The field alone."""
        return FieldReference(self.trail, self.file)


@dataclass(frozen=True, slots=True)
class Task:
    """What has to be done, whatever the day."""

    duty: str
    what: What
    action: str
    """One sentence that says what to do."""
    owner: str
    """The post that does it, else the service; empty where neither is recorded."""
    subject: str = ""
    """The partner, arrangement, half-year or the like; empty where it is the partnership as a whole."""
    also: tuple[str, ...] = ()
    """Other duties that it serves."""
    chosen: bool = False
    """The time is the council's own choice or kpf's reading; the framework gives none."""
    short: str = ""
    """The duty in short, where it is one of the council's own: its kind alone would not say which."""

    @property
    def heading(self) -> str:
        """What it is, in a table or above others of its kind."""
        return self.short or str(self.what)


@dataclass(frozen=True, slots=True)
class Obligation:
    """A task with its day. It is overdue after that day unless it says otherwise."""

    task: Task
    due: date
    counted_from: tuple[FieldReference, ...]
    why: str
    """How the day follows from what is recorded: 3 years after the decision on 15 October 2026."""
    cycle: str
    """Tells it from the ones before and after it of its kind; stays the same when a date is corrected."""
    opens: date | None = None
    """From when it can be done and is owed, where that is before its day."""
    late_after: date | None = None
    overdue_after: date | None = None
    plan_by: date | None = None
    """A day before which it is of more use, where one follows from something else."""
    plan_why: str = ""
    first: "Undated | None" = None
    """Where it is recorded, and as what, if no time is recorded yet; None once one is."""
    every: Interval | None = None
    """The interval of a recurring task; None of one that is done once."""

    @property
    def last_day(self) -> date:
        """After this day it is overdue."""
        return self.overdue_after or self.due

    @property
    def when(self) -> date:
        """The day to put into a calendar."""
        return self.plan_by or self.due

    @property
    def allowance(self) -> date | None:
        """The last day before it counts as late, where that comes before its own day: a choice of the council's."""
        return self.late_after if self.late_after and self.late_after < self.due else None

    @property
    def due_since(self) -> str:
        """The words for what was never recorded, the same in findings, lists and papers."""
        return f"due since {in_words(self.due)}"

    def state(self, day: date) -> ObligationState:
        """How it stands on `day`: in time on the day itself, overdue or never recorded the next."""
        if day > self.last_day:
            return ObligationState.NEVER_RECORDED if self.first else ObligationState.OVERDUE
        if self.late_after and day > self.late_after:
            return ObligationState.LATE
        return ObligationState.DUE if day >= (self.opens or self.when) else ObligationState.COMING


@dataclass(frozen=True, slots=True)
class Undated:
    """A task for which nothing is recorded to count from."""

    task: Task
    write: str
    """What to write to have a day: the field, as the file has it."""
    missing: FieldReference
    """Where that belongs."""


Worked = Obligation | Undated


def latest_of(days: Iterable[tuple[Trail, date]], file: Holder = Holder.PARTNERSHIP) -> tuple[Anchor | None, int]:
    """The latest of `days` as something to count from, and how many they are."""
    given = list(days)
    if not given:
        return None, 0
    trail, day = max(given, key=lambda entry: entry[1])
    return Anchor(When(day, day), trail, file), len(given)


def each_time(trail: Trail, days: Iterable[date | None] | None) -> Iterator[tuple[Trail, date]]:
    """Each of `days` of something that recurs, with the path to it; the field that holds them stands at `trail`."""
    for position, day in enumerate(days or ()):
        if day:
            yield (*trail, position), day


def repeated(  # noqa: PLR0913 - what is counted, by what, from where, and what to write where nothing is
    task: Task,
    every: Interval,
    done: tuple[Anchor | None, int],
    since: Anchor | None,
    *,
    write: str,
    missing: FieldReference,
    may_slip: bool = False,
) -> Worked:
    """The next time that a recurring task is due: `every` after it was last `done`, else after `since`.

    What `may_slip` is overdue only when a second time has passed as well.
    """
    last, times = done
    if last and since and since.back and last.day.latest < since.back:
        last = None
    anchor = last or since
    if anchor is None:
        return Undated(task, write, missing)
    due = every.after(anchor.day.latest)
    last_day = every.after(due) if may_slip else due
    why = f"{every} after {f'the last, on {last.day}' if last else f'{anchor.day}, from when it is asked for'}"
    return Obligation(
        task,
        due,
        (anchor.source,),
        why,
        cycle=str(times + 1),
        late_after=due if may_slip else None,
        overdue_after=last_day if may_slip else None,
        first=None if last else Undated(task, write, missing),
        every=every,
    )


def once(task: Task, since: Anchor | None, write: str, missing: FieldReference) -> Worked:
    """What is done once, as soon as it is asked for, and of which nothing is recorded yet."""
    gap = Undated(task, write, missing)
    if since is None:
        return gap
    return Obligation(task, since.day.latest, (since.source,), f"asked for since {since.day}", cycle="", first=gap)


def never_recorded(owed: Worked | None, day: date) -> Obligation | None:
    """`owed` where its first time was over before `day` and no time is recorded; None otherwise."""
    return owed if isinstance(owed, Obligation) and owed.state(day) is ObligationState.NEVER_RECORDED else None
