"""The changes in the register between any two of the last complete periods, and since."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from kpf.compare.diff import Diff
from kpf.compare.values import Change, ChangeOrigin
from kpf.dates import HalfYear, ReportingPeriods
from kpf.git.program import short
from kpf.papers.performance.changes import Comparing
from kpf.papers.public import Shown, records_for
from kpf.site.layout import Layout
from kpf.site.part import SitePart
from kpf.site.paths import changes_path

FEW: Final = 50
"""The greatest number of partnerships for comparing any two periods. Each comparison reads the earlier register."""
_ORIGINS: Final = {ChangeOrigin.UNCOMMITTED: "not committed yet", ChangeOrigin.CALENDAR: "recorded in advance"}


@dataclass(frozen=True, slots=True)
class ChangeOnPage:
    """One change, with what brought it."""

    partnership: str
    """The id of the partnership; empty for the shared files."""
    name: str
    sentence: str
    """The sentence, shown after the name."""
    commit: str
    """The short name of the commit; empty if unknown, and in the public part."""
    on: date | None
    """The day of the commit."""
    came: str
    """How it came about without a commit; empty if there is one, or if unknown."""


@dataclass(frozen=True, slots=True)
class ChangesOf:
    """The changes in one period of time."""

    title: str
    changes: tuple[ChangeOnPage, ...]
    others: int
    """The number of other values that differ, without a sentence."""
    unread: int
    """The number of values that could not be read on one of the two days, and were not compared."""
    not_compared: str
    """A sentence that says why changes cannot be listed; empty if they can."""

    def of(self, partnership: str) -> tuple[ChangeOnPage, ...]:
        """Return the changes of one partnership."""
        return tuple(change for change in self.changes if change.partnership == partnership)


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """The changes from one point in time to another."""

    since: HalfYear
    """The period whose end is the first point in time."""
    until: HalfYear | None
    """The period whose end is the second; None for the day of the site."""
    changes: ChangesOf

    @property
    def path(self) -> str:
        """The path of its page."""
        return changes_path(str(self.since), str(self.until or "now"))


def compared_pairs(
    compare: Comparing, half: HalfYear, part: SitePart, shown: Shown, partnerships: int
) -> tuple[ComparedPair, ...]:
    """Return the changes between any two of: the ends of three periods, the last of them `half`, and the day.

    In a register of more than `FEW` partnerships, return only those in the last period and since. Only what the part
    may show is compared.
    """
    cut = partial(records_for, part.of_paper)
    day, periods = shown.day, shown.framework.periods
    before = periods.before(half)
    points = (periods.before(before), before, half, None)
    pairs = [(one, other) for at, one in enumerate(points) for other in points[at + 1 :] if one]
    if partnerships > FEW:
        pairs = [(before, half), (half, None)]
    return tuple(
        ComparedPair(
            one,
            other,
            _of(_title(one, other, periods), compare(one.ends, other.ends if other else None, day, cut), part),
        )
        for one, other in pairs
    )


def main_changes(pairs: Iterable[ComparedPair], half: HalfYear, periods: ReportingPeriods) -> tuple[ChangesOf, ...]:
    """Return the changes in the period of `half`, and since."""
    wanted = {(periods.before(half), half), (half, None)}
    return tuple(pair.changes for pair in pairs if (pair.since, pair.until) in wanted)


def _title(since: HalfYear, until: HalfYear | None, periods: ReportingPeriods) -> str:
    if until is None:
        return f"Since {periods.name(since)}"
    if until == periods.after(since):
        return f"In {periods.name(until)}"
    return f"From the end of {periods.name(since)} to the end of {periods.name(until)}"


def _of(title: str, found: Diff | str, part: SitePart) -> ChangesOf:
    if isinstance(found, str):
        return ChangesOf(title, (), 0, 0, found)
    shown = tuple(
        _change_on_page(change, found, part) for change in found.changes if change.has_own_sentence or change.sets_rule
    )
    return ChangesOf(title, shown, len(found.changes) - len(shown), len(found.unreadable), "")


def _change_on_page(change: Change, found: Diff, part: SitePart) -> ChangeOnPage:
    commit = found.commits.get(change.commit or "")
    return ChangeOnPage(
        change.partnership,
        change.name,
        change.sentence,
        short(commit.id) if commit and part is SitePart.INTERNAL else "",
        commit.on if commit else None,
        _ORIGINS.get(change.came, "") if change.came else "",
    )


def by_name(changes: tuple[ChangeOnPage, ...]) -> Iterator[tuple[str, str, list[ChangeOnPage]]]:
    """Yield the id, the name and the changes of each partnership, and of the shared files."""
    found: dict[tuple[str, str], list[ChangeOnPage]] = {}
    for change in changes:
        found.setdefault((change.partnership, change.name), []).append(change)
    for (id_, name), theirs in found.items():
        yield id_, name, theirs


def pages_of_changes(
    pairs: Sequence[ComparedPair], half: HalfYear, shown: Shown, layout: Layout, known: Collection[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the page of each of `pairs` that could be compared, then the page that links to them.

    `known` are the ids of the partnerships with a page of their own.
    """
    periods = shown.framework.periods
    compared = [pair for pair in pairs if not pair.changes.not_compared]
    for pair in compared:
        stretch = pair.changes
        yield pair.path, layout.page(pair.path, "changes_between.html", stretch=stretch, known=known, by_name=by_name)
    page = layout.page(
        "changes.html",
        "changes.html",
        stretches=main_changes(pairs, half, periods),
        pairs=compared,
        most=FEW,
        is_cut=len(known) > FEW,
        period=periods.noun,
        days=(periods.before(periods.before(half)).ends, half.ends),
        known=known,
        by_name=by_name,
    )
    yield "changes.html", page
