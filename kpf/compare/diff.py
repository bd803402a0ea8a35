"""Two registers compared: what changed, how it came about, and where both came from."""

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
"""Takes away what is not to be shown."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A partnership that was compared, as it is introduced: as it is after, or was before where it is gone."""

    id: str
    name: str
    services: tuple[str, ...]
    """Those that lead it, or led it before."""
    path: str
    former_path: str
    """Empty where it was not there before."""
    gone: bool


@dataclass(frozen=True)
class Diff:
    """All that is shown of two registers that were compared."""

    before: Side
    after: Side
    partnerships: tuple[Compared, ...]
    """In the order of their ids."""
    changes: tuple[Change, ...]
    """In the same order."""
    commits: Mapping[str, Commit]
    """Those that brought the changes, by their names in full."""
    files: tuple[tuple[RegisterFile, ...], tuple[RegisterFile, ...]] = ((), ())
    """What was read before, and after."""
    faults: tuple[tuple[Finding, ...], tuple[Finding, ...]] = ((), ())
    """What could not be read before, and after."""
    narrowed: tuple[str, ...] = ()
    """What was narrowed, in words; empty where everything is shown."""
    of_other_days: bool = False
    """Whether nothing changed as at the two days, and the files differ in what they say of later ones."""
    version: str = kpf.__version__

    @property
    def framework(self) -> Framework:
        """The framework in force on the later day."""
        edition = self.after.shared.edition
        return edition.framework if edition else framework()

    @property
    def folder(self) -> str:
        """The folder of both, as people read it."""
        return display_path(self.after.folder / FOLDER)

    @property
    def unreadable(self) -> Mapping[Finding, tuple[bool, bool]]:
        """What could not be read and so was not compared, with whether that was before, and whether after."""
        paths = {path for partnership in self.partnerships for path in (partnership.path, partnership.former_path)}
        before, after = (
            [fault for fault in faults if fault.partnership is None or fault.location.path in paths]
            for faults in self.faults
        )
        return {fault: (fault in before, fault in after) for fault in (*after, *before)}

    def of_services(self, wanted: Sequence[str]) -> Self:
        """Only what these services lead, or led. Raises `CannotNarrow`."""
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
    """What changed from `before` to `after`; without that, to the files of `listing` as they are now, as at `last`.

    Of both, only what `cut` leaves is compared. Raises `NoHistory`.
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
    """What is kept of the files of one register."""

    def __init__(self, side: Side) -> None:
        self.shared = files_of(side.common)
        self.faults = list(side.shared.faults)
        self.partnerships: list[RegisterFile] = []

    def add(self, records: Records) -> None:
        """Keep that these partnerships were read."""
        self.partnerships += map(register_file, records.register.partnerships)
        self.faults += records.faults

    @property
    def files(self) -> tuple[RegisterFile, ...]:
        """Those that partnerships share, then each partnership's in the order of the ids."""
        return (*self.shared, *sorted(self.partnerships, key=lambda file: file.partnership or ""))


@dataclass
class _Found:
    """What is kept of two registers that were gone through side by side."""

    before: _Read
    after: _Read
    changes: list[Change] = field(default_factory=list)
    by_files: set[Key] = field(default_factory=set)
    """Those of the changes that are in the files, and did not come with the day alone."""
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
    """Whether the files differ in any value, whichever day it is of."""
    return any(changes_side_by_side(before.as_at(date.max), after.as_at(date.max), pairs))


def difference_or_reason(
    listing: FolderListing, before: date | str, after: Asked, last: date, cut: Cut = _whole
) -> Diff | str:
    """The same; or a sentence for those who read a paper or a page: why changes cannot be listed."""
    try:
        return difference(listing, before, after, last, cut)
    except NoHistory as problem:
        return problem.for_readers


def _renamed(before: Side, after: Side) -> dict[str, str]:
    home = after.folder / FOLDER
    commit = before.commit
    if commit is None:  # the files as they are now are never the first of two
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
