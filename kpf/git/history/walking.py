"""The commits from one commit to another, with their changes to the files of a folder."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from kpf.git.history.asking import git_output, is_shallow
from kpf.git.history.commits import Commit
from kpf.git.history.files import blobs

_MOST_COMMITS: Final = 10_000
_MOST_STEPS: Final = 1_000
"""The greatest number of commits read. Older changes are reported without a commit."""
_AT_ONCE: Final = 50
_LARGEST: Final = 2_000_000
"""The size limit of a file of a register, in bytes."""
_FILE: Final = b"100"
"""The first digits of the mode of a regular file."""


@dataclass(frozen=True, slots=True)
class Step:
    """A commit with the files of the folder that it changed, by name, before and after."""

    commit: Commit
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    renamed: Mapping[str, str]
    """The old name of each renamed file, by its new name."""


@dataclass(slots=True)
class _Touched:
    """A commit with the objects of the files that it changed."""

    commit: Commit
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    @property
    def objects(self) -> set[bytes]:
        return {*self.before.values(), *self.after.values()}

    def read(self, contents: Mapping[bytes, bytes]) -> Step:
        """Return the step with the contents of its files, without files whose contents are missing."""
        missing = {
            name for side in (self.before, self.after) for name, object_ in side.items() if object_ not in contents
        }
        before, after = (
            {name: contents[object_] for name, object_ in side.items() if name not in missing}
            for side in (self.before, self.after)
        )
        return Step(self.commit, before, after, self.renamed)


def steps(folder: Path, before: str, after: str) -> Iterator[Step]:
    """Yield the steps from the commit `before` to `after` along first parents, the newest first.

    A merge is one step. Contents are read as the steps are consumed. Raise `NoHistory`.
    """
    path = islice(_touched(folder, before, after), _MOST_STEPS)
    while touched := list(islice(path, _AT_ONCE)):
        contents = _contents(folder, sorted({object_ for step in touched for object_ in step.objects}))
        yield from (step.read(contents) for step in touched)


def _touched(folder: Path, before: str, after: str) -> Iterator[_Touched]:
    walked = f"--max-count={_MOST_COMMITS}"
    output = git_output(folder, "rev-list", "--timestamp", "--parents", "--first-parent", walked, after, f"^{before}")
    commits: dict[str, Commit] = {}
    pairs: list[bytes] = []
    begins = not is_shallow(folder)
    for line in output.decode("ascii").splitlines():
        seconds, id_, *parents = line.split()
        if parents or begins:  # the oldest commit of a shallow clone seems to add every file
            commits[id_] = Commit.made(id_, seconds)
            pairs.append(" ".join([id_, *parents[:1]]).encode())
    compare = ("diff-tree", "--stdin", "-r", "--root", "--raw", "-z", "--no-abbrev", "--find-renames", "--relative")
    answer = git_output(folder, *compare, "--no-ext-diff", "--no-textconv", "--", ".", given=_lines(pairs))
    return _read(iter(answer.split(b"\0")[:-1]), commits)


def _read(words: Iterator[bytes], commits: Mapping[str, Commit]) -> Iterator[_Touched]:
    step: _Touched | None = None
    for word in words:
        if not word.startswith(b":"):
            if step:
                yield step
            step = _Touched(commits[word.decode("ascii")])
            continue
        assert step is not None  # noqa: S101 - git names the commit before what it did
        old_mode, new_mode, old, new, status = word[1:].split()
        name = os.fsdecode(next(words))
        new_name = os.fsdecode(next(words)) if status.startswith(b"R") else name
        if old_mode.startswith(_FILE):
            step.before[name] = old
        if new_mode.startswith(_FILE):
            step.after[new_name] = new
        if new_name != name:
            step.renamed[new_name] = name
    if step:
        yield step


def _contents(folder: Path, objects: Sequence[bytes]) -> dict[bytes, bytes]:
    """Return the contents of objects, without those larger than any file of a register."""
    sizes = git_output(folder, "cat-file", "--batch-check=%(objectsize)", given=_lines(objects)).splitlines()
    wanted = [object_ for object_, size in zip(objects, sizes, strict=True) if size.isdigit() and int(size) <= _LARGEST]
    answer = git_output(folder, "cat-file", "--batch", given=_lines(wanted))
    return dict(zip(wanted, blobs(folder, answer, len(wanted)), strict=True))


def _lines(words: Iterable[bytes]) -> bytes:
    return b"".join(word + b"\n" for word in words)
