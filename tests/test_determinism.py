"""The same files and the same day give the same bytes, whatever the computer, its clock, its language and its moods."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.all_commands import commands
from tests.cli.running import EXAMPLE, GOOD, PARKS, PROJECT, SHARED, surroundings
from tests.processes import SECONDS, running
from tests.repositories import alone, run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")

MOODS: dict[str, dict[str, str]] = {
    "as it is": {"PYTHONHASHSEED": "0", "TZ": "Europe/London", "LC_ALL": "C.UTF-8"},
    "another": {
        "PYTHONHASHSEED": "4242",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "C",
        "LANGUAGE": "de",
        "PYTHONUTF8": "0",
        "COLUMNS": "40",
        "LINES": "5",
        "TERM": "xterm-256color",
        "KPF_TEST_UMASK": "077",
    },
}
"""Each with files that were made in another order."""


def made(folder: Path, *, backwards: bool) -> Path:
    """A register of two commits; the files are made in one order or the other, and stand so in their folder."""
    files = {name: (EXAMPLE / name).read_text("utf-8") for name in (*SHARED, GOOD, "revenues-system.yaml")}
    files |= {"parks.yaml": PARKS, "a b.yaml": PARKS.replace("Parks", "A b"), "é.yaml": PARKS.replace("Parks", "É")}
    home = folder / "partnerships"
    home.mkdir(parents=True)
    for name in sorted(files, reverse=backwards):
        (home / name).write_text(files[name], "utf-8")
    (home / "notes.txt").touch()
    run(folder, "init", "--quiet", "--initial-branch", "main")
    for text, day in (("", "2026-04-01T10:00:00+0000"), ("manager: Open Spaces Manager\n", "2026-05-01T10:00:00+0000")):
        with (home / "parks.yaml").open("a", encoding="utf-8") as file:
            file.write(text)
        os.environ["GIT_AUTHOR_DATE"] = os.environ["GIT_COMMITTER_DATE"] = day
        run(folder, "add", "--all")
        run(folder, "commit", "--quiet", "--message", "All")
    return folder


@pytest.mark.slow
def test_every_command_gives_the_same_bytes_in_every_mood(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    to_the_end: ExitStack,
) -> None:
    alone(monkeypatch, tmp_path_factory.mktemp("home"))
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE", "FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.setenv(name, "")  # so that it is taken back afterwards
        monkeypatch.delenv(name)
    started = {}
    for number, (mood, environment) in enumerate(MOODS.items()):
        folder = made(tmp_path / f"{number}" / "register", backwards=bool(number % 2))
        started[mood] = to_the_end.enter_context(
            running(
                [sys.executable, "-m", "tests.all_commands", str(folder)],
                cwd=PROJECT,
                env=surroundings(**environment),
                stdout=subprocess.PIPE,
            )
        )
    said = {mood: json.loads(process.communicate(timeout=2 * SECONDS)[0]) for mood, process in started.items()}
    first = said["as it is"]
    assert len(first) == len(commands())
    assert {status for status, _, _ in first.values()} == {0, 1}
    assert all(length or "-o" in command for command, (_, length, _) in first.items())
    for mood, found in said.items():
        assert {command for command, written in found.items() if written != first[command]} == set(), mood
