"""The way from one commit to another: what each commit on it did to the files of a folder."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kpf.history.asking import asked, is_shallow
from kpf.history.commits import Commit
from kpf.history.files import blobs

_MOST_COMMITS: Final = 10_000
_MOST_BYTES: Final = 64_000_000
"""So much is walked and read, from the newest back; what came before is told of by nobody."""
_FILE: Final = b"100"
"""What the mode of an ordinary file begins with."""


@dataclass(frozen=True, slots=True)
class Step:
    """One commit, and the files of the folder that it changed, by name, as they were before it and after."""

    commit: Commit
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    renamed: Mapping[str, str]
    """The new name of each file that git sees as renamed, with its old one."""


@dataclass(slots=True)
class _Touched:
    """The same, with the names that git has for what the files hold."""

    commit: Commit
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    @property
    def objects(self) -> set[bytes]:
        return {*self.before.values(), *self.after.values()}


def steps(folder: Path, before: str, after: str) -> list[Step]:
    """What led from the commit `before` to `after` on the branch of `after`, the oldest first.

    A merge is one step. git is asked four times, however long the way is. Raises `NoHistory`.
    """
    touched = _touched(folder, before, after)
    sizes = _sizes(folder, {object_ for step in touched for object_ in step.objects})
    kept: list[_Touched] = []
    room = _MOST_BYTES
    for step in touched:
        room -= sum(sizes[object_] for object_ in step.objects)
        if room < 0:
            break
        kept.append(step)
    wanted = sorted({object_ for step in kept for object_ in step.objects})
    answer = asked(folder, "cat-file", "--batch", given=_lines(wanted))
    held = dict(zip(wanted, blobs(answer, len(wanted)), strict=True))

    def contents(objects: Mapping[str, bytes]) -> dict[str, bytes]:
        read = ((name, held[object_]) for name, object_ in objects.items())
        return {name: content for name, content in read if isinstance(content, bytes)}

    return [Step(step.commit, contents(step.before), contents(step.after), step.renamed) for step in reversed(kept)]


def _touched(folder: Path, before: str, after: str) -> list[_Touched]:
    """The newest first."""
    walked = f"--max-count={_MOST_COMMITS}"
    told = asked(folder, "rev-list", "--timestamp", "--parents", "--first-parent", walked, after, f"^{before}")
    commits: dict[str, Commit] = {}
    pairs: list[bytes] = []
    begins = not is_shallow(folder)
    for line in told.decode("ascii").splitlines():
        seconds, id_, *parents = line.split()
        if parents or begins:  # where a clone was cut off, a commit seems to have brought every file that there is
            commits[id_] = Commit.made(id_, seconds)
            pairs.append(" ".join([id_, *parents[:1]]).encode())
    compare = ("diff-tree", "--stdin", "-r", "--root", "--raw", "-z", "--no-abbrev", "--find-renames", "--relative")
    answer = asked(folder, *compare, "--no-ext-diff", "--no-textconv", "--", ".", given=_lines(pairs))
    return list(_read(iter(answer.split(b"\0")[:-1]), commits))


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


def _sizes(folder: Path, objects: set[bytes]) -> dict[bytes, int]:
    wanted = sorted(objects)
    answer = asked(folder, "cat-file", "--batch-check=%(objectsize)", given=_lines(wanted)).splitlines()
    return {object_: int(size) if size.isdigit() else 0 for object_, size in zip(wanted, answer, strict=True)}


def _lines(words: Iterable[bytes]) -> bytes:
    return b"".join(word + b"\n" for word in words)
