"""The files as they are now against the commit that they came from.

`git status` would have a filter of the repository's own run over each file that seems to have changed, so that the
files are compared here, byte by byte. One that a filter changes on its way into a commit counts as changed.
"""

import hashlib
import os
import stat
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpf.disk.folder import OpenFolder
from kpf.git.program import ask

_LINK: Final = b"120000"
_FILE: Final = b"100"
"""The beginning of the mode of a regular file."""
_LARGEST: Final = 64 * 1024 * 1024
"""In bytes. A larger file is not read, and counts as changed."""
_OF_LENGTH: Final = {40: "sha1", 64: "sha256"}
"""The hash that git names objects by, by the length of the names."""


@dataclass(frozen=True, slots=True)
class WorkingTreeState:
    """The commit that the files came from, and whether they were changed since."""

    commit: str
    """Empty where nothing has been committed yet."""
    uncommitted: bool


def state(folder: Path) -> WorkingTreeState | None:
    """The state of `folder`, or None where git is not there, does not know the folder or does not answer."""
    try:
        status, told, _ = ask(folder, "ls-files", "--cached", "--others", "--exclude-standard", "-t", "-s", "-z")
        if status != 0:
            return None
        status, named, _ = ask(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        commit = named.decode("ascii").strip() if status == 0 else ""
        listed = told.split(b"\0")[:-1]
        if not commit or any(entry.startswith(b"? ") for entry in listed):
            return WorkingTreeState(commit[:7], uncommitted=bool(listed))
        _, told, _ = ask(folder, "ls-tree", "-r", "-z", commit)
    except (OSError, subprocess.TimeoutExpired):
        return None
    staged = dict(_entries(listed))
    away = dict(_entries(entry for entry in listed if entry.startswith(b"S ")))  # left out of a sparse checkout
    as_committed = staged == dict(_entries(told.split(b"\0")[:-1]))
    there = (_is_as_kept(folder / os.fsdecode(name), *kept) for name, kept in staged.items() if name not in away)
    return WorkingTreeState(commit[:7], uncommitted=not (as_committed and all(there)))


def _entries(told: Iterable[bytes]) -> Iterator[tuple[bytes, tuple[bytes, bytes]]]:
    """The mode and the object of each file, by its name.

    Told as `H 100644 <object> 0`, or as `100644 blob <object>`, and the name after a tab.
    """
    for entry in told:
        about, _, name = entry.partition(b"\t")
        first, second, third, *_ = about.split()
        mode, object_ = (second, third) if len(first) == 1 else (first, third)
        yield name, (mode, object_)


def _is_as_kept(path: Path, mode: bytes, object_: bytes) -> bool:
    try:
        found = path.lstat()
        if mode == _LINK:
            return stat.S_ISLNK(found.st_mode) and _named(os.fsencode(path.readlink()), len(object_)) == object_
        if not mode.startswith(_FILE):  # a repository within this one
            return True
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            return False
        content = OpenFolder(path.parent).read(path.name, _LARGEST)
    except OSError:
        return False
    as_it_is, as_kept = (_named(held, len(object_)) for held in (content, content.replace(b"\r\n", b"\n")))
    return object_ in {as_it_is, as_kept}


def _named(content: bytes, length: int) -> bytes:
    """The name of the git object for `content`, of the given length."""
    named = hashlib.new(_OF_LENGTH[length], b"blob %d\0" % len(content), usedforsecurity=False)
    named.update(content)
    return named.hexdigest().encode()
