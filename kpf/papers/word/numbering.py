"""Word's own numbering and bullets, which stay correct when an officer adds a paragraph."""

from typing import Any, Final

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

DEEPEST: Final = 8
"""The deepest level of a list in Word, counted from 0."""

INDENT: Final = 567
"""The indent of each level, one centimetre, in twentieths of a point."""

_BULLETS: Final = ("\u2022", "\u2022", "\u2013")
"""The bullets by level; deeper levels use the last. Level 1, in a numbered paragraph, looks like level 0."""


class Numbering:
    """The lists of one document. The numbering of paragraphs continues from one list to the next."""

    def __init__(self, document: Document) -> None:
        self._definitions = _definitions(document)
        self._numbered = self._add_kind(numbered=True)
        self._bulleted = self._add_kind(numbered=False)
        self._running: tuple[int, int] | None = None
        """The id of the list that numbers the paper's paragraphs, and its next number."""

    def new_list(self, start: int | None, length: int, level: int) -> int:
        """Return the id of a list with `length` items, or of the last top-level list if this one continues it."""
        if level == 0 and self._running and self._running[1] == start:
            id_ = self._running[0]
        else:
            id_ = self._add_list(start, min(level, DEEPEST))
        if level == 0 and start is not None:
            self._running = (id_, start + length)
        return id_

    def _add_list(self, start: int | None, level: int) -> int:
        added = self._definitions.add_num(self._bulleted if start is None else self._numbered)
        if start is not None:
            added.add_lvlOverride(level).add_startOverride(start)
        return int(added.numId)

    def _add_kind(self, *, numbered: bool) -> int:
        """Add an abstract list and return its id. Word requires these before the lists."""
        kinds = self._definitions.findall(qn("w:abstractNum"))
        id_ = 1 + max((int(kind.get(qn("w:abstractNumId"))) for kind in kinds), default=-1)
        self._definitions.insert(len(kinds), parse_xml(_kind(id_, numbered=numbered)))
        return id_


def enter(paragraph: Paragraph, list_id: int, level: int) -> None:
    """Make `paragraph` the next item of a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = min(level, DEEPEST)
    properties.get_or_add_numId().val = list_id


def _kind(id_: int, *, numbered: bool) -> str:
    levels = "".join(_level(level, numbered=numbered) for level in range(DEEPEST + 1))
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{id_}"><w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
    )


def _level(level: int, *, numbered: bool) -> str:
    text = f"%{level + 1}." if numbered else _BULLETS[min(level, len(_BULLETS) - 1)]
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{"decimal" if numbered else "bullet"}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{INDENT * (level + 1)}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
    )


def _definitions(document: Document) -> Any:
    """Return the numbering definitions of the document, created if a reference document has none."""
    try:
        part: Any = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        empty = f"<w:numbering {nsdecls('w')}/>".encode()
        name = PackURI("/word/numbering.xml")
        part = XmlPart.load(name, CONTENT_TYPE.WML_NUMBERING, empty, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part.element
