"""A paper made into a Word document, and what python-docx reads in it."""

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from openxml_audit import OpenXmlValidator

from kpf.papers.document import Paper
from kpf.papers.word import to_docx


def opened(paper: Paper, reference: Path | None = None) -> Document:
    return docx.Document(BytesIO(to_docx(paper, reference)))


def lines(document: Document) -> list[tuple[str, str]]:
    """Each paragraph outside of tables: its style, and its text."""
    return [(style_of(paragraph), paragraph.text) for paragraph in document.paragraphs if paragraph.text]


def style_of(paragraph: Paragraph) -> str:
    assert paragraph.style is not None
    return str(paragraph.style.name)


def numbers(document: Document) -> list[tuple[int, int, str]]:
    """Each entry of a list: which list it belongs to, its level, and how it begins."""
    found = []
    for paragraph in document.paragraphs:
        numbering = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if numbering is not None:
            found.append((numbering.numId.val, numbering.ilvl.val, paragraph.text[:12]))
    return found


def words_of(element: Any) -> str:
    """The text of a part of the document, and what its fields are."""
    return "".join(piece.text for piece in element.xpath(".//w:t | .//w:instrText"))


def faults(data: bytes, folder: Path) -> list[tuple[str, str]]:
    """What breaks the rules of the format, for which Word would refuse or repair the document."""
    file = folder / "validated.docx"
    file.write_bytes(data)
    return [(error.description, error.path) for error in OpenXmlValidator().validate(file).errors]
