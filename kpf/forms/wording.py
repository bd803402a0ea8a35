"""What every form says, in Excel and in Word: how to answer, what heads a table, why something is asked."""

from collections.abc import Sequence
from typing import Final

from kpf.document import Document
from kpf.finding import Step
from kpf.forms.fields import EACH, FormField, FormTable
from kpf.forms.marks import ABOUT, HALF_YEAR, NAME, PARTNERSHIP
from kpf.framework import Framework

FIRST: Final = "First: these answers decide what else is asked"
THEN: Final = "Questions"
LATER: Final = "What cannot be asked yet"
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


def offered(field: FormField, names: Sequence[str]) -> tuple[str, ...]:
    """What an answer to `field` can be chosen from, of `names` where there are any; empty where it is typed."""
    written = field.shape.written
    if field.many:
        return ()
    if written and written.choices:
        return tuple(written.choices)
    return ("yes", "no") if written and written.wants == "yes or no" else tuple(names)


def about_table(framework: Framework, table: FormTable, duties: Sequence[str]) -> str:
    """What a table is for, and why it is asked."""
    example = f" For example: {table.columns[0].example.rstrip('.')}." if table.field.shape.record is None else ""
    return f"{table.help}{example} Why it is asked: {why_asked(framework, duties)}."


def called_in_table(document: Document, table: FormTable, entries: Sequence[Step]) -> str:
    """What people call the entry that a row of `table` belongs to."""
    step = entries[-1]
    for key in ("what", "name", "objective"):
        said = document.value((*_above(table, entries), key))
        if isinstance(said, str):
            return f"{step}: {said}" if isinstance(step, str) else said
    return str(step + 1) if isinstance(step, int) else step


def heads_of_table(table: FormTable) -> list[str]:
    """What heads the columns of `table`."""
    held = [PARTNERSHIP] if table.above else []
    if table.named:
        held.append(HALF_YEAR if table.by_half_year else _name_of_rows(table))
    return [*held, *(column.label for column in table.columns)]


def _name_of_rows(table: FormTable) -> str:
    names = table.field.shape.key_names
    called = {"party": "Partner", "measure": "Measure", "objective": "Objective"}
    if names:
        return called.get(names.what, NAME)
    return NAME if table.field.shape.record else ABOUT


def _above(table: FormTable, entries: Sequence[Step]) -> tuple[Step, ...]:
    """The way to the entry that a table stands in."""
    left = list(entries)
    found: list[Step] = []
    for step in table.way[:-1]:
        if step == EACH:
            found.append(left.pop(0))
            if not left:
                break
        else:
            found.append(step)
    return tuple(found)


def why_asked(framework: Framework, duties: Sequence[str]) -> str:
    """The duty of the `framework` behind a question, in one line."""
    if not duties:
        return ""
    first = framework.statements[duties[0]]
    more = f", and {len(duties) - 1} more" if len(duties) > 1 else ""
    return f"{first.short} ({first.id}{more})"
