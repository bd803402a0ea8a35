"""What only duties ask for that the edition leaves out is asked for nowhere, and is no fault where it is recorded."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.cli.running import kpf
from tests.editions.test_broken_editions import HEADING
from tests.plain import ALDERMERE

DAY: Final = ("--as-at", "2026-11-23")
LEFT_OUT: Final = ("KEY-1", "KEY-2", "KEY-4", "KEY-6", "DQU-4", "EQD-3", "OFF-1")
FIELDS: Final = ("key_factors", "strategic_objectives", "data_errors", "governance_of_partners_checked")
SMALL: Final = """\
name: Small
kind: contract
lead_service: Leisure and Open Spaces
manager: Leisure Contracts Manager
on_the_list: {from: 2024-04-01, decided_by: Executive Cabinet, minute: EC/23/114}
partners: [Fellbrook Leisure Trust]
"""
RECORDED: Final = """\
key_factors:
  strategic_objectives: {score: 1, reason: The council has no leisure staff of its own}
monitoring:
  governance_of_partners_checked: [{partner: Fellbrook Leisure Trust, on: 2019-04-28}]
  data_errors: [{found: 2026-05-05, what: Visits were counted twice.}]
"""


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A register whose edition leaves these duties out, and of which a small file says nothing of what they ask for."""
    home = tmp_path / "partnerships"
    home.mkdir()
    for path in (ALDERMERE / "partnerships").glob("_[co]*.yaml"):
        (home / path.name).write_text(path.read_text("utf-8"), "utf-8")
    drops = "".join(f"  {duty}: {{reason: The council asks for it elsewhere.}}\n" for duty in LEFT_OUT)
    (home / "_framework.yaml").write_text(f"{HEADING}drop:\n{drops}", "utf-8")
    (home / "small.yaml").write_text(SMALL, "utf-8")
    return tmp_path


def named(text: str) -> list[str]:
    """The fields that `text` speaks of."""
    return [field for field in FIELDS if re.search(rf"(?<![\w.]){field}\b", text)]


@pytest.mark.parametrize("command", [("check",), ("fix", "--diff"), ("due",), ("ask", "small", "-o", "asked")])
def test_it_is_asked_for_nowhere(council: Path, command: tuple[str, ...]) -> None:
    ran = kpf(*command, *DAY, cwd=council)
    assert ran.status in {0, 1}
    assert named(ran.out + ran.err) == []


def test_a_new_file_has_no_place_for_it(council: Path) -> None:
    assert kpf("new", "other", "--no-input", "--name", "Other", *DAY, cwd=council).status == 0
    text = (council / "partnerships" / "other.yaml").read_text("utf-8")
    assert "# monitoring:" in text
    assert named(text) == []


def test_a_half_year_is_opened_without_it(council: Path) -> None:
    edition = council / "partnerships" / "_framework.yaml"
    edition.write_text(f"{HEADING}drop: {{REP-4b: {{reason: The budget report says it.}}}}\n", "utf-8")
    assert kpf("record", "half-year", "2026/27-H2", "--yes", cwd=council).status == 0
    text = (council / "partnerships" / "small.yaml").read_text("utf-8")
    assert "outcomes:" in text
    assert "budget:" not in text


def test_an_editor_says_of_no_field_that_they_ask_for_it(council: Path) -> None:
    kpf("schema", "--write", cwd=council)
    texts = [
        path.read_text("utf-8")
        for path in (council / "schemas").glob("*.json")
        if path.name.startswith(("p", "c", "o"))
    ]
    assert not [text for text in texts if re.search(rf"\b({'|'.join(LEFT_OUT)}): ", text)]
    assert kpf("schema", "--check", cwd=council).status == 0


def test_what_is_recorded_of_it_makes_no_finding(council: Path) -> None:
    (council / "partnerships" / "small.yaml").write_text(SMALL + RECORDED, "utf-8")
    ran = kpf("check", "partnerships/small.yaml", "--format", "json", *DAY, cwd=council)
    assert [found["message"] for found in ran.json["findings"] if set(found["duties"]) <= {*LEFT_OUT}] == []
    verdicts = {one["verdict"] for one in ran.json["verdicts"] if one["duty"] in LEFT_OUT}
    assert verdicts == {"not_applicable"}


def test_the_words_in_an_editor_are_those_in_force(council: Path) -> None:
    edition = council / "partnerships" / "_framework.yaml"
    edition.write_text(f"{HEADING}set: {{NEW-2: {{to: Policy and Resources Committee}}}}\n", "utf-8")
    kpf("schema", "--write", cwd=council)
    said = (council / "schemas" / "partnership.schema.json").read_text("utf-8")
    assert "NEW-2: Policy and Resources Committee approves a new key partnership." in said
    assert "Executive Cabinet approves" not in said
