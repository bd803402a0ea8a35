"""Any answers, single and in tables, into any part of a register: exactly they are added, and all else stays."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpf.document import Document, read_document
from kpf.forms.fields import EACH, FormField, FormTable, parts_of
from kpf.forms.outcome import AnswersOutcome
from kpf.forms.returned import FormCell, QuestionAnswered, ReturnedForm, RowAnswered, WrittenCell
from kpf.forms.taking import AnswerTaker
from kpf.model import Partnership
from tests.plain import PLAIN

EXAMPLE = PLAIN
COUNCIL = read_document("_council.yaml", (EXAMPLE / "partnerships" / "_council.yaml").read_bytes())
ID = "leisure-centres"
SECTIONS = re.split(r"(?m)^(?=[a-z_]+:)", (EXAMPLE / "partnerships" / f"{ID}.yaml").read_text("utf-8"))
QUESTIONS = [part for part in parts_of(Partnership) if isinstance(part, FormField) and EACH not in part.path]
TABLES = [part for part in parts_of(Partnership) if isinstance(part, FormTable) and part.above == 0]
CELL = FormCell("back.docx", "Leisure", "table 1, row 1, column 2")


def opened(text: str) -> tuple[Document, bytes]:
    return read_document(ID, text.encode(), ID), text.encode()


def taken(text: str, form: ReturnedForm) -> AnswersOutcome:
    return AnswerTaker(COUNCIL, lambda _kind, id_: opened(text) if id_ == ID else None).take([form])


def typed(field: FormField, words: str) -> WrittenCell:
    """What somebody types: words of their own where any will do, else as the example has it."""
    written = field.shape.written
    if written and written.choices:
        return WrittenCell(CELL, written.choices[0])
    return WrittenCell(CELL, words if written is None or written.wants == "a text" else field.example)


def in_a_row(table: FormTable, words: str) -> RowAnswered:
    named = "2026/27 H1" if table.by_half_year else "Fellbrook Leisure Trust"
    name = WrittenCell(CELL, named) if table.named else None
    return RowAnswered(
        "partnership", ID, table.path, (), None, name, {at.path: typed(at, words) for at in table.columns}
    )


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each value with the names that lead to it; entries of lists wherever they stand."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    elif value is not None:
        yield path, str(value)


OBJECTIVES = next(table for table in TABLES if table.path == ("objectives", EACH))
LEAD = next(one for one in QUESTIONS if one.path == ("lead_service",))


def column(table: FormTable, key: str) -> FormField:
    return next(one for one in table.columns if one.path[-1] == key)


def an_objective(priority: str) -> ReturnedForm:
    """A row that was filled in with an objective and the priority that it serves."""
    cells = {"objective": "Fewer people live alone.", "priority": priority}
    typed_in = {column(OBJECTIVES, key).path: WrittenCell(CELL, words) for key, words in cells.items()}
    form = ReturnedForm("back.docx", "0" * 64)
    form.rows.append(RowAnswered("partnership", ID, OBJECTIVES.path, (), None, None, typed_in))
    return form


@pytest.mark.parametrize("priority", ["nonsense", "community", "Nonsense for everyone"])
def test_a_priority_that_the_council_does_not_have_is_refused(priority: str) -> None:
    outcome = taken("name: Leisure\n", an_objective(priority))
    (refused,) = outcome.refused
    assert refused.why.startswith(f"“{priority}” is not known here. ")
    assert "priority" not in outcome.edits[ID].new.decode()


@pytest.mark.parametrize("priority", ["healthy-communities", "Healthy, active and safe communities", "GREEN BOROUGH"])
def test_a_priority_is_taken_by_its_name_or_by_its_id(priority: str) -> None:
    outcome = taken("name: Leisure\n", an_objective(priority))
    assert outcome.refused == []
    id_ = "green-borough" if priority == "GREEN BOROUGH" else "healthy-communities"
    assert f"priority: {id_}\n" in outcome.edits[ID].new.decode()


def test_a_service_that_the_council_does_not_have_is_refused() -> None:
    form = ReturnedForm("back.docx", "0" * 64)
    form.questions.append(QuestionAnswered("partnership", ID, LEAD.path, WrittenCell(CELL, "Fisheries"), None))
    (refused,) = taken("name: Leisure\n", form).refused
    assert refused.why.startswith("“Fisheries” is not known here. There are: Leisure and Open Spaces, ")


@settings(max_examples=25)
@given(
    kept=st.sets(st.integers(2, len(SECTIONS) - 1)),
    asked=st.lists(st.sampled_from(QUESTIONS), max_size=4, unique=True),
    tables=st.lists(st.sampled_from(TABLES), max_size=3, unique=True),
    words=st.sampled_from(["Paragraph 9.", "- a: b #c", "'quoted' {x}", "yes", "1.5"]),
)
def test_exactly_what_was_answered_is_added(
    kept: set[int], asked: list[FormField], tables: list[FormTable], words: str
) -> None:
    before = "".join(section for at, section in enumerate(SECTIONS) if at < 2 or at in kept)
    form = ReturnedForm("back.docx", "0" * 64)
    form.questions += [QuestionAnswered("partnership", ID, field.path, typed(field, words), None) for field in asked]
    form.rows += [in_a_row(table, words) for table in tables]
    outcome = taken(before, form)
    edit = outcome.edits.get(ID)
    after = edit.new.decode() if edit else before
    assert outcome.astray == []
    old, new = (Counter(leaves(opened(text)[0].data)) for text in (before, after))
    assert old <= new
    came = {path for path, _ in new - old}
    assert came == {tuple(step for step in one.trail if isinstance(step, str)) for one in outcome.taken}
    comments = [line for line in before.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in after.splitlines() if line.lstrip().startswith("#")] == comments
    assert taken(after, form).taken == []
