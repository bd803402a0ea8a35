"""Verdicts on the partnerships, agreed exceptions and reviews, as facts of papers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Self

from kpf.check.agreed_away import AgreedAway
from kpf.check.exceptions import Agreed
from kpf.check.rows import is_own, verdicts_in
from kpf.check.stream import JudgedFile
from kpf.dates import financial_year, quarter
from kpf.due.agenda import Due, OwedByFile
from kpf.finding import Verdict
from kpf.framework import Framework
from kpf.model.agreement import Agreement
from kpf.model.shapes import field_named
from kpf.obligations.obligation import ObligationState, What
from kpf.obligations.reviews import holds_until
from kpf.papers.subject import Subject
from kpf.papers.wanted import Part
from kpf.rules import RULES
from kpf.rules.case import Case


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of the framework."""

    id: str
    asks: str
    """What it asks, in a few words."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How one partnership, or the council itself, stands against the framework."""

    name: str
    met: int
    not_met: tuple[Duty, ...]
    not_known: tuple[Duty, ...]
    not_applicable: int
    excepted: int
    own_open: tuple[Duty, ...]
    """Duties that the council has added to the framework, and that are not met or not known. Not counted above."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many verdicts there are of each kind."""

    met: int
    not_met: int
    not_known: int
    not_applicable: int
    excepted: int


@dataclass(frozen=True, slots=True)
class Exempted:
    """An agreed exception in force."""

    partnership: str
    duty: Duty
    reason: str
    agreed_by: str
    """The office or the body."""
    agreed: str
    """Who agreed, when, and by which minute where there is one: Executive Cabinet on 17 March 2026 (minute 52)."""
    until: date


@dataclass(frozen=True, slots=True)
class AgreedNotToApply:
    """An agreement in force that something does not apply to a partnership."""

    partnership: str
    duties: tuple[Duty, ...]
    topic: str
    """The governance topic that it is about; empty where it names a duty by itself."""
    reason: str
    agreed_by: str
    """The office or the body."""
    agreed: str
    """Who agreed, when, and by which minute where there is one: Executive Cabinet on 17 March 2026 (minute 52)."""
    until: date
    """The last day on which it holds."""


@dataclass(frozen=True, slots=True)
class ReviewAhead:
    """A review that is to be held."""

    id: str | None
    partnership: str
    service: str
    """Empty where it is not recorded."""
    manager: str
    by: date
    is_overdue: bool
    is_never_recorded: bool
    """Past its day, of a partnership of which no review is recorded."""
    is_for_the_successor: bool
    """Its day lies after the end of the council."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """The timetable of reviews."""

    overdue: tuple[ReviewAhead, ...]
    never_recorded: tuple[ReviewAhead, ...]
    """Those past their day of partnerships of which no review is recorded."""
    ahead: tuple[ReviewAhead, ...]
    """In the order of their days."""
    for_the_successor: tuple[ReviewAhead, ...]
    """Those whose day lies after the end of the council."""
    undated: tuple[str, ...]
    """Partnerships for whose review nothing gives a day."""
    quarters: tuple[tuple[str, int], ...]
    """How many are to be held in each quarter, from the first to the last in which one is."""

    def until(self, day: date) -> tuple[ReviewAhead, ...]:
        """Those to be held by `day`, without the overdue ones."""
        return tuple(review for review in self.ahead if review.by <= day)


def verdicts(name: str, row: bytes, in_force: Framework) -> Verdicts:
    """Return the verdicts on the partnership or council `name`, from its `row` for the framework `in_force`."""
    judged = tuple(verdicts_in(row))
    own = (entry for entry in verdicts_in(row, in_force) if is_own(entry[0]))
    counted = Counter(verdict for _, verdict in judged)
    return Verdicts(
        name,
        counted[Verdict.MET],
        tuple(duty(asked, in_force) for asked, verdict in judged if verdict is Verdict.NOT_MET),
        tuple(duty(asked, in_force) for asked, verdict in judged if verdict is Verdict.NOT_KNOWN),
        counted[Verdict.NOT_APPLICABLE],
        counted[Verdict.EXCEPTED],
        tuple(duty(asked, in_force) for asked, verdict in own if verdict in {Verdict.NOT_MET, Verdict.NOT_KNOWN}),
    )


def total_tally(verdicts_of_all: Iterable[Verdicts]) -> Tally:
    """Return the number of verdicts of each kind over all partnerships."""
    every = tuple(verdicts_of_all)
    return Tally(
        sum(entry.met for entry in every),
        sum(len(entry.not_met) for entry in every),
        sum(len(entry.not_known) for entry in every),
        sum(entry.not_applicable for entry in every),
        sum(entry.excepted for entry in every),
    )


@cache
def duty(id_: str, in_force: Framework) -> Duty:
    """Return the duty `id_` of the framework `in_force`."""
    return Duty(id_, in_force.statements[id_].short)


def exempted(about: Subject, case: Case) -> Iterator[Exempted]:
    """Yield the agreed exceptions of a partnership that are in force on the day of the paper."""
    shown, in_force = about.partnership.agreed_exceptions or (), case.shared.framework
    for entry in Agreed(case).entries:
        exception = shown[entry.position]
        if exception and exception.until and exception.on:
            named = exception.duty or exception.rule or ""
            of = (
                duty(named, in_force)
                if named in in_force.statements
                else Duty(named, RULES[named].wants if named in RULES else "")
            )
            yield Exempted(
                about.name, of, exception.reason or "", exception.by or "", exception.in_words, exception.until
            )


def agreed_not_to_apply(about: Subject, case: Case, part: Part) -> Iterator[AgreedNotToApply]:
    """Yield the agreements that a topic or duty does not apply, in force on the day of the paper.

    The public part leaves out exempt topics.
    """
    agreement, listed = about.partnership.agreement, about.partnership.does_not_apply or ()
    in_force = case.shared.framework
    for entry in AgreedAway(case).entries:
        topic = field_named(Agreement, entry.topic) if entry.topic else None
        if topic:
            section = getattr(agreement, topic.attribute, None)
            shown = None if topic.about.exempt and part is Part.PUBLIC else section and section.not_applicable
        else:
            shown = listed[int(entry.trail[-1])]
        if shown and shown.on:
            yield AgreedNotToApply(
                about.name,
                tuple(duty(named, in_force) for named in entry.duties if named in in_force.statements),
                topic.about.noun if topic else "",
                shown.reason or "",
                shown.by or "",
                shown.in_words,
                holds_until(entry.consent, case.facts),
            )


@dataclass(frozen=True, slots=True)
class ReviewsOwed:
    """The regular reviews due from one partnership."""

    ahead: tuple[ReviewAhead, ...]
    undated: tuple[str, ...]
    """The name of the partnership, once for each review without a due date."""

    @classmethod
    def of(cls, file: JudgedFile) -> Self:
        """Return the regular reviews due from the partnership in `file`."""
        owed = OwedByFile.of(file)
        return cls(
            tuple(_ahead(entry.by_its_own_day) for entry in owed.due if entry.task.what is What.REVIEW),
            tuple(entry.whose.name for entry in owed.missing if entry.task.what is What.REVIEW),
        )


def reviews(owed: Sequence[ReviewsOwed]) -> Reviews:
    """Return the timetable of the reviews due from all partnerships."""
    dated = [entry for one in owed for entry in one.ahead]
    dated.sort(key=lambda entry: (entry.by, entry.partnership.casefold(), entry.id or ""))
    overdue = tuple(entry for entry in dated if entry.is_overdue)
    never_recorded = tuple(entry for entry in dated if entry.is_never_recorded)
    for_the_successor = tuple(entry for entry in dated if entry.is_for_the_successor)
    apart = {*overdue, *never_recorded, *for_the_successor}
    ahead = tuple(entry for entry in dated if entry not in apart)
    counted = Counter(f"{financial_year(entry.by)} Q{quarter(entry.by)}" for entry in ahead)
    return Reviews(
        overdue,
        never_recorded,
        ahead,
        for_the_successor,
        tuple(name for one in owed for name in one.undated),
        tuple((name, counted[name]) for name in _span(list(counted))),
    )


def _ahead(entry: Due) -> ReviewAhead:
    whose, state = entry.whose, entry.state
    return ReviewAhead(
        whose.id,
        whose.name,
        whose.service,
        entry.task.owner,
        entry.obligation.when,
        state is ObligationState.OVERDUE,
        state is ObligationState.NEVER_RECORDED,
        state is ObligationState.FOR_THE_SUCCESSOR,
    )


def _span(quarters: list[str]) -> Iterator[str]:
    """Yield all quarters from the first to the last of the sorted `quarters`."""
    if not quarters:
        return
    (first, start), (last, end) = ((int(text[:4]), int(text[-1])) for text in (quarters[0], quarters[-1]))
    for at in range(first * 4 + start - 1, last * 4 + end):
        year, number = divmod(at, 4)
        yield f"{year}/{(year + 1) % 100:02} Q{number + 1}"
