"""Blanks in papers: visible marks for missing facts, with who can supply them and where."""

import re
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from kpf.document import Document
from kpf.finding import Step
from kpf.model.shapes import FieldOf
from kpf.register.entries import field_of_trail

T = TypeVar("T")

_WORD: Final = (
    r"(?:see|in|and|to|of|the|that|this|report|paper|para(?:graph)?s?\.?|sections?|pages?|appendix|appendices|schedules?"
    r"|[0-9][\w.]*|[a-z])"
)
_PLACE: Final = re.compile(r"\b(?:para|section|page|appendi|schedule)", re.IGNORECASE)
_ONLY_PLACES: Final = re.compile(rf"(?:{_WORD}(?:[ ,-]+|\.?\Z))+", re.IGNORECASE)
_QUESTIONS: Final = ("how ", "what ", "whether ", "who ")
_LAST_SENTENCE: Final = re.compile(r"[.!?]\s")


@dataclass(frozen=True, slots=True)
class Blank:
    """A missing fact that has to be supplied."""

    what: str
    who: str
    """The post or service that can supply it; never a person."""
    file: str
    """The name of the file, for the paper: leisure-centres.yaml."""
    place: str
    """The path and line, for whoever supplies it: partnerships/leisure-centres.yaml:12."""
    path: tuple[str, ...] = ()
    """The path in the answers file of the paper; empty if the fact belongs in another file."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """A maker of blanks for one file, to be supplied by `who`.

    A blank is named after its field, for example "the notice period". Where there are several such fields, `of` names
    the entry. `what` replaces the name if a blank stands for several fields or for one entry of a list.
    """

    document: Document
    who: str

    def blank(self, *trail: Step, of: str = "", what: str = "") -> Blank:
        """Return a blank for the missing value at `trail` of the file."""
        where = self.document.locate(trail)
        what = what or what_is_missing(field_of_trail(where.file, trail), of)
        return Blank(what, self.who, where.file, f"{where.path}:{where.line}")

    def or_blank(self, value: T | None, *trail: Step, of: str = "", what: str = "") -> T | Blank:
        """Return `value`, or a blank if it is None."""
        return self.blank(*trail, of=of, what=what) if value is None else value

    def text_or_blank(self, text: str | None, *trail: Step) -> str | Blank:
        """Return `text` without a reference to a place in a report, or a blank if nothing else is left."""
        if text is not None and _points_elsewhere(text):
            missing = self.blank(*trail)
            only = f"the register only points to: {text.rstrip('.')} of the report"
            return replace(missing, what=f"{missing.what} ({only})")
        return self.or_blank(text and _without_pointer(text), *trail)


def what_is_missing(field: FieldOf, of: str = "") -> str:
    """Return the name of the missing value of `field`: the notice period; who decided; the issues, or none."""
    noun = field.about.noun
    what = noun if noun.startswith(_QUESTIONS) else f"the {noun}"
    if of:
        what = f"{what} ({of})"
    return f"{what}, or none" if field.shape.takes_none and not noun.startswith("whether ") else what


def _points_elsewhere(text: str) -> bool:
    """Return whether `text` is only a reference to another place, such as paragraphs of a report to members."""
    return bool(_PLACE.search(text) and _ONLY_PLACES.fullmatch(text))


def _without_pointer(text: str) -> str:
    """Return `text` without a last sentence that is only a reference, which would be wrong in another paper."""
    ends = [found.end() for found in _LAST_SENTENCE.finditer(text)]
    return text[: ends[-1]].rstrip() if ends and _points_elsewhere(text[ends[-1] :]) else text


def unless_none(value: str | Blank) -> str | Blank:
    """Return `value`, or an empty string if it is "none", which records that there is nothing."""
    return "" if isinstance(value, str) and value.strip(" .").casefold() == "none" else value
