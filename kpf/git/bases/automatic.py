"""`--since auto`: what a change is compared with, found out from where kpf runs and what git has under way."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kpf.git.bases.base import Base, before, first_of_all, merged, where_parted
from kpf.git.bases.services import base_on_service
from kpf.git.history import (
    NoHistory,
    Staged,
    author_of,
    commit_or_none,
    is_staged,
    judged_by_pre_commit,
    last_commit,
    leads_to,
    merged_commits,
)
from kpf.git.program import short
from kpf.git.working_tree import state

AUTO: Final = "auto"
"""What is written in place of a branch or a commit, so that kpf finds it."""
_MAIN_BRANCHES: Final = ("refs/remotes/origin/HEAD", "origin/main", "origin/master", "main", "master")
"""What a branch most likely came from, in this order."""
_LAST: Final = "the last commit"


def base_of(folder: Path, ref: str, environment: Mapping[str, str], staged: Staged | None = None) -> Base:
    """What the change in `folder` is compared with: what `ref` says, or where it is `AUTO` what fits.

    `environment` has what pre-commit, git's hooks and build servers say. Raises `NoHistory`.
    """
    if ref != AUTO:
        return where_parted(folder, ref)
    judged = judged_by_pre_commit(environment)
    if judged:
        return _between(folder, environment["PRE_COMMIT_FROM_REF"], judged)
    last = last_commit(folder)
    if last is None:
        return first_of_all()
    if staged and is_staged(folder, staged):
        return _of_a_commit_to_come(folder, last, environment)
    return base_on_service(folder, environment) or _at_a_desk(folder, last, staged, environment)


def _between(folder: Path, old: str, new: str) -> Base:
    """What pre-commit was asked for: what leads from `old` to `new`. Before a first push, `old` is all zeros."""
    judged = commit_or_none(folder, new)
    if judged is None:
        raise NoHistory(f"pre-commit names {new} in PRE_COMMIT_TO_REF, which is not in this repository.")
    return where_parted(folder, old, judged=judged) if old.strip("0") else first_of_all(judged)


def _of_a_commit_to_come(folder: Path, last: str, environment: Mapping[str, str]) -> Base:
    others = merged_commits(folder, environment)
    if others:
        return merged((last, *others))
    if _is_amended(folder, last, environment):
        return before(folder, last, "the one that is amended")
    return Base((last,), _LAST, f"commit {short(last)}, the last one")


def _is_amended(folder: Path, last: str, environment: Mapping[str, str]) -> bool:
    """Whether the commit to come takes the place of `last`: it keeps the author and the very second.

    git tells a hook of the author and of nothing else that sets `git commit --amend` apart.
    """
    author = tuple(environment.get(f"GIT_AUTHOR_{what}", "") for what in ("NAME", "EMAIL", "DATE"))
    return author == author_of(folder, last)


def _at_a_desk(folder: Path, last: str, staged: Staged | None, environment: Mapping[str, str]) -> Base:
    """Of a branch, all that it brings; of the main branch what is not committed, or the last commit."""
    others = merged_commits(folder, environment)
    if others:
        return merged((last, *others))
    for ref in _MAIN_BRANCHES:
        if commit_or_none(folder, ref):
            if leads_to(folder, last, ref):
                break
            return where_parted(folder, ref, ref.removeprefix("refs/remotes/"))
    now = None if staged else state(folder)
    if now and now.uncommitted:
        return Base((last,), _LAST, f"commit {short(last)}, the last one")
    return before(folder, last, _LAST)
