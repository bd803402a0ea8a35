"""The answers in a returned form, each with its cell."""

from dataclasses import dataclass, field

from kpf.finding import Step
from kpf.forms.fields import FieldPath
from kpf.forms.identity import FormIdentity


@dataclass(frozen=True, slots=True)
class FormCell:
    """The place of a text: the names of its file, sheet and cell."""

    file: str
    sheet: str
    name: str

    def __str__(self) -> str:
        return f"{self.file}, {self.sheet}, {self.name}"


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """The text in one cell."""

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
    """The reason why the question does not apply."""
    entries: tuple[Step, ...] = ()
    """The names or positions of the entries that contain the value."""
    seen: tuple[str, ...] = ()
    """The recorded values when the form asked for one more; empty for other questions."""


@dataclass(frozen=True, slots=True)
class RowAnswered:
    """A row of a table with an answer in it."""

    kind: str
    id: str
    path: FieldPath
    entries: tuple[Step, ...]
    key: Step | None
    """The name or position of the entry; None for a new entry."""
    name: WrittenCell | None
    """The name written for the entry."""
    cells: dict[FieldPath, WrittenCell]
    own: frozenset[FieldPath] = frozenset()
    """The paths of the cells that kpf filled with recorded values."""

    @property
    def typed(self) -> dict[FieldPath, WrittenCell]:
        """The cells filled by whoever answered."""
        return {path: written for path, written in self.cells.items() if path not in self.own}


AnswerGiven = QuestionAnswered | RowAnswered


@dataclass
class ReturnedForm:
    """Everything read from one file."""

    file: str
    sha256: str
    questions: list[QuestionAnswered] = field(default_factory=list)
    identities: list[FormIdentity] = field(default_factory=list)
    """The identities that its sheets state; empty for a form written by an earlier version of kpf."""
    rows: list[RowAnswered] = field(default_factory=list)
    astray: list[tuple[WrittenCell, str]] = field(default_factory=list)
    """Texts that are no answers, or cannot be assigned to a question, each with the reason."""
