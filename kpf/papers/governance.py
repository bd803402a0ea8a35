"""How the partnerships stand against the framework, for the section of a paper that members read last."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kpf.check.checking import Checked
from kpf.check.exceptions import Agreed
from kpf.check.rows import verdicts_in
from kpf.due.agenda import Agenda, Due
from kpf.due.timetable import timetable
from kpf.finding import Verdict
from kpf.framework import framework
from kpf.obligations.obligation import ObligationState
from kpf.papers.subject import Subject
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
    until: date


@dataclass(frozen=True, slots=True)
class ReviewAhead:
    """A three-yearly review that is to be held."""

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
    """The timetable of three-yearly reviews."""

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
        """Those to be held by `day`, overdue ones apart."""
        return tuple(review for review in self.ahead if review.by <= day)


def verdicts(checked: Checked, names: Mapping[str, str]) -> Iterator[Verdicts]:
    """How each partnership of `names` (by id) stands, and the council at the end."""
    rows = {file.id: file.row for file in (checked.council, *checked.partnerships)}
    everybody: list[tuple[str | None, str]] = [*names.items(), (None, "The council itself")]
    for id_, name in everybody:
        held = tuple(verdicts_in(rows[id_]))
        counted = Counter(verdict for _, verdict in held)
        yield Verdicts(
            name,
            counted[Verdict.MET],
            tuple(duty(asked) for asked, verdict in held if verdict is Verdict.NOT_MET),
            tuple(duty(asked) for asked, verdict in held if verdict is Verdict.NOT_KNOWN),
            counted[Verdict.NOT_APPLICABLE],
            counted[Verdict.EXCEPTED],
        )


def total_tally(held: Iterable[Verdicts]) -> Tally:
    """The verdicts of all together."""
    every = tuple(held)
    return Tally(
        sum(entry.met for entry in every),
        sum(len(entry.not_met) for entry in every),
        sum(len(entry.not_known) for entry in every),
        sum(entry.not_applicable for entry in every),
        sum(entry.excepted for entry in every),
    )


def duty(id_: str) -> Duty:
    """The duty `id_` with what it asks."""
    return Duty(id_, framework().statements[id_].short)


def exempted(about: Subject, case: Case) -> Iterator[Exempted]:
    """The agreed exceptions of a partnership that are in force on the day of the paper."""
    shown = about.partnership.agreed_exceptions or ()
    for entry in Agreed(case).entries:
        held = shown[entry.position]
        if held and held.until:
            named = held.duty or held.rule or ""
            of = duty(named) if named in framework().statements else Duty(named, "")
            yield Exempted(about.name, of, held.reason or "", held.by or "", held.until)


def reviews(agenda: Agenda) -> Reviews:
    """The reviews among what `agenda` holds."""
    table = timetable(agenda)
    held = tuple(_ahead(entry) for quarter in table.quarters for entry in quarter.reviews)
    counted = {f"{quarter.year} Q{quarter.number}": len(quarter.reviews) for quarter in table.quarters}
    return Reviews(
        tuple(map(_ahead, table.overdue)),
        tuple(map(_ahead, table.never_recorded)),
        held,
        tuple(map(_ahead, table.for_the_successor)),
        tuple(entry.whose.name for entry in table.missing),
        tuple((quarter, counted.get(quarter, 0)) for quarter in _span(list(counted))),
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
    """All quarters from the first to the last of `quarters`, which are in order."""
    if not quarters:
        return
    (first, start), (last, end) = ((int(text[:4]), int(text[-1])) for text in (quarters[0], quarters[-1]))
    for at in range(first * 4 + start - 1, last * 4 + end):
        year, number = divmod(at, 4)
        yield f"{year}/{(year + 1) % 100:02} Q{number + 1}"
