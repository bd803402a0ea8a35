"""Papers that were begun, as pages: both parts inside, and for the public what is finished."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import html5lib
import pytest

from kpf.register.register import list_register
from kpf.site.part import SitePart
from tests.rules.laying import register, with_laid
from tests.site.sites import ALDERMERE, begin_papers, build, files_in, text_of
from tests.site.test_pages import dead_links

REVIEW = "leisure-centres-review"


def begun(folder: Path, *names: str) -> Path:
    """A site's folder beside a register with the complete partnership, of which these papers are begun."""
    begin_papers(folder / "register", *names)
    return folder / "site"


def built(folder: Path, part: SitePart, day: date = date(2026, 11, 23)) -> dict[str, str]:
    laid = replace(register(with_laid()), folder=folder / "register")
    build(laid, part, folder / "site", day)
    return {path: text_of(content.decode()) for path, content in files_in(folder / "site").items()}


def test_both_parts_have_a_page_inside_with_what_is_still_to_be_supplied(tmp_path: Path) -> None:
    begun(tmp_path, REVIEW, "2026-27-H1")
    (tmp_path / "register" / "papers" / f"{REVIEW}.yaml").write_text("introduced_by: Executive Member\n")
    pages = built(tmp_path, SitePart.INTERNAL)
    for part in ("public", "exempt"):
        review = pages[f"papers/{part}/{REVIEW}.html"]
        assert f"Review, {part} part, as the register gives it on 23 November 2026." in review
        assert "still to be supplied" in review
        assert f"papers/{REVIEW}.yaml" in review
        assert f"papers/{part}/2026-27-h1.html" in pages
    assert "Review, public part ; Review, exempt part" in pages["partnerships/leisure-centres.html"]
    assert "Executive Member" in pages[f"papers/public/{REVIEW}.html"]
    files = files_in(tmp_path / "site")
    assert dead_links(files) == []
    for path in (path for path in files if path.startswith("papers")):
        html5lib.HTMLParser(strict=True).parse(files[path].decode())


def test_the_public_sees_no_exempt_part_and_no_draft(tmp_path: Path) -> None:
    begun(tmp_path, REVIEW, "register")
    assert {path for path in built(tmp_path, SitePart.PUBLIC) if path.startswith("papers/")} == {
        f"papers/public/{REVIEW}.html",
        "papers/public/register.html",
    }
    (tmp_path / "register" / "papers" / f"{REVIEW}.yaml").write_text("introduced_by: Executive Member\n")
    pages = built(tmp_path, SitePart.PUBLIC)
    assert f"papers/public/{REVIEW}.html" not in pages
    assert "Review" not in pages["papers.html"]


def test_a_statement_has_a_page_for_each_service(tmp_path: Path) -> None:
    begun(tmp_path, "statement")
    (path,) = (path for path in built(tmp_path, SitePart.PUBLIC) if path.startswith("papers/public/"))
    assert path.startswith("papers/public/statement/leisure-and-open-spaces")


def test_a_paper_on_a_half_year_that_has_not_begun_on_the_day_is_not_there(tmp_path: Path) -> None:
    begun(tmp_path, "2026-27-H2")
    assert "No paper can be shown yet." in built(tmp_path, SitePart.PUBLIC, date(2026, 9, 30))["papers.html"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("parks-review", "", "Files in papers/ that belong to no paper"),
        ("2026-28-H1", "", "Files in papers/ that belong to no paper"),
        (REVIEW, "introduced: [\n", "Cannot be drafted. The answers for this paper cannot be read."),
    ],
)
def test_what_is_wrong_in_papers_is_told_inside_alone(name: str, content: str, said: str, tmp_path: Path) -> None:
    begun(tmp_path)
    (tmp_path / "register" / "papers" / f"{name}.yaml").write_text(content)
    inside, public = (built(tmp_path, part)["papers.html"] for part in (SitePart.INTERNAL, SitePart.PUBLIC))
    assert said in inside
    assert name in inside
    assert said not in public
    assert "No paper can be shown yet." in public


def test_a_register_without_papers_says_how_to_begin_one(tmp_path: Path) -> None:
    build(list_register(ALDERMERE), SitePart.INTERNAL, tmp_path)
    text = text_of((tmp_path / "papers.html").read_text("utf-8"))
    assert "No paper has been begun. To begin the performance report on the last half-year, run kpf report" in text
