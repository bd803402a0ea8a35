"""Atomic writes: a file is put into a folder whole or not at all, whatever happens meanwhile.

What is written goes to a file of another name in the same folder, is flushed to the disk and only then takes the
place of the old one. Whoever reads in between, and whoever looks after a crash, finds the old file or the new one.
"""

import os
from typing import Final

from kpf.disk.folder import OpenFolder
from kpf.disk.keeping import made_like

_FOR_ALL: Final = 0o666
"""Who may read and write a new file, before the user's own mask takes away from it."""
_FOR_ONE: Final = 0o600
_LONGEST: Final = 100
"""Bytes of a file's name that the name of its unfinished file begins with: systems take 255 in all."""


def replace(folder: OpenFolder, name: str, content: bytes, *, flushed: bool = True) -> tuple[str, ...]:
    """Put `content` in the place of the file `name`, or where there is none yet, and say what could not be kept of it.

    What can be made again at any time need not be `flushed` to the disk: after a power cut it may be old or empty.
    Raises `OSError`, `IsLink`, `NotOrdinary`; then the file is as it was.
    """
    # Hidden, and of another ending: what a crash leaves behind is no part of a register.
    prefix = os.fsencode(name)[:_LONGEST].decode("utf-8", "ignore")
    unfinished = f".{prefix}.{os.urandom(4).hex()}"
    old = _opened_if_there(folder, name)
    try:
        not_kept = write_new(folder, unfinished, content, old, name, flushed=flushed)
        folder.move(unfinished, name)
    except BaseException:
        folder.remove(unfinished)
        raise
    finally:
        if old is not None:
            os.close(old)
    if flushed:
        folder.flush()
    return not_kept


def write_new(  # noqa: PLR0913 - a file, what it takes the place of, and how sure it has to be
    folder: OpenFolder, new_name: str, content: bytes, old: int | None, name: str, *, flushed: bool = True
) -> tuple[str, ...]:
    """Write `content` to the new file `new_name`, safe on the disk if `flushed`, with what the open file `old` has.

    Gives in sentences what of `old`, called `name`, cannot be kept. Raises `OSError`, `FileExistsError`.
    """
    new = folder.new_file(new_name, _FOR_ALL if old is None else _FOR_ONE)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(new, left) :]
        not_kept = () if old is None else made_like(new, old, name)
        if flushed:
            os.fsync(new)
    finally:
        os.close(new)
    return not_kept


def _opened_if_there(folder: OpenFolder, name: str) -> int | None:
    try:
        return folder.opened(name)
    except FileNotFoundError:
        return None
