"""docs/framework.md: an edition written from its blocks is whole, and its commands answer as it shows."""

import re
from pathlib import Path
from typing import Final

import pytest

from kpf.edition.checking import CONDITIONS
from kpf.edition.settable import settable
from kpf.model.edition import AppliesTo, Ask, FrameworkFile
from kpf.model.record import about_fields
from kpf.model.shapes import fields_of
from tests.cli.running import kpf
from tests.editions.test_framework_command import write_register

PAGE: Final = (Path(__file__).parents[2] / "docs" / "framework.md").read_text("utf-8")
BLOCKS: Final = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SHOWN: Final = re.findall(r"^```console\n\$ (kpf .*?)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
HEADING, DUTY, ANSWERS, CHANGES, REVISED = BLOCKS


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """The register of a council that has written what the page writes."""
    write_register(tmp_path)
    home = tmp_path / "partnerships"
    (home / "_framework.yaml").write_text(HEADING + DUTY, "utf-8")
    return tmp_path


def answer(council: Path) -> None:
    path = council / "partnerships" / "leisure-centres.yaml"
    path.write_text(path.read_text("utf-8") + ANSWERS, "utf-8")


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_answers_as_the_page_shows(council: Path, command: str, output: str) -> None:
    if " due " in command:
        answer(council)
    ran = kpf(*command.split()[1:], cwd=council)
    assert (ran.err, ran.out) == ("", output)


def test_the_changes_that_it_shows_can_be_made(council: Path) -> None:
    (council / "partnerships" / "_framework.yaml").write_text(HEADING + DUTY + CHANGES, "utf-8")
    ran = kpf("framework", "check", "--as-at", "2026-11-23", cwd=council)
    assert (ran.status, ran.err) == (0, "")


def test_the_revision_that_it_shows_counts_from_its_day(council: Path) -> None:
    (council / "partnerships" / "_framework.yaml").write_text(HEADING + DUTY + REVISED, "utf-8")
    ran = kpf("framework", "check", "--as-at", "2026-11-23", cwd=council)
    assert (ran.status, ran.err) == (0, "")
    before, after = (
        kpf("framework", "show", "--why", "--as-at", day, cwd=council).out for day in ("2027-03-31", "2027-04-01")
    )
    assert "Revised on 18 March 2027 by Executive Cabinet (minute EC/27/22)." in before
    assert "DIS-1 " in before
    assert "(not asked)" not in before
    assert "(not asked)" in after
    assert "Set: how often a continuity plan is tested: 2 years." in " ".join(after.split())


def test_the_answers_that_it_shows_are_answers(council: Path) -> None:
    answer(council)
    assert kpf("check", "-q", "--as-at", "2026-11-23", cwd=council).status == 0


def test_it_tells_of_every_verb_kind_check_condition_and_parameter() -> None:
    for about in about_fields(FrameworkFile).values():
        assert re.search(rf"^ *{about.key}:", PAGE, re.MULTILINE), about.key
    (kind,) = (field for field in fields_of(Ask) if field.about.key == "is")
    assert kind.shape.written
    assert all(f"| `{one}` |" in PAGE for one in kind.shape.written.choices)
    assert all(f"| `{one}:" in PAGE for one in (*CONDITIONS, "both", "needed"))
    assert all(f"`{about.key}`" in PAGE for about in about_fields(AppliesTo).values())
    assert all(f"| {duty} | `{name}` |" in PAGE for duty, given in settable().items() for name in given)
