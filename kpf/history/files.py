"""Files as they stood in a folder at a commit."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kpf.history.asking import FILTERED, NoHistory, asked

_LINK: Final = b"120000"
_RENAMES: Final = (
    "--find-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--diff-filter=R",
    "--name-status",
    "--relative",
    "-z",
)


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


def kept_in(folder: Path, commit: str) -> Mapping[str, Kept]:
    """What stood directly in `folder` at `commit`, by name: nothing where it was not there. Raises `NoHistory`."""
    listed = asked(folder, "ls-tree", "-l", "-z", commit)
    found: dict[str, Kept] = {}
    for entry in listed.split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        mode, _, object_, size = about.split()
        found[os.fsdecode(name)] = Kept(mode, object_, int(size) if size.isdigit() else None)
    return found


def contents(folder: Path, commit: str, kept: Mapping[str, Kept]) -> dict[str, bytes | Leads]:
    """What the files `kept` held at `commit`, by name, links followed. Raises `NoHistory`."""
    prefix = os.fsencode(asked(folder, "rev-parse", "--show-prefix").removesuffix(b"\n"))
    wanted: list[bytes] = []
    for name, entry in kept.items():
        follow = entry.is_link and "\n" not in name
        wanted.append(b"%s:%s%s" % (commit.encode(), prefix, os.fsencode(name)) if follow else entry.object)
    answer = asked(folder, "cat-file", "--batch", "--follow-symlinks", given=b"".join(line + b"\n" for line in wanted))
    return dict(zip(kept, blobs(answer, len(wanted)), strict=True))


def blobs(answer: bytes, how_many: int) -> Iterator[bytes | Leads]:
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
            raise NoHistory(FILTERED)
        else:  # a folder, or a link that leads nowhere or out of the commit: "dangling 12" and then where to
            at += int(size) + 1
            yield _LEADS.get(kind, Leads.NOWHERE)


def renamed(folder: Path, commit: str) -> dict[str, str]:
    """The new name of each file of `folder` that git sees as renamed since `commit`, with its old one.

    Nothing of the working tree is looked at, so that no filter runs: a file counts once it is staged or committed.
    Raises `NoHistory`.
    """
    return _renamed(asked(folder, "diff-index", "--cached", *_RENAMES, commit, "--", "."))


def renamed_between(folder: Path, before: str, after: str) -> dict[str, str]:
    """The same from the commit `before` to the commit `after`."""
    return _renamed(asked(folder, "diff-tree", "-r", *_RENAMES, before, after, "--", "."))


def _renamed(answer: bytes) -> dict[str, str]:
    names = [os.fsdecode(word) for word in answer.split(b"\0")[:-1]]
    return dict(zip(names[2::3], names[1::3], strict=True))
