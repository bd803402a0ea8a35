"""A county council of a committee system: nothing that kpf says to it is another council's, or of another's bodies."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.cli.running import kpf
from tests.plain import ALDERMERE

DAY: Final = ("--as-at", "2026-11-23")
COMMITTEE: Final = "Policy and Resources Committee"
OF_OTHERS: Final = re.compile(r"executive\s+cabinet|chorley|active nation|APA-[1-9]", re.IGNORECASE)
"""The packaged edition's body, its council, and what that council's appendix promises."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example register as a county council would have it whose Policy and Resources Committee decides."""
    home = tmp_path_factory.mktemp("county") / "partnerships"
    home.mkdir()
    for path in (ALDERMERE / "partnerships").glob("*.yaml"):
        text = path.read_text("utf-8").replace("Executive Cabinet", COMMITTEE)
        (home / path.name).write_text(text.replace("Aldermere Borough Council", "Marlshire County Council"), "utf-8")
    council = home / "_council.yaml"
    text = council.read_text("utf-8")
    found = re.search(r"executive_cabinet:\n((?:  - [^\n]*\n)+)", text)
    assert found
    days = ", ".join(re.findall(r"- (\S+)", found[1]))
    text = text.replace(found[0], "").replace("other_names: [Cabinet, The Executive]", f"meets: [{days}]")
    council.write_text(text, "utf-8")
    edition = home / "_framework.yaml"
    edition.write_text(f"{edition.read_text('utf-8')}\nset:\n  NEW-2: {{to: {COMMITTEE}}}\n", "utf-8")
    return home.parent


@pytest.mark.parametrize(
    "command",
    [
        ("framework", "check"),
        ("framework", "show", "--why"),
        ("check",),
        ("check", "--format", "sarif"),
        ("show", "leisure-centres"),
        ("due", "--why"),
        ("trace", "--format", "csv"),
        ("report", "--period", "H2"),
        ("report", "--period", "H2", "--part", "exempt"),
        ("report", "leisure-centres", "--kind", "review"),
        ("report", "leisure-centres", "--kind", "proposal"),
        ("report", "--kind", "register"),
        ("report", "--kind", "assurance"),
    ],
    ids=" ".join,
)
def test_nothing_is_said_of_another_councils_bodies_and_promises(county: Path, command: tuple[str, ...]) -> None:
    ran = kpf(*command, *DAY, cwd=county)
    assert ran.status in {0, 1}
    said = ran.out + ran.err
    assert [line for line in said.splitlines() if OF_OTHERS.search(line)] == []


def test_its_body_is_the_one_that_is_named(county: Path) -> None:
    due = kpf("due", *DAY, cwd=county).out
    assert f"\n{COMMITTEE.upper()}\n" in due
    assert f"{COMMITTEE} in that time: first on 10 December 2026" in " ".join(due.split())
    paper = kpf("report", "--period", "H2", *DAY, cwd=county).out
    assert f"That {COMMITTEE}:" in paper
    explained = " ".join(kpf("explain", "REP-1", cwd=county).out.split())
    assert f"puts a formal report before {COMMITTEE}." in explained


def test_a_decision_of_a_body_that_the_council_does_not_have_is_none(county: Path, tmp_path: Path) -> None:
    home = tmp_path / "partnerships"
    home.mkdir()
    for path in (county / "partnerships").iterdir():
        text = path.read_text("utf-8")
        if path.name == "leisure-centres.yaml":
            text = text.replace(f"by: {COMMITTEE}", "by: Executive Cabinet", 1)
        (home / path.name).write_text(text, "utf-8")
    said = " ".join(kpf("check", *DAY, cwd=tmp_path).out.split())
    assert "“Executive Cabinet” is not a body, an office or a post that _council.yaml lists." in said


def test_an_arrangement_cannot_stand_for_another_councils_promise(county: Path, tmp_path: Path) -> None:
    home = tmp_path / "partnerships"
    home.mkdir()
    for path in (county / "partnerships").iterdir():
        text = path.read_text("utf-8")
        if path.name == "leisure-centres.yaml":
            text = re.sub(r"(\n    partnership-board:\n)", r"\1      statement: APA-2b\n", text)
        (home / path.name).write_text(text, "utf-8")
    said = " ".join(kpf("check", *DAY, cwd=tmp_path).out.split())
    assert "APA-2b" in said
    assert "name-stands-for-nothing" in said


PROMISED: Final = """
  BOA-1:
    section: What single partnerships promise
    duty: The board of the leisure centres meets every three months.
    source: Appendix A, row 1
    verb: must
    applies: {partnership: [Aldermere Leisure Centres]}
    asks:
      board_met: {is: days, help: The days on which it met., example: 2026-09-10}
    check: {fresh_for: 3 months}
    examples:
      meets: {board_met: 2026-09-10}
      breaks: {board_met: 2026-01-10}
"""


def test_it_brings_commitments_of_its_own(county: Path, tmp_path: Path) -> None:
    home = tmp_path / "partnerships"
    home.mkdir()
    for path in (county / "partnerships").iterdir():
        text = path.read_text("utf-8")
        if path.name == "_framework.yaml":
            text = text.replace("\nset:", f"{PROMISED}\nset:")
        (home / path.name).write_text(text, "utf-8")
    ran = kpf("framework", "check", *DAY, cwd=tmp_path)
    assert (ran.status, ran.err) == (0, ""), ran.out
    asked = kpf("due", "--duty", "BOA-1", *DAY, cwd=tmp_path).out
    assert "Aldermere Leisure Centres" in asked
    assert "Community Safety" not in asked


def test_while_the_council_is_not_named_nothing_is_said_of_another_one(county: Path, tmp_path: Path) -> None:
    home = tmp_path / "partnerships"
    home.mkdir()
    for path in (county / "partnerships").iterdir():
        text = path.read_text("utf-8").replace("council: Marlshire County Council", "council:")
        (home / path.name).write_text(text, "utf-8")
    said = kpf("framework", "show", *DAY, cwd=tmp_path).out
    assert "Existing key partnerships" in said
    assert [line for line in said.splitlines() if OF_OTHERS.search(line)] == []
