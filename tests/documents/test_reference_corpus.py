"""The council's document, whatever program wrote it: its looks get into the paper, and nothing of its text does."""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from kpf.papers.document import Paper
from kpf.papers.word import check_reference, to_docx
from tests.cli.running import AS_AT, PROJECT, kpf
from tests.documents.opening import faults, lines, style_of
from tests.documents.references import (
    COLOUR,
    RED,
    by_libreoffice,
    by_python_docx,
    document,
    like_google,
    like_pandoc,
    of_another_language,
    packed,
    style,
    unpacked,
)

PAPER = Paper(
    "Title",
    "Author",
    date(2026, 11, 23),
    "# Title\n\n## Section\n\nProse.\n\n1. One\n\n> Said.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n",
)


MISSED = ("A required relationship type", "Document references styles but styles.xml is missing")
"""The validator wants a theme and a list of fonts, which Word does not, and no capitals in names of parts."""


def paper_of(data: bytes, folder: Path) -> bytes:
    file = folder / "council.docx"
    file.write_bytes(data)
    made = to_docx(PAPER, file)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert not [name for name in archive.namelist() if b"Secret" in archive.read(name)]
    assert [fault for fault, _ in faults(made, folder) if not fault.startswith(MISSED)] == []
    return made


def colour_of_the_section(paper: bytes) -> str:
    """The colour of the heading of the paper's section, by the style that it has."""
    made = docx.Document(BytesIO(paper))
    heading = next(paragraph for paragraph in made.paragraphs if paragraph.text == "Section")
    assert heading.style is not None
    assert heading.style.name == "Heading 1"
    return str(heading.style.font.color.rgb)


MAKERS: list[Callable[[], bytes]] = [by_python_docx, like_pandoc, like_google, of_another_language]


@pytest.mark.parametrize("make", MAKERS)
def test_the_headings_of_the_council_stay_whatever_wrote_its_document(
    make: Callable[[], bytes], tmp_path: Path
) -> None:
    paper = paper_of(make(), tmp_path)
    assert colour_of_the_section(paper) == RED
    assert [text for _, text in lines(docx.Document(BytesIO(paper)))] == ["Title", "Section", "Prose.", "One", "Said."]


def test_the_headings_of_a_document_by_libreoffice_stay(tmp_path: Path) -> None:
    assert colour_of_the_section(paper_of(by_libreoffice(tmp_path), tmp_path)) == RED


NAMES = ["HEADING 1", "heading  1", "heading 1,H1,Section"]


@pytest.mark.parametrize("name", NAMES)
def test_a_style_is_found_whatever_its_capitals_spaces_and_other_names(name: str, tmp_path: Path) -> None:
    data = document(style("Normal", "Normal", default=True) + style("a7", name, looks=COLOUR))
    assert colour_of_the_section(paper_of(data, tmp_path)) == RED


def test_of_two_styles_with_one_name_the_one_that_word_writes_is_taken(tmp_path: Path) -> None:
    data = document(
        style("x", "Heading 1") + style("Normal", "Normal", default=True) + style("y", "heading 1", looks=COLOUR)
    )
    paper = paper_of(data, tmp_path)
    assert colour_of_the_section(paper) == RED
    names = [str(style.name).casefold() for style in docx.Document(BytesIO(paper)).styles]
    assert len(names) == len(set(names))


def test_a_style_of_another_kind_with_the_name_is_a_clash(tmp_path: Path) -> None:
    data = document(
        style("Normal", "Normal", default=True)
        + style("Heading1", "heading 1", kind="character", looks=COLOUR)
        + style("Quote", "QUOTE", kind="table")
    )
    made = docx.Document(BytesIO(paper_of(data, tmp_path)))
    assert [style_of(paragraph) for paragraph in made.paragraphs if paragraph.text == "Said."] == ["Quote"]
    matches, left_out = check_reference(tmp_path / "council.docx")
    assert left_out == set()
    described = {match.name: match.in_words() for match in matches}
    assert described["Quote"] == (
        "clashing: a table style has this name, and a paper needs a paragraph style; kpf's own is used"
    )
    assert described["Normal"] == "found"
    assert described["Title"] == "kpf's own: the document has no style of this name"


def strict(data: bytes) -> bytes:
    """As Word saves it under “Strict Open XML Document”."""
    name = re.compile(rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml)/2006/")
    parts = {part: name.sub(rb"http://purl.oclc.org/ooxml/\1/", content) for part, content in unpacked(data).items()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:document ", b'<w:document w:conformance="strict" '
    )
    return packed(parts)


def with_a_lost_picture(data: bytes) -> bytes:
    """As Word saves a picture that it could not find."""
    parts = unpacked(data)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    links = "word/_rels/document.xml.rels"
    lost = f'<Relationship Id="rId99" Type="{kind}" Target="../NULL"/></Relationships>'
    parts[links] = parts[links].replace(b"</Relationships>", lost.encode())
    return packed(parts)


def with_other_capitals(data: bytes) -> bytes:
    parts = unpacked(data)
    return packed({name.replace("word/styles", "word/Styles"): part for name, part in parts.items()})


CHANGES: list[Callable[[bytes], bytes]] = [strict, with_a_lost_picture, with_other_capitals]


@pytest.mark.parametrize("change", CHANGES)
def test_what_word_opens_is_taken(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    assert colour_of_the_section(paper_of(change(like_pandoc()), tmp_path)) == RED


@pytest.mark.parametrize(
    "main",
    [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    ],
)
def test_a_template_is_taken(main: str, tmp_path: Path) -> None:
    styles = style("Normal", "Normal", default=True) + style("Heading1", "heading 1", looks=COLOUR)
    assert colour_of_the_section(paper_of(document(styles, main=main), tmp_path)) == RED


def test_nothing_of_the_old_text_decides_how_a_page_is_laid_out(tmp_path: Path) -> None:
    page = (
        '<w:pgNumType w:fmt="lowerRoman" w:start="45"/><w:cols w:num="2" w:space="708"/><w:lnNumType w:countBy="5"/>'
        '<w:vAlign w:val="center"/><w:titlePg/>'
    )
    data = document(style("Normal", "Normal", default=True), page=page)
    section = docx.Document(BytesIO(paper_of(data, tmp_path))).sections[0]
    kept = {element.tag.partition("}")[2] for element in section._sectPr}
    assert kept <= {"headerReference", "footerReference", "pgSz", "pgMar", "titlePg"}


def test_who_changed_a_header_and_what_filled_it_in_does_not_get_into_a_paper(tmp_path: Path) -> None:
    made = docx.Document()
    header = made.sections[0].header
    header.paragraphs[0].text = "Aldermere Council"
    properties = header.paragraphs[0]._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:rPr {nsdecls("w")}><w:ins w:id="1" w:author="Secret"/></w:rPr>'))
    header._element.append(
        parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:dataBinding w:xpath="/title" w:storeItemID="x"/></w:sdtPr>'
            "<w:sdtContent><w:p><w:r><w:t>Secret title</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
    )
    whole = BytesIO()
    made.save(whole)
    paper = docx.Document(BytesIO(paper_of(whole.getvalue(), tmp_path)))
    assert [paragraph.text for paragraph in paper.sections[0].header.paragraphs] == ["Aldermere Council"]


def test_a_header_that_counts_pages_needs_no_footer_that_does(tmp_path: Path) -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0]._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" page \\* Arabic "/>')
    )
    whole = BytesIO()
    made.save(whole)
    section = docx.Document(BytesIO(paper_of(whole.getvalue(), tmp_path))).sections[0]
    assert section._sectPr.find(qn("w:footerReference")) is None


# -- the check ------------------------------------------------------------------------------------------


def test_each_style_is_listed_as_found_ours_or_clashing(tmp_path: Path) -> None:
    (tmp_path / "council.docx").write_bytes(
        document(
            style("Normal", "Normal", default=True)
            + style("h", "HEADING 1")
            + style("Quote", "Quote", kind="character")
        )
    )
    ran = kpf("report", "--check-reference", "council.docx", cwd=tmp_path)
    assert (ran.status, ran.err) == (1, "")
    said = " ".join(ran.out.split())
    assert said.startswith("council.docx has 2 of the 21 styles of a paper. For the others, a paper takes kpf's own.")
    assert "Heading 1 found, as “HEADING 1”" in said
    assert "Heading 2 kpf's own: the document has no style of this name" in said
    assert (
        "Quote clashing: a character style has this name, and a paper needs a paragraph style; kpf's own is used"
        in said
    )
    assert said.endswith("rename the other style of that name in Word (Styles, Modify).")


def test_a_document_without_a_clash_is_fine(tmp_path: Path) -> None:
    (tmp_path / "council.docx").write_bytes(like_pandoc())
    ran = kpf("report", "--check-reference", "council.docx", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert "clashing" not in ran.out


def test_what_is_no_word_document_is_told(tmp_path: Path) -> None:
    (tmp_path / "council.docx").write_bytes(b"no")
    said = kpf("report", "--check-reference", "council.docx", cwd=tmp_path).said
    assert "is not a Word document that can be read" in said
    said = kpf("report", "--check-reference", "none.docx", "--as-at", AS_AT, cwd=PROJECT).said
    assert said == "The reference document none.docx cannot be opened: No such file or directory."
