"""Writing the blocks of a paper to a Word document."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Twips
from docx.text.paragraph import Paragraph as WordParagraph

from kpf.papers.blocks import (
    Block,
    ChartPlace,
    Divider,
    Heading,
    Line,
    ListBlock,
    Paragraph,
    Quotation,
    Table,
    Verbatim,
    Words,
)
from kpf.papers.document import Paper
from kpf.papers.outline import outlined
from kpf.papers.word.numbering import INDENT, Numbering, enter
from kpf.papers.word.starting import LANGUAGE
from kpf.papers.word.tables import add_table
from kpf.papers.word.text import add_line
from kpf.render.inert import inert

_LONGEST_PROPERTY: Final = 255
"""The greatest number of characters in a property in Word."""

_ACROSS: Final = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="9AA7AD"/></w:pBdr>'


def write(paper: Paper, document: Document) -> None:
    """Write the paper to an empty document that has the styles of a paper."""
    _describe(paper, document)
    _Writer(document).write(outlined(paper))


def _describe(paper: Paper, document: Document) -> None:
    """Set the properties of the document, none of them from the clock."""
    properties = document.core_properties
    properties.title = inert(paper.title)[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = inert(paper.author)[:_LONGEST_PROPERTY]
    properties.created = properties.modified = datetime.combine(paper.as_at, time())
    properties.language = LANGUAGE
    properties.revision = 1


class _Writer:
    """A writer of blocks at the end of a document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._numbering = Numbering(document)

    def write(self, blocks: Sequence[Block], level: int = 0, style: str = "Normal") -> None:
        """Write each block, with paragraphs in `style` and indented like the items of the list above `level`."""
        for block in blocks:
            match block:
                case Heading():
                    title = "Title" if block.level == 1 else f"Heading {block.level - 1}"
                    add_line(self._document.add_paragraph(style=title), block.line)
                case Paragraph():
                    self._prose(block.line, style, level)
                case ListBlock():
                    self._list(block, level)
                case Table():
                    self._table(block)
                case Quotation():
                    self.write(block.blocks, level, "Quote")
                case Verbatim():
                    self._prose((Words(block.text),), "Paper Verbatim", level)
                case ChartPlace():
                    pass
                case Divider():
                    self._document.add_paragraph()._p.get_or_add_pPr().append(parse_xml(_ACROSS))

    def _prose(self, line: Line, style: str, level: int) -> WordParagraph:
        paragraph = self._document.add_paragraph(style=style)
        if level:
            paragraph.paragraph_format.left_indent = Twips(INDENT * level)
        add_line(paragraph, line)
        return paragraph

    def _list(self, listing: ListBlock, level: int) -> None:
        list_id = self._numbering.new_list(listing.start, len(listing.entries), level)
        style = "List Bullet" if listing.start is None else "List Number 2" if level else "List Number"
        for entry in listing.entries:
            paragraph = self._document.add_paragraph(style=style)
            enter(paragraph, list_id, level)
            add_line(paragraph, entry.line)
            self.write(entry.more, level + 1, "List Continue")

    def _table(self, table: Table) -> None:
        if table.caption:
            add_line(self._document.add_paragraph(style="Caption"), table.caption)
        add_table(self._document, table)
        # Without a paragraph between them two tables would merge, and text would touch the last row.
        self._document.add_paragraph(style="Paper Table Text Small")
