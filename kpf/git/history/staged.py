"""The staged files, which will be in the next commit, and its parents."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpf.disk.folder import OpenFolder
from kpf.git.history.asking import answer, git_output, why_missing
from kpf.git.history.commits import nothing_committed
from kpf.git.history.files import Kept
from kpf.git.program import NoHistory

_FILE: Final = b"100"
"""The first digits of the mode of a regular file."""
_LINK: Final = b"120000"
_FOLDER: Final = b"040000"
_HEAD: Final = "GITHEAD_"
_MOST_HEADS: Final = 4_096
"""The size limit of the file with the commits of a merge, in bytes."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A request to judge what is staged, with the index file."""

    index: Path | None = None
    """The index file; None for the repository's own."""


def staged_for(folder: Path, environment: Mapping[str, str]) -> Staged:
    """Return the index file of the repository of `folder`, from the variables of a hook. Raise `NoHistory`.

    `git commit FILE` uses a temporary index. The index of another repository is ignored.
    """
    given = environment.get("GIT_INDEX_FILE")
    if not given:
        return Staged()
    path = Path(given).absolute()
    home = git_output(folder, "rev-parse", "--absolute-git-dir").decode("utf-8", "surrogateescape").removesuffix("\n")
    same = os.path.realpath(path.parent) == os.path.realpath(home) and path.is_file()
    return Staged(path if same else None)


def kept_as_staged(folder: Path, staged: Staged) -> Mapping[str, Kept]:
    """Return the `staged` files and folders directly in `folder`, by name.

    Raise `NoHistory`, also if a file of a merge is not resolved yet.
    """
    index = staged.index
    found: dict[str, Kept] = {}
    objects: dict[str, bytes] = {}
    for entry in git_output(folder, "ls-files", "--stage", "-z", index=index).split(b"\0")[:-1]:
        about, _, path = entry.partition(b"\t")
        mode, object_, stage = about.split()
        name, below, _ = os.fsdecode(path).partition("/")
        if below:
            found[name] = Kept(_FOLDER, b"", None)
        elif stage != b"0":
            raise NoHistory(
                f"{name} is in the middle of a merge. Correct it between <<<<<<< and >>>>>>>, then: git add {name}"
            )
        else:
            found[name] = Kept(mode, object_, None)
            if mode.startswith(_FILE) or mode == _LINK:
                objects[name] = object_
    sizes = _sizes(folder, objects)
    meant = _only_meant(folder, [name for name, size in sizes.items() if size == 0], index)
    return {name: Kept(kept.mode, kept.object, sizes.get(name)) for name, kept in found.items() if name not in meant}


def _sizes(folder: Path, objects: Mapping[str, bytes]) -> dict[str, int]:
    asked = b"".join(object_ + b"\n" for object_ in objects.values())
    sizes = git_output(folder, "cat-file", "--batch-check=%(objectsize)", given=asked).splitlines() if asked else []
    if not all(size.isdigit() for size in sizes):
        raise NoHistory(why_missing(folder))
    return {name: int(size) for name, size in zip(objects, sizes, strict=True)}


def _only_meant(folder: Path, empty: Sequence[str], index: Path | None) -> set[str]:
    """Return those of the files staged as `empty` that are only marked with `git add -N`, and not in the commit."""
    if not empty:
        return set()
    nothing = nothing_committed(folder)
    listed = ("diff-index", "--cached", "--ita-invisible-in-index", "--name-only", "--relative", "-z", nothing)
    staged = git_output(folder, *listed, "--", ".", index=index).split(b"\0")
    return set(empty) - {os.fsdecode(name) for name in staged}


def is_staged(folder: Path, staged: Staged) -> bool:
    """Return whether anything staged in `folder` differs from the last commit. Raise `NoHistory`."""
    listed = ("diff-index", "--cached", "--ita-invisible-in-index", "--no-ext-diff", "--quiet", "HEAD")
    return answer(folder, *listed, "--", ".", index=staged.index)[0] == 1


def staged_below(folder: Path, name: str, staged: Staged) -> list[str]:
    """Return the `staged` paths in folders called `name` below `folder`, relative to it. Raise `NoHistory`."""
    output = git_output(folder, "ls-files", "-z", "--", f":(glob)**/{name}/*", index=staged.index)
    return [os.fsdecode(path) for path in output.split(b"\0")[:-1]]


def judged_by_pre_commit(environment: Mapping[str, str]) -> str:
    """Return pre-commit's `--to-ref`, or the commit to push; empty if what is staged is to be judged."""
    return environment.get("PRE_COMMIT_TO_REF", "") if environment.get("PRE_COMMIT_FROM_REF") else ""


def merged_commits(folder: Path, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the full hashes of the other parents of a merge in progress; empty without one. Raise `NoHistory`.

    git writes them to a file after its hook pre-merge-commit, and gives them to that hook in variables.
    """
    named = tuple(name.removeprefix(_HEAD) for name in environment if name.startswith(_HEAD))
    if named:
        return named
    output = git_output(folder, "rev-parse", "--path-format=absolute", "--git-path", "MERGE_HEAD")
    path = Path(output.decode("utf-8", "surrogateescape").removesuffix("\n"))
    try:
        return tuple(OpenFolder(path.parent).read(path.name, _MOST_HEADS).decode("ascii", "replace").split())
    except OSError:
        return ()


def author_of(folder: Path, commit: str) -> tuple[str, str, str]:
    """Return the name, e-mail address and time of the author of `commit`, as given to hooks. Raise `NoHistory`."""
    output = git_output(folder, "rev-list", "--max-count=1", "--format=%an%x00%ae%x00%ad", "--date=raw", commit, "--")
    name, address, time = output.decode("utf-8", "replace").rstrip("\n").partition("\n")[2].split("\0")
    return name, address, f"@{time}"
