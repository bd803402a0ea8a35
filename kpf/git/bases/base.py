"""The commit or the commits that a change is compared with, and how to speak of them."""

from dataclasses import dataclass
from pathlib import Path

from kpf.git.history import NoHistory, commit_or_none, last_commit, merge_base, parents_of
from kpf.git.program import short


@dataclass(frozen=True, slots=True)
class Base:
    """What a change is compared with."""

    commits: tuple[str, ...]
    """In full. Of a merge all that it brings together: only what is worse than in each of them counts against it."""
    name: str
    """How people call it: a branch, "the last commit"."""
    where: str
    """The same with the commit, and why it is that one."""
    judged: str | None = None
    """The commit that the change leads to, in full; None where the files count, or what is staged."""

    @property
    def commit(self) -> str:
        """The first of its commits, in full; empty where there was none before the change."""
        return self.commits[0] if self.commits else ""


def where_parted(folder: Path, ref: str, name: str = "", judged: str | None = None) -> Base:
    """The commit at which `ref`, called `name`, and the change parted. Raises `NoHistory`."""
    commit = merge_base(folder, ref, judged)
    name = name or ref
    return Base((commit,), name, f"commit {short(commit)}, where this branch and {name} parted", judged)


def one_commit(folder: Path, commit: str, name: str, why: str) -> Base:
    """`commit`, called `name`, and `why` it is that one. Raises `NoHistory` where the repository does not hold it."""
    found = commit_or_none(folder, commit)
    if found is None:
        raise NoHistory(
            f"Commit {short(commit)}, {why}, is not in this repository. Fetch the whole history (fetch-depth: 0), or "
            "name another commit: --since REF"
        )
    return Base((found,), name, f"commit {short(found)}, {why}")


def first_of_all(judged: str | None = None) -> Base:
    """Nothing: the change is the first commit."""
    return Base((), "an empty register", "an empty register, because this is the first commit", judged)


def before(folder: Path, commit: str, name: str, judged: str | None = None) -> Base:
    """What `commit`, called `name`, was made from. Raises `NoHistory`."""
    parents = parents_of(folder, commit)
    if not parents:
        return first_of_all(judged)
    if len(parents) == 1:
        return Base(parents, f"the commit before {name}", f"commit {short(parents[0])}, the one before {name}", judged)
    return merged(parents, judged)


def merged(commits: tuple[str, ...], judged: str | None = None) -> Base:
    """All commits that a merge brings together."""
    named = " and ".join(map(short, commits))
    return Base(
        commits,
        "one of the merged commits",
        f"commits {named}, which are merged. What one of them already had does not count against the merge",
        judged,
    )


def head(folder: Path) -> str:
    """The commit that is checked out, in full. Raises `NoHistory` where there is none yet."""
    found = last_commit(folder)
    if found is None:
        raise NoHistory("Nothing is committed on this branch yet, so there is nothing to compare with.")
    return found
