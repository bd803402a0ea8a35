"""What is recorded and too old is asked for again, and the answer is put beside what is recorded: never over it."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kpf.check.stream import Judge, Terms
from kpf.dates import in_words
from kpf.document import Document
from kpf.edit.files import opened_file
from kpf.finding import OPEN, FindingKind, Judgement, Trail
from kpf.forms.fields import FormPart, models_under
from kpf.forms.gaps import FormGap, leads
from kpf.forms.open_form import OpenAgain, OpenForm
from kpf.forms.outcome import AnswersOutcome
from kpf.forms.refused import RefusedForms
from kpf.forms.returned import FormCell, QuestionAnswered, ReturnedForm, WrittenCell
from kpf.forms.sending import addressees
from kpf.forms.taking import AnswerTaker
from kpf.register.register import Register, read_register, register_of
from tests.cli.running import AS_AT, GOOD, PARKS, kpf, register
from tests.forms.filling import fill
from tests.forms.test_word import filled
from tests.plain import ALDERMERE

REGISTER = read_register(ALDERMERE)
"""With an edition of its own, which wants some things again after some years."""
FILES = {file.path.name: file.content for document in REGISTER.documents for file in [opened_file(REGISTER, document)]}
LATER = [date(2027, 8, 15), date(2028, 3, 1)]
CELL = FormCell("back.xlsx", "Sheet", "F7")


@cache
def judged(day: date) -> tuple[Judge, tuple[OpenForm, ...]]:
    """The example as at `day`, with everything that forms ask of it then."""
    judge = Judge.of(REGISTER, Terms(day))
    return judge, tuple(form for one in addressees(judge, ()) for form in one.forms)


def open_by_the_calendar(register: Register, day: date, id_: str = "") -> list[Judgement]:
    judge = Judge.of(register, Terms(day))
    judgements = [one for entry in register.entries if id_ in {"", entry.id} for one in judge.file(entry).judgements]
    return [
        one
        for one in judgements
        if one.kind is FindingKind.CLOCK and one.verdict in OPEN and one.reported and one.duties
    ]


def parts_asked(form: OpenForm) -> list[FormPart]:
    return [*form.first, *form.questions, *(open_table.table for open_table in form.tables)]


def name_of(form: OpenForm) -> str:
    return form.document.path.rpartition("/")[2]


def asked_of(day: date) -> list[tuple[OpenForm, OpenAgain]]:
    return [(form, again) for form in judged(day)[1] for again in form.again]


def taken(
    form: OpenForm, files: dict[str, bytes], answers: Sequence[tuple[OpenAgain, str]], day: date
) -> AnswersOutcome:
    """What becomes of `answers`, as somebody typed them into one form."""
    register = register_of(ALDERMERE, files)
    back = ReturnedForm("back.xlsx", "0" * 64)
    for again, text in answers:
        back.questions.append(
            QuestionAnswered(
                form.kind, form.id, again.field.path, WrittenCell(CELL, text), None, again.entries, again.recorded
            )
        )
    of = {document.path: document for document in register.documents}[form.document.path]

    def opened(_kind: str, _id: str) -> tuple[Document, bytes]:
        return of, files[name_of(form)]

    edition = Judge.of(register, Terms(day)).records.edition
    return AnswerTaker(register.council, opened, models_under(edition)).take([back])


def notes(content: bytes) -> list[str]:
    return [line.partition("#")[2] for line in content.decode().splitlines() if "#" in line]


def recorded(data: Any, trail: Trail) -> list[str]:
    for step in trail:
        data = data[step]
    return [str(one) for one in (data if isinstance(data, list) else [data])]


def test_whatever_has_become_too_old_is_asked() -> None:
    for day in LATER:
        judge, forms = judged(day)
        models = models_under(judge.records.edition)
        for one in open_by_the_calendar(REGISTER, day):
            of_file = [form for form in forms if form.document.path == one.source.path]
            again = any(leads(it.trail, one.trail) for form in of_file for it in form.again)
            gap = {form.kind: FormGap.of(models[form.kind], one) for form in of_file}
            asked = any(gap[form.kind].duties_behind(part) for form in of_file for part in parts_asked(form))
            assert again or asked, (day, one.rule, one.trail)


def test_what_is_asked_again_is_what_became_too_old() -> None:
    asked = {str(again.field.path[-1]) for _, again in asked_of(LATER[-1])}
    assert asked >= {"tested", "membership_reviewed", "dpia_agreed", "slavery_statement_read"}
    assert {again.entries for _, again in asked_of(LATER[-1]) if again.field.path[:2] == ("risks", "agreed")} == {
        ("Fellbrook Leisure Trust",)
    }
    assert [again for _, again in asked_of(date(2026, 11, 23))] == []


@settings(max_examples=12)
@given(day=st.sampled_from(LATER), chosen=st.data(), ago=st.integers(0, 20))
def test_an_answer_is_put_beside_what_is_recorded(day: date, chosen: st.DataObject, ago: int) -> None:
    form, again = chosen.draw(st.sampled_from(asked_of(day)))
    when = day - timedelta(days=ago)
    text = in_words(when) if ago % 2 else when.isoformat()
    outcome = taken(form, FILES, [(again, text)], day)
    assert (len(outcome.taken), outcome.refused, outcome.conflicts, outcome.astray) == (1, [], [], [])
    (edit,) = outcome.edits.values()
    assert recorded(edit.after.data, again.trail) == sorted([*again.recorded, when.isoformat()])
    assert notes(edit.new) == notes(edit.old)
    assert len(edit.new.splitlines()) - len(edit.old.splitlines()) in {0, 1}
    after = {**FILES, name_of(form): edit.new}
    twice = taken(form, after, [(again, text)], day)
    assert (twice.taken, twice.already) == ([], 1)
    assert not any(one.changes for one in twice.edits.values())
    left = open_by_the_calendar(register_of(ALDERMERE, after), day, form.id)
    assert not [one for one in left if one.source.path == form.document.path and leads(again.trail, one.trail)]


def test_what_was_recorded_since_is_a_conflict_and_stays() -> None:
    form, again = next(pair for pair in asked_of(LATER[-1]) if pair[1].field.path[-1] == "tested")
    first = taken(form, FILES, [(again, "2028-01-10")], LATER[-1])
    after = {**FILES, name_of(form): first.edits[form.id].new}
    second = taken(form, after, [(again, "12 February 2028")], LATER[-1])
    assert not second.edits[form.id].changes
    assert [one.why for one in second.conflicts] == ["something else has been recorded since"]
    assert "2028-01-10" in second.conflicts[0].recorded


def test_what_it_was_to_be_added_to_may_be_gone() -> None:
    form, again = next(pair for pair in asked_of(LATER[-1]) if pair[1].field.path[-1] == "tested")
    line = f"    tested: {again.recorded[0]}"
    gone = FILES[name_of(form)].replace(line.encode(), b"    tested:")
    assert gone != FILES[name_of(form)]
    outcome = taken(form, {**FILES, name_of(form): gone}, [(again, "2028-01-10")], LATER[-1])
    assert [one.why for one in outcome.astray] == ["what it was to be added to is no longer recorded"]


OLD = f"""\
{PARKS}\
agreement:
  business_continuity:
    clause: Schedule 4
    tested: 2020-03-03      # at the depot
"""


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_in_excel_and_in_word(tmp_path: Path, kind: str) -> None:
    folder = register(tmp_path, GOOD, parks=OLD)
    kpf("ask", "parks", "--service", "Housing", "--to", kind, "--as-at", AS_AT, "-o", "q", cwd=folder)
    sent, back = folder / "q" / f"housing.{kind}", folder / f"back.{kind}"
    if kind == "xlsx":
        texts = [str(cell.value) for row in load_workbook(sent)["Parks"].iter_rows() for cell in row if cell.value]
        assert "Recorded already, and wanted once more" in texts
        assert "3 March 2020" in texts
        assert any("When was it last done?" in text for text in texts)
        fill(sent, back, "Parks", {"agreement/business_continuity/tested": "12th March 2026"})
    else:
        back.write_bytes(filled(sent.read_bytes(), {"agreement/business_continuity/tested": "12th March 2026"}))
    ran = kpf("answer", back.name, "--as-at", AS_AT, "--yes", cwd=folder)
    assert (ran.status, ran.err) == (0, ""), ran
    text = (folder / "partnerships" / "parks.yaml").read_text("utf-8")
    assert text == OLD.replace("2020-03-03      # at", "[2020-03-03, 2026-03-12]      # at"), text
    again = kpf("answer", back.name, "--as-at", AS_AT, "--yes", cwd=folder)
    assert again.out.startswith("Answers: 1 recorded already.")


def test_kpf_set_puts_a_day_beside_the_last_one(tmp_path: Path) -> None:
    folder = register(tmp_path, GOOD, parks=OLD)
    path = folder / "partnerships" / "parks.yaml"
    ran = kpf("set", "parks", "tested", "2026-03-12", "--as-at", AS_AT, "--yes", cwd=folder)
    assert (ran.status, ran.err) == (0, ""), ran
    assert "tested: [2020-03-03, 2026-03-12]      # at the depot" in path.read_text("utf-8")
    path.write_text(OLD, "utf-8")
    assert kpf("set", "parks", "tested", "2020-03-04", "--replace", "--yes", cwd=folder).status == 0
    assert "tested: 2020-03-04      # at the depot" in path.read_text("utf-8")


def test_what_is_recorded_in_full_is_no_row_to_be_filled_in() -> None:
    (form,) = [one for one in judged(LATER[-1])[1] if one.id == "leisure-centres"]
    (meetings,) = [one for one in form.tables if one.table.path[-2:] == ("held", "*")]
    assert {row.key for row in meetings.rows} == {None}
    assert len(meetings.open) == 3
    (halves,) = [one for one in form.tables if one.table.path == ("half_years", "*")]
    assert [row.key for row in halves.rows] == ["2026/27 H2", "2027/28 H1"]
    (figures,) = [one for one in form.tables if one.table.path == ("half_years", "*", "actual", "*")]
    assert {row.entries for row in figures.rows} == {("2026/27 H2",), ("2027/28 H1",)}
    assert {row.key for row in figures.rows} == {"visits", "concessions", "energy", "swimmers"}


def test_what_is_gone_since_is_not_called_recorded_when_its_answer_is_refused() -> None:
    day = LATER[-1]
    form, again = next((form, one) for form, one in asked_of(day) if one.field.path[-1] == "tested")
    models, in_force = models_under(judged(day)[0].records.edition), judged(day)[0].shared.framework
    place, _ = form.document.root.towards(again.trail) if form.document.root else (None, ())
    assert place is not None
    text = form.document.text
    blanked = (text[: place.start.index] + "~" + text[place.end.index :]).encode()
    for content, asks in ((FILES[name_of(form)], [again.recorded]), (blanked, [])):
        outcome = taken(form, FILES | {name_of(form): content}, [(again, "some time in spring")], day)
        refused = RefusedForms(outcome, in_force, models)
        assert len(outcome.refused) == 1
        assert [one.recorded for asked in refused.forms for one in asked.again] == asks
        assert len(refused.asked) == len(asks)
