"""The styles of a paper in a reference document, found as Word finds them: by name, whatever its capitals."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.styles import BabelFish

_FILE: Final = Path(__file__).with_name("styles.xml")
_NAME, _TYPE, _ID, _DEFAULT = qn("w:name"), qn("w:type"), qn("w:styleId"), qn("w:default")
_VALUE: Final = qn("w:val")


@dataclass(frozen=True, slots=True)
class StyleMatch:
    """What a reference document has for one style of a paper."""

    name: str
    """The style as Word shows it: Heading 1."""
    kind: str
    """paragraph, character or table."""
    found_as: str
    """What it is called there; empty where it is not there, so that the paper takes kpf's own."""
    clashes_with: str = ""
    """The kind of another style that has this name there; such a one cannot be used."""

    def in_words(self) -> str:
        """What a paper takes for this style, in words."""
        if self.clashes_with:
            other = f"a {self.clashes_with} style has this name, and a paper needs a {self.kind} style"
            used = f"“{self.found_as}”" if self.found_as else "kpf's own"
            return f"clashing: {other}; {used} is used"
        if not self.found_as:
            return "kpf's own: the document has no style of this name"
        return "found" if self.found_as in {self.name, self.name.lower()} else f"found, as “{self.found_as}”"


def own_styles() -> Any:
    """The styles of a paper that has no reference document."""
    return parse_xml(_FILE.read_bytes())


def match_styles(document: Document) -> list[StyleMatch]:
    """Give `document` every style of a paper, and return what it had for each.

    Its own styles get the names by which a paper uses them; what it lacks is kpf's. A style of another kind that has
    the name of one of a paper is renamed. Its id stays, so what uses it looks as before.
    """
    styles = document.styles.element
    own = list(own_styles().findall(qn("w:style")))
    ids: dict[str, str] = {}
    added, matches = [], []
    for style in own:
        found = _found(styles, style)
        others = [other for other in _named(styles, style) if other is not found]
        clashing = [other for other in others if other.get(_TYPE) != style.get(_TYPE)]
        if not style.findall(qn("w:semiHidden")):
            name = BabelFish.internal2ui(style.name_val)
            called = "" if found is None else _name(found)
            matches.append(StyleMatch(name, style.get(_TYPE), called, clashing[0].get(_TYPE) if clashing else ""))
        for number, other in enumerate(others, 2):
            _rename(other, f"{_name(other)} ({number})")
        if found is not None:
            _rename(found, style.name_val)
            ids[style.styleId] = found.get(_ID)
        else:
            ids[style.styleId] = _free_id(styles, style.styleId)
            added.append(style)
    for style in added:
        _add(styles, style, ids)
    return matches


def _found(styles: Any, style: Any) -> Any:
    """The style of `styles` that a paper takes for `style`; None where there is none."""
    kind = style.get(_TYPE)
    named = [other for other in _named(styles, style) if other.get(_TYPE) == kind]
    if named:
        return next((other for other in named if _name(other) == style.name_val), named[0])
    for other in _of_kind(styles, kind):
        if style.get(_DEFAULT) and other.get(_DEFAULT) in {"1", "true", "on"}:
            return other
        if other.get(_ID) == style.styleId and not style.get(qn("w:customStyle")):
            return other
    return None


def _named(styles: Any, style: Any) -> list[Any]:
    wanted = _compared(style.name_val)
    return [other for other in styles.findall(qn("w:style")) if wanted in map(_compared, _name(other).split(","))]


def _of_kind(styles: Any, kind: str) -> Iterator[Any]:
    return (other for other in styles.findall(qn("w:style")) if other.get(_TYPE) == kind)


def _name(style: Any) -> str:
    element = style.find(_NAME)
    return "" if element is None else element.get(_VALUE) or ""


def _compared(name: str) -> str:
    return " ".join(name.split()).casefold()


def _rename(style: Any, name: str) -> None:
    element = style.find(_NAME)
    if element is None:
        style.insert(0, parse_xml(f'<w:name xmlns:w="{_NAME[1:].partition("}")[0]}"/>'))
        element = style[0]
    element.set(_VALUE, name)


def _free_id(styles: Any, wanted: str) -> str:
    return f"{wanted}InPapers" if styles.get_by_id(wanted) is not None else wanted


def _add(styles: Any, style: Any, ids: dict[str, str]) -> None:
    """Add a style of kpf's, which rests on others by the ids that they have in this document."""
    style.attrib.pop(_DEFAULT, None)
    style.styleId = ids[style.styleId]
    for tag in ("w:basedOn", "w:next", "w:link"):
        for element in style.findall(qn(tag)):
            element.set(_VALUE, ids.get(element.get(_VALUE), element.get(_VALUE)))
    styles.append(style)
