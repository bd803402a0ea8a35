"""Comparison of the files on disk with the commit that is checked out.

`git status` would run a filter of the repository on each file that seems changed, so files are compared here byte by
byte. A file that a filter changes when it is committed counts as changed.
"""

import hashlib
import os
import stat
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kpf.disk.folder import OpenFolder
from kpf.git.program import ask, short

_LINK: Final = b"120000"
_FILE: Final = b"100"
"""The first digits of the mode of a regular file."""
_LARGEST: Final = 64 * 1024 * 1024
"""The size limit in bytes. A larger file is not read, and counts as changed."""
_OF_LENGTH: Final = {40: "sha1", 64: "sha256"}
"""The hash algorithm of git's objects, by the length of their names."""


class FileState(StrEnum):
    """The state of a file relative to the commit."""

    AS_COMMITTED = "as committed"
    CHANGED = "changed"
    """The commit has different content."""
    IN_NO_COMMIT = "not in the commit"
    """The file is not committed, and may be ignored by git."""


@dataclass(frozen=True, slots=True)
class WorkingTreeState:
    """The commit that is checked out, and the state of the files."""

    commit: str
    """The short hash; empty if nothing has been committed yet."""
    uncommitted: bool
    files: Mapping[str, FileState] = field(default_factory=dict)
    """The state of each judged file, by name."""
    staged: bool = False
    """Whether what is staged was judged, and not the files."""


def state(folder: Path, judged: Mapping[str, str] = MappingProxyType({})) -> WorkingTreeState | None:
    """Return the state of `folder`, or None without git or a repository, or if git does not answer.

    `judged` gives files by name with the SHA-256 of the bytes read. They count even if git ignores them, and count as
    changed if their content has changed since.
    """
    try:
        status, output, _ = ask(folder, "ls-files", "--cached", "--others", "--exclude-standard", "-t", "-s", "-z")
        if status != 0:
            return None
        status, named, _ = ask(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        commit = named.decode("ascii").strip() if status == 0 else ""
        _, tree, _ = ask(folder, "ls-tree", "-r", "-z", commit) if commit else (0, b"", "")
    except (OSError, subprocess.TimeoutExpired):
        return None
    listed = output.split(b"\0")[:-1]
    others = [entry for entry in listed if entry.startswith(b"? ")]
    staged = dict(tree_entries(entry for entry in listed if not entry.startswith(b"? ")))
    committed = dict(tree_entries(tree.split(b"\0")[:-1]))
    files = {
        name: _state_of(folder / name, committed.get(os.fsencode(name)), sha256) for name, sha256 in judged.items()
    }
    if others or staged != committed or any(found is not FileState.AS_COMMITTED for found in files.values()):
        return WorkingTreeState(short(commit), uncommitted=bool(listed or files), files=files)
    away = dict(tree_entries(entry for entry in listed if entry.startswith(b"S ")))  # not in a sparse checkout
    there = (
        is_as_kept(folder / os.fsdecode(name), *kept)
        for name, kept in staged.items()
        if os.fsdecode(name) not in files and not (name in away and not os.path.lexists(folder / os.fsdecode(name)))
    )
    return WorkingTreeState(short(commit), uncommitted=not all(there), files=files)


def _state_of(path: Path, kept: tuple[bytes, bytes] | None, sha256: str) -> FileState:
    if kept is None:
        return FileState.IN_NO_COMMIT
    return FileState.AS_COMMITTED if is_as_kept(path, *kept, sha256) else FileState.CHANGED


def tree_entries(entries: Iterable[bytes]) -> Iterator[tuple[bytes, tuple[bytes, bytes]]]:
    """Yield the name of each file with its mode and object.

    An entry is `H 100644 <object> 0` or `100644 blob <object>`, then a tab and the name.
    """
    for entry in entries:
        about, _, name = entry.partition(b"\t")
        first, second, third, *_ = about.split()
        mode, object_ = (second, third) if len(first) == 1 else (first, third)
        yield name, (mode, object_)


def is_as_kept(path: Path, mode: bytes, object_: bytes, sha256: str = "") -> bool:
    """Return whether the file matches the object in git, and the hash `sha256` if it is given."""
    try:
        found = path.lstat()
        if mode == _LINK:
            return stat.S_ISLNK(found.st_mode) and _named(os.fsencode(path.readlink()), len(object_)) == object_
        if not mode.startswith(_FILE):  # a submodule or nested repository
            return True
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            return False
        content = OpenFolder(path.parent).read(path.name, _LARGEST)
    except OSError:
        return False
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        return False
    as_it_is, as_kept = (_named(version, len(object_)) for version in (content, content.replace(b"\r\n", b"\n")))
    return object_ in {as_it_is, as_kept}


def _named(content: bytes, length: int) -> bytes:
    """Return the name of the git object for `content`, of the given length."""
    named = hashlib.new(_OF_LENGTH[length], b"blob %d\0" % len(content), usedforsecurity=False)
    named.update(content)
    return named.hexdigest().encode()
