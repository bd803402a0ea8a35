"""The content of a form, before it is written as a workbook or a Word document."""

from dataclasses import dataclass, field, replace
from typing import Self

from kpf.document import Document
from kpf.finding import Step, Trail
from kpf.forms.fields import FieldPath, FormField, FormTable, trail_at
from kpf.framework import Framework


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row of a table: an entry of the file with something open, or an empty row for a new entry."""

    entries: tuple[Step, ...]
    """The names or positions of the entries that contain the table."""
    key: Step | None
    """The name or position of the entry itself; None for a new entry."""
    recorded: tuple[str, ...]
    """The recorded text of each column; empty if nothing is recorded."""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table in a form, with its rows."""

    table: FormTable
    rows: tuple[OpenRow, ...]
    open: tuple[str, ...] = ()
    """Sentences that say what is open; empty if nothing is recorded yet."""


@dataclass(frozen=True, slots=True)
class OpenAgain:
    """A question for one more of a recorded value: a more recent day, or a further list entry."""

    field: FormField
    entries: tuple[Step, ...]
    """The names or positions of the entries that contain it."""
    recorded: tuple[str, ...]
    """The recorded values."""
    duties: tuple[str, ...]
    open: str
    """A sentence that says what is open; empty if it would quote names of fields."""

    @property
    def trail(self) -> Trail:
        """The path of the value in the file."""
        return trail_at(self.field.path, self.entries)


@dataclass(frozen=True)
class OpenForm:
    """Everything that is open in one file for one addressee."""

    kind: str
    """The kind of file: partnership, organisations or council."""
    id: str
    name: str
    document: Document
    framework: Framework
    """The framework in force, with the duties behind the questions."""
    service: str
    """The service that leads the partnership; empty for shared files."""
    first: tuple[FormField, ...]
    """The questions whose answers decide what else is asked."""
    questions: tuple[FormField, ...]
    tables: tuple[OpenTable, ...]
    again: tuple[OpenAgain, ...] = ()
    """The questions for one more of a recorded value."""
    later: tuple[str, ...] = ()
    """The questions that cannot be asked yet, each with the reason."""
    reasons: dict[FieldPath, tuple[str, ...]] = field(default_factory=dict)
    """The duties behind each question and table, by its path."""
    refused: dict[FieldPath, str] = field(default_factory=dict)
    """For each question with a refused answer, that answer and why it was refused."""

    @property
    def single(self) -> int:
        """The number of questions outside tables."""
        return len(self.first) + len(self.questions) + len(self.again)

    @property
    def asked(self) -> int:
        """The number of questions and tables."""
        return self.single + len(self.tables)

    def without(self, earlier: Self) -> Self:
        """Return a copy of this form without the questions and tables of an `earlier` one."""
        return replace(
            self,
            first=tuple(one for one in self.first if one.path not in earlier.reasons),
            questions=tuple(one for one in self.questions if one.path not in earlier.reasons),
            tables=tuple(one for one in self.tables if one.table.path not in earlier.reasons),
            again=tuple(one for one in self.again if one.trail not in {other.trail for other in earlier.again}),
            later=tuple(one for one in self.later if one not in earlier.later),
            reasons={path: duties for path, duties in self.reasons.items() if path not in earlier.reasons},
        )
