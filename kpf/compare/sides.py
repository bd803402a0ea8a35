"""The register at a revision or on a day: the commit, and the contents of its files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Self

from kpf.dates import in_words
from kpf.document import Document
from kpf.git.history import Commit, NoHistory, commit_named, commit_on, first_commit, leads_to, not_started
from kpf.git.working_tree import WorkingTreeState, state
from kpf.register.committed import list_committed
from kpf.register.entries import ListedFile
from kpf.register.records import Records, SharedRecords, read_shared, records_in
from kpf.register.register import FOLDER, Files, FolderListing, Register

Asked = date | str | None
"""A day, a revision known to git, or None for the present files."""


@dataclass(frozen=True)
class Side:
    """One of two registers to compare: what was asked for, and the files found for it.

    Its partnerships are read a few at a time.
    """

    asked: Asked
    files: Files
    common: Register
    """The files that all partnerships share, without any partnership."""
    shared: SharedRecords
    """The shared records as at the day."""
    commit: Commit | None
    """The commit; None for the present files."""
    state: WorkingTreeState | None = None
    """How the present files differ from their commit; None outside git, and for a commit."""

    @classmethod
    def of(  # noqa: PLR0913 - what was asked for, and what git says of it
        cls,
        asked: Asked,
        files: Files,
        day: date,
        commit: Commit | None = None,
        *,
        state: WorkingTreeState | None = None,
        known: Iterable[Document] = (),
    ) -> Self:
        """Make the side for `files` as at `day`. Documents equal to `known` ones are not read again.

        Raises `NoHistory`.
        """
        at_hand = files.at_hand((), known)
        council, organisations = at_hand.read_shared()
        common = Register(files.folder, (), council, organisations, files.skipped, framework=at_hand.read_framework())
        return cls(asked, files, common, _shared(common, day), commit, state)

    @property
    def day(self) -> date:
        """The day of the facts: later ones do not count."""
        return self.shared.day

    @property
    def folder(self) -> Path:
        """The folder that holds partnerships/."""
        return self.files.folder

    @property
    def uncommitted(self) -> bool:
        """Whether the files differ from the last commit."""
        return bool(self.state and self.state.uncommitted)

    def as_at(self, day: date) -> Self:
        """Return these files as at another day."""
        return self if day == self.day else replace(self, shared=_shared(self.common, day))

    def records(self, register: Register | None = None) -> Records:
        """Return the records of `register`, which has some partnerships; by default, those of the shared files only."""
        if register is None:
            return records_in(self.common, self.shared)
        return records_in(register, replace(self.shared, faults=()))

    def read(self, entries: Sequence[ListedFile], known: Iterable[Document] = ()) -> Register:
        """Return a register of the partnerships in `entries` only. Raises `NoHistory`."""
        files = self.files.at_hand(entries, known)
        return replace(self.common, partnerships=tuple(map(files.read, entries)))


def sides(listing: FolderListing, before: Asked, after: Asked, last: date) -> tuple[Side, Side]:
    """Return the two registers to compare, neither as at a later day than `last`, the second not before the first.

    A day is read as at that day, a revision as at the day of its commit, and the files of `listing` as at `last`. No
    file is read before git has found both. Raises `NoHistory`, also if the two are in the wrong order.
    """
    folder = listing.folder
    first, commit = _day_and_commit(folder, before, last)
    second, other = _day_and_commit(folder, after, last)
    if commit and other and commit.id != other.id and leads_to(folder, other.id, commit.id):
        raise _wrong_way_round(before, after)
    if second < first:
        if isinstance(after, date):
            raise _wrong_way_round(before, after)
        second = first
    now = _side(listing, after, second, other, ())
    return _side(listing, before, first, commit, now.common.documents), now


def _shared(common: Register, day: date) -> SharedRecords:
    return read_shared(common.council, common.organisations, day, framework_document=common.framework)


def _day_and_commit(folder: Path, asked: Asked, last: date) -> tuple[date, Commit | None]:
    home = folder / FOLDER
    if asked is None:
        return last, None
    if isinstance(asked, date):
        if asked > last:
            raise NoHistory(
                f"{in_words(asked)} is later than {in_words(last)}, the day as at which kpf looks. Give an earlier day."
            )
        return asked, commit_on(home, asked)
    commit = commit_named(home, asked)
    return min(commit.on, last), commit


def _side(listing: FolderListing, asked: Asked, day: date, commit: Commit | None, known: Iterable[Document]) -> Side:
    home = listing.folder / FOLDER
    if commit is None:
        return Side.of(asked, listing, day, state=state(home))
    files = list_committed(listing.folder, commit.id)
    if not files.entries:
        first = first_commit(home)
        if first is None or first.on > commit.on:
            raise not_started(home)
        raise NoHistory(f"At {commit} there was no partnership in the register yet. Name a later commit.")
    return Side.of(asked, files, day, commit, known=known)


def _wrong_way_round(before: Asked, after: Asked) -> NoHistory:
    return NoHistory(f"{_written(after)} is earlier than {_written(before)}. Write the earlier one first.")


def _written(asked: Asked) -> str:
    return asked.isoformat() if isinstance(asked, date) else str(asked)
