"""What git keeps of a folder: the commit that a change is compared with, and the files as they stood there.

Objects are read, and nothing is checked out.
"""

import os
import subprocess
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kpf.git import ask

_SECONDS: Final = 60
_NAMED: Final = 8
"""So many branches and tags are named where the one asked for is not there."""
_LINK: Final = b"120000"
_MEND_SHALLOW: Final = (
    "This is a shallow clone, which holds only the newest commits. Bring the rest: git fetch --unshallow "
    "(in GitHub Actions: fetch-depth: 0 at the checkout)."
)
_FILTERED: Final = (
    "This clone does not hold the files as they were: it was made with a filter. Bring them: "
    "git fetch --refetch --no-filter"
)
_OF_A_FILTERED_CLONE: Final = ("lazy fetch", "promisor", "could not fetch")


class NoHistory(Exception):  # noqa: N818 - what it says is not an error of the program
    """There is nothing to compare with; the message says why, and what to do."""


class Leads(Enum):
    """Where a link leads that leads to no file of the same commit."""

    NOWHERE = "nowhere"
    IN_CIRCLES = "in circles"
    OUTSIDE = "outside"
    TO_A_FOLDER = "to a folder"


_LEADS: Final = MappingProxyType({b"symlink": Leads.OUTSIDE, b"tree": Leads.TO_A_FOLDER, b"loop": Leads.IN_CIRCLES})


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry of a folder as git keeps it."""

    mode: bytes
    object: bytes
    size: int | None
    """In bytes; None where it is no file."""

    @property
    def is_link(self) -> bool:
        """Whether it leads to another file."""
        return self.mode == _LINK


def merge_base(folder: Path, ref: str) -> str:
    """The commit at which HEAD and `ref` parted, in full. Raises `NoHistory`."""
    _check_ref(ref)
    _ask(folder, "rev-parse", "--git-dir")
    here = _commit(folder, "HEAD")
    if here is None:
        raise NoHistory(
            "Nothing is committed on this branch yet, so there is nothing to compare with. Leave --since out."
        )
    there = _commit(folder, ref)
    if there is None:
        raise NoHistory(_unknown(folder, ref))
    status, answer, _ = _answer(folder, "merge-base", there, here)
    if status != 0:
        mend = _MEND_SHALLOW if _is_shallow(folder) else "Name a branch from which this one came."
        raise NoHistory(f"{ref} and what is checked out here have no commit in common. {mend}")
    return answer.decode("ascii").split()[0]


def kept_in(folder: Path, commit: str) -> Mapping[str, Kept]:
    """What stood directly in `folder` at `commit`, by name: nothing where it was not there. Raises `NoHistory`."""
    listed = _ask(folder, "ls-tree", "-l", "-z", commit)
    found: dict[str, Kept] = {}
    for entry in listed.split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        mode, _, object_, size = about.split()
        found[os.fsdecode(name)] = Kept(mode, object_, int(size) if size.isdigit() else None)
    return found


def contents(folder: Path, commit: str, kept: Mapping[str, Kept]) -> dict[str, bytes | Leads]:
    """What the files `kept` held at `commit`, by name, links followed. Raises `NoHistory`."""
    prefix = os.fsencode(_ask(folder, "rev-parse", "--show-prefix").removesuffix(b"\n"))
    asked: list[bytes] = []
    for name, entry in kept.items():
        follow = entry.is_link and "\n" not in name
        asked.append(b"%s:%s%s" % (commit.encode(), prefix, os.fsencode(name)) if follow else entry.object)
    answer = _ask(folder, "cat-file", "--batch", "--follow-symlinks", given=b"".join(line + b"\n" for line in asked))
    return dict(zip(kept, _blobs(answer, len(asked)), strict=True))


def _blobs(answer: bytes, how_many: int) -> Iterator[bytes | Leads]:
    """The contents in an answer of cat-file, one after another."""
    at = 0
    for _ in range(how_many):
        end = answer.index(b"\n", at)
        *_, kind, size = answer[at:end].rsplit(b" ", 2)
        at = end + 1
        if kind == b"blob":
            yield answer[at : at + int(size)]
            at += int(size) + 1
        elif size == b"missing":
            raise NoHistory(_FILTERED)
        else:  # a folder, or a link that leads nowhere or out of the commit: "dangling 12" and then where to
            at += int(size) + 1
            yield _LEADS.get(kind, Leads.NOWHERE)


def renamed(folder: Path, commit: str) -> dict[str, str]:
    """The new name of each file of `folder` that git sees as renamed since `commit`, with its old one.

    Nothing of the working tree is looked at, so that no filter runs: a file counts once it is staged or committed.
    """
    answer = _ask(
        folder,
        "diff-index",
        "--cached",
        "--find-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--diff-filter=R",
        "--name-status",
        "--relative",
        "-z",
        commit,
        "--",
        ".",
    )
    words = answer.split(b"\0")[:-1]
    names = [os.fsdecode(word) for word in words]
    return dict(zip(names[2::3], names[1::3], strict=True))


def names_of_commits(folder: Path) -> list[str]:
    """The branches and tags of the repository. Raises `NoHistory`."""
    listed = _ask(folder, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
    return sorted(set(listed.decode("utf-8", "replace").split()))


# -- asking --------------------------------------------------------------------------------------------


def _check_ref(ref: str) -> None:
    if not ref.strip() or "\0" in ref:
        raise NoHistory("--since needs the name of a branch, a tag or a commit: --since origin/main")
    if ref.startswith("-"):
        raise NoHistory(f"“{ref}” cannot be the name of a branch, a tag or a commit. Write, say: --since origin/main")


def _answer(folder: Path, *arguments: str, given: bytes = b"") -> tuple[int, bytes, str]:
    try:
        return ask(folder, *arguments, given=given, seconds=_SECONDS)
    except FileNotFoundError as error:
        raise NoHistory(
            "--since needs the program git, which is not here. Install it, or leave --since out."
        ) from error
    except OSError as error:
        raise NoHistory(f"git could not be started: {(error.strerror or 'no reason given').lower()}.") from error
    except subprocess.TimeoutExpired as error:
        raise NoHistory(f"git gave no answer within {_SECONDS} seconds. Try again, or leave --since out.") from error


def _ask(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    status, answer, complaint = _answer(folder, *arguments, given=given)
    if status == 0:
        return answer
    if "dubious ownership" in complaint:
        raise NoHistory(
            "git does not open this repository, because its folder belongs to somebody else. If you trust it: "
            f"git config --global --add safe.directory {_top(folder)}"
        )
    if "not a git repository" in complaint:
        raise NoHistory("The register is not under git, so there is nothing to compare with. Leave --since out.")
    if any(words in complaint for words in _OF_A_FILTERED_CLONE):
        raise NoHistory(_FILTERED)
    reason = complaint.rpartition("fatal: ")[2].strip().partition("\n")[0] or "no reason given"
    raise NoHistory(f"git could not do it: {reason.rstrip('.')}.")


def _top(folder: Path) -> Path:
    """The folder of the repository: git itself does not say where it does not trust."""
    here = folder.resolve()
    return next((above for above in (here, *here.parents) if (above / ".git").exists()), here)


def _commit(folder: Path, ref: str) -> str | None:
    status, answer, _ = _answer(folder, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    name = answer.decode("utf-8", "replace").strip()
    return name if status == 0 and name.isalnum() else None  # ^main is a name to git, and a set of commits


def _is_shallow(folder: Path) -> bool:
    return _ask(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _unknown(folder: Path, ref: str) -> str:
    names = names_of_commits(folder)
    close = get_close_matches(ref, names, 1, 0.5)
    hint = f"Did you mean {close[0]}?" if close else _there_are(names)
    return f"There is no “{ref}” in this repository. {f'{_MEND_SHALLOW} ' if _is_shallow(folder) else ''}{hint}"


def _there_are(names: Collection[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"There are: {', '.join(list(names)[:_NAMED])}{more}." if names else "It has no branch yet."
