"""What a form asks: the open questions and tables of one file, before they are a workbook or a Word document."""

from dataclasses import dataclass, field, replace
from typing import Self

from kpf.document import Document
from kpf.finding import Step, Trail
from kpf.forms.fields import FieldPath, FormField, FormTable, trail_at
from kpf.framework import Framework


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row of a table: an entry of the file of which something is open, or a place for a new one."""

    entries: tuple[Step, ...]
    """The names or positions of the entries that hold the table."""
    key: Step | None
    """The name or the position of the entry itself; None for a new one."""
    recorded: tuple[str, ...]
    """What is recorded now, column by column; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table with its rows."""

    table: FormTable
    rows: tuple[OpenRow, ...]
    open: tuple[str, ...] = ()
    """What of it is open, in sentences; empty where nothing is recorded yet."""


@dataclass(frozen=True, slots=True)
class OpenAgain:
    """Something that is recorded, and of which one more is wanted: the last time, or a further entry."""

    field: FormField
    entries: tuple[Step, ...]
    """The names or positions of the entries that hold it."""
    recorded: tuple[str, ...]
    """What is recorded now."""
    duties: tuple[str, ...]
    open: str
    """What of it is open, in a sentence; empty where that would name what only those know who read the files."""

    @property
    def trail(self) -> Trail:
        """The path to it in the file."""
        return trail_at(self.field.path, self.entries)


@dataclass(frozen=True)
class OpenForm:
    """All that one file leaves open for one of those who answer."""

    kind: str
    """partnership, organisations or council."""
    id: str
    name: str
    document: Document
    framework: Framework
    """The one in force, which has the duties that ask."""
    service: str
    """The service that leads the partnership; empty for what all partnerships share."""
    first: tuple[FormField, ...]
    """What decides whether something else is asked."""
    questions: tuple[FormField, ...]
    tables: tuple[OpenTable, ...]
    again: tuple[OpenAgain, ...] = ()
    """What is recorded, and is asked for once more."""
    later: tuple[str, ...] = ()
    """What cannot be asked yet, and why."""
    reasons: dict[FieldPath, tuple[str, ...]] = field(default_factory=dict)
    """The duties behind each question and table."""
    refused: dict[FieldPath, str] = field(default_factory=dict)
    """What was answered to a question before, and why that could not be taken."""

    @property
    def single(self) -> int:
        """How many questions there are that take one answer."""
        return len(self.first) + len(self.questions) + len(self.again)

    @property
    def asked(self) -> int:
        """How many questions and tables there are."""
        return self.single + len(self.tables)

    def without(self, earlier: Self) -> Self:
        """This form without what an `earlier` one asks as well."""
        return replace(
            self,
            first=tuple(one for one in self.first if one.path not in earlier.reasons),
            questions=tuple(one for one in self.questions if one.path not in earlier.reasons),
            tables=tuple(one for one in self.tables if one.table.path not in earlier.reasons),
            again=tuple(one for one in self.again if one.trail not in {other.trail for other in earlier.again}),
            later=tuple(one for one in self.later if one not in earlier.later),
            reasons={path: duties for path, duties in self.reasons.items() if path not in earlier.reasons},
        )
