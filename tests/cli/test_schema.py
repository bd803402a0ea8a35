"""`kpf schema`: prints the schemas, writes them into a register, and says which have fallen behind."""

import json
from pathlib import Path

import pytest

from kpf.schema import SCHEMAS
from tests.cli.running import PROJECT, kpf

NAMES = [
    "partnership",
    "council",
    "organisations",
    "framework",
    "paper",
    "check-output",
    "due-output",
    "diff-output",
    "trace-output",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_printed_as_it_is_shipped(name: str, tmp_path: Path) -> None:
    ran = kpf("schema", name, cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (PROJECT / "schemas" / f"{name}.schema.json").read_text("utf-8")
    assert ran.json["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_these_are_all_there_are() -> None:
    assert list(SCHEMAS) == NAMES
    shipped = {path.name for path in (PROJECT / "schemas").iterdir()}
    assert shipped == {f"{name}.schema.json" for name in NAMES}


def test_those_that_are_missing_are_told_then_written_then_up_to_date(two: Path) -> None:
    missing = kpf("schema", "--check", cwd=two)
    assert (missing.status, missing.err) == (1, "")
    assert missing.out.splitlines() == [
        *(f"schemas/{name}.schema.json is missing." for name in NAMES),
        "Bring them up to date: kpf schema --write",
    ]
    written = kpf("schema", "--write", cwd=two)
    assert (written.status, written.err) == (0, "")
    assert written.out.splitlines() == [f"schemas/{name}.schema.json written" for name in NAMES]
    for name in NAMES:
        file = f"{name}.schema.json"
        assert (two / "schemas" / file).read_bytes() == (PROJECT / "schemas" / file).read_bytes()
    assert (kpf("schema", "--check", cwd=two).status, kpf("schema", "--check", cwd=two).out) == (
        0,
        "All schemas are up to date.\n",
    )
    assert kpf("schema", "--write", cwd=two).out == "All schemas in schemas/ are up to date.\n"


def test_one_that_has_fallen_behind_is_the_only_one_told_and_written(two: Path) -> None:
    kpf("schema", "--write", cwd=two)
    council = two / "schemas" / "council.schema.json"
    council.write_text(json.dumps({"old": True}), "utf-8")
    ran = kpf("schema", "--check", "--register", two, cwd=two / "partnerships")
    assert ran.status == 1
    assert ran.out.splitlines()[0] == "../schemas/council.schema.json has fallen behind."
    assert len(ran.out.splitlines()) == 2
    assert kpf("schema", "--write", cwd=two).out == "schemas/council.schema.json written\n"
    assert kpf("schema", "--check", cwd=two).status == 0


def test_line_ends_of_another_system_are_no_difference(two: Path) -> None:
    kpf("schema", "--write", cwd=two)
    for file in (two / "schemas").iterdir():
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert kpf("schema", "--check", cwd=two).status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], f"Which schema? Write one of: {', '.join(NAMES)}. Or --write, or --check."),
        (
            ["partnerships"],
            f"schema partnerships is not known. Did you mean partnership? Write one of: {', '.join(NAMES)}.",
        ),
        (["--write", "--check"], "Choose one: the name of a schema to print, --write, or --check."),
        (["council", "--check"], "Choose one: the name of a schema to print, --write, or --check."),
    ],
)
def test_a_slip_on_the_command_line(two: Path, arguments: list[str], said: str) -> None:
    assert kpf("schema", *arguments, cwd=two).said == said
    assert not (two / "schemas").exists()


def test_without_a_register_there_is_nothing_to_write_to(tmp_path: Path) -> None:
    for option in ("--write", "--check"):
        assert kpf("schema", option, cwd=tmp_path).said.startswith("There is no folder partnerships/ here")


def test_a_folder_that_cannot_be_made(two: Path) -> None:
    (two / "schemas").touch()
    assert kpf("schema", "--write", cwd=two).said == "schemas/partnership.schema.json cannot be read: not a directory."
    assert kpf("schema", "--check", cwd=two).said == "schemas/partnership.schema.json cannot be read: not a directory."
