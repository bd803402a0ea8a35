"""The `git` program, run so that it only reads: no code of the repository runs, and nothing is fetched or written."""

import os
import subprocess
from datetime import date
from pathlib import Path
from typing import Final

from kpf.dates import in_words

_SECONDS: Final = 10
_QUIET: Final = (
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    # Files of a register can look like a repository, whose settings somebody else wrote.
    *("-c", "safe.bareRepository=explicit"),
    "--no-optional-locks",
    "--no-pager",
)
_KEPT: Final = (
    "GIT_CONFIG",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_EXEC_PATH",
    "GIT_TEST_",
)
"""The prefixes of variables that are passed on: where git finds its settings and programs. All others are removed,
because those set for hooks are valid in one folder only, and some name programs to run."""
_ALONE: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    # A partial clone would fetch missing files on access, so no transport is allowed.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    # Read the objects as committed, not their replacements.
    "GIT_NO_REPLACE_OBJECTS": "1",
    # Ignore the parents in .git/info/grafts.
    "GIT_GRAFT_FILE": os.devnull,
    "LC_ALL": "C",
}


class NoHistory(Exception):  # noqa: N818 - what it says is not an error of the program
    """The history cannot be read or compared with. The message says why and what to do."""

    for_readers = "Changes cannot be listed, because the history of the register cannot be read."
    """The message for readers of papers and pages, without mention of git."""


class NotStarted(NoHistory):
    """The register was started after the requested day."""

    def __init__(self, started: date) -> None:
        self.for_readers = (
            f"Changes before {in_words(started)} cannot be listed, because the register was started on that day."
        )
        super().__init__(f"{self.for_readers} Give that day or a later one: {started.isoformat()}")


class NoGit(NoHistory):
    """There is no git history. `why` says why, and `mend` says what to do, without a full stop."""

    for_readers = "Changes cannot be listed, because the register keeps no history of its files."

    def __init__(self, why: str, mend: str) -> None:
        super().__init__(f"{why} {mend}.")
        self.why, self.mend = why, mend


def ask(
    folder: Path, *arguments: str, given: bytes = b"", seconds: float | None = None, index: Path | None = None
) -> tuple[int, bytes, str]:
    """Run git in `folder` and return its exit status, output and error output.

    `index` replaces the repository's own index file. Raise `OSError` if there is no git, and
    `subprocess.TimeoutExpired` after `seconds`.
    """
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)
    }
    top = _top(folder)
    if top is not None:
        environment["GIT_WORK_TREE"] = str(top)
    if index is not None:
        environment["GIT_INDEX_FILE"] = str(index)
    done = subprocess.run(  # noqa: S603 - no shell, and no word of it comes from a file
        ["git", *_QUIET, "-C", str(folder), *arguments],  # noqa: S607 - wherever the user's own git is
        input=given,
        capture_output=True,
        check=False,
        timeout=_SECONDS if seconds is None else seconds,
        env=environment | _ALONE,
    )
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def _top(folder: Path) -> Path | None:
    """Return the folder with the repository's `.git`, found as git does, or None.

    The files of a repository are those beside its `.git`, whatever `core.worktree` and `core.bare` say. Otherwise git
    commands would differ in the files they list.
    """
    here = folder.resolve()
    for above in (here, *here.parents):
        found = above / ".git"
        if found.is_file() or (found / "HEAD").is_file():
            return above
    return None


def path_to(folder: Path) -> str | None:
    """The path of `folder` from the top of its repository, ending with a slash; None if there is none."""
    try:
        status, answer, _ = ask(folder, "rev-parse", "--show-prefix")
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.decode("utf-8", "replace").removesuffix("\n") if status == 0 else None


def short(commit: str) -> str:
    """Return the first seven digits of `commit`."""
    return commit[:7]
