"""The HTML page around a paper: its head with metadata and policy, and its table of contents."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from kpf.dates import in_words
from kpf.papers.blocks import Heading
from kpf.papers.document import Paper
from kpf.papers.outline import outlined
from kpf.papers.page.body import Body, HeadingAnchor
from kpf.papers.page.markup import element, escaped
from kpf.papers.page.text import in_html
from kpf.render.inert import inert

_SECTION: Final = 2
"""The level of the headings of sections."""

_STYLE: Final = Path(__file__).with_name("page.css")


@dataclass(frozen=True, slots=True)
class PaperMarkup:
    """A paper in HTML, to be placed in a page."""

    title: str
    sections: tuple[tuple[str, str], ...]
    """The id and the heading of each section."""
    main: str
    """The paper without its title."""


def markup_of(paper: Paper) -> PaperMarkup:
    """Return the paper in HTML without a page around it."""
    title, body, main = _written(paper)
    return PaperMarkup(
        title, tuple((heading.id, heading.markup) for heading in body.anchors if heading.level == _SECTION), main
    )


def _written(paper: Paper) -> tuple[str, Body, str]:
    """Return the title, the writer of the blocks, and the blocks without the title in HTML."""
    blocks = outlined(paper)
    title = next(block for block in blocks if isinstance(block, Heading) and block.level == 1)
    body = Body(paper.charts)
    main = body.write([block for block in blocks if block is not title])
    return in_html(title.line), body, main


def page_text(paper: Paper) -> str:
    """Return the whole page."""
    title, body, main = _written(paper)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en-GB">',
            *_head(paper),
            '<body id="top">',
            '<a class="skip" href="#paper">Skip to the paper</a>',
            "<header>",
            f"<h1>{title}</h1>",
            f"<p>{escaped(inert(paper.author))}. As at {in_words(paper.as_at)}.</p>",
            "</header>",
            '<div class="beside">',
            *_contents(body.anchors),
            '<main id="paper" tabindex="-1">',
            main,
            "</main>",
            "</div>",
            '<footer><p><a href="#top">Back to the top</a></p></footer>',
            "</body>",
            "</html>",
            "",
        ]
    )


def _head(paper: Paper) -> list[str]:
    """Return the head of the page, with a content security policy that allows no loading and no scripts."""
    style = f"\n{_STYLE.read_text('utf-8')}"
    only = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{only}'; base-uri 'none'; form-action 'none'"
    return [
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escaped(inert(paper.title))}</title>",
        f'<meta name="author" content="{escaped(inert(paper.author))}">',
        f"<style>{style}</style>",
        "</head>",
    ]


def _contents(anchors: Sequence[HeadingAnchor]) -> list[str]:
    """Return the table of contents, two levels deep."""
    sections: list[tuple[HeadingAnchor, list[HeadingAnchor]]] = []
    for anchor in anchors:
        if anchor.level == _SECTION:
            sections.append((anchor, []))
        elif anchor.level == _SECTION + 1 and sections:
            sections[-1][1].append(anchor)
    if not sections:
        return []
    entries = [element("li", _link(section) + _parts(parts)) for section, parts in sections]
    return ['<nav aria-labelledby="contents">', '<h2 id="contents">Contents</h2>', "<ul>", *entries, "</ul>", "</nav>"]


def _link(anchor: HeadingAnchor) -> str:
    return element("a", anchor.markup, href=f"#{anchor.id}")


def _parts(anchors: Sequence[HeadingAnchor]) -> str:
    return element("ul", "".join(element("li", _link(anchor)) for anchor in anchors)) if anchors else ""
