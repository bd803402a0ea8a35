"""What changed in the half-year and since, told from a real repository."""

from pathlib import Path

import pytest

from tests.cli.running import AS_AT, GOOD, kpf, register
from tests.histories import written_in_three_months
from tests.repositories import alone, run
from tests.site.sites import text_of

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
    told = "The agreement is now worth £480,000 a year, £30,000 more than the £450,000 before. 10 August 2026"
    assert f"In 2026/27 H1 Aldermere Leisure Centres {told}, commit {brought}" in in_half
    assert "The lead service is now Housing; it was Leisure and Open Spaces. 2 November 2026" in since
    assert f"{told}, commit {brought}" in partnership
    public = "".join(pages(folder, "public"))
    assert told in public
    assert brought not in public


def test_a_rating_of_strength_and_stability_is_told_only_inside(folder: Path) -> None:
    rating = "The strength and stability of Fellbrook Leisure Trust is now amber"
    assert rating in pages(folder, "internal")[0]
    assert rating not in "".join(pages(folder, "public"))


def test_where_git_does_not_reach_the_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)
    changes, partnership = pages(register(tmp_path / "council", GOOD), "public")
    assert "In 2026/27 H1 The changes cannot be listed." in changes
    assert "In 2026/27 H1: the changes cannot be listed." in partnership
