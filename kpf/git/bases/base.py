"""The commits that a change is compared with, and their names in messages."""

from dataclasses import dataclass
from pathlib import Path

from kpf.git.history import NoHistory, commit_or_none, last_commit, merge_base, parents_of
from kpf.git.program import short


@dataclass(frozen=True, slots=True)
class Base:
    """The base that a change is compared with."""

    commits: tuple[str, ...]
    """The full hashes. For a merge, all its parents: only what is worse than in each of them is a regression."""
    name: str
    """The name in messages: a branch, or "the last commit"."""
    where: str
    """The name with the commit and the reason for choosing it."""
    judged: str | None = None
    """The full hash of the commit to judge; None to judge the files or what is staged."""

    @property
    def commit(self) -> str:
        """The full hash of its first commit; empty if the change is the first commit."""
        return self.commits[0] if self.commits else ""


def where_parted(folder: Path, ref: str, name: str = "", judged: str | None = None) -> Base:
    """Return the merge base of `ref`, called `name`, and the change. Raise `NoHistory`."""
    commit = merge_base(folder, ref, judged)
    name = name or ref
    return Base((commit,), name, f"commit {short(commit)}, where this branch and {name} parted", judged)


def one_commit(folder: Path, commit: str, name: str, why: str) -> Base:
    """Return `commit` as the base, called `name` and chosen because of `why`. Raise `NoHistory` if it is missing."""
    found = commit_or_none(folder, commit)
    if found is None:
        raise NoHistory(
            f"Commit {short(commit)}, {why}, is not in this repository. Fetch the whole history (fetch-depth: 0), or "
            "name another commit: --since REF"
        )
    return Base((found,), name, f"commit {short(found)}, {why}")


def first_of_all(judged: str | None = None) -> Base:
    """Return the empty base, for a change that is the first commit."""
    return Base((), "an empty register", "an empty register, because this is the first commit", judged)


def before(folder: Path, commit: str, name: str, judged: str | None = None) -> Base:
    """Return the parents of `commit`, called `name`. Raise `NoHistory`."""
    parents = parents_of(folder, commit)
    if not parents:
        return first_of_all(judged)
    if len(parents) == 1:
        return Base(parents, f"the commit before {name}", f"commit {short(parents[0])}, the one before {name}", judged)
    return merged(parents, judged)


def merged(commits: tuple[str, ...], judged: str | None = None) -> Base:
    """Return the base for a merge, which is all its parents."""
    named = " and ".join(map(short, commits))
    return Base(
        commits,
        "one of the merged commits",
        f"commits {named}, which are merged. What one of them already had does not count against the merge",
        judged,
    )


def head(folder: Path) -> str:
    """Return the full hash of the commit that is checked out. Raise `NoHistory` if there is none yet."""
    found = last_commit(folder)
    if found is None:
        raise NoHistory("Nothing is committed on this branch yet, so there is nothing to compare with.")
    return found
