"""What git says of the register's folder, asked through the `git` program."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_SECONDS: Final = 10
_QUIET: Final = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-optional-locks", "--no-pager")
_PLACES: Final = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"}
"""What git tells the hooks it runs: true in the folder that it ran them in, and nowhere else."""


@dataclass(frozen=True, slots=True)
class State:
    """The commit that the files came from, and whether they were changed since."""

    commit: str
    """Empty where nothing has been committed yet."""
    uncommitted: bool


def state(folder: Path) -> State | None:
    """The state of `folder`, or None where git is not there, does not know the folder or does not answer."""
    answer = _asked(folder, "status", "--porcelain=v2", "--branch", "-z", "--", ".")
    if answer is None:
        return None
    entries = [entry for entry in answer.split("\0") if entry]
    commits = [entry.removeprefix("# branch.oid ") for entry in entries if entry.startswith("# branch.oid ")]
    commit = commits[0] if commits and commits[0] != "(initial)" else ""
    return State(commit[:7], any(not entry.startswith("# ") for entry in entries))


def way_to(folder: Path) -> str | None:
    """The way from the top of its repository to `folder`, with slashes and one at its end; None as above."""
    answer = _asked(folder, "rev-parse", "--show-prefix")
    return None if answer is None else answer.removesuffix("\n")


def _asked(folder: Path, *words: str) -> str | None:
    """What git answers in `folder`, or None where it does not."""
    command = ["git", *_QUIET, "-C", str(folder), *words]
    environment = {name: value for name, value in os.environ.items() if name not in _PLACES}
    environment |= {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS, env=environment)  # noqa: S603 - no shell, and no word of it comes from a file
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
