"""Atomic writes: a file is written completely or not at all.

The content is written to a file with another name in the same folder and flushed to the disk, and then replaces the old
file. A reader sees either the old or the new file, even after a crash.
"""

import os
from typing import Final

from kpf.disk.folder import OpenFolder
from kpf.disk.keeping import made_like

_FOR_ALL: Final = 0o666
"""The mode of a new file before the user's umask is applied."""
_FOR_ONE: Final = 0o600
_LONGEST: Final = 100
"""The number of bytes of a file's name used in the name of its temporary file. The limit of systems is 255."""


def replace(folder: OpenFolder, name: str, content: bytes, *, flushed: bool = True) -> tuple[str, ...]:
    """Replace or create the file `name` with `content`, and return sentences on attributes that were not kept.

    A file that can be made again need not be `flushed` to the disk; after a power cut it can be old or empty. Raise
    `OSError`, `IsLink` or `NotOrdinary`, with the file unchanged.
    """
    # Hidden and with another ending, so that a file left by a crash is not part of a register.
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
    """Write `content` to the new file `new_name`, flushed to the disk if `flushed`, with the attributes of `old`.

    Return sentences on attributes of `old`, called `name`, that cannot be kept. Raise `OSError` or `FileExistsError`.
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
