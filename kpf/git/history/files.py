"""The files of a folder at a commit."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpf.git.history.asking import git_output, why_missing
from kpf.git.program import NoHistory

_LINK: Final = b"120000"
_NOT_THERE: Final = b"BAD"
"""The size that git reports for a file that is missing from the repository."""
_RENAMES: Final = (
    "--find-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--diff-filter=R",
    "--name-status",
    "--relative",
    "-z",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry of a folder in git."""

    mode: bytes
    object: bytes
    size: int | None
    """The size in bytes; None if it is not a file."""

    @property
    def is_link(self) -> bool:
        """Whether the entry is a symbolic link."""
        return self.mode == _LINK


def kept_in(folder: Path, commit: str) -> Mapping[str, Kept]:
    """Return the entries of `folder` at `commit` by name; empty if it did not exist. Raise `NoHistory`."""
    return _entries(folder, git_output(folder, "ls-tree", "-l", "-z", commit))


def kept_elsewhere(folder: Path, commit: str) -> Mapping[str, Kept]:
    """Return the entries at `commit` of the folder since moved to `folder`: the only one of its name now gone.

    The result is empty if there was no such folder, or more than one. Raise `NoHistory`.
    """
    listed = git_output(folder, "ls-tree", "-r", "-d", "--name-only", "--full-tree", "-z", commit)
    paths = [os.fsdecode(path) for path in listed.split(b"\0")[:-1]]
    top = Path(os.fsdecode(git_output(folder, "rev-parse", "--show-toplevel")).removesuffix("\n"))
    gone = [path for path in paths if path.rpartition("/")[2] == folder.name and not os.path.lexists(top / path)]
    if len(gone) != 1:
        return {}
    return _entries(folder, git_output(folder, "ls-tree", "-l", "-z", "--full-tree", f"{commit}:{gone[0]}"))


def _entries(folder: Path, listed: bytes) -> dict[str, Kept]:
    """Return the entries in the output of `git ls-tree` by name. Raise `NoHistory`."""
    found: dict[str, Kept] = {}
    for entry in listed.split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        mode, _, object_, size = about.split()
        if size == _NOT_THERE:
            raise NoHistory(why_missing(folder))
        found[os.fsdecode(name)] = Kept(mode, object_, int(size) if size.isdigit() else None)
    return found


def contents(folder: Path, objects: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the contents of files by name, given their objects by name. Raise `NoHistory`."""
    output = git_output(folder, "cat-file", "--batch", given=b"".join(object_ + b"\n" for object_ in objects.values()))
    return dict(zip(objects, blobs(folder, output, len(objects)), strict=True))


def blobs(folder: Path, output: bytes, how_many: int) -> Iterator[bytes]:
    """Yield the contents in the output of `git cat-file --batch`. Raise `NoHistory`."""
    at = 0
    for _ in range(how_many):
        end = output.index(b"\n", at)
        size = output[at:end].rpartition(b" ")[2]
        at = end + 1
        if size == b"missing":
            raise NoHistory(why_missing(folder))
        yield output[at : at + int(size)]
        at += int(size) + 1


def renamed_files(folder: Path, commit: str, index: Path | None = None) -> dict[str, str]:
    """Return the old name of each file of `folder` renamed since `commit`, by its new name.

    The working tree is not read, so that no filter runs. A file counts once it is staged or committed. Raise
    `NoHistory`.
    """
    return _renamed(git_output(folder, "diff-index", "--cached", *_RENAMES, commit, "--", ".", index=index))


def renamed_between(folder: Path, before: str, after: str) -> dict[str, str]:
    """Return the old name of each file renamed between two commits, by its new name."""
    return _renamed(git_output(folder, "diff-tree", "-r", *_RENAMES, before, after, "--", "."))


def _renamed(output: bytes) -> dict[str, str]:
    names = [os.fsdecode(word) for word in output.split(b"\0")[:-1]]
    return dict(zip(names[2::3], names[1::3], strict=True))
