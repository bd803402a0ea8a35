"""The evidence for a change: the commit that brought it.

Each commit between two registers is compared with the one before it, in the files that it touched, so that the work
grows with the number of changed files and not with the size of the register.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kpf.changes import RATING, Came, Change, changes_between
from kpf.changes.partners import rating
from kpf.history import Commit, NoHistory, Step, commit_named, renamed, steps
from kpf.pairing import paired
from kpf.past import Side
from kpf.records import Records, read_records
from kpf.register import FOLDER, ids, read_register_at, register_of

_Key = tuple[str, str, str]
"""What makes two changes the same: whose it is (a partner's rating is the partner's), of what kind, and what about."""


@dataclass(slots=True)
class _Origins:
    """Where each change came from, as far as the way has been walked."""

    folder: Path
    since: date
    day: date
    commits: dict[_Key, Commit] = field(default_factory=dict)
    touched: dict[str, Commit] = field(default_factory=dict)
    """The last commit that touched the file of each partnership, by the id it has then."""

    def take(self, step: Step) -> None:
        """Add what one commit brought."""
        before, after = (read_records(register_of(self.folder, held), self.day) for held in (step.before, step.after))
        moved = ids(step.renamed)
        for new, old in paired(before.partnerships, after.partnerships, moved).items():
            if old is not None and old != new:
                self._rename(old, new)
            self.touched[new] = step.commit
        for key in self._changed(before, after, moved):
            self.commits[key] = step.commit

    def _changed(self, before: Records, after: Records, moved: Mapping[str, str]) -> Iterator[_Key]:
        yield from (_key(change) for change in changes_between(before, after, moved, self.since))
        for name in {**before.organisations, **after.organisations}:
            for told in rating(name, before.organisations, after.organisations):
                yield "", told.what, told.subject

    def _rename(self, old: str, new: str) -> None:
        self.commits |= {(new, *key[1:]): commit for key, commit in self.commits.items() if key[0] == old}
        if old in self.touched:
            self.touched[new] = self.touched[old]


def with_commits(
    changes: Iterable[Change], before: Side, after: Side
) -> tuple[tuple[Change, ...], Mapping[str, Commit]]:
    """`changes` with how each came about, and the commits among that by their names.

    `before` is a commit. Where git does not tell, the changes come back as they are.
    """
    told = tuple(changes)
    try:
        origins, uncommitted = _walked(before, after)
    except NoHistory:
        return told, {}
    same_files = read_records(after.records.register, before.day)
    of_the_calendar = {_key(change) for change in changes_between(same_files, after.records)}

    def whence(change: Change) -> Change:
        key = _key(change)
        if key in uncommitted:
            return replace(change, came=Came.UNCOMMITTED)
        commit = origins.commits.get(key)
        if commit is None and key in of_the_calendar:
            return replace(change, came=Came.CALENDAR)
        commit = commit or origins.touched.get(change.partnership)
        return replace(change, came=Came.COMMIT, commit=commit.id) if commit else change

    found = tuple(map(whence, told))
    named = {commit.id: commit for commit in (*origins.commits.values(), *origins.touched.values())}
    return found, {change.commit: named[change.commit] for change in found if change.commit}


def _walked(before: Side, after: Side) -> tuple[_Origins, set[_Key]]:
    """What the commits between the two brought, and what is not committed yet. Raises `NoHistory`."""
    register = after.records.register
    home = register.folder / FOLDER
    last = after.commit or commit_named(home, "HEAD")
    origins = _Origins(register.folder, before.day, after.day)
    for step in steps(home, before.commit.id if before.commit else last.id, last.id):
        origins.take(step)
    if not after.uncommitted:
        return origins, set()
    head = read_records(read_register_at(last.id, register), after.day)
    moved = ids(renamed(home, last.id))
    return origins, {_key(change) for change in changes_between(head, after.records, moved, before.day)}


def _key(change: Change) -> _Key:
    return "" if change.what == RATING else change.partnership, change.what, change.subject
