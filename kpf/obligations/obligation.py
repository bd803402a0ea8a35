"""Obligations: what has to be done, by whom, by when, and what the day is counted from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cached_property
from typing import Self

from kpf.dates import Interval, When, in_words
from kpf.finding import Trail
from kpf.framework import framework


class What(StrEnum):
    """The kinds of task, each with the rule that reports it when it is overdue.

    No rule reports the last day to give notice, because nobody has to give it.
    """

    rule: str

    def __new__(cls, words: str, rule: str) -> Self:
        """Make a member whose value is its name in tables."""
        kind = str.__new__(cls, words)
        kind._value_, kind.rule = words, rule
        return kind

    @cached_property
    def duties(self) -> tuple[str, ...]:
        """The ids of the duties that it serves, from the framework's data; it is listed under the first."""
        return framework().obligations.get(self.name.lower().replace("_", "-"), ())

    def task(self, action: str, owner: str, subject: str = "", *, chosen: bool = False) -> "Task":
        """Return a task of this kind. Its duty is empty if the framework has none for it."""
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
    """The state of an obligation on a day."""

    OVERDUE = "overdue"
    """Its time is over, and `kpf check` reports it too."""
    NEVER_RECORDED = "never recorded"
    """Its first time is over, and none is recorded. It may have been done, so `kpf check` judges it as not known."""
    LATE = "late"
    """Its day is past, but its time is not yet over."""
    DUE = "due"
    """It can be done now, and is owed."""
    EXCEPTED = "excepted"
    """An agreed exception has deferred it."""
    COMING = "coming"
    FOR_THE_SUCCESSOR = "for the successor"
    """Its day is after the end of the council, so this council does not have to keep it."""


class Holder(Enum):
    """The file that holds a value."""

    PARTNERSHIP = "partnership"
    ORGANISATIONS = "organisations"
    COUNCIL = "council"


@dataclass(frozen=True, slots=True)
class FieldReference:
    """A field, and the file that it is in."""

    trail: Trail
    file: Holder = Holder.PARTNERSHIP


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day to count from, and the field that it is in."""

    day: When
    trail: Trail
    file: Holder = Holder.PARTNERSHIP
    back: date | None = None
    """The day on which the partnership came back to the list, if it did. What was done before that does not count."""

    @property
    def source(self) -> FieldReference:
        """The field, without the day."""
        return FieldReference(self.trail, self.file)


@dataclass(frozen=True, slots=True)
class Task:
    """What has to be done, regardless of the day."""

    duty: str
    what: What
    action: str
    """One sentence that says what to do."""
    owner: str
    """The post that does it, else the service; empty if neither is recorded."""
    subject: str = ""
    """The partner, arrangement, half-year or the like; empty if it is the partnership as a whole."""
    also: tuple[str, ...] = ()
    """Other duties that it serves."""
    chosen: bool = False
    """Whether the interval is the council's choice or kpf's reading, because the framework gives none."""
    short: str = ""
    """The short name of a duty that the council added; empty for all others, whose kind is enough."""

    @property
    def heading(self) -> str:
        """The heading for it in tables and lists."""
        return self.short or str(self.what)


@dataclass(frozen=True, slots=True)
class Obligation:
    """A task with the day by which it is due. It is overdue after that day, or after `overdue_after` if that is set."""

    task: Task
    due: date
    counted_from: tuple[FieldReference, ...]
    why: str
    """How the day was worked out: 3 years after the decision on 15 October 2026."""
    cycle: str
    """Identifies it among the other times of the same task; does not change if a date is corrected."""
    opens: date | None = None
    """The day from which it is owed, if that is before the day by which it is due."""
    late_after: date | None = None
    overdue_after: date | None = None
    plan_by: date | None = None
    """The day by which it is best done, if something else depends on it."""
    plan_why: str = ""
    first: "Undated | None" = None
    """The field in which to record it, if no time is recorded yet; None once one is."""
    every: Interval | None = None
    """The interval of a recurring task; None for one that is done once."""

    @property
    def last_day(self) -> date:
        """The day after which it is overdue."""
        return self.overdue_after or self.due

    @property
    def when(self) -> date:
        """The day to enter in a calendar."""
        return self.plan_by or self.due

    @property
    def allowance(self) -> date | None:
        """The day after which it is late, if that is before it is due: the council's choice."""
        return self.late_after if self.late_after and self.late_after < self.due else None

    @property
    def due_since(self) -> str:
        """The wording for a task that was never recorded, the same in findings, lists and papers."""
        return f"due since {in_words(self.due)}"

    def state(self, day: date) -> ObligationState:
        """Its state on `day`. On the last day it is still in time; the day after, it is overdue or never recorded."""
        if day > self.last_day:
            return ObligationState.NEVER_RECORDED if self.first else ObligationState.OVERDUE
        if self.late_after and day > self.late_after:
            return ObligationState.LATE
        return ObligationState.DUE if day >= (self.opens or self.when) else ObligationState.COMING


@dataclass(frozen=True, slots=True)
class Undated:
    """A task without a date, because what the date is counted from is not recorded."""

    task: Task
    write: str
    """What to write to get a date: the field, as it is written in the file."""
    missing: FieldReference
    """The field in which to write it."""


Owed = Obligation | Undated


def latest_of(days: Iterable[tuple[Trail, date]], file: Holder = Holder.PARTNERSHIP) -> tuple[Anchor | None, int]:
    """The latest of `days` as an anchor (None if there are none), and the number of days."""
    given = list(days)
    if not given:
        return None, 0
    trail, day = max(given, key=lambda entry: entry[1])
    return Anchor(When(day, day), trail, file), len(given)


def each_time(trail: Trail, days: Iterable[date | None] | None) -> Iterator[tuple[Trail, date]]:
    """Yield each day in the field at `trail`, the `days` of a recurring event, with the path to it."""
    for position, day in enumerate(days or ()):
        if day:
            yield (*trail, position), day


def repeated(  # noqa: PLR0913 - the task, what its day is counted from, and what to write if there is nothing
    task: Task,
    every: Interval,
    done: tuple[Anchor | None, int],
    since: Anchor | None,
    *,
    write: str,
    missing: FieldReference,
    may_slip: bool = False,
) -> Owed:
    """The next time that a recurring task is due: one interval (`every`) after the last of `done`, else after `since`.

    With `may_slip` it is late after one interval, and overdue only after two.
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


def once(task: Task, since: Anchor | None, write: str, missing: FieldReference) -> Owed:
    """The obligation for a task that is done once and not recorded yet, due as soon as it is asked for."""
    gap = Undated(task, write, missing)
    if since is None:
        return gap
    return Obligation(task, since.day.latest, (since.source,), f"asked for since {since.day}", cycle="", first=gap)


def never_recorded(owed: Owed | None, day: date) -> Obligation | None:
    """Return `owed` if its first time was before `day` and no time is recorded; None otherwise."""
    return owed if isinstance(owed, Obligation) and owed.state(day) is ObligationState.NEVER_RECORDED else None
