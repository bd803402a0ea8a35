"""`--since auto`: the base of a change, found from the environment of the run and the state of git."""

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
"""The value of `--since` for which kpf finds the base."""
_MAIN_BRANCHES: Final = ("refs/remotes/origin/HEAD", "origin/main", "origin/master", "main", "master")
"""The most likely origins of a branch, in order."""
_LAST: Final = "the last commit"


def base_of(folder: Path, ref: str, environment: Mapping[str, str], staged: Staged | None = None) -> Base:
    """Return the base of the change in `folder`: the commit `ref` or, if it is `AUTO`, the base that fits.

    `environment` holds the variables of pre-commit, git's hooks and build servers. Raise `NoHistory`.
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
    """Return the base for the range `old` to `new` of pre-commit. Before a first push, `old` is all zeros."""
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
    """Return whether the next commit amends `last`, which means that it has the same author and time.

    The author is the only sign of `git commit --amend` that git gives to a hook.
    """
    author = tuple(environment.get(f"GIT_AUTHOR_{what}", "") for what in ("NAME", "EMAIL", "DATE"))
    return author == author_of(folder, last)


def _at_a_desk(folder: Path, last: str, staged: Staged | None, environment: Mapping[str, str]) -> Base:
    """Return the base outside a build server: a merge base or, on the main branch, HEAD or its parents."""
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
