"""The Word document, read again by python-docx and held against the schemas of its format."""

import os
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm

from kpf.papers.document import Paper
from kpf.papers.word import to_docx
from tests.cli.running import PROJECT
from tests.documents.opening import faults, lines, numbers, opened, style_of, words_of
from tests.documents.papers import PAPER, paper
from tests.processes import SECONDS


@pytest.fixture(scope="module")
def document() -> Document:
    return opened(PAPER)


def test_word_finds_nothing_to_repair(tmp_path: Path) -> None:
    assert faults(to_docx(PAPER), tmp_path) == []


def test_the_validator_does_find_faults(tmp_path: Path) -> None:
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(to_docx(PAPER))) as good, zipfile.ZipFile(changed, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b"<w:cantSplit/>", b"<w:nonsense/>", 1))
    assert len(faults(changed.getvalue(), tmp_path)) == 1


def test_what_word_says_of_it_comes_from_the_paper(document: Document) -> None:
    properties = document.core_properties
    assert properties.title == PAPER.title
    assert properties.author == properties.last_modified_by == "Head of Policy"
    assert properties.created == properties.modified == datetime(2026, 11, 23, tzinfo=UTC)
    assert (properties.language, properties.comments, properties.keywords) == ("en-GB", "", "")


def test_all_of_it_is_british_english(document: Document) -> None:
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:val") == ["en-GB"]
    assert document.settings.element.xpath("w:themeFontLang/@w:val") == ["en-GB"]
    assert not document.element.xpath("//w:lang")


def test_headings_and_prose_have_their_styles(document: Document) -> None:
    found = lines(document)
    assert [text for style, text in found if style == "Title"] == [PAPER.title]
    assert [text for style, text in found if style == "Heading 1"] == [
        "Purpose of report",
        "Recommendations",
        "Executive summary",
        "Performance against this year's targets",
        "Comments of the Statutory Finance Officer",
        "Background papers",
        "Appendix A: the register",
    ]
    assert [text for style, text in found if style == "Heading 2"] == ["Waste and recycling", "Parks"]
    assert ("Caption", "Measures of waste and recycling, first half of 2026/27") in found
    assert ("Quote", "Nothing here was tested; it was recorded.") in found
    assert ("List Continue", "The depot was closed for two days.") in found
    assert not any("chart" in text for _, text in found)


def test_paragraphs_are_numbered_by_word_and_run_on(document: Document) -> None:
    found = numbers(document)
    assert [(level, text) for _, level, text in found[:6]] == [
        (0, "To tell memb"),
        (0, "That Executi"),
        (1, "agrees the a"),
        (1, "asks the Par"),
        (1, "agrees the r"),
        (0, "One of the t"),
    ]
    top = {id_ for id_, level, text in found if level == 0 and "waste.yaml" not in text and "partnerships" not in text}
    assert len(top) == 1, "one list for all, so that the numbers follow when a paragraph is added"
    assert len({id_ for id_, level, _ in found if level > 0} | top) == 4


def test_a_list_starts_where_the_paper_says() -> None:
    document = opened(paper("7. a\n8. b\n\nBetween.\n\n9. c\n\n## Again\n\n1. d\n"))
    (first, *_), (second, *_), (third, *_), (fourth, *_) = numbers(document)
    assert first == second == third != fourth
    starts = [
        num.xpath("w:lvlOverride/w:startOverride/@w:val")
        for num in document.part.numbering_part.element.findall(qn("w:num"))
    ]
    assert starts == [["7"], ["1"]]


def test_tables_have_titles_that_come_again_and_rows_that_are_not_cut(document: Document) -> None:
    head, about, measures, parks, register = document.tables
    for table in (head, measures, parks, register):
        rows = [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows]
        assert rows == [True] + [False] * (len(rows) - 1)
        assert table._tbl.xpath("w:tblPr/w:tblLook/@w:firstRow") == ["1"]
    assert not about._tbl.xpath(".//w:tblHeader")
    assert about._tbl.xpath("w:tblPr/w:tblLook/@w:firstRow") == ["0"]
    assert about._tbl.xpath("w:tblPr/w:tblLook/@w:firstColumn") == ["1"]
    for table in document.tables:
        assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
    assert len(register.rows) == 31
    assert measures._tbl.xpath("w:tblPr/w:tblCaption/@w:val") == [
        "Measures of waste and recycling, first half of 2026/27"
    ]
    assert register._tbl.xpath("w:tblPr/w:tblCaption/@w:val") == ["Appendix A: the register"]


def test_tables_are_as_wide_as_the_text_of_an_a4_page(document: Document) -> None:
    page = document.sections[0]
    assert (page.page_width, page.page_height) == (Mm(210).twips * 635, Mm(297).twips * 635)
    room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    for table in document.tables:
        for row in table.rows:
            widths = [cell.width or 0 for cell in row.cells]
            assert room - 635 * 20 < sum(widths) <= room
            assert min(widths) > Mm(10)


def test_figures_stand_at_the_right(document: Document) -> None:
    row = document.tables[2].rows[1]
    assert [cell.paragraphs[0].alignment for cell in row.cells] == [
        None,
        None,
        WD_ALIGN_PARAGRAPH.RIGHT,
        WD_ALIGN_PARAGRAPH.RIGHT,
        WD_ALIGN_PARAGRAPH.RIGHT,
        WD_ALIGN_PARAGRAPH.CENTER,
        None,
    ]


def test_pages_are_numbered_and_nothing_else_is_a_field(document: Document) -> None:
    footer = document.sections[0].footer
    (paragraph,) = footer.paragraphs
    assert style_of(paragraph) == "Footer"
    assert words_of(paragraph._p) == "Page 1 of 1"
    assert paragraph._p.xpath("w:fldSimple/@w:instr") == [" PAGE ", " NUMPAGES "]
    assert not document.element.xpath("//w:fldSimple | //w:instrText | //w:hyperlink")


def test_what_is_still_to_be_supplied_can_be_seen(document: Document) -> None:
    cell = document.tables[1].rows[0].cells[1].paragraphs[0]
    plain, blank = cell.runs
    assert blank.text == "[To be supplied: why the public interest favours exemption, by Monitoring Officer]"
    assert blank.style.name == "Paper Blank"
    assert plain.style.name != "Paper Blank"
    shade = document.styles["Paper Blank"].element.xpath("w:rPr/w:shd/@w:fill")
    assert shade == ["FFF2B3"]


def test_a_paper_without_a_title_of_its_own_gets_the_one_it_was_given() -> None:
    assert lines(opened(paper("Prose.", "A title"))) == [("Title", "A title"), ("Normal", "Prose.")]


def test_other_blocks_are_there_too() -> None:
    document = opened(paper("```\na  b\nc\n```\n\n---\n\n`x` *y* **z**\\\nnew line\n"))
    verbatim, rule, prose = document.paragraphs[1:]
    assert (style_of(verbatim), verbatim.text) == ("Paper Verbatim", "a  b\nc")
    assert rule._p.xpath("w:pPr/w:pBdr/w:bottom")
    assert [(run.text, run.style.name, run.bold, run.italic) for run in prose.runs if run.text.strip()] == [
        ("x", "Paper Code", None, None),
        ("y", "Default Paragraph Font", None, True),
        ("z", "Default Paragraph Font", True, None),
        ("\nnew line", "Default Paragraph Font", None, None),
    ]


def test_long_titles_fit_what_word_takes() -> None:
    paper = Paper("x" * 400, "y" * 400, date(2026, 11, 23), "Prose.")
    properties = opened(paper).core_properties
    assert (properties.title, properties.author) == ("x" * 255, "y" * 255)


# -- the same bytes ------------------------------------------------------------------------------------

WRITE = """
import sys
from tests.documents.papers import PAPER
from kpf.papers.page import to_html
from kpf.papers.word import to_docx
sys.stdout.buffer.write(to_docx(PAPER) + to_html(PAPER).encode())
"""


def test_the_same_paper_gives_the_same_bytes_another_time_and_in_another_process() -> None:
    def written(seed: str) -> bytes:
        surroundings = os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "1" else "UTC"}
        return subprocess.run(
            [sys.executable, "-c", WRITE],
            cwd=PROJECT,
            env=surroundings,
            capture_output=True,
            check=True,
            timeout=SECONDS,
        ).stdout

    first = written("1")
    assert first.startswith(b"PK")
    assert first == written("2")
    with zipfile.ZipFile(BytesIO(to_docx(PAPER))) as archive:
        entries = archive.infolist()
        assert entries[0].filename == "[Content_Types].xml"
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        names = {entry.filename for entry in entries}
        assert names == {
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/fontTable.xml",
            "word/footer1.xml",
            "word/numbering.xml",
            "word/settings.xml",
            "word/styles.xml",
            "word/theme/theme1.xml",
        }


def test_nothing_heavy_is_loaded_until_a_document_is_made() -> None:
    script = "import sys, kpf.cli, kpf.papers.word, kpf.papers.page; print({'docx', 'markdown_it'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True, timeout=SECONDS
    )
    assert done.stdout == "set()\n"
