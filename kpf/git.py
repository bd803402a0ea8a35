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
    command = ["git", *_QUIET, "-C", str(folder), "status", "--porcelain=v2", "--branch", "-z", "--", "."]
    environment = {name: value for name, value in os.environ.items() if name not in _PLACES}
    environment |= {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS, env=environment)  # noqa: S603 - no shell, and no word of it comes from a file
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0:
        return None
    entries = [entry for entry in done.stdout.decode("utf-8", "replace").split("\0") if entry]
    commits = [entry.removeprefix("# branch.oid ") for entry in entries if entry.startswith("# branch.oid ")]
    commit = commits[0] if commits and commits[0] != "(initial)" else ""
    return State(commit[:7], any(not entry.startswith("# ") for entry in entries))
