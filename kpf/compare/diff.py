"""Two registers compared: what changed, how it came about, and where both came from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import kpf
from kpf.check.narrowing import services_named
from kpf.compare.brought import with_commits
from kpf.compare.pairing import name_of, names_of, paired
from kpf.compare.sides import Asked, Side, sides
from kpf.compare.values import Change, changes_between
from kpf.finding import Finding
from kpf.git.history import Commit, NoHistory, renamed_between, renamed_files
from kpf.register.content import display_path
from kpf.register.file_names import renamed_ids
from kpf.register.provenance import RegisterFile, files_of
from kpf.register.records import Records, read_records
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
    narrowed: tuple[str, ...] = ()
    """What was narrowed, in words; empty where everything is shown."""
    of_other_days: bool = False
    """Whether nothing changed as at the two days, and the files differ in what they say of later ones."""
    version: str = kpf.__version__

    @property
    def folder(self) -> str:
        """The folder of both, as people read it."""
        return display_path(self.after.records.register.folder / FOLDER)

    @property
    def files(self) -> tuple[tuple[RegisterFile, ...], tuple[RegisterFile, ...]]:
        """What was read before, and after."""
        return files_of(self.before.records.register), files_of(self.after.records.register)

    @property
    def unreadable(self) -> Mapping[Finding, tuple[bool, bool]]:
        """What could not be read and so was not compared, with whether that was before, and whether after."""
        paths = {path for held in self.partnerships for path in (held.path, held.former_path)}
        before, after = (
            [fault for fault in side.records.faults if fault.partnership is None or fault.location.path in paths]
            for side in (self.before, self.after)
        )
        return {fault: (fault in before, fault in after) for fault in (*after, *before)}

    def of_services(self, wanted: Sequence[str]) -> Self:
        """Only what these services lead, or led. Raises `CannotNarrow`."""
        if not wanted:
            return self
        known = {service for held in self.partnerships for service in held.services}
        services = {name for service in wanted for name in services_named(service, known)}
        kept = tuple(held for held in self.partnerships if services.intersection(held.services))
        ids_kept = {held.id for held in kept}
        changes = tuple(change for change in self.changes if change.partnership in ids_kept)
        narrowed = (f"what {' and '.join(wanted)} leads",)
        return replace(self, partnerships=kept, changes=changes, narrowed=narrowed)


def _whole(records: Records) -> Records:
    return records


def difference(listing: FolderListing, before: date | str, after: Asked, last: date, cut: Cut = _whole) -> Diff:
    """What changed from `before` to `after`; without that, to the files of `listing` as they are now, as at `last`.

    Of both, only what `cut` leaves is compared. Raises `NoHistory`, and `NoRegister`.
    """
    first, second = sides(listing, before, after, last)
    moved = _renamed(first, second)
    then = cut(read_records(first.records.register, second.day))
    told = changes_between(cut(first.records), cut(second.records), moved, then=then)
    changes, commits = with_commits(told, first, second, moved)
    compared = tuple(_compared(first.records, second.records, moved))
    return Diff(first, second, compared, changes, commits, of_other_days=not changes and _differ(first, second, moved))


def _differ(before: Side, after: Side, moved: Mapping[str, str]) -> bool:
    """Whether the files differ in any value, whichever day it is of."""
    was, now = (read_records(side.records.register, date.max) for side in (before, after))
    return any(changes_between(was, now, moved))


def difference_or_reason(
    listing: FolderListing, before: date | str, after: Asked, last: date, cut: Cut = _whole
) -> Diff | str:
    """The same; or, in a sentence, why git cannot tell and what to do about it."""
    try:
        return difference(listing, before, after, last, cut)
    except NoHistory as problem:
        return str(problem)


def _renamed(before: Side, after: Side) -> dict[str, str]:
    home = after.records.register.folder / FOLDER
    commit = before.commit
    if commit is None:  # the files as they are now are never the first of two
        return {}
    return renamed_ids(
        renamed_between(home, commit.id, after.commit.id) if after.commit else renamed_files(home, commit.id)
    )


def _compared(before: Records, after: Records, moved: Mapping[str, str]) -> Iterator[Compared]:
    pairs = paired(names_of(before.partnerships), names_of(after.partnerships), moved)
    paths, former_paths = _paths(after), _paths(before)
    for id_ in sorted({*pairs, *(before.partnerships.keys() - set(pairs.values()))}):
        old = pairs.get(id_, id_)
        records, path = (after, paths[id_]) if id_ in pairs else (before, former_paths[id_])
        services = [_service(after, id_), _service(before, old)]
        yield Compared(
            id_,
            name_of(records.partnerships, id_),
            tuple(dict.fromkeys(filter(None, services))),
            path,
            former_paths.get(old or "", ""),
            gone=id_ not in pairs,
        )


def _service(records: Records, id_: str | None) -> str:
    partnership = records.partnerships.get(id_ or "")
    return vars(partnership).get("lead_service") or "" if partnership else ""


def _paths(records: Records) -> dict[str, str]:
    return {document.partnership or "": document.path for document in records.register.partnerships}
