"""Page numbers in the footer: "Page 2 of 9"."""

import re
from typing import Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import _BaseHeaderFooter, _Footer
from docx.text.paragraph import Paragraph

_FIELD: Final = (
    f'<w:fldSimple {nsdecls("w")} w:instr=" {{}} "><w:r><w:rPr><w:noProof/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
)
"""A field whose number Word computes. Its text is shown until then."""


_PAGE: Final = re.compile(r"\bPAGE\b", re.IGNORECASE)


def number_pages(document: Document) -> None:
    """Add page numbers, unless the council's header or footer has them already."""
    section = document.sections[0]
    footers = [section.footer]
    if document.settings.odd_and_even_pages_header_footer:
        footers.append(section.even_page_footer)
    if section.different_first_page_header_footer:
        footers.append(section.first_page_footer)
    if not any(
        _counts(part) for part in (*footers, section.header, section.first_page_header, section.even_page_header)
    ):
        for footer in footers:
            _number(footer)


def _counts(part: _BaseHeaderFooter) -> bool:
    """Return whether `part` has a page number field."""
    if part.is_linked_to_previous:
        return False
    element = part.part.element
    simple = [field.get(qn("w:instr")) for field in element.iter(qn("w:fldSimple"))]
    typed = "".join(piece.text or "" for piece in element.iter(qn("w:instrText")))
    return any(_PAGE.search(text or "") for text in (*simple, typed))


def _number(footer: _Footer) -> None:
    footer.is_linked_to_previous = False
    last = footer.paragraphs[-1]
    paragraph: Paragraph = last if not last.text else footer.add_paragraph()
    paragraph.style = "Footer"
    paragraph.add_run("Page ")
    paragraph._p.append(parse_xml(_FIELD.format("PAGE")))
    paragraph.add_run(" of ")
    paragraph._p.append(parse_xml(_FIELD.format("NUMPAGES")))
