"""Reference documents as other programs than Word write them: the same looks under other names, in other parts."""

import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import docx
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor

from tests.others import libreoffice
from tests.processes import SECONDS

RED = "C00000"
"""The colour of the headings of all of them."""
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BLANK = (
    '<w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Secret</w:t></w:r></w:p>'
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/>'
    "{page}</w:sectPr></w:body>"
)


def style(id_: str, name: str, *, kind: str = "paragraph", looks: str = "", default: bool = False) -> str:
    first = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}"{first} w:styleId="{id_}"><w:name w:val="{name}"/>{looks}</w:style>'


COLOUR = f'<w:rPr><w:color w:val="{RED}"/></w:rPr>'


def document(styles: str, page: str = "", main: str = f"{_TYPES}.document.main+xml") -> bytes:
    """A Word document of two parts, with these styles."""
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
        ),
        "_rels/.rels": _links(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _links(("styles", "styles.xml")),
        "word/document.xml": f"<w:document {nsdecls('w')}>{_BLANK.format(page=page)}</w:document>",
        "word/styles.xml": f"<w:styles {nsdecls('w')}>{styles}</w:styles>",
    }
    return packed({name: text.encode() for name, text in parts.items()})


def _links(*targets: tuple[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )


def packed(parts: dict[str, bytes]) -> bytes:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return whole.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def by_python_docx() -> bytes:
    made = docx.Document()
    made.styles["Heading 1"].font.color.rgb = RGBColor.from_string(RED)
    made.add_paragraph("Secret", style="Heading 1")
    whole = BytesIO()
    made.save(whole)
    return whole.getvalue()


def like_pandoc() -> bytes:
    """Names of its own for prose, and no style for tables, lists or footers."""
    return document(
        style("Normal", "Normal", default=True)
        + style("BodyText", "Body Text", looks='<w:basedOn w:val="Normal"/>')
        + style("FirstParagraph", "First Paragraph", looks='<w:basedOn w:val="BodyText"/>')
        + style("Heading1", "Heading 1", looks=f'<w:basedOn w:val="Normal"/><w:next w:val="BodyText"/>{COLOUR}')
        + style("BlockText", "Block Text", looks='<w:basedOn w:val="BodyText"/>')
        + style("Table", "Table", kind="table")
    )


def like_google() -> bytes:
    """Small letters, pages numbered from 1 as a setting of the section, and nothing of lists."""
    return document(
        style("Normal", "normal", default=True)
        + style("TableNormal", "Table Normal", kind="table", default=True)
        + style("Heading1", "heading 1", looks=f'<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>{COLOUR}')
        + style("Title", "title", looks='<w:basedOn w:val="Normal"/>'),
        page='<w:pgNumType w:start="1"/>',
    )


def of_another_language() -> bytes:
    """The ids that Word gives, under names that are not its own."""
    return document(
        style("Standard", "Standard", default=True)
        + style("Heading1", "\u00dcberschrift 1", looks=f'<w:basedOn w:val="Standard"/>{COLOUR}')
    )


def by_libreoffice(folder: Path) -> bytes:
    """What LibreOffice makes of a page with headings."""
    page = folder / "page.html"
    page.write_text(
        f"<html><head><style>h1 {{ color: #{RED}; }}</style></head><body><h1>Secret</h1><p>Text</p></body></html>"
    )
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    form = ["--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder)]
    command = [libreoffice(), profile, "--headless", *form, str(page)]
    subprocess.run(command, capture_output=True, check=True, timeout=SECONDS)
    return page.with_suffix(".docx").read_bytes()
