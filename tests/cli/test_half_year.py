"""`kpf record half-year`: the half-year opened in every file beforehand, which records nothing and asks for nothing."""

import io
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.cli.running import AS_AT, GOOD, PROJECT, Ran, kpf, register
from tests.repositories import alone, commit, run

ENDED = "payroll-service.yaml"
PROPOSED = "warm-homes.yaml"
NEW = "grounds-maintenance.yaml"
WASTE = "waste-and-recycling.yaml"


def opened(*arguments: str, cwd: Path, answer: str = "") -> Ran:
    with patch.object(sys, "stdin", io.StringIO(answer)):
        return kpf("record", "half-year", *arguments, cwd=cwd)


@pytest.fixture
def several(tmp_path: Path) -> Path:
    return register(tmp_path, GOOD, WASTE, ENDED, PROPOSED)


def test_every_name_is_there_with_nothing_behind_it(several: Path) -> None:
    ran = opened("2026-27-H2", cwd=several, answer="y\n")
    assert (ran.status, ran.err) == (0, "")
    text = (several / "partnerships" / WASTE).read_text("utf-8")
    assert (
        "by: 2026-12-31\n"
        "  2026/27 H2:\n"
        "    actual:\n"
        "      recycling:\n"
        "      missed:\n"
        "      streets:\n"
        "    evidence_seen:\n"
        "      on:\n"
        "      by:\n"
        "      what:\n"
        "    budget:\n"
        "      planned:\n"
        "      actual:\n"
        "    delivered:\n"
        "      recycle-more:\n"
        "        done:\n"
        "        outputs:\n"
        "      right-first-time:\n"
        "        done:\n"
        "        outputs:\n"
        "      cleaner-fleet:\n"
        "        done:\n"
        "        outputs:\n"
        "    outcomes:\n"
        "    issues:\n"
    ) in text


def test_it_says_what_it_does_and_what_it_leaves(several: Path) -> None:
    ran = opened("2026/27 H2", cwd=several, answer="y\n")
    shown, _, the_same = ran.out.partition("\nIn the same way, each with its own measures and objectives:\n")
    assert shown.startswith(f"--- partnerships/{GOOD}\n")
    assert the_same.splitlines() == [
        f"  partnerships/{WASTE}",
        "",
        "Left as they are:",
        f"  partnerships/{ENDED}: ended on 31 March 2026",
        f"  partnerships/{PROPOSED}: is a proposal that has not begun by then",
        "",
        "Write these 2 files?",
        "Yes or no: y",
        "2026/27 H2 is open in these 2 files. kpf check says what is left to do for each.",
    ]


def test_a_second_time_there_is_nothing_left_to_open(several: Path) -> None:
    opened("2026/27-H2", "--yes", cwd=several)
    ran = opened("2026/2027 h2", "--yes", cwd=several)
    assert ran.status == 0
    assert f"  partnerships/{GOOD}: has it already\n" in ran.out
    assert ran.out.endswith("\nNothing is left to open for 2026/27 H2.\n")


def test_only_for_some(several: Path) -> None:
    ran = opened("2026/27-H2", "waste-and-recycling", "--yes", cwd=several)
    assert ran.out.endswith("2026/27 H2 is open in this file. kpf check says what is left to do for each.\n")
    assert "2026/27 H2:" not in (several / "partnerships" / GOOD).read_text("utf-8")


def test_opening_it_changes_no_verdict(several: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Neither before the half-year is over nor after, and no pull request fails for it."""
    with pytest.MonkeyPatch.context() as patch_:
        alone(patch_, tmp_path_factory.mktemp("home"))
        run(several, "init", "--quiet", "--initial-branch", "main")
        commit(several)
        days = ("2026-11-23", "2027-04-02", "2027-10-02")
        before = [kpf("check", "--as-at", day, "--format", "json", cwd=several).json for day in days]
        opened("2026/27-H2", "--yes", cwd=several)
        for day, then in zip(days, before, strict=True):
            now = kpf("check", "--as-at", day, "--format", "json", cwd=several).json
            assert now["tally"] == then["tally"]
            assert [found["message"] for found in now["findings"]] == [found["message"] for found in then["findings"]]
        assert kpf("check", "--since", "main", "--as-at", AS_AT, cwd=several).status == 0


def test_an_appendix_a_file_stays_as_open_as_it_was(tmp_path: Path) -> None:
    veolia = (PROJECT / "partnerships" / "veolia.yaml").read_text("utf-8")
    folder = register(tmp_path, veolia=veolia)
    before = kpf("check", "--as-at", AS_AT, "--format", "json", cwd=folder).findings
    opened("2026/27-H1", "--yes", cwd=folder)
    after = kpf("check", "--as-at", AS_AT, "--format", "json", cwd=folder).findings
    assert sorted(found["message"] for found in after) == sorted(found["message"] for found in before)


def test_all_or_none(tmp_path: Path) -> None:
    folder = register(tmp_path, GOOD, broken="name: [\n", broken2="a: *b\n")
    before = (folder / "partnerships" / GOOD).read_bytes()
    ran = opened("2026/27-H2", "--yes", cwd=folder)
    assert ran.status == 2
    assert ran.err == (
        "kpf: Nothing was written, because broken and broken2 cannot be changed. Correct the slips above, "
        "or name the partnerships to open it for.\n"
    )
    assert len(ran.out.splitlines()) == 2
    assert (folder / "partnerships" / GOOD).read_bytes() == before


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_without_a_yes_nothing_is_written(several: Path, answer: str) -> None:
    before = (several / "partnerships" / GOOD).read_bytes()
    ran = opened("2026/27-H2", cwd=several, answer=answer)
    assert (ran.status, ran.out.splitlines()[-1]) == (2, "Nothing was written.")
    assert (several / "partnerships" / GOOD).read_bytes() == before


def test_a_dry_run_shows_every_file(several: Path) -> None:
    before = (several / "partnerships" / GOOD).read_bytes()
    ran = opened("2026/27-H2", "--dry-run", cwd=several)
    assert ran.status == 0
    assert [line for line in ran.out.splitlines() if line.startswith("+++")] == [
        f"+++ partnerships/{GOOD}",
        f"+++ partnerships/{WASTE}",
    ]
    assert (several / "partnerships" / GOOD).read_bytes() == before


def test_before_it_joined_the_list(tmp_path: Path) -> None:
    folder = register(tmp_path, late="name: A\non_the_list: {from: 2026-10-05}\n")
    ran = opened("2026/27-H1", "--yes", cwd=folder)
    assert "  partnerships/late.yaml: is on the list only from 5 October 2026\n" in ran.out


def test_where_nobody_can_tell_it_is_opened(tmp_path: Path) -> None:
    folder = register(tmp_path, odd="name: A\nended: {on: last year}\n")
    assert opened("2026/27-H1", "--yes", cwd=folder).status == 0
    assert (folder / "partnerships" / "odd.yaml").read_text("utf-8").startswith("name: A\nhalf_years:\n  2026/27 H1:\n")


@pytest.mark.parametrize("period", ["H1", "2026", "2026/28-H1", "2026/27-H3"])
def test_what_is_no_half_year(several: Path, period: str) -> None:
    assert opened(period, cwd=several).said == (
        f"“{period}” is not a half of a financial year. Write it like this: 2026/27-H1"
    )
