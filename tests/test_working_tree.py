"""What kpf says of the commit that the files came from, and of changes since, asked of real repositories."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from kpf.git import program, working_tree
from kpf.git.working_tree import WorkingTreeState, state
from tests.repositories import alone, commit, run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")


@pytest.fixture(autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path_factory.mktemp("home"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Nothing is committed yet, and one file is there."""
    folder = tmp_path / "repository"
    folder.mkdir()
    run(folder, "init", "--quiet")
    (folder / "partnerships").mkdir()
    (folder / "partnerships" / "a.yaml").write_text("name: A\n")
    return folder


def test_outside_of_git(tmp_path: Path) -> None:
    assert state(tmp_path) is None


def test_no_folder(tmp_path: Path) -> None:
    assert state(tmp_path / "nowhere") is None


def test_before_the_first_commit(repository: Path) -> None:
    assert state(repository / "partnerships") == WorkingTreeState("", uncommitted=True)


def test_all_committed(repository: Path) -> None:
    at = commit(repository)
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=False)


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
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=True)


def test_only_the_folder_itself_counts(repository: Path) -> None:
    at = commit(repository)
    (repository / "elsewhere.txt").write_text("x")
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=False)
    assert state(repository) == WorkingTreeState(at, uncommitted=True)


def test_a_detached_head(repository: Path) -> None:
    at = commit(repository)
    run(repository, "checkout", "--quiet", "--detach")
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=False)


def test_a_folder_whose_name_looks_like_an_option(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "--help").mkdir()
    (repository / "--help" / "b.yaml").write_text("name: B\n")
    at = commit(repository)
    monkeypatch.chdir(repository)
    assert state(Path("--help")) == WorkingTreeState(at, uncommitted=False)


def test_within_a_hook_of_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = commit(repository)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.setenv("GIT_PREFIX", "partnerships/")
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=False)


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
    monkeypatch.setattr(program, "_SECONDS", 0.05)
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


# -- what counts as changed --------------------------------------------------------------------------------


def test_line_ends_that_git_turns_round_are_no_change(repository: Path) -> None:
    run(repository, "config", "core.autocrlf", "true")
    at = commit(repository)
    file = repository / "partnerships" / "a.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=False)
    file.write_bytes(file.read_bytes() + b"kind: contract\r\n")
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=True)


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_a_link_is_where_it_leads(repository: Path) -> None:
    link = repository / "partnerships" / "b.yaml"
    link.symlink_to("a.yaml")
    at = commit(repository)
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=False)
    link.unlink()
    link.symlink_to("c.yaml")
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=True)


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_what_is_no_file_any_more_is_not_waited_for(repository: Path) -> None:
    at = commit(repository)
    (repository / "partnerships" / "a.yaml").unlink()
    os.mkfifo(repository / "partnerships" / "a.yaml")
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=True)


def test_a_file_beyond_all_measure_counts_as_changed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = commit(repository)
    monkeypatch.setattr(working_tree, "_LARGEST", 4)
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=True)


def test_what_is_left_out_of_a_sparse_checkout_is_no_change(repository: Path) -> None:
    (repository / "partnerships" / "b.yaml").write_text("name: B\n")
    at = commit(repository)
    run(repository, "update-index", "--skip-worktree", "partnerships/b.yaml")
    (repository / "partnerships" / "b.yaml").unlink()
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=False)


def test_a_repository_within_is_not_looked_into(repository: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    run(inner, "init", "--quiet")
    commit(inner)
    allowed = ("-c", "protocol.file.allow=always")
    run(repository, *allowed, "submodule", "--quiet", "add", str(inner), "partnerships/inner")
    at = commit(repository)
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=False)


def test_what_git_is_told_to_ignore_is_no_change(repository: Path) -> None:
    (repository / ".gitignore").write_text("*.tmp\n")
    at = commit(repository)
    (repository / "partnerships" / "a.tmp").touch()
    assert state(repository / "partnerships") == WorkingTreeState(at, uncommitted=False)


def test_a_repository_with_longer_names(tmp_path: Path) -> None:
    folder = tmp_path / "longer"
    (folder / "partnerships").mkdir(parents=True)
    run(folder, "init", "--quiet", "--object-format", "sha256")
    (folder / "partnerships" / "a.yaml").write_text("name: A\n")
    at = commit(folder)
    assert state(folder / "partnerships") == WorkingTreeState(at, uncommitted=False)
    (folder / "partnerships" / "a.yaml").write_text("name: B\n")
    assert state(folder / "partnerships") == WorkingTreeState(at, uncommitted=True)


def test_a_repository_without_files_of_its_own(tmp_path: Path) -> None:
    run(tmp_path, "init", "--quiet", "--bare", "bare")
    assert state(tmp_path / "bare") is None
