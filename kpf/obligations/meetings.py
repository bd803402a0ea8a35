"""Recurring meetings and tests: arrangements, governance on an agenda, reviews of a board, continuity tests."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from kpf.dates import Interval, When, last_time, months_after
from kpf.finding import Trail
from kpf.framework import framework
from kpf.framework.appendix_a import commitments_of
from kpf.model import Partnership
from kpf.model.choices import YEARLY
from kpf.model.monitoring import Arrangement, Meeting, Monitoring
from kpf.obligations.asking import PartnershipFacts, asked_since, owner_of, whole_months
from kpf.obligations.obligation import Anchor, FieldReference, Owed, Task, Undated, What, each_time, latest_of, repeated

_ARRANGEMENTS: Final = ("monitoring", "arrangements")


def meeting(facts: PartnershipFacts, name: str) -> Owed | None:
    """The next time of one arrangement. It is late after one interval, and overdue after two.

    None for an arrangement that takes place only on occasion.
    """
    monitoring = facts.partnership.monitoring
    arrangement = (monitoring.arrangements or {}).get(name)
    if arrangement is None or (arrangement.every is None and arrangement.when):
        return None
    action = f"See that the next takes place: {(arrangement.what or name).rstrip('.')}."
    every = interval_of(arrangement)
    promised = arrangement.statement if arrangement.statement in facts.framework.statements else None
    kind = What.ARRANGEMENT if every else What.NO_INTERVAL
    task = kind.task(action, owner_of(facts.partnership), name)
    if promised:
        task = replace(task, duty=promised, also=(task.duty,))
    trail = (*_ARRANGEMENTS, name)
    if every is None:
        return Undated(task, "every", FieldReference((*trail, "every")))
    return repeated(
        task,
        every,
        latest_of(days_held(arrangement, trail)),
        asked_since(facts.partnership, facts.council),
        write=f"{name}: held",
        missing=FieldReference((*trail, "held")),
        may_slip=True,
    )


def promised(facts: PartnershipFacts) -> Iterator[Owed]:
    """Yield, without a day, Appendix A's recurring promises for this partnership that no arrangement names."""
    monitoring = facts.partnership.monitoring
    arrangements = (monitoring.arrangements or {}).values()
    claimed = {vars(arrangement).get("statement") for arrangement in arrangements if arrangement}
    for duty in commitments_of(facts.partnership.name, facts.framework, facts.id):
        for promise in () if duty in claimed else framework().statements[duty].promises:
            if not promise.occasional:
                often = f" every {promise.every}" if promise.every else ""
                action = f"Arrange what Appendix A promises: {promise.what}{often}."
                task = Task(duty, What.PROMISED, action, owner_of(facts.partnership), promise.what)
                yield Undated(task, f"arrangements: statement: {duty}", FieldReference(_ARRANGEMENTS))


def interval_of(arrangement: Arrangement) -> Interval | None:
    """The interval of an arrangement: its own, else kpf's reading of the appendix's words; None if there is neither."""
    if isinstance(arrangement.every, Interval):
        return arrangement.every
    statement = framework().statements.get(arrangement.statement or "")
    promise = statement.promises[0] if statement and statement.promises else None
    return promise.every if promise and promise.assumed and not arrangement.when else None


def times_expected(every: Interval, since: date, day: date) -> int:
    """The number of times a task with interval `every` was due in the twelve months up to `day`, or since `since`."""
    start = months_after(day, -12)
    if start >= since:
        return every.times_in_a_year()
    if since >= day:
        return 0
    if every.unit in {"month", "year"}:
        return whole_months(since, day) // (every.count * (12 if every.unit == "year" else 1))
    return (day - since).days // (every.count * (7 if every.unit == "week" else 1))


def times_held(arrangement: Arrangement, every: Interval, day: date) -> int:
    """The number of times an arrangement took place in the twelve months up to `day`.

    Days less than half an interval apart count as one.
    """
    start = months_after(day, -12)
    times, last = 0, date.min
    for on in sorted(on for _, on in days_held(arrangement) if start < on <= day):
        if last == date.min or (on - last) * 2 >= every.after(last) - last:
            times, last = times + 1, on
    return times


def days_held(arrangement: Arrangement, trail: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], date]]:
    """Yield the days on which an arrangement took place, each with its path, which starts with `trail`.

    A meeting whose agenda says that it was cancelled did not take place.
    """
    for position, entry in enumerate(arrangement.held or ()):
        if entry and entry.on and not any(_CANCELLED.match(item) for item in entry.agenda or () if item):
            yield (*trail, "held", position), entry.on


_CANCELLED: Final = re.compile(
    r"\W*(?:(?:the )?(?:board|meeting) )?(?:was )?"
    r"(?:abandoned|cancelled|did not (?:meet|take place)|inquorate|not (?:held|quorate)|postponed)\W*(?:$|[,;:(])",
    re.IGNORECASE,
)
"""Matches an agenda that says there was no meeting."""
_NOT_REACHED: Final = re.compile(
    r"\b(?:not (?:considered|covered|discussed|heard|reached|taken)|adjourned|carried (?:over|forward)|deferred|"
    r"dropped|left out|postponed|skipped|withdrawn)\b",
    re.IGNORECASE,
)
"""Matches an agenda item that the meeting did not reach."""


def _is_on_agenda(subject: str, meeting: Meeting) -> bool:
    """Whether an item of the agenda names `subject` and does not say that the meeting did not reach it."""
    return bool(
        [item for item in meeting.agenda or () if item and subject in item.casefold() and not _NOT_REACHED.search(item)]
    )


def with_governance_on_agenda(monitoring: Monitoring) -> list[tuple[Trail, date]]:
    """The meetings that had governance on the agenda: the path from `monitoring`, and the day."""
    return [
        (("arrangements", name, "held", position), entry.on)
        for name, arrangement in (monitoring.arrangements or {}).items()
        for position, entry in enumerate((arrangement.held if arrangement else None) or ())
        if entry and entry.on and entry.agenda and _is_on_agenda("governance", entry)
    ]


def governance_on_agenda(facts: PartnershipFacts) -> Iterator[Owed]:
    """The next meeting with governance on its agenda, recommended once a year."""
    found = with_governance_on_agenda(facts.partnership.monitoring)
    days = [(("monitoring", *trail), day) for trail, day in found]
    action = "Put governance on the agenda of a meeting (recommended)."
    yield repeated(
        What.AGENDA.task(action, owner_of(facts.partnership)),
        facts.every(What.AGENDA),
        latest_of(days),
        asked_since(facts.partnership, facts.council),
        write="held: agenda: [governance]",
        missing=FieldReference(_ARRANGEMENTS),
    )


def membership(facts: PartnershipFacts) -> Iterator[Owed]:
    """The next review of the board's membership, at the interval set in the agreement."""
    agreement = facts.partnership.agreement
    roles = agreement.roles
    board = roles.board
    if roles.not_applicable or board.is_blank or roles.why_no_board():
        return
    trail = ("agreement", "roles", "board")
    action = "Review the membership of the board."
    task = What.MEMBERSHIP.task(action, owner_of(facts.partnership))
    every = board.membership_reviewed_every
    if every is None:
        yield Undated(task, "membership_reviewed_every", FieldReference((*trail, "membership_reviewed_every")))
        return
    yield repeated(
        task,
        every,
        latest_of(each_time((*trail, "membership_reviewed"), board.membership_reviewed)),
        _start(facts.partnership),
        write="membership_reviewed",
        missing=FieldReference((*trail, "membership_reviewed")),
    )


def continuity_test(facts: PartnershipFacts) -> Iterator[Owed]:
    """The next test of the continuity plan. After the first, only if the council has chosen an interval."""
    agreement, choices = facts.partnership.agreement, facts.council.local_choices
    topic = agreement.business_continuity
    if topic.is_blank or topic.not_applicable:
        return
    chosen = choices.business_continuity_tested_within
    if last_time(topic.tested) and not chosen:
        return
    trail = ("agreement", "business_continuity", "tested")
    owner = owner_of(facts.partnership)
    task = What.CONTINUITY.task("Test the continuity plan.", owner, chosen=True)
    done = latest_of(each_time(trail, topic.tested))
    start = _start(facts.partnership)
    yield repeated(task, chosen or YEARLY, done, start, write="tested", missing=FieldReference(trail))


def _start(partnership: Partnership) -> Anchor | None:
    starts = partnership.agreement.starts
    return Anchor(When(starts, starts), ("agreement", "starts")) if starts else None
