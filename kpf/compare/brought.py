"""The commit that brought each change.

The commits between two registers are read from the newest back. Each is compared with the one before it, in the files
that it touched, until the commit of every change is found.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from kpf.compare.pairing import names_of, paired
from kpf.compare.side_by_side import changes_side_by_side, id_pairs
from kpf.compare.sides import Side
from kpf.compare.values import RATING, Change, ChangeOrigin, changes_between
from kpf.compare.values.partners import assessment_changes
from kpf.git.history import Commit, NoHistory, Step, commit_named, leads_to, renamed_files, steps
from kpf.register.committed import list_committed
from kpf.register.file_names import renamed_ids
from kpf.register.records import Records, read_records
from kpf.register.register import FOLDER, register_of

Key = tuple[str, str, str]
"""What identifies a change: the partnership, the kind of change, and its subject.

The partnership is empty for a partner's rating, as for everything in the shared files.
"""


def with_commits(
    changes: Iterable[Change], by_files: set[Key], before: Side, after: Side
) -> tuple[tuple[Change, ...], Mapping[str, Commit]]:
    """Return `changes` with the origin of each, and the commits that brought them by their names.

    `before` is a commit. `by_files` has the keys of changes in the files; all others came only with the day. If git
    does not know, the changes are returned unchanged.
    """
    every = tuple(changes)
    try:
        brought, names = _uncommitted(after, before.day)
        uncommitted = by_files & brought
        commits = _commits(before, after, by_files - uncommitted, names)
    except NoHistory:
        return every, {}

    def whence(change: Change) -> Change:
        key = _key(change)
        if key in commits:
            return replace(change, came=ChangeOrigin.COMMIT, commit=commits[key].id)
        if key in uncommitted:
            return replace(change, came=ChangeOrigin.UNCOMMITTED)
        return change if key in by_files else replace(change, came=ChangeOrigin.CALENDAR)

    return tuple(map(whence, every)), {commit.id: commit for commit in commits.values()}


def _uncommitted(after: Side, since: date) -> tuple[set[Key], dict[str, str]]:
    """Return the changes in the files since the last commit, and the ids there of partnerships renamed since.

    Raises `NoHistory`.
    """
    if not after.uncommitted:
        return set(), {}
    home = after.folder / FOLDER
    last = commit_named(home, "HEAD").id
    committed = Side.of("HEAD", list_committed(after.folder, last), after.day, known=after.common.documents)
    pairs = id_pairs(committed, after, renamed_ids(renamed_files(home, last)))
    brought = keys_of(changes_side_by_side(committed, after, pairs, since))
    return brought, {pair.old: pair.new for pair in pairs if pair.old is not None and pair.new is not None}


def _commits(before: Side, after: Side, wanted: set[Key], names: dict[str, str]) -> dict[Key, Commit]:
    """Return the last commit that brought each of the `wanted` changes. Raises `NoHistory`.

    `names` maps each partnership's id at a commit to its id at the end; renames found on the way are added.

    If no commit alone brought a change, it is the last that touched the partnership's file: one commit may have made a
    value unreadable, and another replaced it. On branches that diverged, that would be a guess.
    """
    folder = after.folder
    home = folder / FOLDER
    last = after.commit or commit_named(home, "HEAD")
    found: dict[Key, Commit] = {}
    touched: dict[str, Commit] = {}
    first = before.commit or last
    for step in steps(home, first.id, last.id):
        if len(found) == len(wanted):
            break
        then, now, moved = _sides(step, folder, after.day)
        for id_, what, subject in _brought(then, now, moved, before.day):
            key = names.get(id_, id_), what, subject
            if key in wanted:
                found.setdefault(key, step.commit)
        if then.council != now.council or then.organisations != now.organisations:
            touched.setdefault("", step.commit)
        for new, old in paired(names_of(then.partnerships), names_of(now.partnerships), moved).items():
            touched.setdefault(names.get(new, new), step.commit)
            if old is not None and old != new:
                names[old] = names.get(new, new)
    if len(found) < len(wanted) and leads_to(home, first.id, last.id):
        found = {key: touched[key[0]] for key in wanted if key[0] in touched} | found
    return found


def _sides(step: Step, folder: Path, day: date) -> tuple[Records, Records, Mapping[str, str]]:
    """Return the records in the files that one commit touched, before and after it, and the files it renamed."""
    before, after = (read_records(register_of(folder, files), day) for files in (step.before, step.after))
    return before, after, renamed_ids(step.renamed)


def _brought(before: Records, after: Records, moved: Mapping[str, str], since: date) -> Iterator[Key]:
    yield from keys_of(changes_between(before, after, moved, since))
    for name in after.organisations:  # for every partnership with this partner, whose files need not be touched
        for detail in assessment_changes(name, before.organisations, after.organisations):
            yield "", detail.what, detail.subject


def keys_of(changes: Iterable[Change]) -> set[Key]:
    """Return the keys of `changes`."""
    return set(map(_key, changes))


def _key(change: Change) -> Key:
    return "" if change.what == RATING else change.partnership, change.what, change.subject
