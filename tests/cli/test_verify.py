"""`kpf check --manifest` and `kpf verify`: what was judged can be judged again, also when the register has moved on."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import AS_AT, GOOD, PARKS, SHARED, Ran, check, kpf, register
from tests.repositories import commit, run

DEEP = "[" * 5_000


pytestmark = pytest.mark.usefixtures("git_alone")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = register(tmp_path / "council", GOOD, parks=PARKS)
    run(made, "init", "--quiet", "--initial-branch", "main")
    commit(made)
    return made


def parks(folder: Path) -> Path:
    return folder / "partnerships" / "parks.yaml"


def manifest(folder: Path, *arguments: str) -> Any:
    """What a check writes of itself."""
    file = folder.parent / "manifest.json"
    ran = check("--manifest", file, "--quiet", *arguments, cwd=folder)
    assert (ran.status in {0, 1}, ran.out, ran.err) == (True, "", "")
    return json.loads(file.read_text("ascii"))


def verify(folder: Path, *arguments: str | Path, cwd: Path | None = None) -> Ran:
    return kpf("verify", folder.parent / "manifest.json", *arguments, cwd=cwd or folder)


def said(ran: Ran) -> str:
    return " ".join(ran.out.split())


def test_what_stands_in_it(folder: Path) -> None:
    parks(folder).write_text(PARKS + "# a note\n", "utf-8")
    (folder / "partnerships" / "new.yaml").write_text("name: New\n", "utf-8")
    found = manifest(folder)
    assert found["commit"] == run(folder, "rev-parse", "HEAD")
    assert found["how"]["as_at"] == AS_AT
    assert {file["name"]: file["state"] for file in found["files"]} == {
        **dict.fromkeys((*SHARED, GOOD), "as committed"),
        "new.yaml": "not in the commit",
        "parks.yaml": "changed",
    }
    assert found["result"]["status"] == 1
    assert len(found["kpf"]["sha256"]) == 64


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--select", "MGR-0", "--fail-on", "never"),
        ("--kind", "clock", "--no-exceptions"),
        ("partnerships/parks.yaml",),
        ("--service", "Housing"),
        ("--staged",),
        ("--since", "HEAD"),
        ("--staged", "--since", "auto"),
    ],
    ids=" ".join,
)
def test_all_is_the_same_from_wherever_it_is_asked(folder: Path, options: tuple[str, ...], tmp_path: Path) -> None:
    manifest(folder, *options)
    for where, more in ((folder, ()), (tmp_path, ("--register", "council"))):
        ran = verify(folder, *more, cwd=where)
        assert ran.status == 0, ran.out
        assert said(ran).startswith("All 4 files in ")
        assert ") and the framework are the same. The result is the same: " in said(ran)
        assert said(ran).endswith("Everything is the same, as at 23 November 2026.")


def test_the_same_bytes_for_the_same_files(folder: Path) -> None:
    assert manifest(folder) == manifest(folder)


@pytest.mark.parametrize("options", [(), ("--since", "HEAD~1")], ids=" ".join)
def test_the_register_has_moved_on(folder: Path, options: tuple[str, ...]) -> None:
    (folder / "notes.txt").touch()
    first = commit(folder)
    manifest(folder, *options)
    parks(folder).write_text(PARKS.replace("Parks", "Greens"), "utf-8")
    (folder / "partnerships" / "new.yaml").write_text("name: New\n", "utf-8")
    commit(folder)
    ran = verify(folder)
    assert ran.status == 0
    assert said(ran).startswith(f"The register has moved on. All 4 files were read from commit {first}, as they")
    assert said(ran).endswith("Everything is the same, as at 23 November 2026.")


def test_what_was_never_committed_cannot_be_had_again(folder: Path) -> None:
    parks(folder).write_text(PARKS + "# a note\n", "utf-8")
    manifest(folder)
    assert verify(folder).status == 0
    parks(folder).write_text(PARKS + "# another\n", "utf-8")
    ran = verify(folder)
    assert ran.status == 1
    assert said(ran).startswith(
        "Not as they were judged: parks.yaml. parks.yaml was not committed in that state, so you need a copy that was "
        "kept elsewhere."
    )
    assert said(ran).endswith("Something is different, as at 23 November 2026.")


def test_a_commit_that_is_not_in_this_repository(folder: Path, tmp_path: Path) -> None:
    manifest(folder)
    at = run(folder, "rev-parse", "HEAD")
    other = register(tmp_path / "another", GOOD, parks=PARKS.replace("Parks", "Greens"))
    run(other, "init", "--quiet", "--initial-branch", "main")
    commit(other)
    message = said(verify(other))
    assert "The commit that was judged holds them. Check it out, or fetch it if it is not here" in message
    assert f"verify again: git checkout {at} " in message


@pytest.mark.parametrize("how", ["changed", "gone", "new"])
def test_outside_of_git_the_files_have_to_be_kept(tmp_path: Path, how: str) -> None:
    folder = register(tmp_path / "council", GOOD, parks=PARKS)
    manifest(folder)
    assert verify(folder).status == 0
    if how == "changed":
        parks(folder).write_text(PARKS + "# a note\n", "utf-8")
    elif how == "gone":
        parks(folder).unlink()
    else:
        (folder / "partnerships" / "more.yaml").write_text("name: More\n", "utf-8")
    ran = verify(folder)
    assert ran.status == 1
    name = "more.yaml" if how == "new" else "parks.yaml"
    assert said(ran).startswith(f"Not as they were judged: {name}.")
    assert "The manifest names no commit, so you need a copy of the files that was kept elsewhere." in said(ran)


@pytest.mark.parametrize("what", ["result", "counts", "framework", "version", "code"])
def test_another_kpf_is_told_and_another_result_is_not_the_same(folder: Path, what: str) -> None:
    found = manifest(folder)
    if what == "result":
        found["files"][-1]["result"] = "0" * 64
    elif what == "counts":
        found["result"]["findings"]["error"] += 1
    elif what == "framework":
        found["framework"]["edition"] = "January 2001"
    else:
        found["kpf"] |= {"version": "0.0.1"} if what == "version" else {"sha256": "0" * 64}
    (folder.parent / "manifest.json").write_text(json.dumps(found))
    ran = verify(folder)
    assert ran.status == (1 if what in {"result", "counts"} else 0)
    messages = {
        "result": "The result on the same bytes is different in: parks.yaml.",
        "counts": "The result is different: ",
        "framework": ", January 2001; now against the Key Partnerships Framework",
        "version": "Judged then by kpf 0.0.1, now by kpf ",
        "code": "then and now, but its code is not the same.",
    }
    assert messages[what] in said(ran)


def test_what_a_change_began_from_is_not_there(folder: Path) -> None:
    found = manifest(folder, "--since", "HEAD")
    found["how"]["since"] = ["1" * 40]
    (folder.parent / "manifest.json").write_text(json.dumps(found))
    assert verify(folder).said.startswith(f"Commit {'1' * 40}, which the change was compared with, is not in this")


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", "not JSON", DEEP, '{"manifest": 2}', "\0", '{"manifest": 1, "kpf": 7}', "\ud800"]
)
def test_what_is_no_manifest(folder: Path, text: str) -> None:
    (folder.parent / "manifest.json").write_text(text, "utf-8", "surrogatepass")
    message = verify(folder).said
    assert "manifest.json is not a manifest" in message
    assert message.endswith("One is written by: kpf check --manifest FILE")


@pytest.mark.parametrize("name", ["../x.yaml", "/etc/passwd", "a\\b", ""])
def test_a_manifest_leads_to_no_other_file(folder: Path, name: str) -> None:
    found = manifest(folder)
    found["how"]["files"] = [name]
    (folder.parent / "manifest.json").write_text(json.dumps(found))
    assert "manifest.json is not a manifest (see how.files.0)" in verify(folder).said


def test_a_manifest_that_cannot_be_read(folder: Path) -> None:
    assert kpf("verify", "nowhere.json", cwd=folder).said == "nowhere.json cannot be read: no such file or directory."


def test_it_never_takes_the_place_of_what_is_read(folder: Path) -> None:
    ran = check("--manifest", "partnerships/parks.yaml", "--quiet", cwd=folder)
    assert ran.status == 2
    assert parks(folder).read_text("utf-8") == PARKS


def test_it_does_not_go_with_an_editors_text(folder: Path) -> None:
    ran = check("--manifest", "m.json", "--stdin-filename", "partnerships/parks.yaml", cwd=folder)
    assert ran.said.endswith("Leave --manifest out.")
