"""The texts that Excel and Word forms share: how to answer, headings, and why something is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kpf.dates import in_words
from kpf.document import Document
from kpf.finding import Step
from kpf.forms.fields import EACH, FormField, FormTable
from kpf.forms.marks import ABOUT, HALF_YEAR, NAME, PARTNERSHIP, QUESTION, ROW, digest_of_words, mark, path_text
from kpf.forms.open_form import OpenAgain, OpenForm, OpenRow, OpenTable
from kpf.framework import Framework

FIRST: Final = "First: these answers decide what else is asked"
THEN: Final = "Questions"
AGAIN: Final = "Recorded already, and wanted once more"
LATER: Final = "What cannot be asked yet"
_MOST_OPEN: Final = 4
"""The greatest number of sentences above a table on what is open."""
HOW_TO_ANSWER: Final = """\
The council's Key Partnerships Framework asks for the facts below, and the register does not have them yet. You are
asked because you can know them. Each question says which duty asks for it.

Type only in the yellow cells. Where there is a list, choose from it. Write days as you usually do: 23/11/2026.

A blank means that nothing is known yet, and the question stays open. It never means “none”: where there is none, write
none.

Where something does not apply, say why in the last column. The Head of Governance decides whether that is agreed.

Name posts, never people. Write several answers in one cell with a semicolon between them. A short name is a word or two
by which others can speak of it; where you leave it blank, kpf makes one.

If you do not know an answer, leave it blank and send the rest. Your answers are added to the register; nothing that is
recorded there already is changed by them.
"""


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The texts of a question in a form."""

    field: FormField
    label: str
    help: str
    why: str
    example: str
    recorded: str
    """The recorded value; empty if nothing is recorded."""
    entries: tuple[Step, ...] = ()
    seen: tuple[str, ...] = ()
    """The recorded values as in the file, if the form asks for one more."""


def worded(form: OpenForm, asked: FormField | OpenAgain) -> QuestionWords:
    """Return the texts of the question `asked` in `form`."""
    if isinstance(asked, FormField):
        value = form.document.value(asked.path)
        why = form.refused.get(asked.path) or why_asked(form.framework, form.reasons[asked.path])
        recorded = value.strip() if isinstance(value, str) else ""
        return QuestionWords(asked, asked.label, asked.help, why, asked.example, recorded)
    field = asked.field
    label = ", ".join((field.label, *(_called(form.document, asked, at) for at in range(len(asked.entries)))))
    more = "When was it last done?" if field.field.shape.happens else "What else belongs here?"
    why = why_asked(form.framework, asked.duties)
    why += f". {asked.open}" if asked.open else ""
    recorded = "; ".join(map(_day_in_words, asked.recorded))
    return QuestionWords(
        field, label, f"{more} {field.help}", why, field.example, recorded, asked.entries, asked.recorded
    )


def _called(document: Document, asked: OpenAgain, at: int) -> str:
    """Return the name or text of the entry for the `EACH` number `at` (from 0) in the path of `asked`."""
    ends = [place for place, step in enumerate(asked.field.path) if step == EACH][at]
    step = asked.entries[at]
    if isinstance(step, str):
        return step
    for key in ("what", "name", "objective", "risk"):
        said = document.value((*asked.trail[: ends + 1], key))
        if isinstance(said, str):
            return said
    return str(step + 1)


def _day_in_words(text: str) -> str:
    try:
        return in_words(date.fromisoformat(text))
    except ValueError:
        return text


def offered(field: FormField, names: Sequence[str]) -> tuple[str, ...]:
    """Return the choices for an answer to `field`, or else `names`; empty if the answer has to be typed."""
    written = field.shape.written
    if field.many:
        return ()
    if written and written.choices:
        return tuple(written.choices)
    return ("yes", "no") if written and written.wants == "yes or no" else tuple(names)


def about_table(framework: Framework, open_table: OpenTable, duties: Sequence[str]) -> list[str]:
    """Return the lines above a table: its purpose and why it is asked, then what is open."""
    table = open_table.table
    example = f" For example: {table.columns[0].example.rstrip('.')}." if table.field.shape.record is None else ""
    more = len(open_table.open) - _MOST_OPEN
    messages = [*open_table.open[:_MOST_OPEN], *([f"And {more} more like this."] if more > 0 else [])]
    return [f"{table.help}{example} Why it is asked: {why_asked(framework, duties)}.", *messages]


def row_mark(table: FormTable, row: OpenRow, form: OpenForm) -> str:
    """Return the mark of a `row` of a table in `form`."""
    recorded = tuple(digest_of_words(text) for text in row.recorded if text)
    return mark(ROW, path_text(table.path), row.entries, row.key, form.kind, form.id, recorded)


def question_mark(words: QuestionWords, form: OpenForm, said: str) -> str:
    """Return the mark of a question in `form` whose first cell has the text `said`."""
    again = (words.entries, words.seen) if words.seen else ()
    return mark(QUESTION, path_text(words.field.path), form.kind, form.id, digest_of_words(said), *again)


def called_in_table(document: Document, table: FormTable, entries: Sequence[Step]) -> str:
    """Return the name or text of the entry that contains a row of `table`."""
    step = entries[-1]
    for key in ("what", "name", "objective"):
        said = document.value((*_above(table, entries), key))
        if isinstance(said, str):
            return said
    return str(step + 1) if isinstance(step, int) else step


def heads_of_table(table: FormTable) -> list[str]:
    """Return the column headings of `table`."""
    first = [PARTNERSHIP] if table.above else []
    if table.named:
        first.append(HALF_YEAR if table.by_half_year else _name_of_rows(table))
    return [*first, *(column.label for column in table.columns)]


def _name_of_rows(table: FormTable) -> str:
    names = table.field.shape.key_names
    called = {"party": "Partner", "measure": "Measure", "objective": "Objective"}
    if names:
        return called.get(names.what, NAME)
    return NAME if table.field.shape.record else ABOUT


def _above(table: FormTable, entries: Sequence[Step]) -> tuple[Step, ...]:
    """Return the path of the entry that contains a table."""
    left = list(entries)
    found: list[Step] = []
    for step in table.path[:-1]:
        if step == EACH:
            found.append(left.pop(0))
            if not left:
                break
        else:
            found.append(step)
    return tuple(found)


def why_asked(framework: Framework, duties: Sequence[str]) -> str:
    """Return a line that names the first duty of the `framework` behind a question; empty without duties."""
    if not duties:
        return ""
    first = framework.statements[duties[0]]
    more = f", and {len(duties) - 1} more" if len(duties) > 1 else ""
    return f"{first.short} ({first.id}{more})"
