"""The parts of a form in Word: paragraphs and tables with text, answers and kpf's marks.

A mark is hidden text between two rare characters, so that it can be recognised whatever program saved the form.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from kpf.render.inert import inert

MARK_BEGINS, MARK_ENDS = "\u27ea", "\u27eb"
CHOOSE: Final = "Choose or type"
DAY: Final = "Choose or type a day"
PROMPTS: Final = frozenset({CHOOSE, DAY})
"""The placeholder texts of blank answers."""
_FOR_ANSWERS: Final = "FFF9E0"
_HEAD: Final = "E6EFF2"
_LINE: Final = "9FB4BC"
_GREY: Final = "595959"
_SMALL: Final = 17
"""The size of small text, in half-points."""
_NAMESPACES: Final = nsdecls("w")


@dataclass(frozen=True, slots=True)
class WordCell:
    """One cell of a table, with text or for an answer."""

    words: tuple[str, ...] = ()
    """The paragraphs. If there are several, the first is bold and the others are small."""
    mark: str = ""
    bold: bool = False
    is_answer: bool = False
    choices: tuple[str, ...] = ()
    is_day: bool = False
    called: str = ""
    """The name of the answer for screen readers."""


def paragraph(
    style: str, text: str, mark: str = "", *, new_page: bool = False, with_next: bool = False
) -> BaseOxmlElement:
    """Return a paragraph in `style` with a hidden `mark`. `with_next` keeps it on a page with the next one."""
    before = ("<w:keepNext/>" if with_next else "") + ("<w:pageBreakBefore/>" if new_page else "")
    return _xml(
        f"<w:p {_NAMESPACES}><w:pPr><w:pStyle w:val={quoteattr(style)}/>{before}</w:pPr>"
        f"{_marked(mark)}{_run(text)}</w:p>"
    )


def table(style: str, widths: Sequence[int], rows: Sequence[Sequence[WordCell]], called: str) -> BaseOxmlElement:
    """Return a table whose first row is repeated on each page. `widths` are in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head, *others = rows
    return _xml(
        f"<w:tbl {_NAMESPACES}><w:tblPr><w:tblStyle w:val={quoteattr(style)}/>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_borders()}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(inert(called))}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_row(head, widths, is_head=True)}"
        + "".join(_row(row, widths) for row in others)
        + "</w:tbl>"
    )


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>' for side in sides)


def _row(cells: Sequence[WordCell], widths: Sequence[int], *, is_head: bool = False) -> str:
    kept = "<w:tblHeader/>" if is_head else ""
    written = "".join(_cell(cell, width, is_head=is_head) for cell, width in zip(cells, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{kept}</w:trPr>{written}</w:tr>"


def _cell(cell: WordCell, width: int, *, is_head: bool) -> str:
    fill = _HEAD if is_head else _FOR_ANSWERS if cell.is_answer else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    style = '<w:pPr><w:pStyle w:val="PaperTableText"/></w:pPr>'
    if cell.is_answer:
        paragraphs = f"<w:p>{style}{_marked(cell.mark)}{_answer(cell)}</w:p>"
    else:
        first, *more = cell.words or ("",)
        paragraphs = f"<w:p>{style}{_marked(cell.mark)}{_run(first, bold=cell.bold or is_head or bool(more))}</w:p>"
        paragraphs += "".join(f"<w:p>{style}{_run(text, small=True)}</w:p>" for text in more)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{paragraphs}</w:tc>'


def _answer(cell: WordCell) -> str:
    """Return the content control for an answer, a list or a calendar that also accepts typing; empty if none."""
    if not (cell.choices or cell.is_day):
        return ""
    prompt = DAY if cell.is_day else CHOOSE
    takes = "".join(
        f"<w:listItem w:displayText={quoteattr(inert(text))} w:value={quoteattr(inert(text))}/>"
        for text in dict.fromkeys(cell.choices)
    )
    kind = (
        '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/>'
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
        if cell.is_day
        else f"<w:comboBox>{takes}</w:comboBox>"
    )
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(inert(cell.called)[:60])}/><w:showingPlcHdr/>{kind}</w:sdtPr>"
        f'<w:sdtContent><w:r><w:rPr><w:color w:val="{_GREY}"/></w:rPr><w:t>{prompt}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def _run(text: str, *, bold: bool = False, small: bool = False) -> str:
    looks = ("<w:b/>" if bold else "") + (f'<w:sz w:val="{_SMALL}"/>' if small else "")
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(inert(line))}</w:t>' for line in text.splitlines() if line.strip()
    )
    return f"<w:r><w:rPr>{looks}</w:rPr>{lines}</w:r>" if lines else ""


def _marked(mark: str) -> str:
    if not mark:
        return ""
    text = escape(f"{MARK_BEGINS}{inert(mark)}{MARK_ENDS}")
    return f'<w:r><w:rPr><w:vanish/><w:sz w:val="2"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _xml(text: str) -> BaseOxmlElement:
    return parse_xml(text)
