"""A link in place of a folder of the register: no command reads or writes through it, and each says so."""

import os
import sys
from pathlib import Path

import pytest

from tests.cli.running import AS_AT, GOOD, PARKS, kpf, register, started
from tests.repositories import all_files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="not everybody may make links there")

SAID = "{}/ is a link, and kpf does not follow links. Put the folder itself there."


def linked(tmp_path: Path, name: str) -> tuple[Path, Path]:
    """A register whose folder `name` is a link, and the folder outside it to which that leads."""
    folder = register(tmp_path / "register", GOOD, parks=PARKS)
    (folder / "list.csv").write_text("Name\nWaste\n")
    outside = tmp_path / "outside"
    if (folder / name).exists():
        (folder / name).rename(outside)
    else:
        outside.mkdir()
        (outside / "performance.md").write_text("# Secret\n")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).symlink_to(outside)
    return folder, outside


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["fix"],
        ["new", "waste", "--no-input"],
        ["new", "--from", "list.csv", "--yes"],
        ["init", "--keep", "--no-input"],
        ["record", "half-year", "2026/27-H2", "--yes"],
        ["schema", "--write"],
        ["due"],
        ["show", "parks"],
        ["diff", "HEAD"],
        ["report", "--period", "H1"],
        ["set", "parks", "manager", "Parks Manager", "--yes"],
        ["ask"],
        ["ask", "--to-partner", "Anybody"],
        ["answer", "list.csv"],
        ["chase"],
        ["check", "--manifest", "judged.json"],
        ["check", "--statistics"],
    ],
    ids=" ".join,
)
def test_partnerships_is_a_link(tmp_path: Path, arguments: list[str]) -> None:
    folder, outside = linked(tmp_path, "partnerships")
    before = all_files(outside)
    assert kpf(*arguments, cwd=folder).said == SAID.format("partnerships")
    assert all_files(outside) == before


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("schemas", ["schema", "--write"]),
        ("schemas", ["schema", "--check"]),
        ("schemas", ["init", "--keep", "--no-input"]),
        ("templates", ["report", "--period", "H1"]),
        (".vscode", ["init", "--keep", "--no-input"]),
        (".github", ["init", "--keep", "--no-input", "--ci", "github"]),
        (".github/workflows", ["init", "--keep", "--no-input", "--ci", "github"]),
        ("results", ["check", "--format", "json=results/all.json"]),
        ("results", ["due", "-o", "results/due.txt"]),
        ("results", ["ask", "-o", "results"]),
        ("results", ["ask", "-o", "results/deeper"]),
        ("results", ["chase", "-o", "results"]),
        ("results", ["check", "--manifest", "results/judged.json"]),
    ],
    ids=lambda part: part if isinstance(part, str) else " ".join(part),
)
def test_another_folder_is_a_link(tmp_path: Path, name: str, arguments: list[str]) -> None:
    folder, outside = linked(tmp_path, name)
    before, inside = all_files(outside), all_files(folder)
    assert kpf(*arguments, cwd=folder).said.endswith(SAID.format(name))
    assert (all_files(outside), all_files(folder)) == (before, inside)


def test_a_link_above_the_register_is_followed(tmp_path: Path) -> None:
    folder = register(tmp_path / "register", GOOD, parks=PARKS)
    (tmp_path / "link").symlink_to(folder)
    assert kpf("check", "--as-at", AS_AT, "--register", tmp_path / "link", cwd=tmp_path).status == 1
    assert kpf("fix", "--register", tmp_path / "link" / "partnerships", cwd=tmp_path).status == 0
    assert kpf("schema", "--write", "--register", tmp_path / "link", cwd=tmp_path).status == 0
    assert (folder / "schemas").is_dir()


@pytest.mark.parametrize("what", ["pipe", "/dev/zero", "outside"])
def test_tab_waits_for_nothing_and_reads_nothing_else(tmp_path: Path, what: str) -> None:

    folder = register(tmp_path / "register", GOOD)
    council = folder / "partnerships" / "_council.yaml"
    council.unlink()
    (tmp_path / "outside").write_text("services: [Secret]\n")
    if what == "pipe":
        os.mkfifo(council)
    else:
        council.symlink_to(what if what.startswith("/") else "../../outside")
    typed = {"_KPF_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "kpf check --service "}
    done = started(cwd=folder, **typed)
    assert (done.returncode, b"Secret" in done.stdout) == (0, False)


@pytest.mark.skipif(sys.platform == "darwin", reason="such names cannot be there")
def test_a_name_that_is_not_utf_8_stops_nothing(tmp_path: Path) -> None:

    folder = register(tmp_path / "register", GOOD)
    odd = folder / "partnerships" / os.fsdecode(b"caf\xe9.yaml")
    odd.write_text(PARKS)
    assert kpf("fix", cwd=folder).status == 0
    assert "#" in odd.read_text()
    assert kpf("record", "half-year", "2026/27-H2", "--yes", cwd=folder).status == 0
    assert kpf("new", "waste", "--no-input", cwd=folder).status == 0
    assert kpf("check", "--as-at", AS_AT, cwd=folder).status == 1
