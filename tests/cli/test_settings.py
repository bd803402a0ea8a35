"""What kpf.toml, or [tool.kpf] in pyproject.toml, sets for every run; and what a change of it is."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.running import check
from tests.repositories import replace_in
from tests.rules.laying import EXAMPLE, FILES, OWN
from tests.since.changing import Change


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The register of one complete partnership."""
    (tmp_path / "partnerships").mkdir()
    for name in FILES:
        shutil.copy(EXAMPLE / name, tmp_path / "partnerships" / name)
    return tmp_path


@pytest.fixture
def change(folder: Path, tmp_path: Path, git_alone: None) -> Change:
    """A branch of the same."""
    del git_alone  # asked for, so that it comes first
    return Change.of(folder / "partnerships", tmp_path / "example")


def without_manager(folder: Path) -> None:
    replace_in(folder / "partnerships" / OWN, "manager: Leisure Contracts Manager\n", "")


def set_(folder: Path, text: str, name: str = "kpf.toml") -> None:
    (folder / name).write_text(text, "utf-8")


def test_what_the_file_sets_counts_and_is_told(folder: Path) -> None:
    without_manager(folder)
    assert check(cwd=folder).status == 1
    set_(folder, 'fail-on = "never"\n')
    ran = check(cwd=folder)
    assert ran.status == 0
    assert "Settings from kpf.toml: fail-on never." in " ".join(ran.out.split())
    assert check("--format", "json", cwd=folder).json["settings"]["fail_on"] == "never"


def test_the_command_line_wins(folder: Path) -> None:
    without_manager(folder)
    set_(folder, '[tool.kpf]\nfail-on = "never"\nselect = ["REV-1"]\n', "pyproject.toml")
    assert check("--fail-on", "error", "--select", "MGR-0", cwd=folder).status == 1
    assert check("--no-settings", cwd=folder).status == 1
    assert check(cwd=folder).status == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('fail_on = "error"\n', "“fail_on” is not a setting. Did you mean fail-on?"),
        ('fail-on = "often"\n', "fail-on is “often”. Write one of: error, warning, note, never."),
        ("select = 3\n", 'select must be a list of texts: select = ["…"]'),
        ('since = ""\n', 'since must be a text: since = "…"'),
        ('site = "javascript:alert(1)"\n', 'Write its whole address: site = "https://…"'),
        ("fail-on = \n", "kpf.toml in ./ cannot be read: Invalid value"),
        ('ignore = ["RSK-99"]\n', "“RSK-99” is not a rule, a duty or a section of the framework."),
    ],
)
def test_what_means_nothing_is_told(folder: Path, text: str, message: str) -> None:
    set_(folder, text)
    assert message in check(cwd=folder).said


def test_two_files_with_settings_are_too_many(folder: Path) -> None:
    set_(folder, 'fail-on = "error"\n')
    set_(folder, "[tool.kpf]\n", "pyproject.toml")
    assert "Keep one of them." in check(cwd=folder).said


@pytest.mark.parametrize("text", ["[tool.other]\nkpf = 1\n", "not toml, but kpf", '[project]\nname = "kpf"\n'])
def test_another_pyproject_is_left_alone(folder: Path, text: str) -> None:
    set_(folder, text, "pyproject.toml")
    assert check(cwd=folder).status == 0


def test_a_change_that_eases_the_settings_fails(change: Change) -> None:
    set_(change.folder, 'fail-on = "warning"\n')
    change.committed()
    set_(change.folder, 'fail-on = "error"\nignore = ["RSK-4"]\n')
    (first, second) = change.json(since="HEAD")["findings"]
    assert (first["rule"], first["path"], first["line"]) == ("rule-loosened", "kpf.toml", 1)
    assert first["message"].startswith("The setting fail-on is now error; it was warning.")
    assert (second["rule"], second["line"]) == ("rule-loosened", 2)
    set_(change.folder, 'fail-on = "note"\n')
    assert change.check(since="HEAD").status == 0


def test_a_change_of_the_settings_may_be_agreed(change: Change) -> None:
    set_(change.folder, 'ignore = ["RSK-4"]\n')
    change.add(
        "_council.yaml",
        "\nagreed_changes:\n  - {what: 'settings, ignore', reason: Risks are kept elsewhere., "
        "agreed_by: Executive Cabinet, on: 2026-11-02, minute: EC/26/81}\n",
    )
    ran = change.check()
    assert ran.status == 0, ran.out
    assert "Agreed by Executive Cabinet on 2 November 2026 (minute EC/26/81)." in " ".join(ran.out.split())


def test_since_may_be_set(change: Change) -> None:
    set_(change.folder, 'since = "main"\n')
    change.committed()
    assert check(cwd=change.folder).out.startswith("This change ")


def test_statistics_count_by_rule_and_by_duty(folder: Path) -> None:
    without_manager(folder)
    ran = check("--statistics", cwd=folder)
    assert ran.status == 1
    assert "\nFINDINGS BY DUTY\n" in ran.out
    assert re.search("^  1 +MGR-0 ", ran.out, re.MULTILINE)
    assert "Two formats" in check("--statistics", "--format", "text", cwd=folder).said
