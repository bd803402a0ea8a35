"""The section on changes, told from a real repository: between the registers at both ends of the half-year."""

import re
from pathlib import Path

import pytest

from tests.cli.running import AS_AT, kpf
from tests.histories import written_in_three_months
from tests.repositories import commit, run

ORGANISATIONS = "_organisations.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return written_in_three_months(tmp_path, monkeypatch)


def section(folder: Path, *options: str, heading: str = "Changes to the key partnerships") -> str:
    ran = kpf("report", "--period", "H1", "--as-at", AS_AT, *options, cwd=folder)
    assert ran.status == 0
    return ran.out.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_what_the_half_year_changed_is_told_with_its_commit_and_what_came_later_is_not(folder: Path) -> None:
    brought = run(folder, "rev-parse", "--short=7", "HEAD~1")
    text = section(folder)
    assert (
        "Aldermere Leisure Centres: The agreement is now worth £480,000 a year, £30,000 more than the £450,000 before."
        in text
    )
    assert brought not in text
    assert f"before. | {brought} |" in section(folder, "--part", "exempt", heading="Annex for auditors")
    assert "Housing" not in text


def test_strength_and_stability_is_told_only_in_the_exempt_part(folder: Path) -> None:
    rating = "The strength and stability of Fellbrook Leisure Trust is now amber"
    assert rating not in section(folder)
    assert rating in section(folder, "--part", "exempt", heading="Exempt changes")


def test_a_half_year_that_runs_is_held_against_the_files_as_they_are(folder: Path) -> None:
    ran = kpf("report", "--period", "H2", "--as-at", AS_AT, cwd=folder)
    assert "The lead service is now Housing; it was Leisure and Open Spaces." in ran.out


def test_where_git_does_not_reach_the_paper_says_so_and_goes_on(folder: Path) -> None:
    run(folder, "checkout", "--quiet", "--orphan", "young")
    commit(folder)
    text = section(folder)
    started = re.compile(
        r"Changes before \S+ \S+ \d{4} cannot be listed, because the register was started on that day\."
    )
    assert started.search(text)
    annex = section(folder, "--part", "exempt", heading="Annex for auditors")
    assert started.search(annex)
    assert not re.search(r"Give that day| --\w|\d{4}-\d\d-\d\d", annex), "auditors are told why, not what to type"
    assert not re.search(r"commit|branch|git", text)
    assert "In the half-year:" in text
