"""How kpf puts a file on disk, whole or not at all, whatever happens on the way; and how it opens one it cannot trust.

What is written goes to a file of another name in the same folder, is flushed to the disk and only then takes the
place of the old one. Whoever reads in between, and whoever looks after a crash, finds the old file or the new one.
"""

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_ONE_NAME_ONLY: Final = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}
"""How memory sticks and shared drives say that they know no second name of a file."""
_FOR_ALL: Final = 0o666
"""Who may read and write a new file, before the user's own mask takes away from it."""
_LONGEST: Final = 100
"""Bytes of a file's name that the name of its unfinished file begins with: systems take 255 in all."""


def read_regular_file(path: Path, most: int) -> bytes | None:
    """The first `most` bytes of an ordinary file; None where there is a pipe or a device, which is not waited for.

    Raises `OSError`.
    """
    with open(path, "rb", opener=_without_waiting) as file:
        return file.read(most) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def replace(target: Path, content: bytes) -> None:
    """Put `content` in the place of the file `target`, or where there is none yet. Who may open it stays as it was.

    Raises `OSError`; then `target` is as it was.
    """
    with _unfinished(target, content) as unfinished:
        unfinished.replace(target)


def create(target: Path, content: bytes) -> None:
    """Make the file `target` of `content`. Raises `FileExistsError` where something of its name is there already.

    Raises `OSError`; then nothing was made.
    """
    with _unfinished(target, content) as unfinished:
        try:
            os.link(unfinished, target)  # unlike a rename, it never takes the place of what is there
        except OSError as refusal:
            if refusal.errno not in _ONE_NAME_ONLY:
                raise
            with target.open("xb"):
                unfinished.replace(target)
            return
        with suppress(OSError):  # the file is made; the other name of it is hidden and harms nobody
            unfinished.unlink()


@contextmanager
def _unfinished(target: Path, content: bytes) -> Iterator[Path]:
    """`content` in a file beside `target` that is safe on the disk, and is gone again where the block fails."""
    # Hidden, and of another ending: what a crash leaves behind is no part of a register.
    prefix = os.fsencode(target.name)[:_LONGEST].decode("utf-8", "ignore")
    handle, name = tempfile.mkstemp(prefix=f".{prefix}.", dir=target.parent)
    unfinished = Path(name)
    try:
        with open(handle, "wb") as out:  # noqa: PTH123 - the handle is what mkstemp opened
            out.write(content)
            out.flush()
            if hasattr(os, "fchmod"):  # Windows knows who may open a file by other means
                os.fchmod(handle, _mode_of(target))
            os.fsync(handle)
        yield unfinished
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # a folder cannot be flushed everywhere; the file is whole either way
        _flush_folder(target.parent)


def _mode_of(target: Path) -> int:
    """Who may open `target`: as it is, else as the user makes new files."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return _FOR_ALL & ~mask


def _flush_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
