"""The comparison of two registers: the changes, their origins, and the provenance of both."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest
from typing import Self

import kpf
from kpf.check.narrowing import services_named
from kpf.compare.brought import Key, keys_of, with_commits
from kpf.compare.pairing import IdPair, name_of
from kpf.compare.side_by_side import changes_side_by_side, id_pairs, read_in_parts
from kpf.compare.sides import Asked, Side, sides
from kpf.compare.values import Change, changes_of_pairs, known_of, shared_changes
from kpf.finding import Finding
from kpf.framework import Framework, framework
from kpf.git.history import Commit, NoHistory, renamed_between, renamed_files
from kpf.register.content import display_path
from kpf.register.file_names import renamed_ids
from kpf.register.provenance import RegisterFile, files_of, register_file
from kpf.register.records import Records
from kpf.register.register import FOLDER, FolderListing

Cut = Callable[[Records], Records]
"""Removes what is not to be shown from records."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A compared partnership, described as it is after, or as it was before if it was removed."""

    id: str
    name: str
    services: tuple[str, ...]
    """The services that lead it or led it before."""
    path: str
    former_path: str
    """The path of the earlier file; empty if there was none."""
    gone: bool


@dataclass(frozen=True)
class Diff:
    """The result of comparing two registers, for renderers."""

    before: Side
    after: Side
    partnerships: tuple[Compared, ...]
    """The compared partnerships, in the order of their ids."""
    changes: tuple[Change, ...]
    """The changes, in the same order."""
    commits: Mapping[str, Commit]
    """The commits that brought the changes, by their full names."""
    files: tuple[tuple[RegisterFile, ...], tuple[RegisterFile, ...]] = ((), ())
    """The files read before, and after."""
    faults: tuple[tuple[Finding, ...], tuple[Finding, ...]] = ((), ())
    """The faults before, and after."""
    narrowed: tuple[str, ...] = ()
    """The choice of what to show, in words; empty if everything is shown."""
    of_other_days: bool = False
    """Whether nothing changed as at the two days, although the files differ in facts of later days."""
    version: str = kpf.__version__

    @property
    def framework(self) -> Framework:
        """The framework in force on the later day."""
        edition = self.after.shared.edition
        return edition.framework if edition else framework()

    @property
    def folder(self) -> str:
        """The folder of both, for messages."""
        return display_path(self.after.folder / FOLDER)

    @property
    def unreadable(self) -> Mapping[Finding, tuple[bool, bool]]:
        """The faults of what was not compared, each with whether it was there before, and after."""
        paths = {path for partnership in self.partnerships for path in (partnership.path, partnership.former_path)}
        before, after = (
            [fault for fault in faults if fault.partnership is None or fault.location.path in paths]
            for faults in self.faults
        )
        return {fault: (fault in before, fault in after) for fault in (*after, *before)}

    def of_services(self, wanted: Sequence[str]) -> Self:
        """Return the part about partnerships that the `wanted` services lead or led. Raises `CannotNarrow`."""
        if not wanted:
            return self
        known = {service for partnership in self.partnerships for service in partnership.services}
        services = {name for service in wanted for name in services_named(service, known)}
        kept = tuple(partnership for partnership in self.partnerships if services.intersection(partnership.services))
        ids_kept = {partnership.id for partnership in kept}
        changes = tuple(change for change in self.changes if change.partnership in ids_kept)
        narrowed = (f"what {' and '.join(wanted)} leads",)
        return replace(self, partnerships=kept, changes=changes, narrowed=narrowed)


def _whole(records: Records) -> Records:
    return records


def difference(listing: FolderListing, before: date | str, after: Asked, last: date, cut: Cut = _whole) -> Diff:
    """Return what changed from `before` to `after`, by default the present files of `listing` as at `last`.

    Only what `cut` leaves of both is compared. Raises `NoHistory`.
    """
    first, second = sides(listing, before, after, last)
    pairs = id_pairs(first, second, _renamed(first, second))
    found = _found(first, second, pairs, cut)
    changes, commits = with_commits(found.changes, found.by_files, first, second)
    return Diff(
        first,
        second,
        tuple(found.partnerships),
        changes,
        commits,
        (found.before.files, found.after.files),
        (tuple(found.before.faults), tuple(found.after.faults)),
        of_other_days=not changes and found.files_differ and _differ(first, second, pairs),
    )


class _Read:
    """The data kept of the files of one register."""

    def __init__(self, side: Side) -> None:
        self.shared = files_of(side.common)
        self.faults = list(side.shared.faults)
        self.partnerships: list[RegisterFile] = []

    def add(self, records: Records) -> None:
        """Add the partnerships in `records`."""
        self.partnerships += map(register_file, records.register.partnerships)
        self.faults += records.faults

    @property
    def files(self) -> tuple[RegisterFile, ...]:
        """The shared files, then those of the partnerships in the order of their ids."""
        return (*self.shared, *sorted(self.partnerships, key=lambda file: file.partnership or ""))


@dataclass
class _Found:
    """The data kept of two registers read side by side."""

    before: _Read
    after: _Read
    changes: list[Change] = field(default_factory=list)
    by_files: set[Key] = field(default_factory=set)
    """The keys of the changes in the files, which did not come only with the day."""
    partnerships: list[Compared] = field(default_factory=list)
    files_differ: bool = False


def _found(first: Side, second: Side, pairs: Sequence[IdPair], cut: Cut) -> _Found:
    then = first.as_at(second.day)
    found = _Found(_Read(first), _Read(second))
    stood, is_ = then.records(), second.records()
    known, known_of_cut = known_of(stood, is_), known_of(cut(stood), cut(is_))
    for part, old, new in read_in_parts(first, second, pairs):
        before, after = first.records(old), second.records(new)
        stayed = before if then is first else then.records(old)
        found.files_differ |= any(was is not is_ for was, is_ in zip_longest(old.documents, new.documents))
        found.changes += changes_of_pairs(part, cut(before), cut(after), known_of_cut, then=cut(stayed))
        found.by_files |= keys_of(changes_of_pairs(part, stayed, after, known, first.day))
        found.partnerships += _compared(part, before, after)
        found.before.add(before)
        found.after.add(after)
    found.changes += shared_changes(cut(stood), cut(is_), known_of_cut)
    found.by_files |= keys_of(shared_changes(stood, is_, known))
    return found


def _differ(before: Side, after: Side, pairs: Sequence[IdPair]) -> bool:
    """Return whether the files differ in any value, of whatever day."""
    return any(changes_side_by_side(before.as_at(date.max), after.as_at(date.max), pairs))


def difference_or_reason(
    listing: FolderListing, before: date | str, after: Asked, last: date, cut: Cut = _whole
) -> Diff | str:
    """Like `difference`, but return a sentence for readers of a paper or page if changes cannot be listed."""
    try:
        return difference(listing, before, after, last, cut)
    except NoHistory as problem:
        return problem.for_readers


def _renamed(before: Side, after: Side) -> dict[str, str]:
    home = after.folder / FOLDER
    commit = before.commit
    if commit is None:  # the present files are never the earlier ones
        return {}
    return renamed_ids(
        renamed_between(home, commit.id, after.commit.id) if after.commit else renamed_files(home, commit.id)
    )


def _compared(pairs: Sequence[IdPair], before: Records, after: Records) -> Iterator[Compared]:
    paths, former_paths = _paths(after), _paths(before)
    for pair in pairs:
        gone = pair.new is None
        services = [_service(after, pair.new), _service(before, pair.old)]
        yield Compared(
            pair.id,
            name_of((before if gone else after).partnerships, pair.id),
            tuple(dict.fromkeys(filter(None, services))),
            (former_paths if gone else paths)[pair.id],
            former_paths.get(pair.old or "", ""),
            gone=gone,
        )


def _service(records: Records, id_: str | None) -> str:
    partnership = records.partnerships.get(id_ or "")
    return vars(partnership).get("lead_service") or "" if partnership else ""


def _paths(records: Records) -> dict[str, str]:
    return {document.partnership or "": document.path for document in records.register.partnerships}
