"""What a paper cannot say because nobody has recorded it: a visible blank, with who can fill it and where."""

from dataclasses import dataclass
from typing import TypeVar

from kpf.document import Document
from kpf.finding import Step

T = TypeVar("T")


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
    way: tuple[str, ...] = ()
    """The names that lead to it in the answers file of the paper; empty where it belongs elsewhere."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Makes the blanks of one file, for those who keep it."""

    document: Document
    who: str

    def blank(self, what: str, *trail: Step) -> Blank:
        """A blank for `what`, which belongs at `trail` of the file."""
        where = self.document.locate(trail)
        return Blank(what, self.who, where.file, f"{where.path}:{where.line}")

    def held(self, value: T | None, what: str, *trail: Step) -> T | Blank:
        """`value`, or a blank for `what` where there is none."""
        return self.blank(what, *trail) if value is None else value


def unless_none(value: str | Blank) -> str | Blank:
    """`value`, or an empty text where it is "none", the word that records that there is nothing."""
    return "" if isinstance(value, str) and value.strip(" .").casefold() == "none" else value
