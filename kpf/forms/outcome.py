"""The results of taking the answers in returned forms."""

from dataclasses import dataclass, field
from typing import Any

from kpf.edit.text.edit import Edit
from kpf.finding import Trail
from kpf.forms.returned import AnswerGiven, FormCell, RowAnswered


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that was added to a file."""

    cell: FormCell
    target: str
    """The subject of the file: the id of a partnership, or "organisations" or "council"."""
    trail: Trail
    value: str
    reading: str = ""
    """How the answer was read, if it could be read in other ways."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """An answer that was not added to a file, with the reason."""

    cell: FormCell
    target: str
    label: str
    text: str
    why: str
    recorded: str = ""
    """The recorded value that is the reason, if any."""
    given: AnswerGiven | None = None
    """The answered question or row, if it can be asked again."""


@dataclass
class AnswersOutcome:
    """The results of taking all answers."""

    edits: dict[str, Edit] = field(default_factory=dict)
    """The edits, by the subject of the file."""
    taken: list[Taken] = field(default_factory=list)
    already: int = 0
    """The number of answers that were already recorded."""
    conflicts: list[NotTaken] = field(default_factory=list)
    refused: list[NotTaken] = field(default_factory=list)
    astray: list[NotTaken] = field(default_factory=list)
    to_decide: list[NotTaken] = field(default_factory=list)
    entries: list[tuple[RowAnswered, Any]] = field(default_factory=list)
    """The entry of each row that has one: its name in a mapping, or its value in a list."""

    def entry_of(self, row: RowAnswered) -> Any:
        """Return the entry of `row`: its name in a mapping, its value in a list, or None if nothing was taken."""
        return next((entry for one, entry in self.entries if one is row), None)
