"""A folder that is kept open, whose files are accessed one level at a time without following links.

The path to the folder itself can contain links. Below it each level is opened relative to the one above with
O_NOFOLLOW, so that no folder can be replaced by a link between check and use. Windows has no such call, so each level
is checked just before its use.
"""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

_BY_DESCRIPTOR: Final = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_FLAGS: Final = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
_FOLDER: Final = _FLAGS | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_PATH", os.O_RDONLY)
"""The flags to open a folder for traversal. With O_PATH, on Linux, no permission to list it is needed."""
_READ: Final = os.O_RDONLY | _FLAGS | _NO_LINK | getattr(os, "O_NONBLOCK", 0)
"""The flags to open a file for reading. O_NONBLOCK avoids waiting for a pipe."""
_WRITE_NEW: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | _FLAGS | _NO_LINK
_AT_ONCE: Final = 1 << 20
"""The number of bytes read at once if the size of a file is unknown."""
_LINKS: Final = {errno.ELOOP, errno.EMLINK}
"""The errors for a link under O_NOFOLLOW."""


class IsLink(OSError):  # noqa: N818 - what it says is not an error of the program
    """A link is in the place of a file. Its path is `filename`."""

    should_be = "file"


class IsLinkedFolder(IsLink):
    """A link is in the place of a folder."""

    should_be = "folder"


class NotOrdinary(OSError):  # noqa: N818 - likewise
    """A pipe, socket or device is in the place of a file."""


def is_link(found: os.stat_result) -> bool:
    """Return whether this is a symbolic link or, on Windows, a junction."""
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    return stat.S_ISLNK(found.st_mode) or (junction is not None and getattr(found, "st_reparse_tag", 0) == junction)


class OpenFolder:
    """A folder kept open as long as it is referenced. Every method can raise `OSError`."""

    __slots__ = ("_descriptor", "_names", "_top", "path")
    _names: tuple[str, ...]

    def __init__(self, top: Path, names: tuple[str, ...] = ()) -> None:
        """Open the folder `top`, whose path can contain links, and then the nested folders `names`, without links."""
        self._top, self._names = top, ()
        self._descriptor: int | None = None
        self.path = top
        """The path to the folder, for messages."""
        if _BY_DESCRIPTOR:
            self._descriptor = os.open(top, _FOLDER)
        elif not stat.S_ISDIR(top.stat().st_mode):
            raise _no_folder(top)
        self._go_down(names)

    def _go_down(self, names: tuple[str, ...]) -> None:
        for name in names:
            path = self.path / _one_level(name)
            if self._descriptor is None:
                _check_folder(path.lstat(), path)
            else:
                self._step_into(name, path, self._descriptor)
            self._names, self.path = (*self._names, name), path

    def _step_into(self, name: str, path: Path, here: int) -> None:
        try:
            self._descriptor = os.open(name, _FOLDER | _NO_LINK, dir_fd=here)
        except OSError as error:
            error.filename = str(path)
            _check_folder(os.stat(name, dir_fd=here, follow_symlinks=False), path)
            raise
        os.close(here)

    def __del__(self) -> None:
        descriptor = getattr(self, "_descriptor", None)
        if descriptor is not None:
            os.close(descriptor)

    def __reduce__(self) -> tuple[Any, ...]:
        """Support pickling: another process opens the folder again."""
        return OpenFolder, (self._top, self._names)

    def inside(self, *names: str) -> "OpenFolder":
        """Return the folder at the path `names` below this one."""
        found = object.__new__(OpenFolder)
        found._top, found._names, found.path = self._top, self._names, self.path
        found._descriptor = None if self._descriptor is None else os.dup(self._descriptor)
        found._go_down(names)
        return found

    def names(self) -> list[str]:
        """Return the names of all entries, in no order. Bytes that are not UTF-8 become surrogates."""
        if self._descriptor is None:
            return os.listdir(self.path)  # noqa: PTH208 - names that are not UTF-8 must come through
        listed = self.lockable()
        try:
            return os.listdir(listed)  # noqa: PTH208 - likewise
        finally:
            os.close(listed)

    def look(self, name: str) -> os.stat_result:
        """Return the status of `name`, without following a link."""
        place, here = self._place(name)
        return os.stat(place, dir_fd=here, follow_symlinks=False)

    def is_there(self, name: str) -> bool:
        """Return whether there is an entry `name`, including a broken link."""
        try:
            self.look(name)
        except FileNotFoundError:
            return False
        return True

    def read(self, name: str, most: int) -> bytes:
        """Return the first `most` bytes of the regular file `name`. Raise `IsLink` or `NotOrdinary`."""
        descriptor = self.opened(name)
        try:
            return _content(descriptor, most)
        finally:
            os.close(descriptor)

    def opened(self, name: str, flags: int = _READ) -> int:
        """Return a descriptor of the regular file `name`. Raise `IsLink` or `NotOrdinary`."""
        place, here = self._place(name)
        seen = os.stat(place, dir_fd=here, follow_symlinks=False)
        _check_file(seen, self.path, name)
        try:
            descriptor = os.open(place, flags, dir_fd=here)
        except OSError as error:
            if error.errno in _LINKS:
                raise _link_at(self.path / name) from error
            raise
        try:
            found = os.fstat(descriptor)
            _check_file(found, self.path, name)
            _check_same(found, seen, self.path / name)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def may_be_written(self, name: str) -> bool:
        """Return whether the permissions of the file `name` let this user write it."""
        place, here = self._place(name)
        return os.access(place, os.W_OK, dir_fd=here)

    def try_to_write(self, name: str) -> None:
        """Open the file `name` for writing without changing it. Raise `OSError` if that is refused."""
        os.close(self.opened(name, os.O_RDWR | _FLAGS | _NO_LINK))

    def takes_files(self) -> bool:
        """Return whether this user may create and remove files in the folder."""
        if self._descriptor is None:
            return os.access(self.path, os.W_OK | os.X_OK)
        return os.access(os.curdir, os.W_OK | os.X_OK, dir_fd=self._descriptor)

    # -- what changes something ------------------------------------------------------------------------

    def new_file(self, name: str, mode: int) -> int:
        """Create the file `name` and return its descriptor. Raise `FileExistsError`."""
        place, here = self._place(name)
        return os.open(place, _WRITE_NEW, mode, dir_fd=here)

    def move(self, name: str, to: str, into: "OpenFolder | None" = None) -> None:
        """Rename the file `name` to `to`, here or in the folder `into`, replacing a file of that name."""
        (place, here), (target, there) = self._place(name), OpenFolder._place(into or self, to)
        os.replace(place, target, src_dir_fd=here, dst_dir_fd=there)

    def second_name(self, name: str, other: str, into: "OpenFolder | None" = None) -> None:
        """Create a hard link `other` to the file `name`. Raise `FileExistsError`, unlike `move`."""
        (place, here), (target, there) = self._place(name), OpenFolder._place(into or self, other)
        if here is None:
            os.link(place, target)
        else:
            os.link(place, target, src_dir_fd=here, dst_dir_fd=there, follow_symlinks=False)

    def remove(self, name: str) -> None:
        """Remove the file `name`, if it exists."""
        place, here = self._place(name)
        with suppress(FileNotFoundError):
            os.unlink(place, dir_fd=here)

    def make_folder(self, name: str) -> bool:
        """Create the folder `name` if it does not exist, and return whether it was created."""
        place, here = self._place(name)
        try:
            os.mkdir(place, dir_fd=here)
        except FileExistsError:
            return False
        return True

    def remove_folder(self, name: str) -> None:
        """Remove the folder `name`, if it exists and is empty."""
        place, here = self._place(name)
        with suppress(OSError):
            os.rmdir(place, dir_fd=here)

    def flush(self) -> None:
        """Flush the folder's entries to the disk, if the system supports that."""
        with suppress(OSError):
            listed = self.lockable()
            try:
                os.fsync(listed)
            finally:
                os.close(listed)

    def lockable(self) -> int:
        """Return a descriptor of the folder that can be locked. The caller has to close it."""
        if self._descriptor is None:
            return os.open(self.path, os.O_RDONLY)
        return os.open(".", os.O_RDONLY | _FLAGS, dir_fd=self._descriptor)

    def _place(self, name: str) -> tuple[str, int | None]:
        """Return the arguments for the system to access `name`: the name and a descriptor, or the full path."""
        _one_level(name)
        return (str(self.path / name), None) if self._descriptor is None else (name, self._descriptor)


def _one_level(name: str) -> str:
    if name in {"", os.curdir, os.pardir} or os.sep in name or (os.altsep and os.altsep in name) or "\0" in name:
        raise ValueError(f"{name!r} is not the name of one file")
    return name


def _content(descriptor: int, most: int) -> bytes:
    size = os.fstat(descriptor).st_size
    parts, left = [], most
    while left > 0:
        part = os.read(descriptor, min(left, size + 1 if size else _AT_ONCE))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _check_file(found: os.stat_result, folder: Path, name: str) -> None:
    if stat.S_ISREG(found.st_mode) and not is_link(found):
        return
    path = str(folder / name)
    if is_link(found):
        raise _link_at(folder / name)
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    raise NotOrdinary(errno.EINVAL, "it is not an ordinary file", path)


def _check_same(found: os.stat_result, seen: os.stat_result, path: Path) -> None:
    """Raise `IsLink` if the opened entry `found` is not the one `seen` before."""
    if not _BY_DESCRIPTOR and (found.st_dev, found.st_ino) != (seen.st_dev, seen.st_ino):
        raise _link_at(path)


def _check_folder(found: os.stat_result, path: Path) -> None:
    if is_link(found):
        raise IsLinkedFolder(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if not stat.S_ISDIR(found.st_mode):
        raise _no_folder(path)


def _link_at(path: Path) -> IsLink:
    return IsLink(errno.ELOOP, os.strerror(errno.ELOOP), str(path))


def _no_folder(path: Path) -> NotADirectoryError:
    return NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
