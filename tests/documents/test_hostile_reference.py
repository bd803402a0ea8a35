"""A reference document that means harm: no field, link or outside part of it gets into a paper."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from kpf.papers.word import to_docx
from tests.documents.opening import faults, words_of
from tests.documents.papers import PAPER

EVIL = "http://evil.example/"
MARKS = (b"evil.example", b"DDEAUTO", b"calc.exe", b"INCLUDEPICTURE", b"MACROBUTTON", b'TargetMode="External"')


def png() -> bytes:
    """A picture of one grey dot."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\x80")),
        (b"IEND", b""),
    ]
    whole = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + whole


def run(xml: str) -> Any:
    return parse_xml(f"<w:r {nsdecls('w', 'r', 'a', 'pic', 'wp')} {VML}>{xml}</w:r>")


VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def header_of(document: Document) -> Any:
    header = document.sections[0].header
    header.paragraphs[0].text = "Aldermere Council"
    return header


def footer_of(document: Document) -> Any:
    footer = document.sections[0].footer
    footer.paragraphs[0].text = "Aldermere Council"
    return footer


def field(place: Any, *pieces: str, shown: str = "Secret") -> None:
    paragraph = place.paragraphs[0]._p
    paragraph.append(run('<w:fldChar w:fldCharType="begin"/>'))
    for piece in pieces:
        paragraph.append(run(f'<w:instrText xml:space="preserve">{piece}</w:instrText>'))
    for xml in ('<w:fldChar w:fldCharType="separate"/>', f"<w:t>{shown}</w:t>", '<w:fldChar w:fldCharType="end"/>'):
        paragraph.append(run(xml))


def dde(document: Document) -> None:
    field(header_of(document), ' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe" ')
    field(footer_of(document), f' INCLUDEPICTURE "{EVIL}x.png" \\d ')


def dde_in_pieces(document: Document) -> None:
    field(header_of(document), " DD", "EAU", "TO cmd ")
    field(footer_of(document), " PAGE ", f' \\* "{EVIL}" DDE x')


def dde_within_a_page_number(document: Document) -> None:
    paragraph = header_of(document).paragraphs[0]._p
    paragraph.append(run('<w:fldChar w:fldCharType="begin"/>'))
    paragraph.append(run("<w:instrText> PAGE </w:instrText>"))
    field(document.sections[0].header, " DDEAUTO calc.exe ")
    paragraph.append(run('<w:fldChar w:fldCharType="end"/>'))


def a_field_that_never_ends(document: Document) -> None:
    header_of(document).paragraphs[0]._p.append(
        run('<w:fldChar w:fldCharType="begin"/><w:instrText>DDEAUTO x</w:instrText>')
    )
    footer_of(document).paragraphs[0]._p.append(run("<w:instrText>DDEAUTO x</w:instrText>"))


def a_field_in_one_element(document: Document) -> None:
    for place in (header_of(document), footer_of(document)):
        place.paragraphs[0]._p.append(
            parse_xml(
                f'<w:fldSimple {nsdecls("w")} w:instr=" MACROBUTTON x "><w:r><w:t>Secret</w:t></w:r></w:fldSimple>'
            )
        )


def drawing(blip: str) -> Any:
    return run(
        '<w:drawing><wp:inline><wp:extent cx="10" cy="10"/><wp:docPr id="1" name="x"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr>'
        f"<pic:blipFill><a:blip {blip}/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr/>"
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def an_outside_picture(document: Document) -> None:
    header = header_of(document)
    for relation in ("link", "embed"):
        id_ = header.part.relate_to(f"{EVIL}{relation}.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
        header.paragraphs[0]._p.append(drawing(f'r:{relation}="{id_}"'))


def an_old_shape(document: Document) -> None:
    shape = f'<v:shape><v:imagedata src="{EVIL}x.png" o:href="{EVIL}x.png"/></v:shape>'
    header_of(document).paragraphs[0]._p.append(run(f"<w:pict>{shape}</w:pict>"))
    footer_of(document).paragraphs[0]._p.append(run(f"<w:object>{shape}</w:object>"))


def a_link(document: Document) -> None:
    header = header_of(document)
    id_ = header.part.relate_to(EVIL, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    header.paragraphs[0]._p.append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{id_}"><w:r><w:t>, Town Hall</w:t></w:r></w:hyperlink>')
    )


def an_embedded_object(document: Document) -> None:
    header = header_of(document)
    part = Part(
        PackURI("/word/embeddings/oleObject1.bin"), CONTENT_TYPE.OFC_OLE_OBJECT, b"calc.exe", header.part.package
    )
    id_ = header.part.relate_to(part, RELATIONSHIP_TYPE.OLE_OBJECT)
    header.paragraphs[0]._p.append(run(f'<w:object><o:OLEObject ProgID="Package" r:id="{id_}"/></w:object>'))


def a_picture_that_is_a_script(document: Document) -> None:
    header = header_of(document)
    svg = f'<svg xmlns="x" onload="y"><image href="{EVIL}"/></svg>'.encode()
    part = Part(PackURI("/word/media/image9.png"), CONTENT_TYPE.PNG, svg, header.part.package)
    header.paragraphs[0]._p.append(drawing(f'r:embed="{header.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)}"'))


def outside_parts(document: Document) -> None:
    """A header, a template, a theme's picture, fonts and a list's picture that lie elsewhere."""
    main: Any = document.part
    id_ = main.relate_to(f"{EVIL}header.xml", RELATIONSHIP_TYPE.HEADER, is_external=True)
    document.sections[0]._sectPr.insert(
        0, parse_xml(f'<w:headerReference {nsdecls("w", "r")} w:type="default" r:id="{id_}"/>')
    )
    theme = main.part_related_by(RELATIONSHIP_TYPE.THEME)
    blip = theme.relate_to(f"{EVIL}theme.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    theme._blob = theme.blob.replace(
        b"</a:fmtScheme>",
        f'</a:fmtScheme><a:extLst><a:ext uri="x"><a:blip {nsdecls("r")} r:link="{blip}"/></a:ext></a:extLst>'.encode(),
    )
    for kind in (RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.FONT_TABLE, RELATIONSHIP_TYPE.STYLES):
        main.part_related_by(kind).relate_to(f"{EVIL}x", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    picture = f'<v:shape><v:imagedata o:href="{EVIL}x.png"/></v:shape>'
    main.numbering_part.element.insert(
        0,
        parse_xml(
            f'<w:numPicBullet {nsdecls("w")} {VML} w:numPicBulletId="0"><w:pict>{picture}</w:pict></w:numPicBullet>'
        ),
    )


LEFT_OUT: dict[Callable[[Document], None], str] = {
    dde: "fields other than page numbers",
    dde_in_pieces: "fields other than page numbers",
    dde_within_a_page_number: "fields other than page numbers",
    a_field_that_never_ends: "fields other than page numbers",
    a_field_in_one_element: "fields other than page numbers",
    an_outside_picture: "pictures and parts that are not stored in it",
    an_old_shape: "objects and shapes that are not plain pictures or text",
    a_link: "links",
    an_embedded_object: "objects and shapes that are not plain pictures or text",
    a_picture_that_is_a_script: "objects and shapes that are not plain pictures or text",
    outside_parts: "pictures and parts that are not stored in it",
}


def made(change: Callable[[Document], None], folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """The parts of a paper that takes after a document with this change, and what the person is told."""
    document = docx.Document()
    change(document)
    document.save(str(folder / "reference.docx"))
    notes: list[str] = []
    data = to_docx(PAPER, folder / "reference.docx", notes.append)
    assert faults(data, folder) == []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}, notes


@pytest.mark.parametrize("change", LEFT_OUT)
def test_nothing_that_acts_gets_into_the_paper(change: Callable[[Document], None], tmp_path: Path) -> None:
    parts, notes = made(change, tmp_path)
    assert {name for name, content in parts.items() if any(mark in content for mark in (*MARKS, b"Secret"))} == set()
    assert [name for name in parts if name.startswith(("word/embeddings", "word/media"))] == []
    (line,) = notes
    assert line.startswith("Some of reference.docx was left out of the paper, because it could run programs, ")
    assert LEFT_OUT[change] in line
    headers = [words_of(parse_xml(content)) for name, content in parts.items() if name.startswith("word/header")]
    assert (
        headers == ["Aldermere Council, Town Hall" if change is a_link else "Aldermere Council"]
        or change is outside_parts
    )


def a_logo_and_page_numbers(document: Document) -> None:
    (header := header_of(document)).paragraphs[0].add_run().add_picture(BytesIO(png()))
    table = header.add_table(1, 2, document.sections[0].page_width)
    table.cell(0, 1).text = "Town Hall"
    field(footer_of(document), " PAGE ", " \\* MERGEFORMAT ", shown="3")


def test_a_stored_logo_a_table_and_page_numbers_stay_and_nobody_is_told(tmp_path: Path) -> None:
    parts, notes = made(a_logo_and_page_numbers, tmp_path)
    assert notes == []
    assert [content for name, content in parts.items() if name.startswith("word/media/")] == [png()]
    (header,) = (parse_xml(content) for name, content in parts.items() if name.startswith("word/header"))
    assert words_of(header) == "Aldermere CouncilTown Hall"
    assert len(list(header.iter(qn("w:drawing")))) == len(list(header.iter(qn("w:tbl")))) == 1
    (footer,) = (parse_xml(content) for name, content in parts.items() if name.startswith("word/footer"))
    assert words_of(footer) == "Aldermere Council PAGE  \\* MERGEFORMAT 3"


def test_a_picture_that_a_click_would_follow_stays_without_the_link(tmp_path: Path) -> None:
    def linked(document: Document) -> None:
        a_logo_and_page_numbers(document)
        header = document.sections[0].header
        id_ = header.part.relate_to(EVIL, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        for properties in header.part.element.iter(qn("wp:docPr")):
            properties.append(parse_xml(f'<a:hlinkClick {nsdecls("a", "r")} r:id="{id_}"/>'))

    parts, notes = made(linked, tmp_path)
    assert b"evil" not in b"".join(parts.values())
    assert [name for name in parts if name.startswith("word/media/")]
    assert notes[0].endswith(": links.")


def test_text_in_a_box_stays(tmp_path: Path) -> None:
    def boxed(document: Document) -> None:
        wps = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        box = (
            f'<mc:AlternateContent {mc} {wps}><mc:Choice Requires="wps"><w:drawing><wp:inline>'
            '<wp:extent cx="9" cy="9"/><wp:docPr id="1" name="x"/><a:graphic><a:graphicData '
            'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr/>'
            "<wps:txbx><w:txbxContent><w:p><w:r><w:t>, Town Hall</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
            "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
            "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent>"
        )
        header_of(document).paragraphs[0]._p.append(run(box))

    parts, notes = made(boxed, tmp_path)
    assert notes == []
    (header,) = (parse_xml(content) for name, content in parts.items() if name.startswith("word/header"))
    assert words_of(header) == "Aldermere Council, Town Hall"
    assert b"w:pict" not in parts["word/header1.xml"]
