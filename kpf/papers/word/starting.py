"""The empty document that a paper is written into: kpf's own, or one that takes after the council's."""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from kpf.disk.given import read_given
from kpf.papers.word import UnusableReference
from kpf.papers.word.cleaning import clean
from kpf.papers.word.footer import number_pages
from kpf.papers.word.opening import as_python_docx_reads_it
from kpf.papers.word.styles import StyleMatch, match_styles, own_styles

LANGUAGE: Final = "en-GB"
_LARGEST: Final = 50_000_000
"""Bytes of a reference document that are read. What is larger is cut off there, and is no Word document then."""

_LARGEST_UNPACKED: Final = 20_000_000
"""Bytes of all parts but the pictures: some unpack to a thousand times what they look like."""

_KEPT: Final = {
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.THEME,
}
"""Parts of a document that say how text looks. All others are about the text that was in it."""

_CURRENT_WORD: Final = (
    f'<w:compatSetting {nsdecls("w")} w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
)
"""Without it Word opens a document in the manner of an old version, and says so."""


_ABOUT_THE_PAGE: Final = frozenset(
    qn(f"w:{name}")
    for name in ("headerReference", "footerReference", "pgSz", "pgMar", "pgBorders", "titlePg", "docGrid")
)
"""What a paper takes over of a section. Columns, page numbers and line numbers were for the old text."""


@dataclass(frozen=True, slots=True)
class Start:
    """A document without text that has every style of a paper, with British English as its language."""

    document: Document
    left_out: set[str]
    """What of the reference document a paper does not take over."""
    matches: list[StyleMatch]
    """What the reference document has for each style of a paper."""


def started(reference: Path | None) -> Start:
    """The document that a paper is written into.

    Raises:
        UnusableReference: `reference` is not there, or is no Word document that can be read.
    """
    if reference is None:
        return _own()
    try:
        data = read_given(reference, _LARGEST + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise UnusableReference(f"The reference document {reference} cannot be opened: {reason}.") from error
    try:
        _check_unpacked(reference, data)
        return _like(data)
    except (MemoryError, UnusableReference):
        raise
    except Exception as error:
        # What is wrong in a broken file can stop the reading of it anywhere, with any exception there is.
        raise UnusableReference(
            f"The reference document {reference} is not a Word document that can be read. Open it in Word, save it "
            "as a Word document or template (.docx or .dotx) without a password, and name that file."
        ) from error


def _check_unpacked(reference: Path, data: bytes) -> None:
    """Raises `UnusableReference` where the XML of a document unpacks to far more than one with styles has."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        sizes = {part.filename: part.file_size for part in packed.infolist()}
    if sum(size for name, size in sizes.items() if not name.startswith("word/media/")) > _LARGEST_UNPACKED:
        raise UnusableReference(
            f"The reference document {reference} is far larger than a document with styles. Take its text out."
        )


def _own() -> Start:
    """Kpf's own styles and page, in place of those that the library brings along."""
    document = docx.Document()
    document.styles.element[:] = list(own_styles())
    document.part.numbering_part.element[:] = []
    document.settings.element.find(qn("w:compat"))[:] = [parse_xml(_CURRENT_WORD)]
    _lay_out(document)
    return Start(document, _emptied(document), [])


def _lay_out(document: Document) -> None:
    """An upright A4 page."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(25)
    page.footer_distance = Mm(12)


def _like(reference: bytes) -> Start:
    """The council's document with its text, and all that hung on the text, taken out; with the styles it lacks."""
    document = docx.Document(BytesIO(as_python_docx_reads_it(reference)))
    matches = match_styles(document)
    return Start(document, _emptied(document), matches)


def _emptied(document: Document) -> set[str]:
    """Take out text, notes, comments, pictures and properties; the first section's page, header and footer stay.

    What else of the document a paper does not take over, in words.
    """
    body = document.element.body
    first = next(body.iter(qn("w:sectPr")), None)
    body[:] = [body.get_or_add_sectPr() if first is None else first]
    for child in list(body[0]):
        if child.tag not in _ABOUT_THE_PAGE:
            body[0].remove(child)
    page = document.sections[0]
    if page.page_width is None or page.left_margin is None or page.right_margin is None:
        _lay_out(document)
    headers = set(body.xpath("w:sectPr/*/@r:id"))
    for id_, relationship in list(document.part.rels.items()):
        if relationship.reltype not in _KEPT and id_ not in headers:
            document.part.rels.pop(id_)
    package = document.part.package
    for id_, relationship in list(package.rels.items()):
        if relationship.reltype != RELATIONSHIP_TYPE.OFFICE_DOCUMENT:
            package.rels.pop(id_)
    left_out = clean(document)
    _speak_british(document)
    number_pages(document)
    return left_out


def _speak_british(document: Document) -> None:
    """Set the language of everything, so that spelling is checked, and text read aloud, as the council writes."""
    here = document.styles.element
    for name in ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang"):
        if here.find(qn(name)) is None:
            here.insert(len(here) if name == "w:lang" else 0, OxmlElement(name))
        here = here.find(qn(name))
    for element in (document.styles.element, document.settings.element):
        for language in element.iter(qn("w:lang"), qn("w:themeFontLang")):
            language.set(qn("w:val"), LANGUAGE)
