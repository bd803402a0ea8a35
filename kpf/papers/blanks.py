"""What a paper cannot say because nobody has recorded it: a visible blank, with who can fill it and where."""

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
    """One thing to be supplied."""

    what: str
    who: str
    """The post, else the service; never a person."""
    file: str
    """Where it belongs, as the paper says it: leisure-centres.yaml."""
    place: str
    """Where it belongs, for whoever goes there: partnerships/leisure-centres.yaml:12."""
    path: tuple[str, ...] = ()
    """The names that lead to it in the answers file of the paper; empty where it belongs elsewhere."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Makes the blanks of one file, for those who keep it.

    A blank is called what its field is: the notice period; where there are several such fields, with the name `of` what
    it belongs to. `what` is given where a paper needs more than one field, or another word for one entry of it.
    """

    document: Document
    who: str

    def blank(self, *trail: Step, of: str = "", what: str = "") -> Blank:
        """A blank for what belongs at `trail` of the file."""
        where = self.document.locate(trail)
        what = what or what_is_missing(field_of_trail(where.file, trail), of)
        return Blank(what, self.who, where.file, f"{where.path}:{where.line}")

    def or_blank(self, value: T | None, *trail: Step, of: str = "", what: str = "") -> T | Blank:
        """`value`, or a blank where there is none."""
        return self.blank(*trail, of=of, what=what) if value is None else value

    def text_or_blank(self, text: str | None, *trail: Step) -> str | Blank:
        """`text` without where in a report it stands; a blank where it is missing or only says that."""
        if text is not None and _points_elsewhere(text):
            missing = self.blank(*trail)
            only = f"the register only points to: {text.rstrip('.')} of the report"
            return replace(missing, what=f"{missing.what} ({only})")
        return self.or_blank(text and _without_pointer(text), *trail)


def what_is_missing(field: FieldOf, of: str = "") -> str:
    """What people call what is asked for in `field`: the notice period; who decided; the issues, or none."""
    noun = field.about.noun
    what = noun if noun.startswith(_QUESTIONS) else f"the {noun}"
    if of:
        what = f"{what} ({of})"
    return f"{what}, or none" if field.shape.takes_none and not noun.startswith("whether ") else what


def _points_elsewhere(text: str) -> bool:
    """Whether `text` only says where else to look, as the paragraphs of the report that went to members."""
    return bool(_PLACE.search(text) and _ONLY_PLACES.fullmatch(text))


def _without_pointer(text: str) -> str:
    """`text` without a last sentence that only says where to look: in a paper that is a paragraph of another one."""
    ends = [found.end() for found in _LAST_SENTENCE.finditer(text)]
    return text[: ends[-1]].rstrip() if ends and _points_elsewhere(text[ends[-1] :]) else text


def unless_none(value: str | Blank) -> str | Blank:
    """`value`, or an empty text where it is "none", the word that records that there is nothing."""
    return "" if isinstance(value, str) and value.strip(" .").casefold() == "none" else value
