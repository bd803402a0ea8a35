"""What changed in the register: in the last half-year that is over, and since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from kpf.compare.diff import Diff
from kpf.compare.values import Came, Change
from kpf.dates import HalfYear
from kpf.git.program import short
from kpf.papers.performance.changes import Comparing
from kpf.papers.public import records_for
from kpf.site.part import SitePart

_CAME: Final = {Came.UNCOMMITTED: "not committed yet", Came.CALENDAR: "recorded before its day came"}


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """One change, with what brought it."""

    partnership: str
    """Its id; empty for what all partnerships share."""
    name: str
    sentence: str
    """It is read after the name."""
    commit: str
    """In short; empty where git does not tell, and in the public part."""
    on: date | None
    """The day of the commit."""
    came: str
    """How it came about otherwise; empty where there is a commit, or nobody can tell."""


@dataclass(frozen=True, slots=True)
class ChangesOf:
    """What changed over one stretch of time."""

    title: str
    changes: tuple[ChangeTold, ...]
    others: int
    """How many more values differ, for which no sentence is written."""
    unread: int
    """How many values could not be read on one of the two days, and were not compared."""
    not_compared: str
    """Why the two days could not be compared; empty where they were."""

    def of(self, partnership: str) -> tuple[ChangeTold, ...]:
        """Those of one partnership."""
        return tuple(change for change in self.changes if change.partnership == partnership)


def changes_told(compare: Comparing, half: HalfYear, part: SitePart, day: date) -> tuple[ChangesOf, ...]:
    """What changed in `half`, and from its end to `day`: of both registers only what the part may show."""
    cut = partial(records_for, part.of_paper)
    stretches = ((f"In {half}", half.starts - timedelta(days=1), half.ends), (f"Since {half}", half.ends, None))
    return tuple(_of(title, compare(before, after, day, cut), part) for title, before, after in stretches)


def _of(title: str, found: Diff | str, part: SitePart) -> ChangesOf:
    if isinstance(found, str):
        why, _, _ = found.partition(". ")  # what comes after it is for those who run kpf
        return ChangesOf(title, (), 0, 0, f"{why.rstrip('.')}.")
    told = tuple(_told(change, found, part) for change in found.changes if change.has_own_sentence or change.sets_rule)
    return ChangesOf(title, told, len(found.changes) - len(told), len(found.unreadable), "")


def _told(change: Change, found: Diff, part: SitePart) -> ChangeTold:
    commit = found.commits.get(change.commit or "")
    return ChangeTold(
        change.partnership,
        change.name,
        change.sentence,
        short(commit.id) if commit and part is SitePart.INTERNAL else "",
        commit.on if commit else None,
        _CAME.get(change.came, "") if change.came else "",
    )


def by_name(changes: tuple[ChangeTold, ...]) -> Iterator[tuple[str, str, list[ChangeTold]]]:
    """The changes of each partnership, and of what all share, in the order of their finding: id, name, changes."""
    found: dict[tuple[str, str], list[ChangeTold]] = {}
    for change in changes:
        found.setdefault((change.partnership, change.name), []).append(change)
    for (id_, name), held in found.items():
        yield id_, name, held
