"""Files as they stood in a folder at a commit."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kpf.git.history.asking import FILTERED, NoHistory, git_output

_LINK: Final = b"120000"
_NOT_THERE: Final = b"BAD"
"""What git gives as the size of a file that the repository does not hold."""
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
    HIDDEN = "to a hidden place"
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
    listed = git_output(folder, "ls-tree", "-l", "-z", commit)
    found: dict[str, Kept] = {}
    for entry in listed.split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        mode, _, object_, size = about.split()
        if size == _NOT_THERE:
            raise NoHistory(FILTERED)
        found[os.fsdecode(name)] = Kept(mode, object_, int(size) if size.isdigit() else None)
    return found


def contents(folder: Path, commit: str, kept: Mapping[str, Kept], largest: int) -> dict[str, bytes | Leads]:
    """What the files `kept` held at `commit`, by name, links followed, but for links to what is larger than `largest`.

    Raises `NoHistory`.
    """
    found = dict(zip(kept, _read(folder, [entry.object for entry in kept.values()]), strict=True))
    # git is asked line by line, so that a link with a line end in its name stays what it says itself.
    targets = {name: found.pop(name) for name, entry in kept.items() if entry.is_link and "\n" not in name}
    return found | _followed(folder, commit, targets, largest) if targets else found


def _read(folder: Path, objects: Sequence[bytes]) -> Iterator[bytes | Leads]:
    answer = git_output(folder, "cat-file", "--batch", given=b"".join(object_ + b"\n" for object_ in objects))
    return blobs(answer, len(objects))


def _followed(
    folder: Path, commit: str, targets: Mapping[str, bytes | Leads], largest: int
) -> dict[str, bytes | Leads]:
    """What stands where links lead, each given with its target."""
    prefix = os.fsencode(git_output(folder, "rev-parse", "--show-prefix").removesuffix(b"\n"))
    wanted = b"".join(b"%s:%s%s\n" % (commit.encode(), prefix, os.fsencode(name)) for name in targets)
    answer = git_output(folder, "cat-file", "--batch-check", "--follow-symlinks", given=wanted)
    found: dict[str, bytes | Leads] = {}
    objects: dict[str, bytes] = {}
    for (name, target), (object_, kind, size) in zip(targets.items(), _ends(answer, len(targets)), strict=True):
        if isinstance(target, bytes) and _is_hidden(target):
            found[name] = Leads.HIDDEN
        elif kind != b"blob":
            found[name] = _LEADS.get(kind, Leads.NOWHERE)
        elif size <= largest:
            objects[name] = object_
    return found | dict(zip(objects, _read(folder, list(objects.values())), strict=True))


def _is_hidden(target: bytes) -> bool:
    return any(part.startswith(b".") and part.strip(b".") for part in target.split(b"/"))


def _ends(answer: bytes, how_many: int) -> Iterator[tuple[bytes, bytes, int]]:
    """The object, the kind and the size of what each link leads to, in an answer of cat-file without contents."""
    at = 0
    for _ in range(how_many):
        end = answer.index(b"\n", at)
        *object_, kind, size = answer[at:end].rsplit(b" ", 2)
        at = end + 1
        if size == b"missing":
            raise NoHistory(FILTERED)
        if not object_:  # "dangling 12", and then in a line of its own where to
            at += int(size) + 1
        yield b"".join(object_), kind, int(size) if size.isdigit() else 0


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
        else:  # a folder
            at += int(size) + 1
            yield _LEADS.get(kind, Leads.NOWHERE)


def renamed_files(folder: Path, commit: str) -> dict[str, str]:
    """The new name of each file of `folder` that git sees as renamed since `commit`, with its old one.

    Nothing of the working tree is looked at, so that no filter runs: a file counts once it is staged or committed.
    Raises `NoHistory`.
    """
    return _renamed(git_output(folder, "diff-index", "--cached", *_RENAMES, commit, "--", "."))


def renamed_between(folder: Path, before: str, after: str) -> dict[str, str]:
    """The same from the commit `before` to the commit `after`."""
    return _renamed(git_output(folder, "diff-tree", "-r", *_RENAMES, before, after, "--", "."))


def _renamed(answer: bytes) -> dict[str, str]:
    names = [os.fsdecode(word) for word in answer.split(b"\0")[:-1]]
    return dict(zip(names[2::3], names[1::3], strict=True))
