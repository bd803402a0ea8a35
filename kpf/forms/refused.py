"""Forms that ask again for refused answers, each question with the refused answer and the reason."""

from collections.abc import Iterable
from typing import Final

from kpf.document import Document
from kpf.document.wording import shortened
from kpf.finding import Step
from kpf.forms.fields import FieldPath, FormField, FormModels, FormPart, FormTable, trail_at
from kpf.forms.filing import part_given, target_of
from kpf.forms.open_form import OpenAgain, OpenForm, OpenRow, OpenTable
from kpf.forms.outcome import AnswersOutcome, NotTaken
from kpf.forms.recorded import texts_of, words_of_value
from kpf.forms.returned import AnswerGiven, QuestionAnswered, RowAnswered
from kpf.framework import Framework

_NAMES: Final = {"organisations": "The council's partners", "council": "What all partnerships share"}


class RefusedForms:
    """New forms for the refused answers of returned forms. Questions that cannot be asked again are left out."""

    def __init__(self, outcome: AnswersOutcome, framework: Framework, models: FormModels) -> None:
        self.asked: Final[list[NotTaken]] = []
        """The refused answers that `forms` ask for again."""
        forms: dict[str, _RefusedForm] = {}
        for one in outcome.refused:
            part = part_given(models, one.given) if one.given else None
            if one.given is None or part is None:
                continue
            if one.target not in forms:
                forms[one.target] = _RefusedForm(one.given, outcome, framework)
            if forms[one.target].ask(one, one.given, part):
                self.asked.append(one)
        self.forms: Final[tuple[OpenForm, ...]] = tuple(one.form() for one in forms.values() if one.reasons)


class _RefusedForm:
    """A builder of the new form for one file."""

    def __init__(self, given: AnswerGiven, outcome: AnswersOutcome, framework: Framework) -> None:
        self._kind, self._id = given.kind, given.id
        self._outcome = outcome
        self._framework = framework
        self._document = outcome.edits[target_of(given)].after
        self._questions: dict[FormField, str] = {}
        self._again: list[OpenAgain] = []
        self._tables: dict[FieldPath, tuple[FormTable, dict[OpenRow, list[str]]]] = {}
        self.reasons: Final[dict[FieldPath, tuple[str, ...]]] = {}

    def ask(self, one: NotTaken, given: AnswerGiven, part: FormPart) -> bool:
        """Ask `part` again, for the refused answer `one`. Return False if its row or value cannot be found."""
        why = f"You wrote “{shortened(one.text)}” in {one.cell}. {one.why}"
        duties = tuple(duty for duty in _duties_of(part) if duty in self._framework.statements)
        if isinstance(given, RowAnswered) and isinstance(part, FormTable):
            row = self._row(given, part)
            if row is None:
                return False
            self._tables.setdefault(part.path, (part, {}))[1].setdefault(row, []).append(f"{one.label}: {why}")
        elif isinstance(given, QuestionAnswered) and isinstance(part, FormField) and given.seen:
            recorded = texts_of(self._document.value(trail_at(given.path, given.entries)))
            if not recorded:
                return False
            self._again.append(OpenAgain(part, given.entries, recorded, duties, why))
        elif isinstance(part, FormField):
            self._questions[part] = f"{self._questions[part]} {why}" if part in self._questions else why
        self.reasons[part.path] = duties
        return True

    def form(self) -> OpenForm:
        """Return the form with all that is asked again."""
        tables = tuple(
            OpenTable(table, tuple(rows), tuple(said for reasons in rows.values() for said in reasons))
            for table, rows in self._tables.values()
        )
        name = self._document.value(("name",)) if self._id else _NAMES[self._kind]
        return OpenForm(
            self._kind,
            self._id,
            name if isinstance(name, str) else self._id,
            self._document,
            self._framework,
            "",
            (),
            tuple(self._questions),
            tables,
            tuple(self._again),
            reasons=self.reasons,
            refused={part.path: why for part, why in self._questions.items()},
        )

    def _row(self, given: RowAnswered, table: FormTable) -> OpenRow | None:
        """Return the row with what was taken of `given`, or an empty one; None if its entry is ambiguous."""
        key = entry = self._outcome.entry_of(given)
        if not table.named and entry is not None:
            entries = self._document.value(trail_at(table.path[:-1], given.entries))
            at = [place for place, one in enumerate(entries if isinstance(entries, list) else ()) if one == entry]
            if len(at) != 1 or any(isinstance(step, int) for step in given.entries):
                return None
            key = at[0]
        recorded = tuple(_recorded(table, given.entries, key, self._document))
        return OpenRow(given.entries, key, recorded)


def _duties_of(part: FormPart) -> Iterable[str]:
    """Return the duties that ask for `part`, or for its columns if none asks for the table itself."""
    columns = part.columns if isinstance(part, FormTable) else ()
    return part.duties or dict.fromkeys(duty for column in columns for duty in column.duties)


def _recorded(table: FormTable, entries: tuple[Step, ...], key: Step | None, document: Document) -> Iterable[str]:
    """Yield the recorded text of each column of a row."""
    for column in table.columns:
        value = None if key is None else document.value(trail_at(column.path, (*entries, key)))
        yield "" if value is None else words_of_value(value)
