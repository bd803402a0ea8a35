"""A council's own document as the model: the paper looks like it, and holds nothing of what it said."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from kpf.papers.word import UnusableReference, to_docx
from tests.documents.opening import faults, lines, numbers, opened, words_of
from tests.documents.papers import PAPER


def saved(document: Document, file: Path) -> Path:
    document.save(str(file))
    return file


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    """What a council has: a document with its own look, and text of an earlier paper in it."""
    document = docx.Document()
    document.styles["Heading 1"].font.name = "Gill Sans MT"
    document.styles.element.remove(document.styles["Quote"].element)
    page = document.sections[0]
    page.page_width, page.page_height, page.left_margin = Mm(210), Mm(297), Mm(40)
    page.header.paragraphs[0].text = "Aldermere Council"
    document.add_paragraph("Secret of another paper", style="Heading 1")
    document.add_table(2, 2).cell(0, 0).text = "Secret"
    document.add_comment(document.paragraphs[0].runs, "Secret remark", "Somebody")
    document.core_properties.title = "Secret title"
    document.core_properties.keywords = "Secret"
    document.add_section().header.is_linked_to_previous = True
    return saved(document, tmp_path / "reference.docx")


def test_the_paper_looks_like_the_reference_and_says_nothing_of_it(reference: Path, tmp_path: Path) -> None:
    data = to_docx(PAPER, reference)
    document = docx.Document(BytesIO(data))
    assert document.styles["Heading 1"].font.name == "Gill Sans MT"
    page = document.sections[0]
    assert page.left_margin == Mm(40).twips * 635
    assert page.header.paragraphs[0].text == "Aldermere Council"
    assert words_of(page.footer.paragraphs[0]._p) == "Page 1 of 1"
    assert [text for _, text in lines(document)] == [text for _, text in lines(opened(PAPER))]
    assert [style for style, _ in lines(document)] == [style for style, _ in lines(opened(PAPER))]
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:val") == ["en-GB"]
    assert document.core_properties.title == PAPER.title
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if b"Secret" in archive.read(name)]
        assert not [name for name in archive.namelist() if "comments" in name]
    room = Mm(210) - Mm(40) - (page.right_margin or 0)
    for table in document.tables:
        assert sum(cell.width or 0 for cell in table.rows[0].cells) <= room
    assert to_docx(PAPER, reference) == data
    assert faults(data, tmp_path) == []


def without_lists(document: Document) -> None:
    part: Any = document.part
    for id_, relationship in list(part.rels.items()):
        if relationship.reltype.endswith("/numbering"):
            part.rels.pop(id_)
    for element in document.styles.element.xpath("//w:numPr"):
        element.getparent().remove(element)


def without_ordinary_styles(document: Document) -> None:
    document.styles.element.xpath("w:docDefaults")[0].clear()
    document.styles.element.get_by_id("Normal").styleId = "Standard"
    for element in document.styles.element.xpath("//*[@w:val='Normal'][not(self::w:name)]"):
        element.set(qn("w:val"), "Standard")
    for name in ("Quote", "List Number"):
        document.styles.element.remove(document.styles[name].element)


def with_numbered_pages(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.text = "Aldermere, page "
    for kind, text in (("begin", ""), ("", " PAGE \\* MERGEFORMAT "), ("end", "")):
        run = paragraph.add_run()._r
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run.append(element)


def with_different_pages(document: Document) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].footer.paragraphs[0].text = "Aldermere Council"


def without_a_page(document: Document) -> None:
    document.element.body[:] = []


def with_strings_attached(document: Document) -> None:
    """Locked, and bound to a template on a server."""
    part: Any = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
    kind = RELATIONSHIP_TYPE.SETTINGS.replace("settings", "attachedTemplate")
    id_ = part.relate_to("file://server/secret.dotm", kind, is_external=True)
    for number, xml in enumerate(
        (
            f'<w:attachedTemplate {nsdecls("w", "r")} r:id="{id_}"/>',
            f'<w:documentProtection {nsdecls("w")} w:edit="readOnly" w:enforcement="1"/>',
        )
    ):
        document.settings.element.insert(number + 1, parse_xml(xml))


FOOTERS: dict[Callable[[Document], None], set[str]] = {
    without_lists: {"Page 1 of 1"},
    without_ordinary_styles: {"Page 1 of 1"},
    with_numbered_pages: {"Aldermere, page  PAGE \\* MERGEFORMAT "},
    without_a_page: {"Page 1 of 1"},
    with_strings_attached: {"Page 1 of 1"},
    with_different_pages: {"Page 1 of 1", "Aldermere CouncilPage 1 of 1"},
}


@pytest.mark.parametrize("change", FOOTERS)
def test_references_of_many_kinds_do(change: Callable[[Document], None], tmp_path: Path) -> None:
    document = docx.Document()
    change(document)
    data = to_docx(PAPER, saved(document, tmp_path / "reference.docx"))
    again = docx.Document(BytesIO(data))
    assert [text for _, text in lines(again)] == [text for _, text in lines(opened(PAPER))]
    assert len(numbers(again)) == len(numbers(opened(PAPER)))
    assert all(Mm(100) < sum(cell.width or 0 for cell in table.rows[0].cells) < Mm(180) for table in again.tables)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        footers = [parse_xml(archive.read(name)) for name in archive.namelist() if "/footer" in name]
        settings = archive.read("word/settings.xml")
        assert "word/_rels/settings.xml.rels" not in archive.namelist()
    assert {words_of(footer) for footer in footers} == FOOTERS[change]
    assert b"attachedTemplate" not in settings
    assert b"documentProtection" not in settings
    assert faults(data, tmp_path) == []


def test_a_missing_reference_is_named(tmp_path: Path) -> None:
    file = tmp_path / "none.docx"
    with pytest.raises(UnusableReference) as raised:
        to_docx(PAPER, file)
    assert str(raised.value) == f"The reference document {file} cannot be opened: No such file or directory."


@pytest.mark.parametrize("name", ["empty", "text", "zip", "truncated", "broken", "folder"])
def test_a_broken_reference_says_what_to_do(name: str, tmp_path: Path) -> None:
    good = to_docx(PAPER)
    file = tmp_path / f"{name}.docx"
    other = BytesIO()
    with zipfile.ZipFile(BytesIO(good)) as archive, zipfile.ZipFile(other, "w") as changed:
        for entry in archive.namelist():
            content = archive.read(entry)
            if name == "broken" and entry == "word/styles.xml":
                content = content[:-20]
            if name != "zip":
                changed.writestr(entry, content)
        if name == "zip":
            changed.writestr("readme.txt", "Not a document.")
    contents = {"empty": b"", "text": b"Not a document.", "truncated": good[:-200]}
    if name == "folder":
        file.mkdir()
        expected = f"The reference document {file} cannot be opened: Is a directory."
    else:
        file.write_bytes(contents.get(name, other.getvalue()))
        expected = (
            f"The reference document {file} is not a Word document that can be read. Open it in Word, save it as a "
            "Word document or template (.docx or .dotx) without a password, and name that file."
        )
    with pytest.raises(UnusableReference) as raised:
        to_docx(PAPER, file)
    assert str(raised.value) == expected
