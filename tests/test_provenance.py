"""Each file that is judged is held against the commit, whatever git was told to leave out."""

import os
from pathlib import Path

import pytest

from tests.cli.running import GOOD, PARKS, check, register
from tests.repositories import commit, run


@pytest.fixture
def folder(tmp_path: Path, git_alone: None) -> Path:
    del git_alone  # asked for, so that it comes first
    made = register(tmp_path / "council", GOOD, parks=PARKS)
    run(made, "init", "--quiet", "--initial-branch", "main")
    commit(made)
    return made


def states(folder: Path, *arguments: str) -> dict[str, str | None]:
    """Those of the files that are not as committed."""
    found = check("--format", "json", *arguments, cwd=folder).json
    differ = {Path(file["path"]).name: file["state"] for file in found["files"] if file["state"] != "as committed"}
    assert found["uncommitted"] is bool(differ)
    return differ


def said(folder: Path) -> str:
    return " ".join(check(cwd=folder).out.split()).rpartition("kpf ")[2]


def test_all_as_committed(folder: Path) -> None:
    assert states(folder) == {}
    assert said(folder).endswith(", nothing uncommitted.")


@pytest.mark.parametrize("how", ["ignored", "excluded", "untracked"])
def test_a_file_that_is_in_no_commit(folder: Path, how: str) -> None:
    (folder / "partnerships" / "hidden.yaml").write_text(PARKS.replace("Parks", "Hidden"))
    if how == "ignored":
        (folder / ".gitignore").write_text("hidden.yaml\n")
    elif how == "excluded":
        (folder / ".git" / "info" / "exclude").write_text("hidden.yaml\n")
    assert states(folder) == {"hidden.yaml": "not in the commit"}
    assert said(folder).endswith(", with uncommitted changes (not in the commit: hidden.yaml).")


@pytest.mark.parametrize("how", ["edited", "skip-worktree", "assume-unchanged", "staged"])
def test_a_file_that_is_other_than_in_the_commit(folder: Path, how: str) -> None:
    if how in {"skip-worktree", "assume-unchanged"}:
        run(folder, "update-index", f"--{how}", "partnerships/parks.yaml")
    with (folder / "partnerships" / "parks.yaml").open("a") as file:
        file.write("# a note\n")
    if how == "staged":
        run(folder, "add", "--all")
    assert states(folder) == {"parks.yaml": "changed"}
    assert said(folder).endswith(", with uncommitted changes (changed: parks.yaml).")


def test_many_are_counted(folder: Path) -> None:
    for number in range(7):
        (folder / "partnerships" / f"p{number}.yaml").write_text("name: P\n")
    assert said(folder).endswith("(not in the commit: p0.yaml, p1.yaml, p2.yaml, p3.yaml, p4.yaml and 2 more).")


@pytest.mark.skipif(os.name == "nt", reason="a name that is not UTF-8")
def test_a_name_that_is_not_utf_8(folder: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(folder / "partnerships") + b"/caf\xe9.yaml"))
    odd.write_text("name: Café\n", "utf-8")
    assert list(states(folder).values()) == ["not in the commit"]
    commit(folder)
    assert states(folder) == {}


@pytest.mark.parametrize("setting", ["core.bare", "core.worktree"])
def test_no_setting_makes_git_contradict_itself(folder: Path, setting: str, tmp_path: Path) -> None:
    """The files of a repository are those beside its .git, for every question alike."""
    before = [check(*more, cwd=folder).out for more in ([], ["--since", "HEAD"], ["--staged"])]
    run(folder, "config", setting, "true" if setting == "core.bare" else str(tmp_path))
    assert [check(*more, cwd=folder).out for more in ([], ["--since", "HEAD"], ["--staged"])] == before
    assert states(folder) == {}
