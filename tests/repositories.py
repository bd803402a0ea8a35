"""Real git repositories, made in a test and for it."""

import os
import subprocess
from pathlib import Path

import pytest


def alone(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """No setting of whoever runs the tests takes part, and no repository that the temporary folder may lie in."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(home.parent))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Tests")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "tests@example.org")


def run(folder: Path, *arguments: str) -> str:
    """What git answers in `folder`."""
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout.strip()


def commit(folder: Path) -> str:
    """The short name of a commit of all that there is."""
    run(folder, "add", "--all")
    run(folder, "commit", "--quiet", "--allow-empty", "--message", "All")
    return run(folder, "rev-parse", "HEAD")[:7]
