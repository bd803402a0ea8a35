"""A folder of files made by kpf, which are rewritten if they changed and removed if they are no longer needed.

A list in the folder names kpf's files. A file that is not on the list is never replaced or removed.
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
"""The greatest number of bytes read to compare a file, more than the size of any file that kpf writes."""


class NotMadeByKpf(OSError):  # noqa: N818 - what it says is not an error of the program
    """A file or folder was not made by kpf. Its path is `filename`."""


class MadeFolder:
    """A folder filled by kpf. Every method can raise `OSError`. Paths are relative to it, with slashes."""

    def __init__(self, path: Path) -> None:
        """Create the folder `path` if it does not exist. Raise `NotMadeByKpf` if it contains files but no list.

        Nothing but the folder itself is created.
        """
        path.mkdir(parents=True, exist_ok=True)
        self._top = OpenFolder(path)
        self._before = self._listed()
        if self._before is None and self._top.names():
            raise NotMadeByKpf(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        self._announced: set[str] = set()

    def announce(self, paths: Iterable[str]) -> None:
        """Announce the files to be written. Raise `NotMadeByKpf` if one exists that kpf did not make.

        They are added to the list at once, so that a killed run leaves no file that the next one refuses.
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
        """The number of announced files."""
        return len(self._announced)

    def put(self, path: str, content: bytes) -> bool:
        """Write `content` to the announced file `path`, and return whether that changed it."""
        *names, name = path.split("/")
        folder = self._top.inside(*names)
        try:
            if folder.read(name, _LARGEST) == content:
                return False
        except FileNotFoundError:
            pass
        replace(folder, name, content, flushed=False)  # the next run rewrites files damaged by a power cut
        return True

    def finish(self) -> int:
        """Remove the files of earlier runs that were not announced in this one, and return their number."""
        gone = sorted((self._before or frozenset()) - self._announced)
        for path in gone:
            *names, name = path.split("/")
            try:
                self._top.inside(*names).remove(name)
            except (FileNotFoundError, NotADirectoryError):
                continue
            if names:
                self._top.inside(*names[:-1]).remove_folder(names[-1])  # keeps a folder that is not empty
        self._write_list(self._announced)
        return len(gone)

    def _listed(self) -> frozenset[str] | None:
        """Return the files on the list of an earlier run, or None if there is no list."""
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
