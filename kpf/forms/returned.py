"""What somebody wrote into a form, each answer with the cell that it came from."""

from dataclasses import dataclass, field

from kpf.finding import Step
from kpf.forms.fields import FieldPath
from kpf.forms.identity import FormIdentity


@dataclass(frozen=True, slots=True)
class FormCell:
    """Where something was written: file, sheet and cell, as people call them."""

    file: str
    sheet: str
    name: str

    def __str__(self) -> str:
        return f"{self.file}, {self.sheet}, {self.name}"


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """One answer in words."""

    cell: FormCell
    text: str


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """An answer to one question."""

    kind: str
    id: str
    path: FieldPath
    answer: WrittenCell | None
    because: WrittenCell | None
    """Why it does not apply."""
    entries: tuple[Step, ...] = ()
    """The names or positions of the entries that hold what is asked."""
    seen: tuple[str, ...] = ()
    """What was recorded when one more was asked for; empty where nothing was."""


@dataclass(frozen=True, slots=True)
class RowAnswered:
    """A row of a table with something written in it."""

    kind: str
    id: str
    path: FieldPath
    entries: tuple[Step, ...]
    key: Step | None
    """The name or the position of the entry; None for a new one."""
    name: WrittenCell | None
    """The name that somebody gave to it."""
    cells: dict[FieldPath, WrittenCell]
    own: frozenset[FieldPath] = frozenset()
    """In which of them kpf wrote what was recorded."""

    @property
    def typed(self) -> dict[FieldPath, WrittenCell]:
        """The cells that somebody typed."""
        return {path: written for path, written in self.cells.items() if path not in self.own}


AnswerGiven = QuestionAnswered | RowAnswered


@dataclass
class ReturnedForm:
    """All that one file holds."""

    file: str
    sha256: str
    questions: list[QuestionAnswered] = field(default_factory=list)
    identities: list[FormIdentity] = field(default_factory=list)
    """What it says that it is about; nothing in a form that an earlier kpf has written."""
    rows: list[RowAnswered] = field(default_factory=list)
    astray: list[tuple[WrittenCell, str]] = field(default_factory=list)
    """What stands where no answer belongs, or cannot be taken for one, and why."""
