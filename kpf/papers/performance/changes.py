"""Changes in the key partnerships: dated events in the files, and differences between two states of the register."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kpf.compare.diff import Cut, Diff
from kpf.compare.values import Change
from kpf.dates import HalfYear, ReportingPeriods
from kpf.git.program import short
from kpf.papers.performance.basis import Basis, Compared, FileBasis
from kpf.papers.performance.section import section
from kpf.papers.standing import Event, Outside, dated_by_itself, events, outside

Comparing = Callable[[date, date | None, date, Cut], Diff | str]
"""A function that compares the register on two days, or with the files now; it returns a sentence if it cannot."""


def compared_around(compare: Comparing, day: date, periods: ReportingPeriods, half: HalfYear, cut: Cut) -> Compared:
    """Return the changes from the end of the period before `half` to the end of `half`, by `compare`.

    If the period is not over on `day`, compare with the files as they are now.
    """
    found = compare(periods.starts(half) - timedelta(days=1), half.ends if half.ends < day else None, day, cut)
    if isinstance(found, str):
        return found
    return tuple(replace(change, commit=change.commit and short(change.commit)) for change in found.changes)


@dataclass(frozen=True, slots=True)
class ListedChange:
    """One change between the registers at both ends of the period that the paper lists."""

    partnership: str
    """The id of the partnership; of one that is gone, the one it had. Empty for what all partnerships share."""
    name: str
    """The name of the partnership, the organisation or the council."""
    what: str
    """The kind of change, in one word: joined, left, renamed, lead_service, value, term, partners, ..."""
    sentence: str
    """What changed, as members can read it after `name`."""
    alone: str
    """The sentence as it is read without a heading: with the name, if it has not got it."""
    commit: str | None
    """The full name of the commit that brought it, where git knows it."""
    subject: str
    """What of that kind it is about, where there can be several: a partner, an objective, a measure and half-year."""
    exempt: bool
    """Whether it is no matter for the public part of a paper."""
    recorded: bool
    """Whether nothing was recorded before, so that the record has changed and perhaps not the fact."""
    sets_rule: bool
    """Whether it can change what is asked of partnerships, or how they are judged."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes, and the partnerships that the report leaves out."""

    outside: tuple[Outside, ...]
    """The others of the register, and why this paper does not report on them."""
    events: tuple[Event, ...]
    """What the files themselves date, in order: in the period and since."""
    within: tuple[Event, ...]
    """Those of the period."""
    since: tuple[Event, ...]
    """Those after it, up to the day of the paper."""
    changes: tuple[ListedChange, ...]
    """What changed between the registers at both ends of the period; empty where they could not be compared."""
    undated: tuple[ListedChange, ...]
    """Those that the register does not date itself: without partnerships that joined or left on a recorded day."""
    others: int
    """How many more values differ. They are not listed: no sentence is written for them, and they set no rule."""
    not_compared: str
    """Why changes cannot be listed, in a sentence; empty where they can."""


@dataclass(frozen=True, slots=True)
class _OfOne:
    """The contribution of one partnership: why the report leaves it out, if it does, and its dated events."""

    id: str
    outside: Outside | None
    events: tuple[Event, ...]
    dated: tuple[str, ...]
    """The words "joined" and "left", if the file records the day."""


def _of_one(one: FileBasis) -> _OfOne:
    left_out = None if one.is_key else outside(one.subject, one.standing)
    return _OfOne(one.subject.id, left_out, tuple(events(one.subject)), tuple(dated_by_itself(one.subject)))


@section(_of_one)
def changes(kept: list[_OfOne], basis: Basis) -> Changes:
    """Return the changes in the period and since."""
    compared = basis.compare(basis.half, basis.cut)
    differ = compared if isinstance(compared, tuple) else ()
    listed = tuple(_listed(change) for change in differ if change.has_own_sentence or change.sets_rule)
    found = (event for one in kept for event in one.events)
    dated = tuple(sorted(found, key=lambda event: (event.on, event.partnership.casefold())))
    by_itself = {(one.id, what) for one in kept for what in one.dated}
    return Changes(
        outside=tuple(one.outside for one in kept if one.outside),
        events=dated,
        within=tuple(event for event in dated if event.on <= basis.half.ends),
        since=tuple(event for event in dated if event.on > basis.half.ends),
        changes=listed,
        undated=tuple(change for change in listed if (change.partnership, change.what) not in by_itself),
        others=len(differ) - len(listed),
        not_compared=compared if isinstance(compared, str) else "",
    )


def _listed(change: Change) -> ListedChange:
    return ListedChange(
        change.partnership,
        change.name,
        change.what,
        change.sentence,
        change.alone,
        change.commit,
        change.subject,
        change.exempt,
        change.recorded,
        change.sets_rule,
    )
