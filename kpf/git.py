"""The `git` program, asked about the register's folder: nothing of the repository is run, fetched or written."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_SECONDS: Final = 10
_QUIET: Final = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-optional-locks", "--no-pager")
_PLACES: Final = {
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_EXTERNAL_DIFF",
}
"""What git tells the hooks it runs, true in the folder that it ran them in and nowhere else; and what it would run."""
_ALONE: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    # A clone that lacks some files would fetch them when they are asked for: no way of fetching is allowed.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}


def ask(folder: Path, *arguments: str, given: bytes = b"", seconds: float | None = None) -> tuple[int, bytes, str]:
    """What git says in `folder`: its exit status, its answer, and what it complains of.

    Raises OSError where there is no git, and `subprocess.TimeoutExpired` after `seconds`.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _PLACES} | _ALONE
    done = subprocess.run(  # noqa: S603 - no shell, and no word of it comes from a file
        ["git", *_QUIET, "-C", str(folder), *arguments],  # noqa: S607 - wherever the user's own git is
        input=given,
        capture_output=True,
        check=False,
        timeout=_SECONDS if seconds is None else seconds,
        env=environment,
    )
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class State:
    """The commit that the files came from, and whether they were changed since."""

    commit: str
    """Empty where nothing has been committed yet."""
    uncommitted: bool


def state(folder: Path) -> State | None:
    """The state of `folder`, or None where git is not there, does not know the folder or does not answer."""
    try:
        status, answer, _ = ask(folder, "status", "--porcelain=v2", "--branch", "-z", "--", ".")
    except (OSError, subprocess.TimeoutExpired):
        return None
    if status != 0:
        return None
    entries = [entry for entry in answer.decode("utf-8", "replace").split("\0") if entry]
    commits = [entry.removeprefix("# branch.oid ") for entry in entries if entry.startswith("# branch.oid ")]
    commit = commits[0] if commits and commits[0] != "(initial)" else ""
    return State(commit[:7], any(not entry.startswith("# ") for entry in entries))


def way_to(folder: Path) -> str | None:
    """The way from the top of its repository to `folder`, with slashes and one at its end; None as above."""
    try:
        status, answer, _ = ask(folder, "rev-parse", "--show-prefix")
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.decode("utf-8", "replace").removesuffix("\n") if status == 0 else None
