"""A repository whose settings name a program wherever git takes one: kpf runs none of them, whatever it is asked."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kpf.git.program import ask
from kpf.git.working_tree import WorkingTreeState, state
from tests.cli.running import AS_AT, GOOD, PARKS, kpf, register, started
from tests.processes import SECONDS
from tests.repositories import all_files, alone, commit, run, set_traps

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not there"),
    pytest.mark.skipif(sys.platform == "win32", reason="the traps are scripts"),
]


@pytest.fixture
def hostile(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of two commits with traps everywhere, and a file that seems changed to git and may be."""
    alone(monkeypatch, tmp_path_factory.mktemp("home"))
    folder = register(tmp_path / "hostile", GOOD, parks=PARKS)
    run(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    with (folder / "partnerships" / "parks.yaml").open("a") as parks:
        parks.write("manager: Open Spaces Manager\n")
    commit(folder)
    set_traps(folder)
    seem_changed(folder)
    return folder


def seem_changed(folder: Path) -> None:
    for file in (folder / "partnerships").iterdir():
        os.utime(file, (1, 1))


def ran(folder: Path) -> bool:
    """Whether a trap has run since this was asked last."""
    found = list(folder.rglob("ran"))
    for file in found:
        file.unlink()
    return bool(found)


@pytest.mark.parametrize(
    "arguments",
    [["status"], ["diff", "--stat"], ["-p", "log", "--show-signature", "--ext-diff", "-p"], ["fetch", "origin"]],
    ids=" ".join,
)
def test_git_itself_walks_into_the_traps(hostile: Path, arguments: list[str]) -> None:
    subprocess.run(["git", "-C", hostile, *arguments], capture_output=True, check=False, timeout=SECONDS)
    assert ran(hostile)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check"], 1),
        (["check", "--format", "json"], 1),
        (["check", "--since", "HEAD~1"], 0),
        (["check", "--since", "nowhere"], 2),
        (["check", "--since", "auto"], 0),
        (["check", "--staged"], 1),
        (["check", "--staged", "--since", "auto"], 0),
        (["show", "parks"], 0),
        (["trace"], 0),
        (["due"], 0),
        (["diff", "HEAD~1"], 0),
        (["diff", "HEAD~1", "HEAD"], 0),
        (["diff", "2020-01-01"], 2),
        (["report", "--period", "H1"], 0),
        (["report", "parks", "--kind", "review"], 0),
        (["explain"], 0),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else str(one),
)
def test_no_command_of_kpf_runs_anything(hostile: Path, arguments: list[str], status: int) -> None:
    before = all_files(hostile)
    day = [] if arguments[0] in {"explain", "diff"} else ["--as-at", AS_AT]
    assert kpf(*arguments, *day, cwd=hostile).status == status
    assert not ran(hostile)
    assert all_files(hostile) == before


def test_what_the_shell_completes_runs_nothing(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_KPF_COMPLETE", "complete_zsh")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "kpf check --since ")
    monkeypatch.chdir(hostile)
    done = started(cwd=hostile)
    assert b"main" in done.stdout
    assert not ran(hostile)


def test_changes_are_seen_without_running_what_would_filter_them(hostile: Path) -> None:
    home = hostile / "partnerships"
    head = run(hostile, "rev-parse", "HEAD")[:7]
    assert state(home) == WorkingTreeState(head, uncommitted=False)
    (home / "parks.yaml").write_text(PARKS)
    assert state(home) == WorkingTreeState(head, uncommitted=True)
    assert not ran(hostile)


def test_what_a_clone_lacks_is_not_fetched(hostile: Path) -> None:
    """The first commit's files are gone, as in a clone made with a filter."""
    object_ = run(hostile, "rev-parse", "HEAD~1:partnerships/parks.yaml")
    run(hostile, "config", "extensions.partialClone", "origin")
    file = hostile / ".git" / "objects" / object_[:2] / object_[2:]
    file.chmod(0o644)
    file.unlink()
    said = kpf("check", "--since", "HEAD~1", "--as-at", AS_AT, cwd=hostile).said
    assert said.startswith("This clone does not hold the files as they were")
    assert not ran(hostile)


@pytest.mark.parametrize("how", ["missing", "cut short", "other bytes"])
def test_a_damaged_repository_is_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    alone(monkeypatch, tmp_path)
    folder = register(tmp_path / "register", GOOD, parks=PARKS)
    run(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    with (folder / "partnerships" / "parks.yaml").open("a") as parks:
        parks.write("manager: Open Spaces Manager\n")
    object_ = run(folder, "rev-parse", "HEAD:partnerships/parks.yaml")
    file = folder / ".git" / "objects" / object_[:2] / object_[2:]
    file.chmod(0o644)
    if how == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-20] if how == "cut short" else b"not an object")
    said = kpf("check", "--since", "HEAD", "--as-at", AS_AT, cwd=folder).said
    assert said.startswith("This repository is damaged: a file that a commit holds is missing or cannot be read.")


def test_no_graft_gives_a_commit_other_parents(hostile: Path) -> None:
    first, last = run(hostile, "rev-parse", "HEAD~1"), run(hostile, "rev-parse", "HEAD")
    (hostile / ".git" / "info" / "grafts").write_text(f"{last}\n")
    assert ask(hostile, "rev-parse", "HEAD~1")[1].decode().strip() == first


@pytest.mark.parametrize(
    "name", ["GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "GIT_PAGER", "GIT_ASKPASS", "GIT_EDITOR", "GIT_PROXY_COMMAND"]
)
def test_nothing_that_the_environment_names_is_run(hostile: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, f"touch '{hostile / 'ran'}'")
    assert kpf("check", "--since", "HEAD~1", "--as-at", AS_AT, cwd=hostile).status == 0
    assert kpf("diff", "HEAD~1", cwd=hostile).status == 0
    assert not ran(hostile)


@pytest.mark.parametrize("name", ["GIT_TRACE", "GIT_TRACE2_EVENT", "GIT_TRACE_SETUP"])
def test_git_writes_no_log_of_what_kpf_asks(hostile: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, str(hostile / "log"))
    assert kpf("check", "--as-at", AS_AT, cwd=hostile).status == 1
    assert not (hostile / "log").exists()


def test_a_register_that_looks_like_a_repository_is_none(hostile: Path) -> None:
    """A change to the register could bring the very files of a repository, settings included."""
    home = hostile / "partnerships"
    made = hostile.parent / "bare"
    run(hostile, "init", "--quiet", "--bare", str(made))
    for part in ("HEAD", "config", "objects", "refs"):
        (made / part).rename(home / part)
    (home / "config").write_text(f"[core]\n bare = true\n fsmonitor = touch '{hostile / 'ran'}'\n")
    ran_check = kpf("check", "--as-at", AS_AT, cwd=hostile)
    assert ran_check.status == 1
    assert not ran(hostile)
    assert kpf("check", "--since", "HEAD", cwd=hostile).status == 2


@pytest.mark.parametrize("ref", ["--upload-pack=touch ran", "-x", "--output=ran", "-"])
@pytest.mark.parametrize("command", [["check", "--since"], ["diff"]])
def test_no_revision_is_an_option(hostile: Path, command: list[str], ref: str) -> None:
    argument = [*command[:-1], f"{command[-1]}={ref}"] if command[-1].startswith("--") else [*command, "--", ref]
    assert "cannot be the name of a branch, a tag or a commit" in kpf(*argument, cwd=hostile).said
    assert not ran(hostile)


def test_git_is_started_without_a_shell_and_not_for_ever(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    really = subprocess.run

    def noting(command: list[str], **how: object) -> object:
        started.append((command, how))
        return really(command, **how)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", noting)
    kpf("check", "--since", "HEAD~1", "--as-at", AS_AT, cwd=hostile)
    kpf("diff", "HEAD~1", cwd=hostile)
    assert started
    for command, how in started:
        assert command[0] == "git"
        assert not how.get("shell")
        assert how["timeout"]


def test_settings_that_say_where_a_repository_may_be_trusted_are_kept(
    hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    said = kpf("check", "--since", "HEAD~1", cwd=hostile).said
    assert said.startswith("git does not open this repository, because its folder belongs to somebody else.")
    assert f"git config --global --add safe.directory {hostile}" in said
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(hostile))
    assert kpf("check", "--since", "HEAD~1", "--as-at", AS_AT, cwd=hostile).status == 0
    assert ask(hostile, "rev-parse", "--git-dir")[0] == 0
