"""Matching of a paper's styles in a reference document, by name and ignoring case, as Word does."""

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
    """The match in a reference document for one style of a paper."""

    name: str
    """The name of the style as shown by Word, for example "Heading 1"."""
    kind: str
    """The type of the style: paragraph, character or table."""
    found_as: str
    """The name in the reference document; empty if it is missing and kpf's own style is used."""
    clashes_with: str = ""
    """The type of another style with this name, which cannot be used; empty if there is none."""

    def in_words(self) -> str:
        """A phrase that says which style a paper uses."""
        if self.clashes_with:
            other = f"a {self.clashes_with} style has this name, and a paper needs a {self.kind} style"
            used = f"“{self.found_as}”" if self.found_as else "kpf's own"
            return f"clashing: {other}; {used} is used"
        if not self.found_as:
            return "kpf's own: the document has no style of this name"
        return "found" if self.found_as in {self.name, self.name.lower()} else f"found, as “{self.found_as}”"


def own_styles() -> Any:
    """Return kpf's own styles."""
    return parse_xml(_FILE.read_bytes())


def match_styles(document: Document) -> list[StyleMatch]:
    """Make every style of a paper available in `document`, and return its match for each.

    Matching styles are given the name that papers use, and missing ones are added from kpf. A style of another type
    with the same name is renamed. Its id is kept, so that its uses are unaffected.
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
    """Return the style in `styles` that matches `style`, or None."""
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
    """Add a style of kpf, with its references to other styles replaced by their ids in this document."""
    style.attrib.pop(_DEFAULT, None)
    style.styleId = ids[style.styleId]
    for tag in ("w:basedOn", "w:next", "w:link"):
        for element in style.findall(qn(tag)):
            element.set(_VALUE, ids.get(element.get(_VALUE), element.get(_VALUE)))
    styles.append(style)
