"""The pages in a real browser, opened from their folder: what they ask for, who can use them, and what scripts add."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kpf.site.part import SitePart
from tests.documents.browser import Browser, started
from tests.others import axe, chromium
from tests.rules.laying import register, with_laid
from tests.site.sites import ALDERMERE, CHORLEY, KINDS, begin_papers, build, site_of


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with started(chromium(), tmp_path_factory.mktemp("profile")) as running:
        yield running


def pages() -> list[str]:
    """One page of each kind."""
    folder = site_of(ALDERMERE, SitePart.INTERNAL)
    (partner,) = (path.name for path in folder.glob("partners/fellbrook-*"))
    left_out = {"duties.html", "rules.html", "rules/review-overdue.html"}  # tables and lists as on other pages
    return [
        *(path for path in KINDS if path not in left_out),
        "partnerships/leisure-centres.html",
        f"partners/{partner}",
    ]


def axe_finds(browser: Browser) -> list[tuple[str, str]]:
    """What axe finds wrong: by rule, and where."""
    browser.evaluate(axe())
    read: dict[str, Any] = json.loads(browser.evaluate("axe.run(document).then(JSON.stringify)"))
    assert len(read["passes"]) > 15
    return [(rule["id"], node["html"]) for rule in read["violations"] for node in rule["nodes"]]


def open_page(browser: Browser, path: str, width: int = 1280, folder: Path | None = None) -> None:
    """Open a page from its folder; nothing may be refused, go wrong, or be asked of anybody else."""
    folder = folder or site_of(ALDERMERE, SitePart.INTERNAL)
    browser.open((folder / path).as_uri(), width)
    assert browser.events_of("Log.entryAdded") == []
    assert browser.events_of("Runtime.exceptionThrown") == []
    asked = [event["request"]["url"] for event in browser.events_of("Network.requestWillBeSent")]
    assert all(address.startswith(folder.as_uri()) for address in asked)


def test_axe_finds_nothing_on_any_kind_of_page(browser: Browser) -> None:
    for path in pages():
        open_page(browser, path)
        assert axe_finds(browser) == [], path


def test_axe_finds_nothing_in_the_dark_and_on_a_telephone(browser: Browser) -> None:
    browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    for path in ("index.html", "map.html", "partnerships/veolia.html"):
        open_page(browser, path, 320, site_of(CHORLEY, SitePart.INTERNAL))
        assert axe_finds(browser) == [], path
    browser.ask("Emulation.setEmulatedMedia", features=[])


def test_a_paper_can_be_read_by_all(browser: Browser, tmp_path: Path) -> None:
    begin_papers(tmp_path / "register", "leisure-centres-review")
    build(replace(register(with_laid()), folder=tmp_path / "register"), SitePart.INTERNAL, tmp_path / "site")
    for part in ("public", "exempt"):
        path = f"papers/{part}/leisure-centres-review.html"
        open_page(browser, path, 320, tmp_path / "site")
        assert browser.evaluate("document.documentElement.scrollWidth") == 320, part
        assert axe_finds(browser) == [], part


@pytest.mark.parametrize("width", [320, 1600])
def test_nothing_but_tables_is_wider_than_the_window(browser: Browser, width: int) -> None:
    for path in pages():
        open_page(browser, path, width)
        assert browser.evaluate("document.documentElement.scrollWidth") == width, path


def test_a_table_is_filtered_and_sorted(browser: Browser) -> None:
    open_page(browser, "index.html")
    names = "[...document.querySelectorAll('tbody tr')].filter(row => !row.hidden).map(row => row.cells[0].textContent)"
    assert len(browser.evaluate(names)) == 9
    browser.evaluate(
        "(() => { const kind = [...document.querySelectorAll('label')].find(l => l.textContent.startsWith('Kind'))"
        ".querySelector('select'); kind.value = 'statutory'; kind.dispatchEvent(new Event('change')); })()"
    )
    assert browser.evaluate(names) == ["Aldermere Community Safety Partnership"]
    assert browser.evaluate("document.querySelector('.tools [role=status]').textContent") == "1 of 9 shown"
    open_page(browser, "index.html")
    browser.evaluate("[...document.querySelectorAll('.sort')].find(b => b.textContent === 'Met').click()")
    met = browser.evaluate("[...document.querySelectorAll('tbody tr')].map(row => Number(row.cells[7].textContent))")
    assert met == sorted(met, reverse=True)
    assert browser.evaluate("document.querySelector('[aria-sort]').textContent") == "Met"


def test_the_search_finds_partnerships_duties_and_rules(browser: Browser) -> None:
    open_page(browser, "search.html")
    for words, title in (
        ("leisure swim", "Aldermere Leisure Centres"),
        ("rev-1", "REV-1: "),
        ("not-recorded", "not-rec"),
    ):
        browser.evaluate(
            f"(() => {{ const w = document.getElementById('words'); w.value = {words!r};"
            " w.dispatchEvent(new Event('input')); })()"
        )
        found = browser.evaluate("[...document.querySelectorAll('#results a')].map(a => a.textContent)")
        assert any(one.startswith(title) for one in found), words
    assert browser.evaluate("document.getElementById('found').textContent").endswith("found")


def test_a_link_into_a_closed_section_opens_it(browser: Browser) -> None:
    folder = site_of(ALDERMERE, SitePart.INTERNAL)
    browser.open((folder / "partnerships" / "leisure-centres.html").as_uri() + "#WHB-1")
    assert browser.evaluate("document.getElementById('WHB-1').closest('details').open") is True
    assert browser.evaluate("Math.abs(document.getElementById('WHB-1').getBoundingClientRect().top) < 900") is True


def test_the_first_key_leads_past_the_navigation(browser: Browser) -> None:
    open_page(browser, "due.html")
    browser.press("Tab")
    assert browser.evaluate("document.activeElement.className") == "skip"
    assert browser.evaluate("document.activeElement.getBoundingClientRect().top") > 0
