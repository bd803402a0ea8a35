"""The parser for the Markdown of a paper, with tables, lists and emphasis, and without HTML, links and pictures.

Links remain text, because papers are printed and no text in a register may become a link.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from kpf.papers.blocks import (
    Align,
    Block,
    ChartPlace,
    Divider,
    Heading,
    Line,
    ListBlock,
    ListItem,
    Paragraph,
    Quotation,
    Table,
    Verbatim,
    Words,
)
from kpf.render.inert import inert

_CHART: Final = re.compile(r"<!-- chart (\S+) -->\s*")
_BLANK: Final = re.compile(r"(\[To be (?:supplied|completed)\b[^\]]*\])")


def parse_markdown(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of the Markdown in order."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Indented text is a paragraph, not code, because templates are indented for readability.
    parser.disable(["code", "reference", "link", "image", "autolink"])
    parser.block.ruler.before("fence", "chart", _chart_rule, {"alt": ["paragraph", "blockquote"]})
    return _blocks(SyntaxTreeNode(parser.parse(markdown)).children)


def _chart_rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it asks so
    """Parse the marker of a chart, a line of its own at the left edge and outside other blocks."""
    found = _CHART.fullmatch(state.src[state.bMarks[start] : state.eMarks[start]])
    if not found or (state.level and not silent):
        return False
    if not silent:
        state.push("chart", "", 0).info = found[1]
        state.line = start + 1
    return True


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
    return tuple(_KINDS[node.type](node) for node in nodes)


def _listing(node: SyntaxTreeNode) -> ListBlock:
    start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    paragraphs = [child for item in node.children for child in item.children if child.type == "paragraph"]
    return ListBlock(
        tuple(_entry(_nested(item.children)) for item in node.children),
        start,
        tight=all(paragraph.hidden for paragraph in paragraphs),
    )


def _nested(nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
    """Return the blocks inside another block. A heading in it becomes a bold paragraph, as it heads no section."""
    return tuple(
        Paragraph(tuple(replace(words, bold=True) for words in block.line)) if isinstance(block, Heading) else block
        for block in _blocks(nodes)
    )


def _entry(blocks: tuple[Block, ...]) -> ListItem:
    first = blocks[0] if blocks else None
    return ListItem(first.line, blocks[1:]) if isinstance(first, Paragraph) else ListItem((), blocks)


def _table(node: SyntaxTreeNode) -> Table:
    head, *body = node.children
    titles = head.children[0].children
    lines = tuple(_line(cell) for cell in titles)
    return Table(
        tuple(_align(cell) for cell in titles),
        lines if any(lines) else (),
        tuple(tuple(_line(cell) for cell in row.children) for group in body for row in group.children),
    )


_KINDS: Final[Mapping[str, Callable[[SyntaxTreeNode], Block]]] = {
    "heading": lambda node: Heading(int(node.tag[1:]), _line(node)),
    "paragraph": lambda node: Paragraph(_line(node)),
    "bullet_list": _listing,
    "ordered_list": _listing,
    "table": _table,
    "chart": lambda node: ChartPlace(node.info),
    "blockquote": lambda node: Quotation(_nested(node.children)),
    "fence": lambda node: Verbatim("\n".join(inert(line) for line in node.content.splitlines())),
    "hr": lambda _node: Divider(),
}
"""A function for each node type that the enabled rules of the parser produce."""


def _align(cell: SyntaxTreeNode) -> Align:
    return Align(str(cell.attrs.get("style", "text-align:left")).removeprefix("text-align:"))


def _line(node: SyntaxTreeNode) -> Line:
    """Return the inert text of a block, as one run for each change of format."""
    tokens = [token for child in node.children for token in (child.token.children if child.token else None) or ()]
    stretches: list[Words] = []
    for _, group in groupby(_looks(tokens), lambda words: (words.bold, words.italic, words.code)):
        alike = list(group)
        text = "\n".join(inert(line) for line in "".join(words.text for words in alike).split("\n"))
        stretches += _apart(Words(text, alike[0].bold, alike[0].italic, alike[0].code))
    return tuple(stretches)


def _looks(tokens: Sequence[Token]) -> Iterator[Words]:
    strong = emphasis = 0
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "softbreak":
                yield Words(" ", strong > 0, emphasis > 0)
            case "hardbreak":
                yield Words("\n", strong > 0, emphasis > 0)
            case _:
                text = token.content.replace("\n", " ")
                yield Words(text, strong > 0, emphasis > 0, token.type == "code_inline")


def _apart(words: Words) -> Iterator[Words]:
    """Yield `words` split so that each "To be supplied" is a run of its own."""
    for at, text in enumerate(_BLANK.split(words.text)):
        if text:
            yield Words(text, words.bold, words.italic, words.code, blank=at % 2 == 1)
