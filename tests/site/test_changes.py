"""What changed in the half-year and since, told from a real repository."""

import re
from pathlib import Path

import pytest

from tests.cli.running import AS_AT, GOOD, kpf, register
from tests.histories import written_in_three_months
from tests.repositories import alone, commit, run
from tests.site.sites import files_in, text_of
from tests.site.test_pages import dead_links

ORGANISATIONS = "_organisations.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return written_in_three_months(tmp_path, monkeypatch)


def pages(folder: Path, part: str) -> tuple[str, str]:
    """What the pages on changes and on the partnership say."""
    assert kpf("site", "-o", "site", "--part", part, "--as-at", AS_AT, cwd=folder).status == 0
    changes, partnership = "changes.html", f"partnerships/{GOOD.removesuffix('.yaml')}.html"
    return text_of((folder / "site" / changes).read_text()), text_of((folder / "site" / partnership).read_text())


def test_changes_are_told_with_their_day_and_for_those_inside_with_their_commit(folder: Path) -> None:
    brought = run(folder, "rev-parse", "--short=7", "HEAD~1")
    changes, partnership = pages(folder, "internal")
    in_half, since = changes.partition("Since 2026/27 H1")[::2]
    sentence = "The agreement is now worth £480,000 a year, £30,000 more than the £450,000 before. 10 August 2026"
    assert f"In 2026/27 H1 Aldermere Leisure Centres {sentence}, commit {brought}" in in_half
    assert "The lead service is now Housing; it was Leisure and Open Spaces. 2 November 2026" in since
    assert f"{sentence}, commit {brought}" in partnership
    public = "".join(pages(folder, "public"))
    assert sentence in public
    assert brought not in public


def test_a_rating_of_strength_and_stability_is_told_only_inside(folder: Path) -> None:
    rating = "The strength and stability of Fellbrook Leisure Trust is now amber"
    assert rating in pages(folder, "internal")[0]
    assert rating not in "".join(pages(folder, "public"))


def test_where_git_does_not_reach_the_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)
    changes, partnership = pages(register(tmp_path / "council", GOOD), "public")
    sentence = "hanges cannot be listed, because the register keeps no history of its files."
    assert f"In 2026/27 H1 C{sentence}" in changes
    assert f"In 2026/27 H1: c{sentence}" in partnership


def test_before_the_register_was_started_the_page_says_when_that_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, "checkout", "--quiet", "--orphan", "young")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-20T10:00:00+0000")
    commit(folder)
    changes, _ = pages(folder, "public")
    sentence = "Changes before 20 November 2026 cannot be listed, because the register was started on that day."
    assert f"In 2026/27 H1 {sentence}" in changes
    assert not re.search(r"commit|branch", changes)


def test_any_two_half_years_that_git_reaches_have_a_page(folder: Path) -> None:
    changes, _ = pages(folder, "internal")
    between = changes.partition("Between any two half-years")[2]
    assert "2025/26 H2 the end of 2026/27 H1 2 changes" in between
    assert "2025/26 H2 23 November 2026 4 changes" in between
    assert "2025/26 H1" not in between, "the register was begun after its end"
    files = {path.name: text_of(path.read_text()) for path in (folder / "site" / "changes").iterdir()}
    assert files.keys() == {
        "2025-26-h2-to-2026-27-h1.html",
        "2025-26-h2-to-now.html",
        "2026-27-h1-to-now.html",
    }
    assert "The agreement is now worth £480,000 a year" in files["2025-26-h2-to-now.html"]
    assert "The lead service is now Housing" in files["2025-26-h2-to-now.html"]
    assert "The lead service" not in files["2025-26-h2-to-2026-27-h1.html"]
    assert dead_links(files_in(folder / "site")) == []


def test_of_many_partnerships_the_last_half_year_alone_is_compared(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kpf.site.changed.FEW", 0)
    changes, _ = pages(folder, "internal")
    assert len(list((folder / "site" / "changes").iterdir())) == 2
    assert "run kpf diff with two days: kpf diff 2025-09-30 2026-09-30" in changes
