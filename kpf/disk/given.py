"""Files that the user names on the command line, and that a CI system names: they may lie anywhere.

Links on the path to them are followed, but for those in the register that kpf works on: a change to a register must not
turn what is written beside it to another place.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from kpf.disk.folder import OpenFolder, is_link
from kpf.disk.put import replace


def read_given(path: Path, most: int) -> bytes:
    """The first `most` bytes of `path`, which may be a pipe. Raises `OSError`."""
    with path.open("rb") as file:
        return file.read(most)


def write_given(path: Path, content: bytes, register: Path | None = None) -> tuple[str, ...]:
    """Put `content` into `path`, whole or not at all, and say what could not be kept of the file that was there.

    A pipe or a device is written to as it is. Raises `OSError`, and `IsLink` for a link in the folder `register`.
    """
    below = _below(path, register) if register else ()
    if register and below:
        *names, name = below
        folder = OpenFolder(register, tuple(names))
        with suppress(FileNotFoundError):
            if is_link(folder.look(name)):
                os.close(folder.opened(name))  # which refuses it in the usual words
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
    """The path from `folder` down to `path`; nothing where it lies elsewhere."""
    whole = os.path.abspath(path)  # noqa: PTH100 - links stay what they are
    for top in (os.path.abspath(folder), os.path.realpath(folder)):  # noqa: PTH100 - likewise
        with suppress(ValueError):
            return Path(whole).relative_to(top).parts
    return ()


@contextmanager
def appending(path: Path) -> Iterator[TextIO]:
    """Text added to the end of `path`. Raises `OSError`."""
    with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        yield file


def lies_in(path: Path, folder: Path) -> bool:
    """Whether `path` lies in `folder`, however that is spelt, or is a file that has another name there."""
    target = Path(os.path.realpath(path))
    with suppress(OSError):
        if target.parent.samefile(folder):
            return True
        there = target.stat()
        return any(_is(entry, there) for entry in folder.iterdir())
    return False


def _is(path: Path, file: os.stat_result) -> bool:
    with suppress(OSError):  # a link that leads nowhere
        return os.path.samestat(path.stat(), file)
    return False
