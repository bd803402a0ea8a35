"""A folder of files that kpf made: written again where they changed, removed where they went, nothing else touched.

A list in the folder says which files are kpf's. A file that is not on it is never replaced and never removed.
"""

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kpf.disk.folder import OpenFolder
from kpf.disk.put import replace

_LIST: Final = "made-by-kpf.txt"
_HEADING: Final = "kpf made the files listed here. It replaces and removes them when it is run again.\n"
_LARGEST: Final = 64 * 1024 * 1024
"""Bytes that are read of a file to compare it: more than any file that kpf writes has."""


class NotMadeByKpf(OSError):  # noqa: N818 - what it says is not an error of the program
    """A file or a folder is somebody else's; its path is `filename`."""


class MadeFolder:
    """A folder that kpf fills. Each method raises `OSError`; paths are relative to it, with slashes."""

    def __init__(self, path: Path) -> None:
        """Make the folder `path` where there is none. Raises `NotMadeByKpf` where it holds files and no list of them.

        Nothing but the folder itself is made.
        """
        path.mkdir(parents=True, exist_ok=True)
        self._top = OpenFolder(path)
        self._before = self._listed()
        if self._before is None and self._top.names():
            raise NotMadeByKpf(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        self._announced: set[str] = set()

    def announce(self, paths: Iterable[str]) -> None:
        """Say which files are going to be written. Raises `NotMadeByKpf` where one exists that kpf did not make.

        They are put on the list at once, so that a run that is killed leaves no file behind that the next one refuses.
        """
        new = set(paths) - self._announced
        known = self._before or frozenset()
        for path in sorted(new - known):
            if self._is_there(path):
                there = self._top.path / path
                raise NotMadeByKpf(errno.EEXIST, os.strerror(errno.EEXIST), str(there))
        self._announced |= new
        self._write_list(self._announced | known)
        for names in sorted({tuple(path.split("/")[:-1]) for path in new}):
            for depth in range(len(names)):
                self._top.inside(*names[:depth]).make_folder(names[depth])

    @property
    def announced(self) -> int:
        """How many files were announced."""
        return len(self._announced)

    def put(self, path: str, content: bytes) -> bool:
        """Let the announced file `path` hold `content`, and say whether it did not before."""
        *names, name = path.split("/")
        folder = self._top.inside(*names)
        try:
            if folder.read(name, _LARGEST) == content:
                return False
        except FileNotFoundError:
            pass
        replace(folder, name, content, flushed=False)  # the next run writes again what a power cut spoilt
        return True

    def finish(self) -> int:
        """Remove what an earlier run made and this one did not, and say how many files that were."""
        gone = sorted((self._before or frozenset()) - self._announced)
        for path in gone:
            *names, name = path.split("/")
            try:
                self._top.inside(*names).remove(name)
            except (FileNotFoundError, NotADirectoryError):
                continue
            if names:
                self._top.inside(*names[:-1]).remove_folder(names[-1])  # which leaves it where it still holds a file
        self._write_list(self._announced)
        return len(gone)

    def _listed(self) -> frozenset[str] | None:
        """The files on the list that an earlier run left; None where there is no such list."""
        try:
            text = self._top.read(_LIST, _LARGEST).decode("utf-8", "replace")
        except FileNotFoundError:
            return None
        paths = text.splitlines()[1:] if text.startswith(_HEADING) else []
        return frozenset(path for path in paths if all(name not in {"", ".", ".."} for name in path.split("/")))

    def _write_list(self, paths: Iterable[str]) -> None:
        self.put(_LIST, (_HEADING + "".join(f"{path}\n" for path in sorted(paths))).encode())

    def _is_there(self, path: str) -> bool:
        *names, name = path.split("/")
        try:
            return self._top.inside(*names).is_there(name)
        except (FileNotFoundError, NotADirectoryError):
            return False
