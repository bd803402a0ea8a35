"""Queries to git about earlier commits, with messages that say what to do if it fails."""

import subprocess
from pathlib import Path
from typing import Final

from kpf.git.program import NoGit, NoHistory, ask

_SECONDS: Final = 60
MEND_SHALLOW: Final = (
    "This is a shallow clone, which holds only the newest commits. Bring the rest: git fetch --unshallow "
    "(in GitHub Actions: fetch-depth: 0 at the checkout)."
)
FILTERED: Final = (
    "This clone does not hold the files as they were: it was made with a filter. Bring them: "
    "git fetch --refetch --no-filter"
)
DAMAGED: Final = (
    "This repository is damaged: a file that a commit holds is missing or cannot be read. See which: git fsck. "
    "Then fetch it again, or clone the repository again."
)
_FILTERS: Final = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"
"""The settings of a partial clone."""
_OF_A_DAMAGED_ONE: Final = ("is corrupt", "unable to unpack", "unable to stream", "inflate: ", "hash mismatch")
_OF_A_FILTERED_CLONE: Final = ("lazy fetch", "promisor", "could not fetch")


def answer(folder: Path, *arguments: str, given: bytes = b"", index: Path | None = None) -> tuple[int, bytes, str]:
    """Run git and return its exit status, output and error output. Raises `NoHistory` if it does not answer."""
    try:
        return ask(folder, *arguments, given=given, seconds=_SECONDS, index=index)
    except FileNotFoundError as error:
        raise NoGit("Earlier registers are read by the program git, which is not here.", "Install it") from error
    except OSError as error:
        raise NoHistory(f"git could not be started: {(error.strerror or 'no reason given').lower()}.") from error
    except subprocess.TimeoutExpired as error:
        raise NoGit(f"git gave no answer within {_SECONDS} seconds.", "Try again") from error


def git_output(folder: Path, *arguments: str, given: bytes = b"", index: Path | None = None) -> bytes:
    """Run git and return its output. Raises `NoHistory` if it fails."""
    status, output, complaint = answer(folder, *arguments, given=given, index=index)
    if status == 0:
        return output
    if "dubious ownership" in complaint:
        raise NoHistory(
            "git does not open this repository, because its folder belongs to somebody else. If you trust it: "
            f"git config --global --add safe.directory {_top(folder)}"
        )
    if "not a git repository" in complaint:
        raise NoGit(
            "The register is not under git, so there is nothing to compare with.", "Put it under git (git init)"
        )
    if any(words in complaint for words in _OF_A_FILTERED_CLONE):
        raise NoHistory(FILTERED)
    if any(words in complaint for words in _OF_A_DAMAGED_ONE):
        raise NoHistory(DAMAGED)
    reason = complaint.rpartition("fatal: ")[2].strip().partition("\n")[0] or "no reason given"
    raise NoHistory(f"git failed: {reason.rstrip('.')}.")


def why_missing(folder: Path) -> str:
    """Return the reason why a file of a commit is missing. Raise `NoHistory`."""
    filtered, _, _ = answer(folder, "config", "--get-regexp", _FILTERS)
    return FILTERED if filtered == 0 else DAMAGED


def is_shallow(folder: Path) -> bool:
    """Return whether the repository is a shallow clone. Raise `NoHistory`."""
    return git_output(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _top(folder: Path) -> Path:
    """Return the folder of the repository, which git does not report for one that it does not trust."""
    here = folder.resolve()
    return next((above for above in (here, *here.parents) if (above / ".git").exists()), here)
