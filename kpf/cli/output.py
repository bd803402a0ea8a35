"""Where output goes: to standard output, or to a file that is there whole or not at all."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from kpf.cli.status import CannotDo
from kpf.papers.wanted import TEMPLATES
from kpf.register.content import display_path, reason
from kpf.register.on_disk import replace
from kpf.register.register import FOLDER


@contextmanager
def printing() -> Iterator[TextIO]:
    """Standard output. Whoever reads it, head or less, may have had enough: that changes no exit status."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        discard()


def discard() -> None:
    """Let nothing more go to standard output, so that Python does not try again when it ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def put_out(write: Callable[[TextIO], None], file: Path | None, register: Path) -> None:
    """Let `write` write to `file`, or to standard output where there is none. Raises `CannotDo`."""
    if file is None:
        with printing() as out:
            write(out)
    else:
        text = io.StringIO(newline="")
        write(text)
        write_file(file, text.getvalue(), register)


def write_file(file: Path, written: str | bytes, register: Path) -> None:
    """Put what is `written` into `file`, and leave what was there before if that fails. Raises `CannotDo`.

    Nothing is ever written among the files of `register`.
    """
    target = Path(os.path.realpath(file))
    if _is_read(target, register / FOLDER):
        raise CannotDo(f"{display_path(file)} lies in the register itself. Write it somewhere else.")
    if _is_read(target, register / TEMPLATES):
        raise CannotDo(f"{display_path(file)} lies among the templates of the register. Write it somewhere else.")
    content = written.encode("utf-8", "backslashreplace") if isinstance(written, str) else written
    try:
        if target.exists() and not target.is_file():  # a pipe, or /dev/null
            target.write_bytes(content)
        else:
            replace(target, content)
    except OSError as error:
        raise CannotDo(f"{display_path(file)} cannot be written: {reason(error)}.") from error


def _is_read(target: Path, folder: Path) -> bool:
    """Whether `target` lies in `folder`, however that is spelt, or is a file that something in it leads to."""
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
