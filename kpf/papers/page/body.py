"""The blocks of a paper in HTML."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from kpf.papers.blocks import (
    Block,
    ChartPlace,
    Divider,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quotation,
    Table,
    Verbatim,
    plain_text,
)
from kpf.papers.document import Chart
from kpf.papers.page.chart import drawn
from kpf.papers.page.markup import element, escaped
from kpf.papers.page.tables import table_in_html
from kpf.papers.page.text import in_html


@dataclass(frozen=True, slots=True)
class HeadingAnchor:
    """A heading with its id."""

    id: str
    level: int
    markup: str


class Body:
    """A writer of the blocks of one paper, which collects the headings for the table of contents."""

    def __init__(self, charts: Mapping[str, Chart]) -> None:
        self.anchors: list[HeadingAnchor] = []
        self._charts = charts
        self._ids: set[str] = set()
        self._tables = 0
        self._drawn = 0

    def write(self, blocks: Sequence[Block]) -> str:
        """Return the blocks in HTML."""
        return "\n".join(filter(None, (self._block(block) for block in blocks)))

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                markup = self._heading(block)
            case Paragraph():
                markup = element("p", in_html(block.line))
            case ListBlock():
                markup = self._listing(block)
            case Table():
                self._tables += 1
                markup = table_in_html(block, f"table-{self._tables}")
            case ChartPlace():
                markup = self._figure(block.name)
            case Quotation():
                markup = element("blockquote", self.write(block.blocks))
            case Verbatim():
                markup = element("pre", escaped(block.text))
            case Divider():
                markup = "<hr>"
            case _:
                assert_never(block)
        return markup

    def _heading(self, heading: Heading) -> str:
        anchor = HeadingAnchor(self._id(plain_text(heading.line)), heading.level, in_html(heading.line))
        self.anchors.append(anchor)
        return element(f"h{anchor.level}", anchor.markup, id=anchor.id)

    def _id(self, text: str) -> str:
        """Return a unique id for a text. It starts with "s-", so that it is never an id of the page itself."""
        plain = "s-" + "-".join(re.findall(r"[a-z0-9]+", text.lower()))
        id_, number = plain, 1
        while id_ in self._ids:
            number += 1
            id_ = f"{plain}-{number}"
        self._ids.add(id_)
        return id_

    def _listing(self, listing: ListBlock) -> str:
        entries = "\n".join(element("li", self._entry(entry, tight=listing.tight)) for entry in listing.entries)
        attributes: dict[str, str | float] = {"class_": "tight"} if listing.tight else {}
        if listing.start is None:
            return element("ul", f"\n{entries}\n", **attributes)
        return element("ol", f"\n{entries}\n", start=str(listing.start), **attributes)

    def _entry(self, entry: ListItem, *, tight: bool) -> str:
        line = in_html(entry.line)
        return "\n".join(filter(None, (line if tight else element("p", line), self.write(entry.more))))

    def _figure(self, name: str) -> str:
        chart = self._charts.get(name)
        if chart is None:
            return ""
        self._drawn += 1
        return drawn(chart, f"chart-{self._drawn}")
