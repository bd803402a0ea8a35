"""Files named by the user on the command line or by a CI system, which can be anywhere.

Links in their paths are followed, except in the register itself, because a change to a register must not redirect the
output to another place.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from kpf.disk.folder import OpenFolder, is_link
from kpf.disk.put import replace


def read_given(path: Path, most: int) -> bytes:
    """Return the first `most` bytes of `path`, which can be a pipe. Raise `OSError`."""
    with path.open("rb") as file:
        return file.read(most)


def write_given(path: Path, content: bytes, register: Path | None = None) -> tuple[str, ...]:
    """Write `content` to `path` atomically, and return sentences on attributes of an old file that were not kept.

    A pipe or device is written to directly. Raise `OSError`, and `IsLink` for a link in the folder `register`.
    """
    below = _below(path, register) if register else ()
    if register and below:
        *names, name = below
        folder = OpenFolder(register, tuple(names))
        with suppress(FileNotFoundError):
            if is_link(folder.look(name)):
                os.close(folder.opened(name))  # raises the usual error
        path = folder.path / name
    else:
        path = Path(os.path.realpath(path))
        if path.exists() and not path.is_file():  # a pipe, or /dev/null
            with path.open("wb") as file:
                file.write(content)
            return ()
        folder = OpenFolder(path.parent)
    return replace(folder, path.name, content)


def _below(path: Path, folder: Path) -> tuple[str, ...]:
    """Return the path from `folder` down to `path`; empty if it is elsewhere."""
    whole = os.path.abspath(path)  # noqa: PTH100 - links stay what they are
    for top in (os.path.abspath(folder), os.path.realpath(folder)):  # noqa: PTH100 - likewise
        with suppress(ValueError):
            return Path(whole).relative_to(top).parts
    return ()


@contextmanager
def appending(path: Path) -> Iterator[TextIO]:
    """Open `path` for appending text. Raise `OSError`."""
    with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        yield file


def lies_in(path: Path, folder: Path) -> bool:
    """Return whether `path` is in `folder`, however it is written, or is another name of a file in it."""
    target = Path(os.path.realpath(path))
    with suppress(OSError):
        if target.parent.samefile(folder):
            return True
        there = target.stat()
        return any(_is(entry, there) for entry in folder.iterdir())
    return False


def _is(path: Path, file: os.stat_result) -> bool:
    with suppress(OSError):  # a broken link
        return os.path.samestat(path.stat(), file)
    return False
