"""What a paper says, as plain data: the one reading that Word and the page are both written from."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text in one look. Its only control character is a line feed, where the paper breaks a line."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    blank: bool = False
    """Somebody has yet to write something here."""


Line = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Only the paper's title has level 1, and no level is left out on the way down."""

    level: int
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose."""

    line: Line


@dataclass(frozen=True, slots=True)
class ListItem:
    """One entry of a list."""

    line: Line
    """Its first paragraph; empty where it starts with something else."""
    more: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, or a row of numbered paragraphs."""

    entries: tuple[ListItem, ...]
    start: int | None
    """The first number; None where the list has bullets."""
    tight: bool
    """Whether its entries stand without space between them."""


class Align(StrEnum):
    """Where the text of a column stands."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Table:
    """A table. All rows are as long as `aligns`."""

    aligns: tuple[Align, ...]
    head: tuple[Line, ...]
    """Empty where the table has no titles for its columns."""
    rows: tuple[tuple[Line, ...], ...]
    name: str = ""
    """The caption for readers who cannot see where the table stands."""
    caption: Line = ()
    """What stood in bold above it; empty where nothing did."""

    @cached_property
    def named_rows(self) -> bool:
        """Whether the first column says what each row is about: it is never empty, and no two rows have the same."""
        firsts = [plain_text(row[0]).strip() for row in self.rows]
        alone = not self.head or len(firsts) > 1
        return alone and len(self.aligns) > 1 and all(firsts) and len(set(firsts)) == len(firsts)


@dataclass(frozen=True, slots=True)
class ChartPlace:
    """Where a chart belongs."""

    name: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody else said."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines that are shown just as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across the page."""


Block = Heading | Paragraph | ListBlock | Table | ChartPlace | Quotation | Verbatim | Divider


def plain_text(line: Line) -> str:
    """The bare text of a line."""
    return "".join(words.text for words in line)
