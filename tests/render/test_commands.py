"""Workflow commands, read back by what the vendors document of them: GitHub's runner and the Azure agent."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from kpf.finding import Finding, Severity, Verdict
from tests.cli.running import GOOD, PARKS, check, register
from tests.processes import SECONDS
from tests.render.making import PLACE, finding, result, written
from tests.render.parsing import Command, azure_commands, github_commands


def github(*findings: Finding, name: str = "Parks", home: str | None = None) -> list[Command]:
    return github_commands(written("github", result(*findings, name=name, home=home)))


def azure(*findings: Finding, home: str | None = None) -> list[Command]:
    return azure_commands(written("azure", result(*findings, home=home)))


# -- GitHub --------------------------------------------------------------------------------------------


def test_an_annotation_says_where_what_and_which_duty_asks() -> None:
    (command,) = github(finding())
    assert command.name == "error"
    assert command.message == "Wrong. Mend it."
    assert command.properties == {
        "file": "partnerships/parks.yaml",
        "line": "7",
        "col": "3",
        "endLine": "7",
        "endColumn": "9",
        "title": "Parks: nothing-held [MGR-3]",
    }


@pytest.mark.parametrize(
    ("severity", "name"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "notice")]
)
def test_the_kind_of_annotation_follows_the_severity(severity: Severity, name: str) -> None:
    assert [command.name for command in github(finding(severity=severity))] == [name]


def test_what_has_a_meaning_in_commands_comes_back_as_it_was() -> None:
    nasty = "100%: a, b; c]::d%0A%25"
    (command,) = github(finding(nasty), home="a,b:c%/", name=nasty)
    assert command.message == f"{nasty} Mend it."
    assert command.properties["title"] == f"{nasty}: nothing-held [MGR-3]"
    assert command.properties["file"] == "a,b:c%/parks.yaml"


def test_a_stretch_of_several_lines_has_no_columns() -> None:
    (command,) = github(finding(location=replace(PLACE, end_line=9)))
    assert command.properties.keys() == {"file", "line", "endLine", "title"}
    assert command.properties["endLine"] == "9"


def test_a_place_without_width_has_one_column() -> None:
    (command,) = github(finding(location=replace(PLACE, end_column=3)))
    assert (command.properties["col"], command.properties["endColumn"]) == ("3", "4")


def test_the_ten_worst_come_first_and_then_the_count_of_the_rest() -> None:
    notes = [finding(f"Note {number}.", Severity.NOTE) for number in range(4)]
    gaps = [finding(f"Gap {number}.", verdict=Verdict.NOT_KNOWN) for number in range(7)]
    warnings = [finding(f"Warning {number}.", Severity.WARNING) for number in range(3)]
    contradiction = finding("Contradiction.")
    fault = finding("Fault.", verdict=None, duties=())
    commands = github(*notes, *gaps, *warnings, contradiction, fault)
    assert [command.message.split()[0] for command in commands[:10]] == [
        "Fault.",
        "Contradiction.",
        *["Gap"] * 7,
        "Warning",
    ]
    assert [command.name for command in commands] == ["error"] * 9 + ["warning", "notice"]
    assert commands[10].message == (
        "6 more findings: 2 warnings, 4 notes. GitHub shows only a few of one step; text and Markdown list them all."
    )


def test_ten_are_not_followed_by_a_count() -> None:
    assert len(github(*(finding(f"Gap {number}.") for number in range(10)))) == 10


def test_what_several_partnerships_share_is_told_once() -> None:
    shared = replace(PLACE, path="partnerships/_organisations.yaml")
    (command,) = github(*(finding(location=shared, partnership=id_) for id_ in ("a", "b", "parks")))
    assert command.properties["title"] == "_organisations.yaml: nothing-held [MGR-3]"


def test_nothing_found_says_nothing() -> None:
    assert written("github", result()) == written("azure", result()) == ""


# -- Azure ---------------------------------------------------------------------------------------------


def test_an_issue_says_where_what_and_which_duty_asks() -> None:
    (command,) = azure(finding())
    assert command.name == "task.logissue"
    assert command.message == "Parks: nothing-held [MGR-3]: Wrong. Mend it."
    assert command.properties == {
        "type": "error",
        "sourcepath": "partnerships/parks.yaml",
        "linenumber": "7",
        "columnnumber": "3",
        "code": "nothing-held",
    }


def test_what_has_a_meaning_to_the_agent_comes_back_as_it_was() -> None:
    nasty = "100%: a, b; c]::d%0A%25%AZP25"
    (command,) = azure(finding(nasty), home="a;b]c%/")
    assert command.message == f"Parks: nothing-held [MGR-3]: {nasty} Mend it."
    assert command.properties["sourcepath"] == "a;b]c%/parks.yaml"


def test_azure_knows_no_notes() -> None:
    text = written("azure", result(finding("Hm.", Severity.NOTE), finding("Oh.", Severity.WARNING)))
    command, note = text.splitlines()
    assert [entry.properties["type"] for entry in azure_commands(command)] == ["warning"]
    assert note == "partnerships/parks.yaml:7:3: note nothing-held [MGR-3] Hm."


def test_azure_counts_the_rest_too() -> None:
    commands = azure(*(finding(f"Gap {number}.") for number in range(12)))
    assert len(commands) == 11
    assert commands[10].properties == {"type": "warning"}
    assert commands[10].message.startswith("2 more findings: 2 errors.")


# -- a path as the service knows it --------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that holds the register in a folder of its own."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True, timeout=SECONDS)
    register(tmp_path / "town hall", GOOD, parks=PARKS)
    return tmp_path


@pytest.mark.parametrize("where", [".", "town hall", "town hall/partnerships"])
def test_paths_are_those_of_the_repository_wherever_kpf_is_started(where: str, repository: Path) -> None:
    options = ["--register", "town hall"] if where == "." else []
    ran = check("--format", "github", "--format", "azure", *options, cwd=repository / where)
    files = {command.properties.get("file") for command in github_commands(ran.out)[:10]}
    files |= {command.properties.get("sourcepath") for command in azure_commands(ran.out)[:10]}
    assert files == {"town hall/partnerships/parks.yaml"}


def test_outside_git_paths_are_those_of_the_working_folder(tmp_path: Path) -> None:
    two = register(tmp_path, GOOD, parks=PARKS)
    commands = github_commands(check("--format", "github", cwd=two).out)
    assert {command.properties["file"] for command in commands[:10]} == {"partnerships/parks.yaml"}
