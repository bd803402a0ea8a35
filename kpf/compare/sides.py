"""The register as it stood at a revision or on a day: which commit that is, and what its files said then."""

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
"""A day, a revision that git knows, or nothing: the files as they are now."""


@dataclass(frozen=True)
class Side:
    """One of two registers that are compared: what was asked for, and what was taken for it.

    Its partnerships are read a few at a time.
    """

    asked: Asked
    files: Files
    common: Register
    """The files that all partnerships share, without any partnership."""
    shared: SharedRecords
    """What those say as at the day."""
    commit: Commit | None
    """None where the files were taken as they are now."""
    state: WorkingTreeState | None = None
    """What git says of those; None also where it says nothing."""

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
        """The register of `files` as at `day`. What it shares with the `known` documents is not read again.

        Raises `NoHistory`.
        """
        at_hand = files.at_hand((), known)
        council, organisations = at_hand.read_shared()
        common = Register(files.folder, (), council, organisations, files.skipped, framework=at_hand.read_framework())
        return cls(asked, files, common, _shared(common, day), commit, state)

    @property
    def day(self) -> date:
        """The day as at which its facts are read."""
        return self.shared.day

    @property
    def folder(self) -> Path:
        """The folder that holds partnerships/."""
        return self.files.folder

    @property
    def uncommitted(self) -> bool:
        """Whether the files are other than the last commit has them."""
        return bool(self.state and self.state.uncommitted)

    def as_at(self, day: date) -> Self:
        """The same files, as at another day."""
        return self if day == self.day else replace(self, shared=_shared(self.common, day))

    def records(self, register: Register | None = None) -> Records:
        """Of `register`, which holds some of the partnerships, the records; without it, of what all of them share."""
        if register is None:
            return records_in(self.common, self.shared)
        return records_in(register, replace(self.shared, faults=()))

    def read(self, entries: Sequence[ListedFile], known: Iterable[Document] = ()) -> Register:
        """A register of these partnerships alone. Raises `NoHistory`."""
        files = self.files.at_hand(entries, known)
        return replace(self.common, partnerships=tuple(map(files.read, entries)))


def sides(listing: FolderListing, before: Asked, after: Asked, last: date) -> tuple[Side, Side]:
    """The two registers, none as at a later day than `last`, the second never as at an earlier one than the first.

    A day is looked at as at itself, a revision as at the day of its commit, and the files of `listing` as at `last`.
    No file is read before git has said that there are two. Raises `NoHistory`, also where the two are the wrong way
    round.
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
