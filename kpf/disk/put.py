"""How kpf puts a file into a folder, whole or not at all, whatever happens on the way.

What is written goes to a file of another name in the same folder, is flushed to the disk and only then takes the
place of the old one. Whoever reads in between, and whoever looks after a crash, finds the old file or the new one.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from kpf.disk.folder import OpenFolder
from kpf.disk.keeping import made_like

_ONE_NAME_ONLY: Final = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}
"""How memory sticks and shared drives say that they know no second name of a file."""
_FOR_ALL: Final = 0o666
"""Who may read and write a new file, before the user's own mask takes away from it."""
_FOR_ONE: Final = 0o600
_LONGEST: Final = 100
"""Bytes of a file's name that the name of its unfinished file begins with: systems take 255 in all."""


def replace(folder: OpenFolder, name: str, content: bytes) -> tuple[str, ...]:
    """Put `content` in the place of the file `name`, or where there is none yet, and say what could not be kept of it.

    Raises `OSError`, `IsLink`, `NotOrdinary`; then the file is as it was.
    """
    with _unfinished(folder, name, content) as (unfinished, told):
        folder.move(unfinished, name)
    return told


def create(folder: OpenFolder, name: str, content: bytes) -> None:
    """Make the file `name` of `content`. Raises `FileExistsError` where something of its name is there already.

    Raises `OSError`; then nothing was made.
    """
    with _unfinished(folder, name, content, is_new=True) as (unfinished, _):
        try:
            folder.second_name(unfinished, name)
        except OSError as refusal:
            if refusal.errno not in _ONE_NAME_ONLY:
                raise
            os.close(folder.new_file(name, _FOR_ALL))
            folder.move(unfinished, name)
            return
        with suppress(OSError):  # the file is made; the other name of it is hidden and harms nobody
            folder.remove(unfinished)


@contextmanager
def _unfinished(
    folder: OpenFolder, name: str, content: bytes, *, is_new: bool = False
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of a file that holds `content` and is safe on the disk; it is gone again where the block fails."""
    # Hidden, and of another ending: what a crash leaves behind is no part of a register.
    prefix = os.fsencode(name)[:_LONGEST].decode("utf-8", "ignore")
    unfinished = f".{prefix}.{os.urandom(4).hex()}"
    old = None if is_new else _opened_if_there(folder, name)
    try:
        told = _written(folder, unfinished, content, old, name)
        yield unfinished, told
    except BaseException:
        folder.remove(unfinished)
        raise
    finally:
        if old is not None:
            os.close(old)
    folder.flush()


def _opened_if_there(folder: OpenFolder, name: str) -> int | None:
    try:
        return folder.opened(name)
    except FileNotFoundError:
        return None


def _written(folder: OpenFolder, unfinished: str, content: bytes, old: int | None, name: str) -> tuple[str, ...]:
    """Write `content` to the new file `unfinished`, which is to have what the file `old`, called `name`, has."""
    new = folder.new_file(unfinished, _FOR_ALL if old is None else _FOR_ONE)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(new, left) :]
        told = () if old is None else made_like(new, old, name)
        os.fsync(new)
    finally:
        os.close(new)
    return told
