"""Where git keeps the register, and what kpf says where it cannot be compared."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kpf.git.history import asking
from kpf.git.program import ask
from kpf.register import content
from tests.cli.running import check, register
from tests.repositories import all_files, commit, run, set_traps
from tests.since.changing import SHIPPED, Change

VEOLIA = "veolia.yaml"
INTERVAL = "      every: 3 months\n"
WORSE = [(VEOLIA, "arrangement-without-interval", "partnership-board")]


# -- where the register is -----------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["not staged", "staged", "committed"])
def test_the_files_as_they_are_now_count(shipped: Change, how: str) -> None:
    shipped.remove(VEOLIA, INTERVAL)
    shipped.add("kestrel.yaml", "name: Kestrel\n")
    if how != "not staged":
        run(shipped.folder, "add", "--all")
    if how == "committed":
        shipped.committed()
    assert [entry for entry in shipped.worse() if entry[0] == VEOLIA] == WORSE
    assert shipped.json()["since"]["added"] == ["kestrel"]  # untracked ones too


def test_what_is_staged_and_taken_back_does_not_count(shipped: Change) -> None:
    shipped.remove(VEOLIA, INTERVAL)
    run(shipped.folder, "add", "--all")
    shutil.copy(SHIPPED / VEOLIA, shipped.home)
    assert shipped.worse() == []


def test_an_ignored_file_is_of_the_register_all_the_same(shipped: Change) -> None:
    (shipped.folder / ".gitignore").write_text("kestrel.yaml\n")
    shipped.add("kestrel.yaml", "name: Kestrel\n")
    assert shipped.json()["since"]["added"] == ["kestrel"]


def test_a_detached_head(shipped: Change) -> None:
    shipped.remove(VEOLIA, INTERVAL)
    shipped.committed()
    run(shipped.folder, "checkout", "--quiet", "--detach")
    assert shipped.worse() == WORSE
    assert shipped.worse(since="HEAD~1") == WORSE
    assert shipped.worse(since="HEAD") == []


def test_a_tag_and_a_commit_will_do(shipped: Change) -> None:
    run(shipped.folder, "tag", "--annotate", "--message", "x", "first", "main")
    shipped.remove(VEOLIA, INTERVAL)
    for ref in ("first", run(shipped.folder, "rev-parse", "main"), run(shipped.folder, "rev-parse", "--short", "main")):
        assert shipped.worse(since=ref) == WORSE


def test_a_register_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    """With a space and a letter beyond ASCII in its name, asked from elsewhere."""
    inner = tmp_path / "repository" / "council é" / "key partnerships"
    shutil.copytree(SHIPPED, inner / "partnerships")
    shutil.copytree(SHIPPED, tmp_path / "repository" / "partnerships")
    run(tmp_path / "repository", "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path / "repository")
    change = Change(inner)
    change.remove(VEOLIA, INTERVAL)
    assert change.worse() == WORSE
    ran = check("--since", "main", "--register", inner, "--format", "concise", cwd=tmp_path)
    assert ran.out.startswith("repository/council é/key partnerships/partnerships/veolia.yaml:26:5: error ")
    run(inner, "mv", "partnerships/veolia.yaml", "partnerships/véolia new.yaml")
    assert change.json()["since"]["renamed"] == [{"partnership": "véolia new", "before": "veolia"}]


def test_a_name_that_is_no_utf_8(shipped: Change) -> None:
    odd = Path(os.fsdecode(os.fsencode(shipped.home) + b"/caf\xe9.yaml"))
    shutil.copy(SHIPPED / VEOLIA, odd)
    shipped.committed()
    assert shipped.worse(since="HEAD") == []
    assert shipped.json(since="HEAD")["since"]["unchanged"] == 14


def test_a_register_that_main_did_not_have(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    run(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    shutil.copytree(SHIPPED, folder / "partnerships")
    change = Change(folder)
    since = change.json()["since"]
    assert len(since["added"]) == 13
    assert since["not_held"] == {"content": 8, "clock": 0}  # what the council keeps for all
    assert change.check().status == 1


def test_a_submodule(shipped: Change, tmp_path: Path) -> None:
    """The register lies in a repository of its own inside another: its own history counts."""
    outer = tmp_path / "outer"
    outer.mkdir()
    run(outer, "init", "--quiet", "--initial-branch", "trunk")
    run(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(shipped.folder), "register")
    commit(outer)
    inner = Change(outer / "register")
    inner.remove(VEOLIA, INTERVAL)
    assert inner.worse(since="HEAD") == WORSE
    assert "There is no “trunk” in this repository." in inner.check(since="trunk").said


def test_a_folder_that_is_a_submodule_is_no_change(shipped: Change, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    run(other, "init", "--quiet")
    commit(other)
    run(
        shipped.folder,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(other),
        "partnerships/x.yaml",
    )
    shipped.committed()
    assert shipped.worse(since="HEAD") == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own")
@pytest.mark.parametrize(
    "target",
    [
        VEOLIA,
        "../veolia.yaml",
        "nowhere.yaml",
        "/etc/hostname",
        "folder",
        "link.yaml",
        "../.git/config",
        "../.hidden.yaml",
        "../big.yaml",
    ],
)
def test_a_link_that_nobody_touched_is_no_change(shipped: Change, target: str) -> None:
    shutil.copy(SHIPPED / VEOLIA, shipped.folder)
    shutil.copy(SHIPPED / VEOLIA, shipped.folder / ".hidden.yaml")
    (shipped.folder / "big.yaml").write_bytes(b"x" * 2_000_000)
    (shipped.home / "folder").mkdir()
    (shipped.home / "folder" / "kept").touch()
    (shipped.home / "link.yaml").symlink_to(target)
    shipped.committed()
    assert shipped.worse(since="HEAD") == []
    assert shipped.json(since="HEAD")["since"]["edited"] == []


def test_a_file_beyond_all_measure_is_no_change(shipped: Change) -> None:
    shipped.add("big.yaml", "# " + "x" * 2_000_000)
    shipped.committed()
    assert shipped.worse(since="HEAD") == []


def test_what_a_link_leads_to_is_not_read_if_it_is_beyond_all_measure(
    shipped: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shipped.folder / "big.yaml").write_bytes(b"x" * 20_000_000)
    (shipped.home / "link.yaml").symlink_to("../big.yaml")
    shipped.committed()
    read = 0

    def counted(*arguments: Any, **given: Any) -> tuple[int, bytes, str]:
        nonlocal read
        found = ask(*arguments, **given)
        read += len(found[1])
        return found

    monkeypatch.setattr("kpf.git.history.asking.ask", counted)
    assert shipped.worse(since="HEAD") == []
    assert 10_000 < read < 1_000_000


def test_a_register_beyond_all_measure_is_not_read(shipped: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped.add("more.yaml", "name: More\n")
    shipped.committed()
    (shipped.home / "more.yaml").unlink()
    monkeypatch.setattr(content, "MOST_FILES", len(list(shipped.home.iterdir())))
    said = shipped.check(since="HEAD").said
    assert said.startswith("At commit ")
    assert said.endswith("files in partnerships, so none was read. Keep only partnerships there.")


def test_names_alike_are_held_against_the_change_that_made_them_so(shipped: Change) -> None:
    shutil.copy(shipped.home / VEOLIA, shipped.home / "Veolia.yaml")
    alike = [entry for entry in shipped.worse() if entry[1] == "names-alike"]
    assert alike == [(VEOLIA, "names-alike", "")]
    shipped.committed()
    assert shipped.worse(since="HEAD") == []


def test_other_line_ends_are_no_change(shipped: Change) -> None:
    file = shipped.home / VEOLIA
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert shipped.json()["since"]["edited"] == []


def test_a_worktree_and_a_folder_that_is_a_link(shipped: Change, tmp_path: Path) -> None:
    other = tmp_path / "worktree"
    run(shipped.folder, "worktree", "add", "--quiet", str(other), "main")
    change = Change(other)
    change.remove(VEOLIA, INTERVAL)
    assert change.worse(since="change") == WORSE
    (tmp_path / "linked").symlink_to(other)
    assert Change(tmp_path / "linked").worse(since="change") == WORSE


# -- where it cannot be compared -----------------------------------------------------------------------


def test_before_the_first_commit(tmp_path: Path) -> None:
    folder = register(tmp_path, parks="name: Parks\n")
    run(folder, "init", "--quiet")
    said = check("--since", "HEAD", cwd=folder).said
    assert said == (
        "Nothing is committed on this branch yet, so there is nothing to compare with. "
        "Commit the register first, or leave --since out."
    )


def test_outside_of_git(tmp_path: Path) -> None:
    folder = register(tmp_path, parks="name: Parks\n")
    said = check("--since", "main", cwd=folder).said
    assert said == (
        "The register is not under git, so there is nothing to compare with. "
        "Put it under git (git init), or leave --since out."
    )


def test_no_git_program(shipped: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert shipped.check().said == (
        "Earlier registers are read by the program git, which is not here. Install it, or leave --since out."
    )


@pytest.mark.skipif(sys.platform == "win32", reason="starts a script")
@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("exec sleep 30", "git gave no answer within 0.2 seconds"),
        ("echo 'fatal: bad object database.' >&2; exit 128", "git failed: bad object database."),
    ],
    ids=["slow", "broken"],
)
def test_a_git_that_does_not_do_its_work(
    shipped: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, says: str
) -> None:
    git = tmp_path / "bin" / "git"
    git.parent.mkdir()
    git.write_text(f"#!/bin/sh\n{script}\n")
    git.chmod(0o755)
    monkeypatch.setenv("PATH", f"{git.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(asking, "_SECONDS", 0.2)
    assert says in shipped.check().said


@pytest.mark.skipif(sys.platform == "win32", reason="starts a script")
def test_a_git_that_may_not_be_started(shipped: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "git").write_text("#!/nowhere/at/all\n")
    (tmp_path / "git").chmod(0o755)
    (tmp_path / "git").chmod(0o644)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git" in shipped.check().said


def test_a_repository_of_somebody_else(shipped: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    said = shipped.check().said
    assert said.startswith("git does not open this repository, because its folder belongs to somebody else.")
    assert said.endswith(f"git config --global --add safe.directory {shipped.folder}")


def test_a_ref_that_does_not_exist(shipped: Change) -> None:
    assert shipped.check(since="mian").said == "There is no “mian” in this repository. Did you mean main?"
    assert shipped.check(since="x/y/z").said == "There is no “x/y/z” in this repository. There are: change, main."
    for number in range(9):
        run(shipped.folder, "tag", f"v{number}")
    assert shipped.check(since="x/y/z").said.endswith("There are: change, main, v0, v1, v2, v3, v4, v5 and 3 more.")


@pytest.mark.parametrize(
    "ref", ["main:partnerships", "main^{tree}", "main..change", "^main", ":/nothing", "main~7", "main\n"]
)
def test_a_ref_that_names_no_commit(shipped: Change, ref: str) -> None:
    assert "in this repository" in shipped.check(since=ref).said


@pytest.mark.parametrize("ref", ["--output=ran", "-x", "--", "-"])
def test_a_ref_that_looks_like_an_option_is_never_one(shipped: Change, ref: str) -> None:
    ran = check(f"--since={ref}", cwd=shipped.folder)
    assert "cannot be the name of a branch, a tag or a commit" in ran.said
    assert not list(shipped.folder.rglob("ran"))


def test_no_ref(shipped: Change) -> None:
    assert shipped.check(since="").said.startswith("Give the name of a branch, a tag or a commit")


def test_no_common_commit(shipped: Change) -> None:
    run(shipped.folder, "switch", "--quiet", "--orphan", "alone")
    shutil.copytree(SHIPPED, shipped.home, dirs_exist_ok=True)
    assert "Nothing is committed on this branch yet" in shipped.check().said
    shipped.add("notes.txt", "not the commit that main began with")
    shipped.committed()
    said = shipped.check().said
    assert said == "main and what is checked out here have no commit in common. Name a branch from which this one came."


def test_a_shallow_clone(shipped: Change, tmp_path: Path) -> None:
    """What build servers make: it says so, and how to mend it; and once it is mended, it works."""
    shipped.remove(VEOLIA, INTERVAL)
    shipped.committed()
    run(shipped.folder, "switch", "--quiet", "main")
    shipped.add("notes.txt", "x")
    shipped.committed()
    clone = tmp_path / "clone"
    run(tmp_path, "clone", "--quiet", "--depth", "1", "--branch", "change", f"file://{shipped.folder}", str(clone))
    said = Change(clone).check(since="origin/main").said
    assert said.startswith("There is no “origin/main” in this repository. This is a shallow clone, which holds only")
    assert "git fetch --unshallow" in said
    run(clone, "fetch", "--quiet", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    said = Change(clone).check(since="origin/main").said
    assert said.startswith("origin/main and what is checked out here have no commit in common. This is a shallow clone")
    run(clone, "fetch", "--quiet", "--unshallow", "origin", "main:refs/remotes/origin/main", "change")
    assert Change(clone).worse(since="origin/main") == WORSE


def test_a_clone_that_lacks_files_fetches_none(shipped: Change, tmp_path: Path) -> None:
    """A clone made with a filter would fetch a file from the server when it is asked for."""
    run(shipped.folder, "config", "uploadpack.allowFilter", "true")
    shipped.remove(VEOLIA, INTERVAL)
    shipped.committed()
    clone = tmp_path / "clone"
    source = f"file://{shipped.folder}"
    run(tmp_path, "clone", "--quiet", "--filter", "blob:none", "--branch", "change", source, str(clone))
    said = Change(clone).check(since="origin/main").said
    assert "git fetch --refetch --no-filter" in said
    run(clone, "fetch", "--quiet", "--refetch", "--no-filter", "origin")
    assert Change(clone).worse(since="origin/main") == WORSE


# -- what it leaves alone ------------------------------------------------------------------------------


def test_nothing_of_the_repository_is_run_or_written(shipped: Change) -> None:
    shipped.remove(VEOLIA, INTERVAL)
    shipped.committed()
    set_traps(shipped.folder)
    os.utime(shipped.home / VEOLIA, (1, 1))  # git would write down the new time
    before = all_files(shipped.folder)
    assert shipped.worse() == WORSE
    assert all_files(shipped.folder) == before


def test_it_asks_git_for_many_files_at_once(shipped: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    real = subprocess.run

    def counted(command: list[str], **more: object) -> object:
        asked.append(command)
        return real(command, **more)  # type: ignore[call-overload]

    monkeypatch.setattr("kpf.git.program.subprocess.run", counted)
    shipped.check()
    few = len(asked)
    asked.clear()
    monkeypatch.undo()
    for number in range(50):
        shipped.add(f"p{number}.yaml", f"name: P{number}\n")
    shipped.committed()
    monkeypatch.setattr("kpf.git.program.subprocess.run", counted)
    shipped.check()
    assert few < len(asked) <= few + 3  # 50 files more, and 24 of them together
