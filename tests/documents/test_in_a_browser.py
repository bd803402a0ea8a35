"""The page in a real browser: what it asks for, who can use it, and what comes out of the printer."""

import json
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from kpf.papers.page import to_html
from tests.documents.browser import Browser, started
from tests.documents.papers import PAPER, paper
from tests.others import axe, chromium, pdf_tool
from tests.processes import SECONDS

MARKUP = (
    '<script>document.title = "taken"</script><img src="{0}seen.png"><link rel="stylesheet" href="{0}style.css">'
    '<p style="position: fixed">out of place</p><iframe src="{0}frame"></iframe>'
)


class Recording(SimpleHTTPRequestHandler):
    """Serves files, and remembers what it was asked for."""

    asked: ClassVar[list[str]] = []

    def log_message(self, *arguments: object) -> None:
        del arguments
        self.asked.append(self.path)


@pytest.fixture(scope="module")
def address(page: Path) -> Iterator[str]:
    """Where the page is served, and any other file would be."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Recording, directory=page.parent)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with started(chromium(), tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "paper.html"
    file.write_text(to_html(PAPER), "utf-8")
    return file


def axe_finds(browser: Browser) -> tuple[list[Any], list[Any]]:
    """What axe finds wrong, and what it could not decide: by rule, and where."""
    browser.evaluate(axe())
    read = json.loads(browser.evaluate("axe.run(document).then(JSON.stringify)"))
    assert len(read["passes"]) > 20
    wrong, undecided = (
        [(rule["id"], node["html"]) for rule in read[kind] for node in rule["nodes"]]
        for kind in ("violations", "incomplete")
    )
    return wrong, undecided


def test_it_asks_nobody_for_anything(browser: Browser, address: str) -> None:
    Recording.asked.clear()
    browser.open(f"{address}paper.html")
    assert Recording.asked == ["/paper.html"]
    assert [event["request"]["url"] for event in browser.events_of("Network.requestWillBeSent")] == [
        f"{address}paper.html"
    ]
    assert browser.events_of("Log.entryAdded") == []
    assert browser.events_of("Runtime.exceptionThrown") == []


def test_markup_that_got_in_all_the_same_could_do_nothing(browser: Browser, page: Path, address: str) -> None:
    taken = page.read_text("utf-8").replace("</main>", MARKUP.format(address) + "</main>")
    page.with_name("taken.html").write_text(taken, "utf-8")
    Recording.asked.clear()
    browser.open(f"{address}taken.html")
    assert Recording.asked == ["/taken.html"]
    assert browser.evaluate("document.querySelector('main').lastElementChild.tagName") == "IFRAME"
    assert browser.evaluate("document.title") == PAPER.title
    assert browser.evaluate("getComputedStyle(document.querySelector('p[style]')).position") == "static"


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_axe_finds_nothing(browser: Browser, page: Path, width: int) -> None:
    browser.open(page.as_uri(), width)
    wrong, undecided = axe_finds(browser)
    assert wrong == []
    # It cannot tell what is behind the letters of a drawing, nor, in a narrow window, of what is moved out of sight.
    assert {rule for rule, _ in undecided} == {"color-contrast"}
    if width == 1280:
        assert all(html.startswith("<text ") for _, html in undecided)
        assert browser.evaluate("getComputedStyle(document.querySelector('svg text')).fill") == "rgb(31, 31, 31)"


def test_axe_does_find_faults(browser: Browser, page: Path, tmp_path: Path) -> None:
    file = tmp_path / "faulty.html"
    text = page.read_text("utf-8").replace('<html lang="en-GB">', "<html>").replace('scope="col"', 'scope="x"')
    file.write_text(text.replace(' aria-labelledby="chart-', ' data-x="'), "utf-8")
    browser.open(file.as_uri())
    assert {rule for rule, _ in axe_finds(browser)[0]} >= {"html-has-lang", "scope-attr-valid"}


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_but_tables_is_wider_than_the_window(browser: Browser, page: Path, width: int) -> None:
    browser.open(page.as_uri(), width)
    assert browser.evaluate("document.documentElement.scrollWidth") == width
    wide = browser.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => !e.closest('.table, svg')"
        " && e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML)"
    )
    assert wide == []


def test_a_word_without_end_widens_nothing(browser: Browser, tmp_path: Path) -> None:
    word = "x" * 3000
    file = tmp_path / "word.html"
    made = paper(f"# {word}\n\n## {word}\n\n1. {word}\n\n| a | b |\n|---|---|\n| {word} | {word} |\n", word)
    file.write_text(to_html(replace(made, author=word)), "utf-8")
    browser.open(file.as_uri(), 320)
    assert browser.evaluate("document.documentElement.scrollWidth") == 320


def test_the_first_key_leads_past_the_contents(browser: Browser, page: Path) -> None:
    browser.open(page.as_uri())
    hidden = browser.evaluate("document.querySelector('.skip').getBoundingClientRect().bottom")
    assert hidden < 0
    browser.press("Tab")
    assert browser.evaluate("document.activeElement.className") == "skip"
    assert browser.evaluate("document.activeElement.getBoundingClientRect().top") > 0
    assert browser.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    browser.evaluate("document.activeElement.click()")
    assert browser.evaluate("document.activeElement.id") == "paper"


def test_links_lead_to_headings_of_the_page(browser: Browser, page: Path) -> None:
    browser.open(page.as_uri())
    links = browser.evaluate(
        "[...document.querySelectorAll('nav a')].map(a => [a.textContent, document.querySelector(a.hash).textContent])"
    )
    assert len(links) == 9
    assert all(link == heading for link, heading in links)


def test_each_chart_is_told_in_words_and_lies_within_its_drawing(browser: Browser, page: Path) -> None:
    browser.open(page.as_uri())
    assert browser.evaluate("[...document.querySelectorAll('desc')].flatMap(d => d.textContent.split('. '))") == [
        "Missed (collections): 2024/25 H1 204, 2024/25 H2 191, 2025/26 H2 187, 2026/27 H1 212",
        "Target (collections): 2024/25 H1 200, 2024/25 H2 200, 2025/26 H1 190, 2025/26 H2 190, 2026/27 H1 180.",
        "Reviews: 2026/27 H2 1, 2027/28 H1 2.",
    ]
    outside = browser.evaluate(
        "[...document.querySelectorAll('svg')].flatMap(s => [...s.querySelectorAll('text, path')].filter(e => {"
        " const a = s.getBoundingClientRect(), b = e.getBoundingClientRect();"
        " return b.left < a.left - 1 || b.right > a.right + 1 || b.top < a.top - 1 || b.bottom > a.bottom + 1; })"
        ".map(e => e.outerHTML))"
    )
    assert outside == []


def test_on_paper_it_is_a_paper(browser: Browser, page: Path, tmp_path: Path) -> None:
    browser.open(page.as_uri())
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(browser.printed())
    done = subprocess.run(
        [pdf_tool("pdfinfo"), pdf], capture_output=True, text=True, encoding="utf-8", check=True, timeout=SECONDS
    )
    assert "(A4)" in done.stdout
    done = subprocess.run(
        [pdf_tool("pdftotext"), "-layout", pdf, "-"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=SECONDS,
    )
    pages = done.stdout.rstrip("\f").split("\f")
    assert len(pages) > 3
    for number, text in enumerate(pages, 1):
        assert text.rstrip().endswith(f"Page {number} of {len(pages)}")
    with_rows = [text for text in pages if "Streetscene" in text]
    assert len(with_rows) > 1
    assert all("Remit" in text for text in with_rows), "the titles of the columns stand on each page"
    assert "Contents" not in done.stdout
