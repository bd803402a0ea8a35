"""The empty document for a paper, either kpf's own or one made from the council's reference document."""

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
"""The greatest number of bytes read. A larger reference document is cut off, and so is invalid."""

_LARGEST_UNPACKED: Final = 20_000_000
"""The size limit in bytes of all unpacked parts without pictures, against ZIP bombs."""

_KEPT: Final = {
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.THEME,
}
"""The parts of a document with formatting. All others belong to its old text."""

_CURRENT_WORD: Final = (
    f'<w:compatSetting {nsdecls("w")} w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
)
"""The setting without which Word opens a document in compatibility mode."""


_ABOUT_THE_PAGE: Final = frozenset(
    qn(f"w:{name}")
    for name in ("headerReference", "footerReference", "pgSz", "pgMar", "pgBorders", "titlePg", "docGrid")
)
"""The settings of a section that a paper keeps. Columns, page and line numbers belong to the old text."""


@dataclass(frozen=True, slots=True)
class Start:
    """An empty document with every style of a paper, and British English as its language."""

    document: Document
    left_out: set[str]
    """What was removed from the reference document."""
    matches: list[StyleMatch]
    """The match in the reference document for each style of a paper."""


def started(reference: Path | None) -> Start:
    """Return the document for a paper, made from `reference` if it is given.

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
        # The libraries can raise any exception on a broken file.
        raise UnusableReference(
            f"The reference document {reference} is not a Word document that can be read. Open it in Word, save it "
            "as a Word document or template (.docx or .dotx) without a password, and name that file."
        ) from error


def _check_unpacked(reference: Path, data: bytes) -> None:
    """Raise `UnusableReference` if a document unpacks to far more than a document with styles."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        sizes = {part.filename: part.file_size for part in packed.infolist()}
    if sum(size for name, size in sizes.items() if not name.startswith("word/media/")) > _LARGEST_UNPACKED:
        raise UnusableReference(
            f"The reference document {reference} is far larger than a document with styles. Take its text out."
        )


def _own() -> Start:
    """Return an empty document with kpf's own styles and page instead of those of python-docx."""
    document = docx.Document()
    document.styles.element[:] = list(own_styles())
    document.part.numbering_part.element[:] = []
    document.settings.element.find(qn("w:compat"))[:] = [parse_xml(_CURRENT_WORD)]
    _lay_out(document)
    return Start(document, _emptied(document), [])


def _lay_out(document: Document) -> None:
    """Set up an A4 portrait page."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(25)
    page.footer_distance = Mm(12)


def _like(reference: bytes) -> Start:
    """Return the council's document without its text and what belongs to it, and with missing styles added."""
    document = docx.Document(BytesIO(as_python_docx_reads_it(reference)))
    matches = match_styles(document)
    return Start(document, _emptied(document), matches)


def _emptied(document: Document) -> set[str]:
    """Remove text, notes, comments, pictures and properties, and keep the page, header and footer of the first section.

    Return what else was removed, in words.
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
    """Set the language of the document to British English, for spell checkers and screen readers."""
    here = document.styles.element
    for name in ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang"):
        if here.find(qn(name)) is None:
            here.insert(len(here) if name == "w:lang" else 0, OxmlElement(name))
        here = here.find(qn(name))
    for element in (document.styles.element, document.settings.element):
        for language in element.iter(qn("w:lang"), qn("w:themeFontLang")):
            language.set(qn("w:val"), LANGUAGE)
