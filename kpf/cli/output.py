"""The destination and format of output: standard output, or a file that is written wholly or not at all."""

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, TextIO

import typer

from kpf.cli.status import CannotDo
from kpf.document.wording import write_one_of
from kpf.register.content import display_path, refusal
from kpf.register.register import FOLDER, TEMPLATES
from kpf.render.inert import inert
from kpf.spelling import did_you_mean

_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "txt": ("text", "concise", "statistics", "github", "azure", "md", "markdown", "comment", "csv", "json"),
    "md": ("md", "markdown", "comment"),
    "docx": ("docx",),
    "html": ("html",),
    "htm": ("html",),
    "csv": ("csv", "transparency"),
    "ics": ("ics",),
    "json": ("json", "gitlab", "rdjson", "sarif"),
    "sarif": ("sarif",),
    "xml": ("junit",),
    "xlsx": ("xlsx",),
}
"""The formats for each ending of a file name, the default first."""
_NEVER_WRITTEN: Final = frozenset(
    {"doc", "docm", "dot", "dotm", "dotx", "ods", "odt", "pdf", "ppt", "pptx", "rtf", "xls", "xlsm"}
)
"""Endings of formats that kpf does not write, so that no output may have them."""


def output_option(formats: Iterable[str]) -> Any:
    """Return the option -o of a command that writes `formats`."""
    endings = ", ".join(f".{ending}" for ending in _endings_of(formats))
    return typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=f"Write to this file. Its ending sets the format: {endings}.",
    )


def format_meant(given: str | None, file: Path | None, formats: Iterable[str], option: str = "--format") -> str:
    """Return which of `formats` to write: the one `given` for `option`, that of the ending of `file`, or the first.

    Raises `CannotDo` if there is no such format, or if the ending of `file` is that of another one.
    """
    known = list(formats)
    ending = "" if file is None else file.suffix.removeprefix(".").lower()
    if given is None:
        fitting = [name for name in _ENDINGS.get(ending, ()) if name in known]
        if ending and not fitting:
            raise CannotDo(
                f"{display_path(file or Path())}: this command cannot write a file that ends in .{ending}. "
                f"It can write {_listed([f'.{one}' for one in _endings_of(known)])}. Change the ending of the name."
            )
        return fitting[0] if fitting else known[0]
    if given not in known:
        raise CannotDo(f"{option} {given} is not known.{did_you_mean(given, known)} {write_one_of(known)}")
    if ending in _NEVER_WRITTEN or given not in _ENDINGS.get(ending, (given,)):
        fits = [f".{one}" for one, names in _ENDINGS.items() if given in names]
        ends = f" that ends in {_listed(fits)}" if fits else ""
        raise CannotDo(
            f"{display_path(file or Path())}: a file that ends in .{ending} cannot hold the format {given}. "
            f"Give it a name{ends}, or leave out {option}."
        )
    return given


def folder_meant(output: Path) -> Path:
    """Return the folder `output` for files. Raises `CannotDo` if its name is that of a file."""
    ending = output.suffix.removeprefix(".").lower()
    if (ending in _ENDINGS or ending in _NEVER_WRITTEN) and not output.is_dir():
        raise CannotDo(
            f"{display_path(output)}: this command writes several files into a folder, and that is the name of one "
            f"file. Give the name of a folder: -o {display_path(output.with_suffix(''))}"
        )
    return output


def _endings_of(formats: Iterable[str]) -> list[str]:
    known = set(formats)
    return [ending for ending, names in _ENDINGS.items() if known.intersection(names)]


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if words[1:] else words[0]


@contextmanager
def printing() -> Iterator[TextIO]:
    """Open standard output. If the reader (`head`, `less`) closes it early, the exit status stays the same."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        discard(sys.stdout)


def discard(stream: TextIO) -> None:
    """Discard what is left for `stream`, so that Python does not try to write it when it ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def put_out(write: Callable[[TextIO], None], file: Path | None, register: Path) -> None:
    """Call `write` with `file`, or with standard output if there is none. Raises `CannotDo`."""
    if file is None:
        with printing() as out:
            write(out)
    else:
        text = io.StringIO(newline="")
        write(text)
        write_file(file, text.getvalue(), register)


def write_file(file: Path, written: str | bytes, register: Path) -> None:
    """Write `written` to `file`, which stays as it was if that fails. Raises `CannotDo`.

    Nothing is written among the files of `register`.
    """
    from kpf.disk.given import lies_in, write_given  # noqa: PLC0415 - most runs write no file

    if lies_in(file, register / FOLDER):
        raise CannotDo(f"{display_path(file)} is inside the register. Write it to another folder.")
    if lies_in(file, register / TEMPLATES):
        raise CannotDo(f"{display_path(file)} is among the templates of the register. Write it to another folder.")
    content = written.encode("utf-8", "backslashreplace") if isinstance(written, str) else written
    try:
        report_not_kept(write_given(file, content, register))
    except OSError as error:
        raise CannotDo(refusal(file, "written", error)) from error


def report_not_kept(sentences: Iterable[str]) -> None:
    """Print on the error stream what could not be preserved of replaced files, such as their owner."""
    sys.stderr.writelines(f"kpf: {inert(sentence)}\n" for sentence in sentences)
