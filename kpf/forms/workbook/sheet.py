"""The sheet of one file: its questions, then its tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from kpf.finding import Step
from kpf.forms.fields import FormField, FormTable
from kpf.forms.identity import FormIdentity
from kpf.forms.marks import (
    ANSWER,
    ASKED,
    DOES_NOT_APPLY,
    HEAD,
    OWN_WORDS,
    QUESTIONS,
    SUBJECT,
    digest_of_words,
    mark,
    path_text,
    words_mark,
)
from kpf.forms.names import FormNames
from kpf.forms.open_form import OpenAgain, OpenForm, OpenTable
from kpf.forms.wording import (
    AGAIN,
    FIRST,
    LATER,
    THEN,
    about_table,
    called_in_table,
    heads_of_table,
    question_mark,
    row_mark,
    worded,
)
from kpf.forms.workbook import looks
from kpf.forms.workbook.choices import Choices

_HOW: Final = "Type only in the yellow cells. What you leave blank stays open."
_NOTHING: Final = "nothing yet"


@dataclass
class FormSheet:
    """A writer of one sheet, from the top down."""

    sheet: Worksheet
    form: OpenForm
    choices: Choices
    names: FormNames
    day: date
    identity: FormIdentity
    row: int = 1

    def write(self) -> None:
        """Write the headings, questions and tables."""
        form = self.form
        self._mark(mark(SUBJECT, form.kind, form.id, digest_of_words(form.name)))
        looks.title(self._cell(0), form.name)
        looks.set_height(self.sheet, self.row, 1, least=28)
        self.row += 1
        self._mark(self.identity.mark(_HOW))
        looks.running_on(self._cell(0), _HOW)
        self.row += 2
        self._questions(FIRST, form.first)
        self._questions(THEN, form.questions)
        self._questions(AGAIN, form.again)
        for table in form.tables:
            self._table(table)
        if form.later:
            self._later()
        widest = max((len(heads_of_table(one.table)) for one in form.tables), default=0)
        looks.set_page(self.sheet, form.name, max(len(looks.WIDTHS), widest))

    # -- questions -------------------------------------------------------------------------------------

    def _questions(self, title: str, asked: Sequence[FormField | OpenAgain]) -> None:
        if not asked:
            return
        self._heading(title)
        self._heads(QUESTIONS, (ASKED, *OWN_WORDS, ANSWER, DOES_NOT_APPLY))
        for words in (worded(self.form, one) for one in asked):
            self._mark(question_mark(words, self.form, f"{words.label}\n{words.help}"))
            texts = [f"{words.label}\n{words.help}", words.why, words.example, words.recorded or _NOTHING]
            looks.question(self._cell(0), words.label, words.help)
            for at, text in enumerate(texts[1:], 1):
                looks.fixed_text(self._cell(at), text)
            self._answer(4, words.field)
            looks.for_an_answer(self._cell(5))
            lines = max(looks.lines_needed(text, looks.WIDTHS[at]) for at, text in enumerate(texts))
            looks.set_height(self.sheet, self.row, lines)
            self.row += 1
        self.row += 1

    def _answer(self, at: int, field: FormField) -> None:
        cell = self._cell(at)
        shows = self.choices.offer(cell, field, self.names.for_field(field))
        looks.for_an_answer(cell, number_format=shows)

    # -- tables ----------------------------------------------------------------------------------------

    def _table(self, open_table: OpenTable) -> None:
        table = open_table.table
        self._heading(table.label)
        for said in about_table(self.form.framework, open_table, self.form.reasons[table.path]):
            self._words(said)
            self.row += 1
        heads = heads_of_table(table)
        self._heads(path_text(table.path), heads)
        for row in open_table.rows:
            self._mark(row_mark(table, row, self.form))
            at = 0
            called = called_in_table(self.form.document, table, row.entries) if row.entries else ""
            if called:
                looks.fixed_text(self._cell(at), called, bold=True)
                at += 1
            if table.named:
                self._name(at, table, row.key)
                at += 1
            for column, recorded in zip(table.columns, row.recorded, strict=True):
                if recorded:
                    looks.fixed_text(self._cell(at), recorded)
                else:
                    self._answer(at, column)
                at += 1
            name = [str(row.key)] if table.named and row.key is not None else []
            texts = [*([called] if called else []), *name, *row.recorded]
            widths = [*looks.WIDTHS, *[looks.FURTHER] * len(texts)]
            lines = max(looks.lines_needed(text, width - 2) for text, width in zip(texts, widths, strict=False))
            looks.set_height(self.sheet, self.row, lines, least=21)
            self.row += 1
        self.row += 1

    def _name(self, at: int, table: FormTable, key: Step | None) -> None:
        cell = self._cell(at)
        if key is not None:
            looks.fixed_text(cell, str(key), bold=True)
            if table.by_half_year:  # the suggested one can be changed
                looks.for_an_answer(cell)
                periods = self.form.framework.periods
                now = periods.around(self.day)
                self.choices.half_years(cell, [str(half) for half in (periods.before(now), now, periods.after(now))])
            return
        looks.for_an_answer(cell)

    # -- the rest --------------------------------------------------------------------------------------

    def _later(self) -> None:
        self._heading(LATER)
        for text in self.form.later:
            self._words(text)
            self.row += 1

    def _heading(self, text: str) -> None:
        self._mark(words_mark(text))
        looks.heading(self._cell(0), text)
        looks.set_height(self.sheet, self.row, 1, least=24)
        self.row += 1

    def _words(self, text: str) -> None:
        self._mark(words_mark(text))
        looks.running_on(self._cell(0), text)

    def _heads(self, of: str, names: Sequence[str]) -> None:
        self._mark(mark(HEAD, of))
        for at, name in enumerate(names):
            looks.column_head(self._cell(at), name)
        width = [*looks.WIDTHS, *[looks.FURTHER] * len(names)]
        lines = max(looks.lines_needed(name, width[at] - 2) for at, name in enumerate(names))
        looks.set_height(self.sheet, self.row, lines, least=20)
        self.row += 1

    def _cell(self, at: int) -> Cell:
        return looks.cell_at(self.sheet, self.row, at + 2)

    def _mark(self, text: str) -> None:
        looks.put_text(looks.cell_at(self.sheet, self.row, 1), text)
