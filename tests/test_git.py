"""What kpf says of the commit, asked of real repositories."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kpf import git
from kpf.git import State, state

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")


@pytest.fixture(autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests takes part, and no repository that the temporary folder may lie in."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(home.parent))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Tests")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "tests@example.org")


def run(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Nothing is committed yet, and one file is there."""
    folder = tmp_path / "repository"
    folder.mkdir()
    run(folder, "init", "--quiet")
    (folder / "partnerships").mkdir()
    (folder / "partnerships" / "a.yaml").write_text("name: A\n")
    return folder


def commit(folder: Path) -> str:
    run(folder, "add", "--all")
    run(folder, "commit", "--quiet", "--message", "All")
    return run(folder, "rev-parse", "HEAD")[:7]


def test_outside_of_git(tmp_path: Path) -> None:
    assert state(tmp_path) is None


def test_no_folder(tmp_path: Path) -> None:
    assert state(tmp_path / "nowhere") is None


def test_before_the_first_commit(repository: Path) -> None:
    assert state(repository / "partnerships") == State("", uncommitted=True)


def test_all_committed(repository: Path) -> None:
    at = commit(repository)
    assert state(repository / "partnerships") == State(at, uncommitted=False)


@pytest.mark.parametrize("change", ["edited", "deleted", "staged", "renamed", "new"])
def test_something_is_not_committed(repository: Path, change: str) -> None:
    at = commit(repository)
    file = repository / "partnerships" / "a.yaml"
    if change == "deleted":
        file.unlink()
    elif change == "renamed":
        run(repository, "mv", "partnerships/a.yaml", "partnerships/b.yaml")
    elif change == "new":
        (repository / "partnerships" / "ä\n# b.yaml").write_text("name: B\n")
    else:
        file.write_text("name: Another\n")
    if change == "staged":
        run(repository, "add", "--all")
    assert state(repository / "partnerships") == State(at, uncommitted=True)


def test_only_the_folder_itself_counts(repository: Path) -> None:
    at = commit(repository)
    (repository / "elsewhere.txt").write_text("x")
    assert state(repository / "partnerships") == State(at, uncommitted=False)
    assert state(repository) == State(at, uncommitted=True)


def test_a_detached_head(repository: Path) -> None:
    at = commit(repository)
    run(repository, "checkout", "--quiet", "--detach")
    assert state(repository / "partnerships") == State(at, uncommitted=False)


def test_a_folder_whose_name_looks_like_an_option(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "--help").mkdir()
    (repository / "--help" / "b.yaml").write_text("name: B\n")
    at = commit(repository)
    monkeypatch.chdir(repository)
    assert state(Path("--help")) == State(at, uncommitted=False)


def test_within_a_hook_of_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = commit(repository)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.setenv("GIT_PREFIX", "partnerships/")
    assert state(repository / "partnerships") == State(at, uncommitted=False)


def test_no_git_program(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert state(repository) is None


@pytest.mark.skipif(sys.platform == "win32", reason="starts a script")
def test_a_git_that_does_not_answer(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git, "_SECONDS", 0.05)
    assert state(repository) is None


def test_nothing_of_the_repository_is_run_or_written(repository: Path) -> None:
    commit(repository)
    run(repository, "config", "core.fsmonitor", "touch ran; false")
    index = repository / ".git" / "index"
    file = repository / "partnerships" / "a.yaml"
    os.utime(file, (1, 1))  # git would write down the new time
    before = index.read_bytes()
    assert state(repository / "partnerships") is not None
    assert index.read_bytes() == before
    assert not list(repository.rglob("ran"))
