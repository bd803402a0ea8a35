"""`--staged`: what the next commit will hold is judged, whatever lies on disk."""

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.running import GOOD, Ran, check, kpf, register
from tests.repositories import all_files, commit, run, set_traps

PARKS = """\
name: Parks
kind: contract
lead_service: Housing
manager: Open Spaces Manager
remit: To keep the parks.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = register(tmp_path / "council", parks=PARKS)
    run(made, "init", "--quiet", "--initial-branch", "main")
    commit(made)
    (made / "notes.txt").write_text("A commit that has one before it.\n")
    commit(made)
    return made


def parks(folder: Path) -> Path:
    return folder / "partnerships" / "parks.yaml"


def staged(folder: Path, *arguments: str | Path) -> Ran:
    return check("--staged", "--since", "auto", *arguments, cwd=folder)


def worse(folder: Path, *arguments: str | Path) -> list[str]:
    ran = staged(folder, "--format", "json", *arguments)
    assert ran.status in {0, 1}, ran.err
    return [finding["trail"][0] for finding in ran.findings]


def without(text: str, name: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(name))


def test_what_is_on_disk_alone_does_not_count(folder: Path) -> None:
    parks(folder).write_text(without(PARKS, "manager"))
    (folder / "partnerships" / "draft.yaml").write_text("name: A draft\n")
    assert worse(folder) == []
    run(folder, "add", "partnerships/parks.yaml")
    assert worse(folder) == ["manager"]
    parks(folder).write_text(PARKS)
    assert worse(folder) == ["manager"]
    said = " ".join(staged(folder).out.split())
    assert "the staged files with commit" in said
    assert ", with what is staged (changed: parks.yaml)." in said


def test_the_first_commit(tmp_path: Path) -> None:
    folder = register(tmp_path / "new", GOOD)
    run(folder, "init", "--quiet")
    assert (
        staged(folder).said
        == "Nothing of partnerships is staged, so nothing was checked. Stage it: git add partnerships"
    )
    run(folder, "add", "--all")
    ran = staged(folder, "--format", "json")
    assert (ran.status, ran.json["commit"], ran.json["staged"]) == (0, "", True)
    assert ran.json["since"]["added"] == ["leisure-centres"]
    assert {file["state"] for file in ran.json["files"]} == {"not in the commit"}


def test_all_that_is_open_without_since(folder: Path) -> None:
    text = check("--staged", cwd=folder)
    assert text.status == 1
    assert "nothing else staged." in " ".join(text.out.split())
    assert text.out.partition("Checked")[0] == check(cwd=folder).out.partition("Checked")[0]


@pytest.mark.parametrize("name", ["parks.yaml", "_council.yaml"])
def test_a_file_that_is_taken_away(folder: Path, name: str) -> None:
    run(folder, "rm", "--quiet", "--cached", f"partnerships/{name}")
    ran = staged(folder, "--format", "json")
    assert ran.status == 1
    assert (ran.json["since"]["vanished"] == ["parks"]) is (name == "parks.yaml")


def test_a_file_that_is_renamed(folder: Path) -> None:
    run(folder, "mv", "partnerships/parks.yaml", "partnerships/green.yaml")
    ran = staged(folder, "--format", "json")
    assert ran.json["since"]["renamed"] == [{"partnership": "green", "before": "parks"}]


def test_a_file_that_is_only_meant_to_be_added(folder: Path) -> None:
    (folder / "partnerships" / "draft.yaml").write_text("name: A draft\n")
    (folder / "partnerships" / "empty.yaml").write_text("")
    run(folder, "add", "--intent-to-add", "partnerships/draft.yaml")
    assert worse(folder) == []
    run(folder, "add", "partnerships/empty.yaml")
    assert staged(folder, "--format", "json").json["since"]["added"] == ["empty"]


@pytest.mark.parametrize("how", ["by name", "all"])
def test_what_git_commits_without_staging_it_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str
) -> None:
    """git makes a file of what is staged for that commit alone, and tells the hook its name."""
    parks(folder).write_text(without(PARKS, "manager"))
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.write_text(f'#!/bin/sh\necho "$GIT_INDEX_FILE" > "{tmp_path}/told"; cp "$GIT_INDEX_FILE" "{tmp_path}/index"\n')
    hook.chmod(0o755)
    run(folder, "commit", "--quiet", "--message", "x", *(["--all"] if how == "all" else ["partnerships/parks.yaml"]))
    run(folder, "reset", "--quiet", "--soft", "HEAD~1")
    run(folder, "reset", "--quiet")
    index = Path((tmp_path / "told").read_text().strip())
    shutil.copyfile(tmp_path / "index", index)
    assert worse(folder) == []
    monkeypatch.setenv("GIT_INDEX_FILE", str(index))
    assert worse(folder) == ["manager"]
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_INDEX_FILE", os.path.relpath(index, folder))
    assert worse(folder) == ["manager"]


def test_what_is_staged_in_another_repository_is_none_of_its_business(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = register(tmp_path / "other")
    run(other, "init", "--quiet")
    commit(other)
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    assert worse(folder) == []


def test_a_merge_that_is_not_resolved(folder: Path) -> None:
    run(folder, "switch", "--quiet", "--create", "other")
    parks(folder).write_text(PARKS.replace("keep", "mow"))
    commit(folder)
    run(folder, "switch", "--quiet", "main")
    parks(folder).write_text(PARKS.replace("keep", "plant"))
    commit(folder)
    with pytest.raises(Exception, match="exit status 1"):
        run(folder, "merge", "other")
    said = staged(folder).said
    assert said.startswith("parks.yaml is in the middle of a merge.")
    assert said.endswith("then: git add parks.yaml")


@pytest.mark.parametrize("how", ["a line put back", "a partnership taken out again"])
def test_a_commit_that_is_amended_is_held_against_the_one_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "a line put back":
        parks(folder).write_text(without(PARKS, "manager") + "# a note\n")
    else:
        (folder / "partnerships" / "streets.yaml").write_text(PARKS.replace("Parks", "Streets"))
    commit(folder)
    author = run(folder, "log", "-1", "--format=%an%n%ae%n@%ad", "--date=raw").splitlines()
    if how == "a line put back":
        parks(folder).write_text(without(PARKS, "remit") + "# a note\n")
        expected = [["remit"], ["remit"]]
    else:
        (folder / "partnerships" / "streets.yaml").unlink()
        expected = [[], ["partnership-vanished"]]
    run(folder, "add", "--all")
    before_amending = staged(folder, "--format", "json")
    for name, value in zip(("NAME", "EMAIL", "DATE"), author, strict=True):
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
    amending = staged(folder, "--format", "json")
    for ran, wanted in zip((amending, before_amending), expected, strict=True):
        assert [(finding["trail"] or [finding["rule"]])[0] for finding in ran.findings] == wanted
    assert "the one before the one that is amended" in amending.json["since"]["base"]


# -- where the register is -----------------------------------------------------------------------------


def test_a_register_below_the_top_of_the_repository(folder: Path) -> None:
    (folder / "policy" / "register").mkdir(parents=True)
    run(folder, "mv", "partnerships", "policy/register")
    commit(folder)
    below = folder / "policy" / "register" / "partnerships" / "parks.yaml"
    below.write_text(without(PARKS, "manager"))
    run(folder, "add", "--all")
    assert worse(folder) == ["manager"]
    assert staged(folder, "--format", "concise").out.startswith("policy/register/partnerships/parks.yaml:")
    shutil.copytree(folder / "policy" / "register", folder / "another")
    run(folder, "add", "--all")
    assert (
        staged(folder).said == "There are several registers here: another, policy/register. Say which: --register DIR"
    )
    assert worse(folder, "--register", "policy/register") == ["manager"]


def test_no_register_at_all(tmp_path: Path) -> None:
    run(tmp_path, "init", "--quiet")
    assert staged(tmp_path).said.startswith("There is no folder partnerships/ here, in a folder above or among")
    assert staged(tmp_path, "--register", tmp_path).said.startswith("There is no folder partnerships/ in ")


def test_a_worktree(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "worktree"
    run(folder, "worktree", "add", "--quiet", "-b", "other", str(other))
    parks(other).write_text(without(PARKS, "manager"))
    run(other, "add", "--all")
    assert worse(other) == ["manager"]
    assert worse(folder) == []


# -- what else may lie there ---------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own")
def test_what_is_no_file_is_told_as_on_disk(folder: Path) -> None:
    (folder / "partnerships" / "link.yaml").symlink_to("parks.yaml")
    (folder / "partnerships" / "folder.yaml").mkdir()
    (folder / "partnerships" / "folder.yaml" / "x").touch()
    (folder / "partnerships" / "big.yaml").write_text("#" * 2_000_000)
    run(folder, "add", "--all")
    found, on_disk = (check(*more, "--format", "concise", cwd=folder).out for more in (["--staged"], []))
    assert found == on_disk
    assert "kpf does not follow links" in found


def test_a_register_of_many_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        (folder / "partnerships" / f"p{number}.yaml").write_text(PARKS.replace("Parks", f"Parks {number % 20}"))
    run(folder, "add", "--all")
    found, on_disk = (check(*more, "--format", "concise", cwd=folder).out for more in (["--staged"], []))
    assert found == on_disk
    monkeypatch.setattr("kpf.register.content.MOST_FILES", 5)
    assert staged(folder).said.startswith("Staged: There are more than 5 files")


def test_it_does_not_go_with_an_editors_text(folder: Path) -> None:
    said = check("--staged", "--stdin-filename", "partnerships/parks.yaml", cwd=folder).said
    assert said == "--stdin-filename reports the one file that it names. Leave --staged out."


def test_nothing_of_the_repository_is_run_or_written(folder: Path) -> None:
    parks(folder).write_text(without(PARKS, "manager"))
    run(folder, "add", "--all")
    set_traps(folder)
    before = all_files(folder)
    assert worse(folder) == ["manager"]
    assert all_files(folder) == before


def test_without_git_it_says_what_is_missing(tmp_path: Path) -> None:
    folder = register(tmp_path / "plain", parks=PARKS)
    said = "What is staged cannot be read without git. Put it under git (git init), or leave --staged out."
    assert kpf("check", "--staged", cwd=folder).said == said
    (tmp_path / "empty").mkdir()
    assert kpf("check", "--staged", cwd=tmp_path / "empty").said.startswith("There is no folder partnerships/ here")


def test_settings_count_as_they_are_staged(folder: Path) -> None:
    settings = folder / "kpf.toml"
    settings.write_text('fail-on = "warning"\n')
    commit(folder)
    settings.write_text('fail-on = "never"\n')
    run(folder, "add", "--all")
    settings.write_text('fail-on = "warning"\n')
    loosened = staged(folder, "--format", "json")
    assert [finding["rule"] for finding in loosened.findings] == ["rule-loosened"]
    assert "fail-on" in loosened.findings[0]["message"]
    assert loosened.status == 0, "what is staged never fails"
    settings.write_text('fail-on = "never"\n')
    run(folder, "reset", "--quiet", "--hard")
    settings.write_text('fail-on = "never"\n')
    untouched = staged(folder, "--format", "json")
    assert untouched.findings == []
    assert "Settings from kpf.toml: fail-on warning." in " ".join(staged(folder).out.split())
