"""Cleaning of the council's document down to its formatting, and the text and stored pictures of headers and footers.

Everything not in the lists below is removed: fields other than page numbers, which can start programs (DDE) or load
files (INCLUDEPICTURE); pictures, templates and headers outside the document; objects, charts, controls and macros; and
shapes in the format before Word 2007 (VML), which can contain addresses.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import qn

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWINGML: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PICTURES: Final = (
    _DRAWINGML,
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}",
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}",
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}",
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}",
)
_FORMATTING: Final = (f"{{{_W}}}", "{http://schemas.microsoft.com/office/word/2010/wordml}")


def _words(names: str) -> frozenset[str]:
    return frozenset(qn(f"w:{name}") for name in names.split())


_TEXT: Final = _words(
    "hdr ftr p r t tab ptab br cr sym noBreakHyphen softHyphen pgNum lastRenderedPageBreak fldChar instrText fldSimple "
    "tbl tblGrid gridCol tr tc drawing txbxContent"
)
_PROPERTIES: Final = _words("pPr rPr tblPr tblPrEx trPr tcPr")
"""Elements of a paragraph, a run or a table that only contain formatting."""
_AROUND_TEXT: Final = _words("hyperlink smartTag customXml sdt sdtContent ins moveTo dir bdo")
"""Elements that are removed while their content is kept."""
_IN_FIELDS: Final = _words("t tab br cr sym drawing pict object fldChar instrText fldSimple")
"""The visible content of a run, and the parts of fields."""
_OLD: Final = _words("pict object numPicBullet lvlPicBulletId")
"""Elements with shapes in the format before Word 2007."""
_SILENT: Final = _words(
    "del moveFrom bookmarkStart bookmarkEnd proofErr permStart permEnd commentRangeStart commentRangeEnd "
    "commentReference moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd sdtPr sdtEndPr smartTagPr "
    "customXmlPr pPrChange rPrChange tblPrChange tblGridChange trPrChange tcPrChange sectPrChange"
)
"""Elements removed without a note, because they are invisible."""
_TRACKED: Final = _words("ins del moveFrom moveTo cellIns cellDel cellMerge numberingChange")
"""Tracked changes of formatting, which are removed too."""
_SETTINGS: Final = _words(
    "mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop "
    "defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps evenAndOddHeaders "
    "displayBackgroundShape characterSpacingControl noLineBreaksAfter noLineBreaksBefore compat themeFontLang "
    "clrSchemeMapping decimalSymbol listSeparator defaultTableStyle"
)
_NAMED_SETTINGS: Final = {
    qn("w:attachedTemplate"): "the attached template",
    qn("w:documentProtection"): "the protection against changes",
    qn("w:writeProtection"): "the protection against changes",
    qn("w:mailMerge"): "the source of a mail merge",
}
_PAGE_NUMBER: Final = re.compile(r'\s*(PAGE|NUMPAGES|SECTIONPAGES)(\s+\\[*#]\s*("[^"]*"|[^\s"]+))*\s*', re.IGNORECASE)
_STORED: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\x01\0\0\0", b"\xd7\xcd\xc6\x9a")
"""The first bytes of self-contained pictures: PNG, JPEG, GIF, BMP, TIFF, EMF, WMF. SVG can contain addresses."""

_FIELDS: Final = "fields other than page numbers"
_OUTSIDE: Final = "pictures and parts that are not stored in it"
_LINKS: Final = "links"
_FONTS: Final = "the fonts stored in it"
_OTHER: Final = "objects and shapes that are not plain pictures or text"


def clean(document: Document) -> set[str]:
    """Remove from `document`, which has no text left, all that a paper does not keep, and return what was removed."""
    left_out: set[str] = set()
    main: Any = document.part
    _clean_page(main, document.element.body, left_out)
    for relationship in list(main.rels.values()):
        part = relationship.target_part
        match relationship.reltype:
            case RELATIONSHIP_TYPE.HEADER | RELATIONSHIP_TYPE.FOOTER:
                _drop_fields(part.element, left_out)
                _clean_text(part.element, _stored_pictures(part, left_out), left_out)
            case RELATIONSHIP_TYPE.SETTINGS:
                _clean_settings(part.element, left_out)
                part.rels.clear()
            case RELATIONSHIP_TYPE.THEME:
                theme = parse_xml(part.blob)
                _clean_formatting(theme, (_DRAWINGML,), left_out, _stored_pictures(part, left_out))
                part._blob = serialize_part_xml(theme)
            case RELATIONSHIP_TYPE.FONT_TABLE:
                fonts = parse_xml(part.blob)
                _clean_formatting(fonts, _FORMATTING, set())
                part._blob = serialize_part_xml(fonts)
                left_out.update({_FONTS} if part.rels else ())
                part.rels.clear()
            case _:
                _clean_formatting(part.element, _FORMATTING, left_out)
                part.rels.clear()
    return left_out


# -- parts ---------------------------------------------------------------------------------------------


def _clean_page(main: Any, body: Any, left_out: set[str]) -> None:
    """Remove the headers and footers of the section that are outside the document."""
    for section in body:
        for child in list(section):
            id_ = child.get(f"{_R}id")
            relationship = main.rels.get(id_) if id_ is not None else None
            kind = {qn("w:headerReference"): "header", qn("w:footerReference"): "footer"}.get(child.tag)
            if id_ is None and child.tag not in _SILENT:
                continue
            if kind and relationship is not None and not relationship.is_external:
                element = getattr(relationship.target_part, "element", None)
                if element is not None and element.tag in {qn("w:hdr"), qn("w:ftr")}:
                    continue
            section.remove(child)
            if kind:
                left_out.add(_OUTSIDE)
            if id_ in main.rels:
                main.rels.pop(id_)


def _stored_pictures(part: Any, left_out: set[str]) -> frozenset[str]:
    """Return the ids of the pictures stored in the document, and remove all other relationships of the part."""
    stored = set()
    for id_, relationship in list(part.rels.items()):
        is_picture = relationship.reltype == RELATIONSHIP_TYPE.IMAGE
        if is_picture and not relationship.is_external and relationship.target_part.blob.startswith(_STORED):
            relationship.target_part.rels.clear()
            stored.add(id_)
        else:
            part.rels.pop(id_)
            if relationship.reltype != RELATIONSHIP_TYPE.HYPERLINK:
                left_out.add(_OUTSIDE if relationship.is_external else _OTHER)
    return frozenset(stored)


def _clean_settings(settings: Any, left_out: set[str]) -> None:
    for setting in list(settings):
        if setting.tag not in _SETTINGS:
            settings.remove(setting)
            if setting.tag in _NAMED_SETTINGS:
                left_out.add(_NAMED_SETTINGS[setting.tag])


def _clean_formatting(
    root: Any, namespaces: tuple[str, ...], left_out: set[str], pictures: frozenset[str] = frozenset()
) -> None:
    """Remove elements of other namespaces, and references other than to `pictures`."""
    for element in list(root.iter()):
        if element is root or _is_sound(element, namespaces, pictures):
            continue
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
            if element.tag in _OLD or any(key.startswith(_R) for key in element.attrib):
                left_out.add(_OTHER)


# -- text of headers and footers -----------------------------------------------------------------------


@dataclass
class _Field:
    instruction: str = ""
    is_plain: bool = True
    """Whether the field contains no other field."""
    elements: list[Any] = field(default_factory=list)


def _drop_fields(root: Any, left_out: set[str]) -> None:
    """Remove each field other than page numbers with its text. A field can span runs and paragraphs."""
    open_: list[_Field] = []
    dropped: list[Any] = []
    for element in list(root.iter(*_IN_FIELDS)):
        kind = "simple" if element.tag == qn("w:fldSimple") else element.get(qn("w:fldCharType"))
        if kind in {"simple", "begin"}:
            for around in open_:
                around.is_plain = False
        if kind == "begin":
            open_.append(_Field())
        for around in open_:
            around.elements.append(element)
        if kind == "end" and open_:
            dropped += _unwanted(open_.pop())
        elif kind == "simple":
            dropped += _unwanted(_Field(element.get(qn("w:instr")) or "", elements=[element]))
        elif element.tag == qn("w:instrText"):
            _ends_in(open_, dropped, element)
    dropped += [element for around in open_ for element in around.elements]
    if dropped:
        left_out.add(_FIELDS)
    _remove(dropped)


def _ends_in(open_: list[_Field], dropped: list[Any], element: Any) -> None:
    """Add part of an instruction to the innermost open field, or drop it if there is none."""
    if open_:
        open_[-1].instruction += element.text or ""
    else:
        dropped.append(element)


def _unwanted(ended: _Field) -> list[Any]:
    return [] if ended.is_plain and _PAGE_NUMBER.fullmatch(ended.instruction) else ended.elements


def _remove(elements: Iterable[Any]) -> None:
    for element in elements:
        if (parent := element.getparent()) is not None:
            parent.remove(element)


def _clean_text(parent: Any, pictures: frozenset[str], left_out: set[str]) -> None:
    """Remove from `parent` everything that is not in the lists above."""
    pending = list(parent)
    while pending:
        child = pending.pop(0)
        if _is_of_the_old_text(child, left_out):
            parent.remove(child)
        elif child.tag in _AROUND_TEXT or child.tag == f"{_MC}AlternateContent":
            if child.tag == qn("w:hyperlink"):
                left_out.add(_LINKS)
            within = child if child.tag in _AROUND_TEXT else next(iter(child.findall(f"{_MC}Choice")), ())
            inner = list(within)
            for element in inner:
                child.addprevious(element)
            parent.remove(child)
            pending = [*inner, *pending]
        elif child.tag in _PROPERTIES:
            _clean_formatting(child, _FORMATTING, left_out)
        elif child.tag == qn("w:drawing"):
            _clean_drawing(child, pictures, left_out)
        elif child.tag in _TEXT:
            _clean_text(child, pictures, left_out)
        else:
            parent.remove(child)
            if isinstance(child.tag, str) and child.tag not in _SILENT:
                left_out.add(_OTHER)


def _is_of_the_old_text(element: Any, left_out: set[str]) -> bool:
    """Return whether `element` is a row deleted by a tracked change, or a control with a property or placeholder."""
    if element.tag == qn("w:tr"):
        return element.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None
    if element.tag == qn("w:sdt") and any(
        element.find(f"{qn('w:sdtPr')}/{qn(name)}") is not None for name in ("w:dataBinding", "w:showingPlcHdr")
    ):
        left_out.add(_FIELDS)
        return True
    return False


def _clean_drawing(drawing: Any, pictures: frozenset[str], left_out: set[str]) -> None:
    """Remove links and alternative pictures from a drawing, or remove the whole drawing if it is unsafe."""
    for name in ("hlinkClick", "hlinkHover", "hlinkMouseOver", "extLst"):
        found = list(drawing.iter(f"{_DRAWINGML}{name}"))
        if found and name != "extLst":
            left_out.add(_LINKS)
        _remove(found)
    for blip in drawing.iter(f"{_DRAWINGML}blip"):
        if blip.get(f"{_R}embed") in pictures:
            blip.attrib.pop(f"{_R}link", None)
    for content in list(drawing.iter(qn("w:txbxContent"))):
        _clean_text(content, pictures, left_out)
    if not all(_is_sound(element, (*_PICTURES, *_FORMATTING), pictures) for element in drawing.iter()):
        drawing.getparent().remove(drawing)
        left_out.add(_OTHER)


def _is_sound(element: Any, namespaces: tuple[str, ...], pictures: frozenset[str]) -> bool:
    """Return whether `element` is in one of `namespaces` and refers only to stored `pictures`, if anything."""
    if (
        not isinstance(element.tag, str)
        or not element.tag.startswith(namespaces)
        or element.tag in _SILENT | _OLD | _TRACKED
    ):
        return False
    refers = {key: value for key, value in element.attrib.items() if key.startswith(_R)}
    is_picture = element.tag == f"{_DRAWINGML}blip" and refers.keys() == {f"{_R}embed"}
    return not refers or (is_picture and refers[f"{_R}embed"] in pictures)
