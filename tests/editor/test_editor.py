"""What somebody sees who opens a register in VS Code: the language server behind its YAML extension, asked for real."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from kpf.model import Partnership
from kpf.model.agreement import Agreement
from kpf.model.shapes import field_named
from kpf.model.values import TOPICS
from tests.cli.running import PROJECT
from tests.editor.server import Server
from tests.others import yaml_language_server

MODELINE: Final = "# yaml-language-server: $schema=../schemas/partnership.schema.json\n"
FILES = sorted([*(PROJECT / "partnerships").glob("*.yaml"), *(PROJECT / "examples").glob("*/partnerships/*.yaml")])


def settings() -> dict[str, Any]:
    """The settings that are shipped, as VS Code hands them to the server."""
    shipped = json.loads((PROJECT / ".vscode" / "settings.json").read_text("utf-8"))
    yaml: dict[str, Any] = {}
    for name, value in shipped.items():
        if name.startswith("yaml."):
            *groups, last = name.split(".")[1:]
            here = yaml
            for group in groups:
                here = here.setdefault(group, {})
            here[last] = value
    return {"yaml": yaml, "[yaml]": shipped["[yaml]"]}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with started(tmp_path_factory.mktemp("project")) as server:
        yield server


def started(folder: Path) -> Server:
    """An editor with the whole project open, as a fresh clone has it."""
    for name in ("partnerships", "examples", "schemas"):
        shutil.copytree(PROJECT / name, folder / name)
    return Server(yaml_language_server(), folder, settings())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_each_shipped_file_starts_with_the_line_that_turns_help_on(path: Path) -> None:
    shared = {"_council": "council", "_organisations": "organisations", "_framework": "framework"}
    kind = shared.get(path.stem, "partnership")
    first = path.read_text("utf-8").partition("\n")[0]
    start, _, schema = first.partition("=")
    assert start == "# yaml-language-server: $schema"
    assert (path.parent / schema).resolve() == PROJECT / "schemas" / f"{kind}.schema.json"


def test_nothing_is_marked_in_files_in_which_kpf_finds_no_fault(editor: Server) -> None:
    sound = [path for path in FILES if "faults" not in path.parts]
    assert len(sound) > 20
    for path in sound:
        assert editor.opened(editor.folder / path.relative_to(PROJECT)) == [], path


def test_a_name_that_does_not_exist_is_marked_where_it_stands(editor: Server) -> None:
    (marked,) = editor.typed(f"{MODELINE}name: Parks\nmanger: Parks Manager\n")
    assert marked["range"] == {"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 6}}
    assert marked["message"] == "Property manger is not allowed."


KINDS = '"contract", "cross-sector", "statutory", "joint-committee"'


@pytest.mark.parametrize(
    ("line", "wrong", "message"),
    [
        ("kind: contrct", "contrct", f"Value is not accepted. Valid values: {KINDS}."),
        (
            "agreement: {signed: 20/02/2026}",
            "20/02/2026",
            "Write a day as year, month and day, for example 2026-11-23.",
        ),
        (
            "agreement: {exit: {notice: a year}}",
            "a year",
            "Write a number and a unit of time, 10 years at most, for example 3 months.",
        ),
        (
            "agreement: {value: {yearly: £480k}}",
            "£480k",
            "Write an amount in pounds without commas or a pound sign, for example 1250000.",
        ),
        ("partners: Veolia", "Veolia", "Write each entry on its own line, with a dash."),
        ("scope: all", "all", "Write names with values here, each on its own line, two spaces further in."),
        ("manager: [Parks Manager]", "Parks Manager", "Write one value here, not a list."),
    ],
)
def test_a_bad_value_is_marked_where_it_stands_and_told_what_to_write(
    editor: Server, line: str, wrong: str, message: str
) -> None:
    (marked,) = editor.typed(f"{MODELINE}name: Parks\n{line}\n")
    start = line.index(wrong)
    assert marked["range"] == {
        "start": {"line": 2, "character": start},
        "end": {"line": 2, "character": start + len(wrong)},
    }
    assert marked["message"] == message


def test_resting_on_a_name_shows_what_it_is_for_and_which_duty_asks(editor: Server) -> None:
    text = f"{MODELINE}name: Parks\nmanager: Parks Manager\nagreement:\n  signed: 2024-02-20\n"
    editor.typed(text)
    for record, name, duty, line, column in (
        (Partnership, "manager", "INT-3", 3, 3),
        (Agreement, "signed", "AGR-1", 5, 4),
    ):
        field = field_named(record, name)
        assert field
        shown = editor.hover(editor.new_file, line, column)
        assert field.about.help in shown
        assert f"{duty}: " in shown


def test_the_topics_of_the_agreement_are_offered(editor: Server) -> None:
    editor.typed(f"{MODELINE}name: Parks\nagreement:\n  \n")
    offered = editor.completions(editor.new_file, 4, 3)
    assert set(TOPICS) <= set(offered)
    assert [name for name in offered if name in TOPICS] == list(TOPICS), "in the order of the framework"


def test_the_words_that_a_value_can_be_are_offered(editor: Server) -> None:
    editor.typed(f"{MODELINE}name: Parks\nkind: \n")
    offered = editor.completions(editor.new_file, 3, 7)
    assert offered[:4] == ["contract", "cross-sector", "statutory", "joint-committee"]


@pytest.mark.parametrize("name", list(Partnership.model_fields))
def test_whatever_is_offered_is_something_to_write(editor: Server, name: str) -> None:
    editor.typed(f"{MODELINE}{name}: \n")
    offered = editor.completions(editor.new_file, 2, len(name) + 3)
    assert not [label for label in offered if "[object" in label]


def test_the_shipped_settings_help_with_files_that_lack_the_line(tmp_path: Path) -> None:
    home = tmp_path / "partnerships"
    with started(tmp_path) as editor:
        for name, known in (
            ("_council.yaml", "local_choices"),
            ("_organisations.yaml", "sector"),
            ("new.yaml", "remit"),
        ):
            (marked,) = editor.opened(home / name, "Parks Trust: {manger: x}\n")
            assert known in marked["data"]["properties"], name


def test_the_extension_is_recommended() -> None:
    shipped = json.loads((PROJECT / ".vscode" / "extensions.json").read_text("utf-8"))
    assert shipped == {"recommendations": ["redhat.vscode-yaml"]}
