"""The register as it stood at a revision or on a day: which commit that is, and what its files said then."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kpf.dates import in_words
from kpf.git.history import Commit, NoHistory, commit_named, commit_on, first_commit, leads_to
from kpf.git.working_tree import WorkingTreeState, state
from kpf.register.committed import read_register_at
from kpf.register.records import Records, read_records
from kpf.register.register import FOLDER, FolderListing, Register, read_all

Asked = date | str | None
"""A day, a revision that git knows, or nothing: the files as they are now."""


@dataclass(frozen=True)
class Side:
    """One of two registers that are compared: what was asked for, and what was taken for it."""

    asked: Asked
    records: Records
    commit: Commit | None
    """None where the files were taken as they are now."""
    state: WorkingTreeState | None = None
    """What git says of those; None also where it says nothing."""

    @property
    def day(self) -> date:
        """The day as at which its facts are told."""
        return self.records.day

    @property
    def uncommitted(self) -> bool:
        """Whether the files are other than the last commit has them."""
        return bool(self.state and self.state.uncommitted)


def sides(listing: FolderListing, before: Asked, after: Asked, last: date) -> tuple[Side, Side]:
    """The two registers, none as at a later day than `last`, the second never as at an earlier one than the first.

    A day is looked at as at itself, a revision as at the day of its commit, and the files of `listing` as at `last`.
    No file is read before git has said that there are two. Raises `NoHistory`, also where the two are the wrong way
    round; and `NoRegister`.
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
    now = read_all(listing)
    return _side(now, before, first, commit), _side(now, after, second, other)


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


def _side(now: Register, asked: Asked, day: date, commit: Commit | None) -> Side:
    home = now.folder / FOLDER
    if commit is None:
        return Side(asked, read_records(now, day), None, state(home))
    register = read_register_at(commit.id, now)
    if not register.partnerships:
        first = first_commit(home)
        since = f" It has been since {first}: {first.on.isoformat()} or later can be compared." if first else ""
        raise NoHistory(f"At {commit} there was no partnership in the register yet.{since}")
    return Side(asked, read_records(register, day), commit)


def _wrong_way_round(before: Asked, after: Asked) -> NoHistory:
    return NoHistory(f"{_written(after)} is earlier than {_written(before)}. Write the earlier one first.")


def _written(asked: Asked) -> str:
    return asked.isoformat() if isinstance(asked, date) else str(asked)
