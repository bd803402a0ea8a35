"""Tables that are accessible to screen readers, fit the page and repeat their headings on each page."""

from typing import Final

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt, Twips
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from kpf.papers.blocks import Align, Line, Table, plain_text
from kpf.papers.word.text import add_line
from kpf.papers.word.widths import column_shares

_MANY: Final = 4
"""The number of columns above which the text is smaller."""

_LETTER: Final = Pt(5.3)
_SMALL_LETTER: Final = Pt(4.7)
"""The average width of a letter in a table, some of them bold."""

_ALIGNMENTS: Final = {
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def add_table(document: Document, table: Table) -> None:
    """Append a table to the document, as wide as the page."""
    rows = [*([table.head] if table.head else []), *table.rows]
    room = _room(document)
    style, letter = (
        ("Paper Table Text Small", _SMALL_LETTER) if len(table.aligns) > _MANY else ("Paper Table Text", _LETTER)
    )
    shares = column_shares(room // letter, [[plain_text(cell) for cell in row] for row in rows])
    widths = [Twips(int(room.twips * share)) for share in shares]
    added = document.add_table(len(rows), len(widths), "Paper Table")
    _mark(added, table, room)
    for column, width in zip(added.columns, widths, strict=True):
        column.width = width
    for number, (row, lines) in enumerate(zip(added.rows, rows, strict=True)):
        is_head = bool(table.head) and number == 0
        _mark_row(row, is_head=is_head)
        for cell, line, align, width in zip(row.cells, lines, table.aligns, widths, strict=True):
            cell.width = width
            _fill(cell, line, style, align)
            cell.paragraphs[0].paragraph_format.keep_with_next = is_head or None


def _room(document: Document) -> Length:
    """Return the width between the margins, without the gutter."""
    page = document.sections[0]
    beside = sum(margin or 0 for margin in (page.left_margin, page.right_margin, page.gutter))
    return Length((page.page_width or 0) - beside)


def _mark(added: WordTable, table: Table, room: Length) -> None:
    """Set the name and width of the table, and mark its heading row and column."""
    added.autofit = False
    properties = added._tbl.tblPr
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(room.twips))
    look = properties.find(qn("w:tblLook"))
    look.set(qn("w:firstRow"), str(int(bool(table.head))))
    look.set(qn("w:firstColumn"), str(int(table.named_rows)))
    look.set(qn("w:val"), f"{0x600 | 0x20 * bool(table.head) | 0x80 * table.named_rows:04X}")
    look.set(qn("w:noHBand"), "1")
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), table.name)
    properties.append(caption)


def _mark_row(row: _Row, *, is_head: bool) -> None:
    """Keep a row on one page, and if it is the head, repeat it on each page and mark it as a heading."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _fill(cell: _Cell, line: Line, style: str, align: Align) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.alignment = _ALIGNMENTS.get(align)
    add_line(paragraph, line)
