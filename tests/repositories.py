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


def replace_in(file: Path, old: str, new: str) -> None:
    """Write `new` for the one place where `old` stands."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), "utf-8")


def set_traps(folder: Path) -> None:
    """Whatever git could be told to run makes a file `ran`."""
    traps = {
        "core.fsmonitor": "touch ran; false",
        "core.pager": "touch ran",
        "diff.external": "touch ran",
        "diff.trap.textconv": "touch ran",
        "diff.trap.command": "touch ran",
        "filter.trap.smudge": "touch ran; cat",
        "filter.trap.clean": "touch ran; cat",
        "gpg.program": "touch ran",
        "log.showSignature": "true",
        "core.hooksPath": str(folder / "hooks"),
    }
    (folder / ".gitattributes").write_text("*.yaml diff=trap\n")
    hook = folder / "hooks" / "post-index-change"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\ntouch ran\n")
    hook.chmod(0o755)
    for name, value in traps.items():
        run(folder, "config", name, value)


def all_files(folder: Path) -> dict[str, bytes]:
    """What each file below `folder` holds."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def commit(folder: Path) -> str:
    """The short name of a commit of all that there is."""
    run(folder, "add", "--all")
    run(folder, "commit", "--quiet", "--allow-empty", "--message", "All")
    return run(folder, "rev-parse", "HEAD")[:7]
