"""The outline of a paper: one title, headings without skipped levels, and a name for each table."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpf.papers.blocks import Block, Heading, Line, Paragraph, Table, Words, plain_text
from kpf.papers.document import Paper
from kpf.papers.reading import parse_markdown
from kpf.render.inert import inert


def outlined(paper: Paper) -> tuple[Block, ...]:
    """Return the blocks of a paper with exactly one heading of level 1, its own or else `paper.title`."""
    title = inert(paper.title)
    blocks = parse_markdown(paper.markdown)
    if not any(isinstance(block, Heading) and block.level == 1 for block in blocks):
        blocks = (Heading(1, (Words(title),)), *blocks)
    return tuple(_named(list(_captioned(list(_levelled(blocks)))), title))


def _levelled(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield `blocks` with later titles made sections, and no heading two levels below the one before."""
    titled = False
    above = 1
    for block in blocks:
        if isinstance(block, Heading):
            is_title = block.level == 1 and not titled
            titled = titled or is_title
            above = 1 if is_title else min(max(block.level, 2), above + 1)
            yield replace(block, level=above)
        else:
            yield block


def _captioned(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield `blocks` with each bold paragraph directly above a table made its caption, without the bold."""
    caption: Line = ()
    for block, after in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(after, Table) and isinstance(block, Paragraph) and _is_bold(block.line):
            caption = tuple(replace(words, bold=False) for words in block.line)
        else:
            yield replace(block, caption=caption) if isinstance(block, Table) else block
            caption = ()


def _is_bold(line: Line) -> bool:
    return all(words.bold and not words.blank for words in line)


def _named(blocks: Sequence[Block], title: str) -> Iterator[Block]:
    """Yield `blocks` with each table named after its caption or heading, and numbered if the name is taken."""
    heading = title
    tables = Counter[str]()
    for block in blocks:
        if isinstance(block, Heading):
            heading = plain_text(block.line)
        if isinstance(block, Table):
            name = plain_text(block.caption) or heading
            tables[name] += 1
            yield replace(block, name=name if tables[name] == 1 else f"{name} ({tables[name]})")
        else:
            yield block
