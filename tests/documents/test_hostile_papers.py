"""Whatever words a paper is made of, both documents are sound, and the words are only words."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final

import docx
import html5lib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpf.papers.document import Chart, Paper, Series
from kpf.papers.page import to_html
from kpf.papers.word import to_docx
from kpf.render.inert import as_markdown, inert
from tests.documents.opening import faults

PIECES: Final = (
    "<script>alert(1)</script>",
    "</main>",
    "<!-- chart held -->",
    "&lt;b&gt;",
    "{{ 7 * 7 }}",
    "{% if %}",
    "[a](https://example.org)",
    "https://example.org",
    "![a](x.png)",
    "# ",
    "| a | b |",
    "|---|---|",
    "1. ",
    "- ",
    "> ",
    "```",
    "    ",
    "**",
    "_",
    "`",
    "\\",
    "\n",
    "\r\n",
    "\n\n",
    "\t",
    "\x00",
    "\x0b",
    "\x1b[31m",
    "\u202e",
    "\ufffe",
    "\U0001ffff",
    "\ud800",
    "&#x202e;",
    "=cmd()",
    'PAGE \\* "',
    "]]>",
    "[To be supplied: x]",
    "x" * 300,
)
HOSTILE: Final = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=8).map("".join)
FEW: Final = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
"""Each example is two whole documents."""

UNSEEN: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
HTML: Final = "{http://www.w3.org/1999/xhtml}"
SVG: Final = "{http://www.w3.org/2000/svg}"
PAGE: Final = {"html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "div", "a"}
BLOCKS: Final = {*(f"h{level}" for level in range(1, 7)), "p", "ul", "ol", "li", "blockquote", "pre", "hr"}
TABLES: Final = {"table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption"}
WORDS: Final = {"br", "wbr", "strong", "em", "code", "mark", "span"}
ELEMENTS: Final = PAGE | BLOCKS | TABLES | WORDS
DRAWN: Final = {"svg", "title", "desc", "path", "text"}


def elements(page: str) -> list[tuple[str, str]]:
    """The name and the text of each element, as a parser that forgives nothing reads them."""
    tree = html5lib.HTMLParser(strict=True).parse(page)
    return [(element.tag, "".join(element.itertext())) for element in tree.iter() if isinstance(element.tag, str)]


def sound_page(paper: Paper) -> list[tuple[str, str]]:
    page = to_html(paper)
    assert UNSEEN.findall(page) == []
    found = elements(page)
    assert {name for name, _ in found} <= {HTML + name for name in ELEMENTS} | {SVG + name for name in DRAWN}
    assert sum(name == f"{HTML}h1" for name, _ in found) == 1
    assert len(re.findall("<a ", page)) == len(re.findall('<a (?:class="skip" )?href="#', page))
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(set(ids)) == len(ids)
    return found


def sound_document(paper: Paper) -> docx.document.Document:
    document = docx.Document(BytesIO(to_docx(paper)))
    assert not document.element.xpath("//w:hyperlink | //w:fldSimple | //w:instrText | //w:object | //w:drawing")
    assert UNSEEN.findall("".join(piece.text or "" for piece in document.element.xpath("//w:t"))) == []
    return document


@FEW
@given(HOSTILE, HOSTILE, HOSTILE)
def test_any_markdown_gives_sound_documents(markdown: str, title: str, author: str) -> None:
    chart = Chart(title, (author, author), (Series(markdown, (1, 2)),), author)
    paper = Paper(title, author, date(2026, 11, 23), f"<!-- chart held -->\n\n{markdown}", {"held": chart})
    found = sound_page(paper)
    assert any(name == f"{SVG}title" and text == inert(title) for name, text in found)
    document = sound_document(paper)
    assert document.core_properties.title == inert(title)[:255]


@FEW
@given(HOSTILE, HOSTILE)
def test_values_stay_the_words_they_are_where_they_are(value: str, other: str) -> None:
    shown, beside = as_markdown(value), as_markdown(other)
    words, besides = (" ".join(inert(text).split()) for text in (value, other))
    paper = Paper(
        "A title",
        "Head of Policy",
        date(2026, 11, 23),
        f"## Section {shown}\n\n1. Said {shown} so.\n\n"
        f"| a | b |\n|---|---|\n| k {shown} | {beside} |\n| l | m |\n\nLast.\n",
    )
    found = [(name, " ".join(text.split())) for name, text in sound_page(paper)]
    texts = {name: [text for tag, text in found if tag == HTML + name] for name in ELEMENTS}
    assert texts["h1"] == ["A title"]
    assert texts["h2"] == ["Contents", f"Section {words}".strip()]
    assert texts["main"][0].endswith("Last.")
    assert texts["tr"][1:] == [f"k {words}{besides}".strip(), "lm"] or texts["th"][2:] == [f"k {words}".strip(), "l"]
    assert texts["td"][-1] == "m"

    document = sound_document(paper)
    paragraphs = [" ".join(paragraph.text.split()) for paragraph in document.paragraphs if paragraph.text]
    assert paragraphs == ["A title", f"Section {words}".strip(), " ".join(f"Said {words} so.".split()), "Last."]
    (table,) = document.tables
    assert [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows] == [
        ["a", "b"],
        [f"k {words}".strip(), besides],
        ["l", "m"],
    ]


def test_word_takes_a_paper_made_of_all_of_them(tmp_path: Path) -> None:
    values = [as_markdown(piece) for piece in PIECES]
    rows = "\n".join(f"| {value} | {value} |" for value in values)
    paragraphs = "\n".join(f"{number}. {value}\n\n   {value}" for number, value in enumerate(values, 1))
    markdown = f"## {''.join(values)}\n\n{paragraphs}\n\n| a | b |\n|---|---|\n{rows}\n"
    paper = Paper("".join(PIECES), "".join(PIECES), date(2026, 11, 23), markdown)
    assert faults(to_docx(paper), tmp_path) == []
