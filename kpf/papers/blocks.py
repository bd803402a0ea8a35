"""The blocks of a paper as plain data, from which the Word document and the page are written."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text with one format. Its only control character is a line feed, for a line break."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    blank: bool = False
    """Whether the text marks a blank."""


Line = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Only the title of a paper has level 1, and no level is skipped."""

    level: int
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    line: Line


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list."""

    line: Line
    """The first paragraph; empty if the item starts with another block."""
    more: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, or a sequence of numbered paragraphs."""

    entries: tuple[ListItem, ...]
    start: int | None
    """The first number; None for a list with bullets."""
    tight: bool
    """Whether there is no space between the items."""


class Align(StrEnum):
    """The alignment of a column."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Table:
    """A table. All rows have the length of `aligns`."""

    aligns: tuple[Align, ...]
    head: tuple[Line, ...]
    """The column headings; empty if there are none."""
    rows: tuple[tuple[Line, ...], ...]
    name: str = ""
    """The name of the table for screen readers."""
    caption: Line = ()
    """The paragraph in bold above the table; empty if there was none."""

    @cached_property
    def named_rows(self) -> bool:
        """Whether the first column names each row: it is never empty, and no two rows have the same text."""
        firsts = [plain_text(row[0]).strip() for row in self.rows]
        alone = not self.head or len(firsts) > 1
        return alone and len(self.aligns) > 1 and all(firsts) and len(set(firsts)) == len(firsts)


@dataclass(frozen=True, slots=True)
class ChartPlace:
    """The place of a chart."""

    name: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Preformatted text."""

    text: str


@dataclass(frozen=True, slots=True)
class Divider:
    """A horizontal rule."""


Block = Heading | Paragraph | ListBlock | Table | ChartPlace | Quotation | Verbatim | Divider


def plain_text(line: Line) -> str:
    """Return the text of a line without formats."""
    return "".join(words.text for words in line)
