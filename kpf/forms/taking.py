"""Adding answers to files. Each is taken, or listed with the reason. No recorded value is overwritten."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from kpf.document import Document
from kpf.edit.listing.values import Cell, read_cell
from kpf.edit.start.ids import short_name, suggested_id
from kpf.edit.text.blocks import Value
from kpf.edit.text.edit import Addition
from kpf.edit.text.placing import can_be_replaced
from kpf.finding import Trail
from kpf.forms.answers import FieldReader
from kpf.forms.fields import (
    MODELS,
    FieldPath,
    FormField,
    FormModels,
    FormTable,
    is_decision,
    parts_of,
    trail_at,
)
from kpf.forms.filing import AnsweredFiles, part_given, target_of
from kpf.forms.names import FormNames
from kpf.forms.outcome import AnswersOutcome, NotTaken, Taken
from kpf.forms.recorded import bare_value, holds, nested_entry, place_among, says_the_same, texts_of, words_of_value
from kpf.forms.returned import AnswerGiven, QuestionAnswered, ReturnedForm, RowAnswered, WrittenCell
from kpf.model.periods import as_written, half_year_named
from kpf.spelling import same_name

_NONE: Final = "none"


class AnswerTaker:
    """Adds answers to files in memory; nothing is written to disk.

    `opened` returns the document and content of a file by its kind and id, or None. `day` is the day of taking.
    """

    def __init__(
        self,
        council: Document,
        opened: Callable[[str, str], tuple[Document, bytes] | None],
        models: FormModels = MODELS,
        day: date = date.max,
    ) -> None:
        self.outcome: Final = AnswersOutcome()
        self._council = council
        self._files: Final = AnsweredFiles(opened, self.outcome, day)
        self._models = models

    def take(self, forms: Sequence[ReturnedForm]) -> AnswersOutcome:
        """Take all answers in `forms`, in the order of the files' fields, and return the results."""
        for form in forms:
            for question in self._in_order(form.questions):
                self._question(question)
            for row in self._in_order(form.rows):
                self._row(row)
            for written, why in form.astray:
                self.outcome.astray.append(NotTaken(written.cell, "", "", written.text, why))
        return self.outcome

    def _in_order(self, given: Iterable[Any]) -> list[Any]:
        """Return `given` in the order of the fields, so that names are defined before they are used."""
        ranks = {
            kind: {part.path: at for at, part in enumerate(parts_of(model))} for kind, model in self._models.items()
        }
        return sorted(given, key=lambda one: ranks[one.kind].get(one.path, len(ranks[one.kind])))

    # -- questions -------------------------------------------------------------------------------------

    def _question(self, given: QuestionAnswered) -> None:
        target = target_of(given)
        part = part_given(self._models, given)
        document = self._files.document(given)
        if document is None or not isinstance(part, FormField) or is_decision(part.field):
            for written in filter(None, (given.answer, given.because)):
                self.outcome.astray.append(NotTaken(written.cell, target, "", written.text, _why_astray(document)))
            return
        if given.because:
            why = "whether it does not apply has to be agreed"
            self.outcome.to_decide.append(
                NotTaken(given.because.cell, target, part.label, given.because.text, why, " ".join(part.duties[:1]))
            )
        if given.answer:
            if given.seen:
                self._put_one_more(given, part, given.answer)
            else:
                self._put(given, part, given.path, given.answer)

    def _put(self, given: AnswerGiven, part: FormField, trail: Trail, written: WrittenCell) -> None:
        """Add one answer at `trail`, if that is blank."""
        read = self._read(given, part, written)
        if read is None:
            return
        value, reading = read
        document, target = self._files.document(given), target_of(given)
        if document is None:
            return
        recorded = document.value(trail)
        if not can_be_replaced(recorded):
            if says_the_same(recorded, value):
                self.outcome.already += 1
            else:
                why = "something else has been recorded since"
                self.outcome.conflicts.append(
                    NotTaken(written.cell, target, part.label, written.text, why, words_of_value(recorded))
                )
            return
        if self._files.add(given, Addition(trail, value), [(written, part)]):
            self.outcome.taken.append(Taken(written.cell, target, trail, words_of_value(value), reading))

    def _put_one_more(self, given: QuestionAnswered, part: FormField, written: WrittenCell) -> None:
        """Add one answer to the values recorded when it was asked, if nothing else was recorded since."""
        read, document, target = self._read(given, part, written), self._files.document(given), target_of(given)
        if read is None or document is None:
            return
        value, reading = read
        trail = trail_at(given.path, given.entries)
        recorded = document.value(trail)
        if can_be_replaced(recorded):
            why = "what it was to be added to is no longer recorded"
            self.outcome.astray.append(NotTaken(written.cell, target, part.label, written.text, why))
        elif says_the_same(recorded, value):
            self.outcome.already += 1
        elif not {*texts_of(recorded)} <= {*given.seen}:
            why = "something else has been recorded since"
            self.outcome.conflicts.append(
                NotTaken(written.cell, target, part.label, written.text, why, words_of_value(recorded))
            )
        else:
            new = [one for one in (value if isinstance(value, list) else [value]) if not says_the_same(recorded, one)]
            if all(self._files.add_one_more(given, trail, one, [(written, part)]) for one in new):
                self.outcome.taken.append(Taken(written.cell, target, trail, words_of_value(new), reading))

    def _read(self, given: AnswerGiven, part: FormField, written: WrittenCell) -> tuple[Value, str] | None:
        """Return the value of `written` and how it was read; None if refused, which is recorded."""
        document = self._files.document(given)
        if document is None:
            return None
        cell = self._cell(given, part, written, document)
        if cell.answer is None:
            why = cell.why_not or "That is no answer yet, so the question stays open."
            self.outcome.refused.append(
                NotTaken(written.cell, target_of(given), part.label, written.text, why, given=given)
            )
            return None
        return list(cell.answer) if isinstance(cell.answer, tuple) else cell.answer, cell.reading

    def _cell(self, given: AnswerGiven, part: FormField, written: WrittenCell, document: Document) -> Cell:
        """Return `written` read as a value of `part`."""
        return read_cell(
            FieldReader(self._models[given.kind], part, FormNames(self._council, document), part.many), written.text
        )

    # -- rows ------------------------------------------------------------------------------------------

    def _row(self, given: RowAnswered) -> None:
        table, document = part_given(self._models, given), self._files.document(given)
        if document is None or not isinstance(table, FormTable):
            self._all_astray(given, _why_astray(document))
            return
        if given.key is not None and not table.named:
            self._existing(given, table, int(given.key), document)
        elif table.named:
            self._named(given, table, document)
        else:
            self._new(given, table, document)

    def _existing(self, given: RowAnswered, table: FormTable, at: int, document: Document) -> None:
        """Fill blanks of a list entry that was recorded when the form was written, if it is still there."""
        entries = self._entries(given, table)
        if not isinstance(entries, list) or at >= len(entries):
            self._all_astray(given, "the entry that it belongs to is no longer in the file")
            return
        contradicted = any(
            self._contradicts(given, column, trail_at(column.path, (*given.entries, at)), written, document)
            for column, written in _columns(table, given.cells)
        )
        for column, written in _columns(table, given.typed):
            trail = trail_at(column.path, (*given.entries, at))
            if contradicted and can_be_replaced(document.value(trail)):
                why = "the entry in its place has changed since, so it may be another one"
                self.outcome.astray.append(NotTaken(written.cell, target_of(given), "", written.text, why))
            else:
                self._put(given, column, trail, written)
        self._note_entry(given, table, at)

    def _note_entry(self, given: RowAnswered, table: FormTable, at: int) -> None:
        """Record the value of the list entry at `at`, whose position can still change."""
        entries = self._entries(given, table)
        if isinstance(entries, list) and at < len(entries):
            self.outcome.entries.append((given, entries[at]))

    def _contradicts(
        self, given: RowAnswered, column: FormField, trail: Trail, written: WrittenCell, document: Document
    ) -> bool:
        """Return whether a cell differs from the recorded value, as when another entry has moved to its place."""
        recorded = document.value(trail)
        if can_be_replaced(recorded) or written.text == words_of_value(recorded):
            return False
        answer = self._cell(given, column, written, document).answer
        return answer is not None and not says_the_same(recorded, list(answer) if isinstance(answer, tuple) else answer)

    def _named(self, given: RowAnswered, table: FormTable, document: Document) -> None:
        """Fill the blanks of an entry of a mapping, or add the entry."""
        key = self._key(given, table, document)
        if key is None:
            self._all_astray(given, "it has no name, and none can be made for it")
            return
        self.outcome.entries.append((given, key))
        for column, written in _columns(table, given.typed):
            self._put(given, column, trail_at(column.path, (*given.entries, key)), written)

    def _key(self, given: RowAnswered, table: FormTable, document: Document) -> str | None:
        """Return the name of an entry, from the file, the row or its first answer; None if there is none."""
        named = self._entries(given, table)
        known = [name for name in named if isinstance(name, str)] if isinstance(named, dict) else []
        text = given.name.text if given.name else str(given.key or "")
        if table.by_half_year:
            half = half_year_named(text)
            return as_written(half, document) if half else None
        if text:
            names = table.field.shape.key_names
            return same_name(text, known) or (text if names or table.field.shape.record is None else suggested_id(text))
        first = next((written.text for _, written in _columns(table, given.cells)), "")
        return short_name(first) or None

    def _new(self, given: RowAnswered, table: FormTable, document: Document) -> None:
        """Add a new entry to a list at the place of its day, unless the list has it already."""
        if table.field.shape.says_none and all(one.text.casefold() == _NONE for one in given.cells.values()):
            self._none(given, table, document)
            return
        read = {
            column: (written, found[0])
            for column, written in _columns(table, given.cells)
            if (found := self._read(given, column, written)) is not None
        }
        if not read:
            return
        cells = [(written, column) for column, (written, _) in read.items()]
        entry = nested_entry((column.path[len(table.path) :], value) for column, (_, value) in read.items())
        trail = trail_at(table.path[:-1], given.entries)
        recorded = document.value(trail)
        if not can_be_replaced(recorded, before_an_entry=True) and not isinstance(recorded, list):
            self._all_astray(given, f"`{trail[-1]}` holds {words_of_value(recorded)}. It should be a list")
            return
        at = place_among(table, recorded if isinstance(recorded, list) else [], bare_value(entry))
        if at is None:
            self.outcome.already += len(cells)
            plain = bare_value(entry)
            alike = (one for one in (recorded if isinstance(recorded, list) else ()) if holds(one, plain))
            self.outcome.entries.append((given, next(alike, plain)))
        elif self._files.add(given, Addition((*trail, at), entry), cells):
            self._note_entry(given, table, at)
            self.outcome.taken += [
                Taken(written.cell, target_of(given), (*trail, at, *column.path[len(table.path) :]), written.text)
                for written, column in cells
            ]

    def _none(self, given: RowAnswered, table: FormTable, document: Document) -> None:
        """Record `none` for a list, if nothing else is recorded."""
        trail = trail_at(table.path[:-1], given.entries)
        recorded = document.value(trail)
        written = next(iter(given.cells.values()))
        if recorded == _NONE:
            self.outcome.already += 1
        elif not can_be_replaced(recorded):
            why = "entries have been recorded since"
            self.outcome.conflicts.append(
                NotTaken(written.cell, target_of(given), table.label, _NONE, why, words_of_value(recorded))
            )
        elif self._files.add(given, Addition(trail, _NONE), [(written, table.columns[0])]):
            self.outcome.taken.append(Taken(written.cell, target_of(given), trail, _NONE))

    def _entries(self, given: RowAnswered, table: FormTable) -> Any:
        document = self._files.document(given)
        return document.value(trail_at(table.path[:-1], given.entries)) if document else None

    def _all_astray(self, given: RowAnswered, why: str) -> None:
        for written in (*given.typed.values(), *filter(None, (given.name,))):
            self.outcome.astray.append(NotTaken(written.cell, target_of(given), "", written.text, why))


def _why_astray(document: Document | None) -> str:
    return "there is no such partnership" if document is None else "kpf no longer asks for it"


def _columns(table: FormTable, cells: Mapping[FieldPath, WrittenCell]) -> Iterator[tuple[FormField, WrittenCell]]:
    for column in table.columns:
        if column.path in cells:
            yield column, cells[column.path]
