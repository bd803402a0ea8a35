"""What became of the answers in returned forms."""

from dataclasses import dataclass, field
from typing import Any

from kpf.edit.text.edit import Edit
from kpf.finding import Trail
from kpf.forms.returned import AnswerGiven, FormCell, RowAnswered


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that goes into a file."""

    cell: FormCell
    target: str
    """The file's subject: the id of a partnership, organisations or council."""
    trail: Trail
    value: str
    reading: str = ""
    """How it was read, where it could have been read otherwise."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """An answer that does not go into a file, and why."""

    cell: FormCell
    target: str
    label: str
    text: str
    why: str
    recorded: str = ""
    """What is recorded instead, where that is why."""
    given: AnswerGiven | None = None
    """What it was meant to answer, where that can be asked once more."""


@dataclass
class AnswersOutcome:
    """What became of all answers."""

    edits: dict[str, Edit] = field(default_factory=dict)
    """By the subject of the file: the id of a partnership, organisations or council."""
    taken: list[Taken] = field(default_factory=list)
    already: int = 0
    """How many say what is recorded already."""
    conflicts: list[NotTaken] = field(default_factory=list)
    refused: list[NotTaken] = field(default_factory=list)
    astray: list[NotTaken] = field(default_factory=list)
    to_decide: list[NotTaken] = field(default_factory=list)
    entries: list[tuple[RowAnswered, Any]] = field(default_factory=list)
    """The entry of each row that has one: its name, or in a list what it holds."""

    def entry_of(self, row: RowAnswered) -> Any:
        """The name of the entry of `row`, or in a list what it holds; None where nothing of the row was taken."""
        return next((entry for one, entry in self.entries if one is row), None)
