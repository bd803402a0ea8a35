"""Real git repositories, made in a test and for it."""

import os
import subprocess
from pathlib import Path
from typing import Final

import pytest

from tests.processes import SECONDS

OF_A_RUN: Final = ("GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF")
"""What says that a build server or pre-commit runs kpf, or the tests."""


def alone(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """No setting of whoever runs the tests takes part, and no repository that the temporary folder may lie in."""
    for name in [name for name in os.environ if name.startswith("GIT_") or name in OF_A_RUN]:
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
        ["git", "-C", str(folder), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=SECONDS,
    ).stdout.strip()


def replace_in(file: Path, old: str, new: str) -> None:
    """Write `new` for the one place where `old` stands."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), "utf-8")


def set_traps(folder: Path) -> Path:
    """Whatever git could be told to run makes a file `ran`, whose place comes back."""
    ran = folder / "ran"
    runs = f"touch '{ran}'"
    traps = {
        "core.fsmonitor": f"{runs}; false",
        "core.pager": runs,
        "core.editor": runs,
        "core.askPass": runs,
        "core.sshCommand": runs,
        "core.gitProxy": runs,
        "core.alternateRefsCommand": runs,
        "core.hooksPath": str(folder / "hooks"),
        "credential.helper": f"!{runs}",
        "diff.external": runs,
        "diff.trap.textconv": runs,
        "diff.trap.command": runs,
        "filter.trap.smudge": f"{runs}; cat",
        "filter.trap.clean": f"{runs}; cat",
        "gpg.program": runs,
        "log.showSignature": "true",
        "interactive.diffFilter": runs,
        "pager.status": runs,
        "pager.rev-list": runs,
        "pager.ls-files": runs,
        "remote.origin.url": f"ext::sh -c {runs.replace(' ', '% ')}",
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": runs,
        "protocol.ext.allow": "always",
        "uploadpack.packObjectsHook": runs,
    }
    (folder / ".gitattributes").write_text("*.yaml diff=trap filter=trap\n")
    for name in ("post-index-change", "post-checkout", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"):
        hook = folder / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n{runs}\n")
        hook.chmod(0o755)
    # They stand in a file that git is led to, so that whoever looks at the settings of the repository sees none.
    for name, value in traps.items():
        run(folder, "config", "--file", str(folder / ".git" / "more"), name, value)
    run(folder, "config", "alias.status", f"!{runs}")
    run(folder, "config", "alias.rev-parse", f"!{runs}")
    run(folder, "config", "include.path", "more")
    return ran


def all_files(folder: Path) -> dict[str, bytes]:
    """What each file below `folder` holds."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def commit(folder: Path) -> str:
    """The short name of a commit of all that there is."""
    run(folder, "add", "--all")
    run(folder, "commit", "--quiet", "--allow-empty", "--message", "All")
    return run(folder, "rev-parse", "HEAD")[:7]
