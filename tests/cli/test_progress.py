"""How far a long run has come is told at a terminal, after a second, and nowhere else."""

import io
import sys

import pytest

from kpf.cli import progress as module
from kpf.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Not a fixture: the test runner puts its own stream back between those and the test."""
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setenv("TERM", "xterm")
    return made


def test_a_long_run_shows_how_many_files_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_a_terminal(monkeypatch)
    monkeypatch.setattr(module, "_PATIENCE", -1)
    with progress(1_000) as seen:
        seen(24)
        seen(24)
    shown = terminal.getvalue()
    assert "Checking" in shown
    assert "48/1000" in shown
    assert shown.endswith("\x1b[2K")  # it takes itself away


def test_a_bar_that_comes_late_counts_what_was_done_before(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_a_terminal(monkeypatch)
    with progress(1_000) as seen:
        seen(900)
        assert terminal.getvalue() == ""
        monkeypatch.setattr(module, "_PATIENCE", -1)
        seen(50)
    assert "950/1000" in terminal.getvalue()


def test_a_short_run_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_a_terminal(monkeypatch)
    with progress(10) as seen:
        seen(10)
    assert terminal.getvalue() == ""


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    monkeypatch.setattr(module, "_PATIENCE", -1)
    with progress(1_000) as seen:
        seen(500)
    assert log.getvalue() == ""
