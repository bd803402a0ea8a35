"""Colour and width: on a terminal, and anywhere else."""

import io
import os
import re
import struct
import sys
from pathlib import Path

import pytest

from tests.cli.running import AS_AT, GOOD, PARKS, command, kpf, register, run, surroundings
from tests.processes import SECONDS, running, shown

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two")
    return register(
        folder, GOOD, parks=PARKS.replace("To keep", "'To [bold]keep[/x] [link=a]").replace("parks.\n", "parks.'\n")
    )


def on_a_terminal(*arguments: str, cwd: Path) -> str:
    out = Terminal()
    run(*arguments, out=out, err=io.StringIO(), cwd=cwd)
    return out.getvalue()


CHECK = ("check", "--as-at", AS_AT, "partnerships/parks.yaml")


def test_a_pipe_gets_no_colour(two: Path) -> None:
    assert not COLOUR.search(kpf(*CHECK, cwd=two).out)


def test_a_terminal_gets_colour_and_the_same_words(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "88")
    coloured = on_a_terminal(*CHECK, cwd=two)
    assert "\x1b[1;31m    error  arrangement-without-interval [MGR-3]" in coloured
    assert COLOUR.sub("", coloured) == kpf(*CHECK, cwd=two).out


@pytest.mark.parametrize("format_", ["concise", "json"])
def test_formats_for_programs_get_no_colour_anywhere(two: Path, format_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert not COLOUR.search(on_a_terminal(*CHECK, "--format", format_, cwd=two))


@pytest.mark.parametrize(
    ("environment", "terminal", "coloured"),
    [
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": ""}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, True, False),
        ({}, False, False),
    ],
)
def test_who_wants_colour_and_who_does_not(
    two: Path, environment: dict[str, str], *, terminal: bool, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    out = on_a_terminal(*CHECK, cwd=two) if terminal else kpf(*CHECK, cwd=two).out
    assert bool(COLOUR.search(out)) is coloured


def test_a_file_is_never_coloured(two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    file = tmp_path / "report.txt"
    assert COLOUR.search(kpf(*CHECK, "--format", "text", "--format", f"concise={tmp_path / 'a'}", cwd=two).out)
    kpf(*CHECK, "--format", f"text={file}", cwd=two)
    assert not COLOUR.search(file.read_text("utf-8"))


@pytest.mark.parametrize(("columns", "widest"), [("20", 60), ("60", 60), ("72", 72), ("100", 100), ("500", 110)])
@pytest.mark.parametrize("arguments", [CHECK, ("check", "--as-at", AS_AT), ("show", "parks", "--as-at", AS_AT)])
def test_lines_keep_to_the_width(
    two: Path, columns: str, widest: int, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    text = COLOUR.sub("", on_a_terminal(*arguments, cwd=two))
    assert widest - 20 < widest_of_prose(text) <= widest


def widest_of_prose(text: str) -> int:
    """The width of what every document ends with: the tally and where it comes from."""
    return max(len(line) for paragraph in text.split("\n\n")[-2:] for line in paragraph.splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_real_terminal(two: Path) -> None:
    import fcntl  # noqa: PLC0415 - not everywhere
    import pty  # noqa: PLC0415 - likewise
    import termios  # noqa: PLC0415 - likewise

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 70, 0, 0))
    with running(command(*CHECK), cwd=two, env=surroundings(), stdout=theirs) as process:
        os.close(theirs)
        output = b"".join(shown(ours))
        process.wait(SECONDS)
    os.close(ours)
    assert process.returncode == 1
    text = output.decode().replace("\r\n", "\n")
    assert "\x1b[1;31m" in text
    assert 50 < widest_of_prose(COLOUR.sub("", text)) <= 70
