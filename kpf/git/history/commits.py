"""Look-up of commits by name and by day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from kpf.dates import in_words
from kpf.git.history.asking import MEND_SHALLOW, answer, git_output, is_shallow
from kpf.git.program import NoGit, NoHistory, NotStarted, short
from kpf.spelling import did_you_mean

_CLOCK: Final = ZoneInfo("Europe/London")
"""The time zone in which a day ends, whatever the zones of the user's computer and of the commit."""
_NAMED: Final = 8
"""The greatest number of branches and tags listed if the requested one does not exist."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit with its full hash and its day."""

    id: str
    on: date

    @classmethod
    def made(cls, id_: str, seconds: str) -> "Commit":
        """Return the commit with this hash, made at `seconds` since 1970."""
        return cls(id_, datetime.fromtimestamp(int(seconds), UTC).astimezone(_CLOCK).date())

    def __str__(self) -> str:
        return f"commit {short(self.id)} of {in_words(self.on)}"


def merge_base(folder: Path, ref: str, commit: str | None = None) -> str:
    """Return the full hash of the merge base of `ref` and `commit`, or else HEAD. Raise `NoHistory`."""
    _check_ref(ref)
    here = commit or _head(folder)
    there = _commit(folder, ref)
    if there is None:
        raise NoHistory(_unknown(folder, ref))
    status, output, _ = answer(folder, "merge-base", there, here)
    if status != 0:
        mend = MEND_SHALLOW if is_shallow(folder) else "Name a branch from which this one came."
        raise NoHistory(f"{ref} and what is checked out here have no commit in common. {mend}")
    return output.decode("ascii").split()[0]


def parents_of(folder: Path, commit: str) -> tuple[str, ...]:
    """Return the full hashes of the parents of `commit`: none for the first, two for a merge. Raise `NoHistory`."""
    parents = git_output(folder, "rev-list", "--max-count=1", "--parents", commit, "--").decode("ascii").split()[1:]
    if not parents and is_shallow(folder):
        raise NoHistory(f"What the files said before commit {short(commit)} cannot be read. {MEND_SHALLOW}")
    return tuple(parents)


def last_commit(folder: Path) -> str | None:
    """Return the full hash of HEAD, or None before the first commit. Raise `NoHistory`."""
    git_output(folder, "rev-parse", "--git-dir")
    return _commit(folder, "HEAD")


def commit_or_none(folder: Path, ref: str) -> str | None:
    """Return the full hash of the commit `ref`, or None if it does not exist. Raise `NoHistory`."""
    _check_ref(ref)
    return _commit(folder, ref)


def nothing_committed(folder: Path) -> str:
    """Return the hash of the empty tree, with which a first commit is compared."""
    return git_output(folder, "hash-object", "-t", "tree", "--stdin").decode("ascii").strip()


def commit_named(folder: Path, ref: str) -> Commit:
    """Return the commit that `ref` names, such as a branch, a tag or HEAD~3. Raise `NoHistory`."""
    _check_ref(ref)
    _head(folder)
    id_ = _commit(folder, ref)
    if id_ is None:
        raise NoHistory(_unknown(folder, ref))
    (found,) = _listed(folder, "--max-count=1", id_)
    return found


def commit_on(folder: Path, day: date) -> Commit:
    """Return the last commit on the first-parent history of HEAD by the end of `day`.

    Raise `NoHistory`.
    """
    here = _head(folder)
    midnight = datetime.combine(day + timedelta(days=1), time(), _CLOCK).timestamp()
    by_then = f"--min-age={max(0, int(midnight) - 1)}"  # -1 means no limit
    found = _listed(folder, "--first-parent", "--max-count=1", by_then, here)
    if found:
        return found[0]
    if is_shallow(folder):
        first = _listed(folder, "--first-parent", here)[-1]
        raise NoHistory(
            f"What the files said on {in_words(day)} cannot be read: here the commits go back "
            f"only to {in_words(first.on)}. {MEND_SHALLOW}"
        )
    raise not_started(folder)


def not_started(folder: Path) -> NoHistory:
    """Return the exception for a day before `folder` was first committed. Raise `NoHistory`."""
    first = first_commit(folder)
    if first is None:
        return NoGit(
            "The register has never been committed, so there is nothing to compare with.", "Commit the register first"
        )
    return NotStarted(first.on)


def first_commit(folder: Path) -> Commit | None:
    """Return the commit that added `folder` to the checked-out branch, or None. Raise `NoHistory`."""
    found = _listed(folder, "--first-parent", "HEAD", "--", ".")
    return found[-1] if found else None


def names_of_commits(folder: Path) -> list[str]:
    """Return the branches and tags of the repository. Raise `NoHistory`."""
    listed = git_output(folder, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
    return sorted(set(listed.decode("utf-8", "replace").split()))


def leads_to(folder: Path, one: str, other: str) -> bool:
    """Return whether the commit `one` is an ancestor of `other`, or the same. Raise `NoHistory`."""
    return answer(folder, "merge-base", "--is-ancestor", one, other)[0] == 0


def _head(folder: Path) -> str:
    git_output(folder, "rev-parse", "--git-dir")
    here = _commit(folder, "HEAD")
    if here is None:
        raise NoGit(
            "Nothing is committed on this branch yet, so there is nothing to compare with.", "Commit the register first"
        )
    return here


def _listed(folder: Path, *arguments: str) -> list[Commit]:
    lines = git_output(folder, "rev-list", "--timestamp", *arguments).decode("ascii").splitlines()
    return [Commit.made(id_, seconds) for seconds, id_ in map(str.split, lines)]


def _commit(folder: Path, ref: str) -> str | None:
    status, output, _ = answer(folder, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    name = output.decode("utf-8", "replace").strip()
    return name if status == 0 and name.isalnum() else None  # git accepts ^main, which is a set of commits


def _check_ref(ref: str) -> None:
    if not ref.strip() or "\0" in ref:
        raise NoHistory("Give the name of a branch, a tag or a commit, for example: origin/main")
    if ref.startswith("-"):
        raise NoHistory(f"“{ref}” cannot be the name of a branch, a tag or a commit. Write, say: origin/main")


def _unknown(folder: Path, ref: str) -> str:
    names = names_of_commits(folder)
    hint = did_you_mean(ref, names).lstrip() or _there_are(names)
    return f"There is no “{ref}” in this repository. {f'{MEND_SHALLOW} ' if is_shallow(folder) else ''}{hint}"


def _there_are(names: Collection[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"There are: {', '.join(list(names)[:_NAMED])}{more}." if names else "It has no branch yet."
