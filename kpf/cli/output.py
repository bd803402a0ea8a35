"""Where output goes: to standard output, or to a file that is there whole or not at all."""

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from kpf.cli.status import CannotDo
from kpf.papers.wanted import TEMPLATES
from kpf.register.content import display_path, refusal
from kpf.register.register import FOLDER
from kpf.render.inert import inert


@contextmanager
def printing() -> Iterator[TextIO]:
    """Standard output. If the reader (`head`, `less`) closes it early, the exit status stays the same."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        discard(sys.stdout)


def discard(stream: TextIO) -> None:
    """Let nothing more go to `stream`, so that Python does not try again when it ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


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
    from kpf.disk.given import lies_in, write_given  # noqa: PLC0415 - most runs write no file

    if lies_in(file, register / FOLDER):
        raise CannotDo(f"{display_path(file)} lies in the register itself. Write it somewhere else.")
    if lies_in(file, register / TEMPLATES):
        raise CannotDo(f"{display_path(file)} lies among the templates of the register. Write it somewhere else.")
    content = written.encode("utf-8", "backslashreplace") if isinstance(written, str) else written
    try:
        tell_kept(write_given(file, content, register))
    except OSError as error:
        raise CannotDo(refusal(file, "written", error)) from error


def tell_kept(sentences: Iterable[str]) -> None:
    """On the error stream, what could not be kept of files that were replaced."""
    sys.stderr.writelines(f"kpf: {inert(sentence)}\n" for sentence in sentences)
