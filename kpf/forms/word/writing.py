"""A form in Word for one addressee, with the same questions as the workbook, on A4 landscape."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Final

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from kpf.dates import in_words
from kpf.forms.fields import FormField
from kpf.forms.identity import FormIdentity
from kpf.forms.marks import (
    ANSWER,
    ASKED,
    DOES_NOT_APPLY,
    HEAD,
    QUESTIONS,
    mark,
    path_text,
    words_mark,
)
from kpf.forms.names import FormNames
from kpf.forms.open_form import OpenAgain, OpenForm, OpenRow, OpenTable
from kpf.forms.sending import Addressee, Occasion
from kpf.forms.word.pieces import WordCell, paragraph, table
from kpf.forms.wording import (
    AGAIN,
    FIRST,
    HOW_TO_ANSWER,
    LATER,
    THEN,
    about_table,
    called_in_table,
    heads_of_table,
    offered,
    question_mark,
    row_mark,
    worded,
)
from kpf.model.values import DAY
from kpf.papers.word.packing import packed
from kpf.papers.word.starting import LANGUAGE, started
from kpf.render.page import count

_ROOM: Final = 15_100
"""The width between the margins, in twentieths of a point."""
_QUESTIONS: Final = (6_500, 5_400, 3_200)
_IN_WORD: Final = "To add a row to a table, click in its last row and choose Layout, Insert Below."


def word_form(addressee: Addressee, occasion: Occasion) -> bytes:
    """Return the form for `addressee` as a .docx file, always the same for the same register and day."""
    document = started(None).document
    _lay_out(document)
    properties = document.core_properties
    properties.title = f"Key partnerships: questions to {addressee.name}"
    properties.author = properties.last_modified_by = "kpf"
    properties.created = properties.modified = datetime.combine(occasion.day, time())
    properties.language = LANGUAGE
    page = _FormPage(document)
    _start(page, addressee, occasion)
    for form in addressee.forms:
        _FormPart(page, form, FormNames(occasion.council, form.document), occasion.identity_of(form)).write()
    page.words("Heading 1", "About this form")
    for name, value in occasion.origin:
        page.words("Normal", f"{name}: {value}")
    return packed(document)


def _lay_out(document: WordDocument) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(15)


def _start(page: "_FormPage", addressee: Addressee, occasion: Occasion) -> None:
    by = f" Please return it by {in_words(occasion.by)}." if occasion.by else ""
    page.words("Title", "Key partnerships: what is open")
    page.words("Normal", f"For {addressee.name}, as at {in_words(occasion.day)}.{by}")
    if occasion.only:
        page.words("Normal", occasion.only)
    for text in (*HOW_TO_ANSWER.split("\n\n"), _IN_WORD):
        page.words("Normal", " ".join(text.split()))
    for form in addressee.forms:
        tables = f" and {count(len(form.tables), 'table')}" if form.tables else ""
        page.words("List Bullet", f"{form.name}: {count(form.single, 'question')}{tables}")


class _FormPage:
    """A document to which paragraphs and tables are added."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._end = document.element.body.get_or_add_sectPr()
        self._styles = {style.name: style.style_id for style in document.styles}

    def words(self, style: str, text: str, said: str = "", *, new_page: bool = False, with_next: bool = False) -> None:
        """Add a paragraph of kpf's own text with the mark `said`, or with one that makes changes to it visible."""
        in_mark = said or words_mark(text)
        self._put(paragraph(self._styles[style], text, in_mark, new_page=new_page, with_next=with_next))

    def table(self, widths: Sequence[int], rows: Sequence[Sequence[WordCell]], called: str) -> None:
        """Add a table and a gap below it."""
        self._put(table(self._styles["Paper Table"], widths, rows, called))
        self._put(paragraph(self._styles["Normal"], ""))

    def _put(self, element: BaseOxmlElement) -> None:
        self._end.addprevious(element)


@dataclass(frozen=True, slots=True)
class _FormPart:
    """The part of a form about one file."""

    page: _FormPage
    form: OpenForm
    names: FormNames
    identity: FormIdentity

    def write(self) -> None:
        """Add the heading, questions and tables to the page."""
        self.page.words("Heading 1", self.form.name, self.identity.mark(self.form.name), new_page=True)
        self._questions(FIRST, self.form.first)
        self._questions(THEN, self.form.questions)
        self._questions(AGAIN, self.form.again)
        for open_table in self.form.tables:
            self._table(open_table)
        if self.form.later:
            self.page.words("Heading 2", LATER)
            for text in self.form.later:
                self.page.words("Normal", text)

    # -- questions -------------------------------------------------------------------------------------

    def _questions(self, title: str, asked: Sequence[FormField | OpenAgain]) -> None:
        if not asked:
            return
        self.page.words("Heading 2", title)
        head = mark(HEAD, QUESTIONS, self.form.kind, self.form.id)
        rows = [[WordCell((ASKED,), head), WordCell((ANSWER,)), WordCell((DOES_NOT_APPLY,))]]
        self.page.table(_QUESTIONS, [*rows, *map(self._question, asked)], f"{self.form.name}: {title}")

    def _question(self, asked: FormField | OpenAgain) -> list[WordCell]:
        words = worded(self.form, asked)
        lines = [words.label, words.help, f"For example: {words.example}", f"Why it is asked: {words.why}"]
        if words.recorded:
            lines.append(f"Recorded now: {words.recorded}")
        said = question_mark(words, self.form, "".join(lines))
        return [
            WordCell(tuple(lines), said),
            self._answer(words.field),
            WordCell(is_answer=True, called=DOES_NOT_APPLY),
        ]

    def _answer(self, field: FormField) -> WordCell:
        choices = offered(field, self.names.for_field(field))
        is_day = field.shape.written == DAY and not field.many
        return WordCell(is_answer=True, choices=choices, is_day=is_day and not choices, called=field.label)

    # -- tables ----------------------------------------------------------------------------------------

    def _table(self, open_table: OpenTable) -> None:
        heads = heads_of_table(open_table.table)
        self.page.words("Heading 2", open_table.table.label)
        for said in about_table(self.form.framework, open_table, self.form.reasons[open_table.table.path]):
            self.page.words("Normal", said, with_next=True)
        head = mark(HEAD, path_text(open_table.table.path), self.form.kind, self.form.id)
        first = [WordCell((text,), "" if at else head) for at, text in enumerate(heads)]
        rows = [self._row(open_table, row) for row in open_table.rows]
        widths = [_ROOM // len(heads)] * len(heads)
        self.page.table(widths, [first, *rows], f"{self.form.name}: {open_table.table.label}")

    def _row(self, open_table: OpenTable, row: OpenRow) -> list[WordCell]:
        said = row_mark(open_table.table, row, self.form)
        cells = []
        if row.entries:
            cells.append(WordCell((called_in_table(self.form.document, open_table.table, row.entries),), bold=True))
        if open_table.table.named:
            name = (
                WordCell((str(row.key),), bold=True) if row.key is not None else WordCell(is_answer=True, called="Name")
            )
            cells.append(name)
        for column, recorded in zip(open_table.table.columns, row.recorded, strict=True):
            cells.append(WordCell((recorded,)) if recorded else self._answer(column))
        cells[0] = replace(cells[0], mark=said)
        return cells
