"""Forms in Word: the same questions, and the answers as people return them, in Word or through LibreOffice."""

import io
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table, _Cell

from kpf.forms.marked import NoForm
from kpf.forms.word.reading import read_word_form
from tests.cli.running import AS_AT, GOOD, kpf, register
from tests.forms.test_answer import COMMENTED, answer, data
from tests.others import libreoffice


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A form that was sent out."""
    folder = register(tmp_path_factory.mktemp("asked"), GOOD, parks=COMMENTED)
    options = ("--service", "Housing", "--to", "docx", "--as-at", AS_AT, "-o", "q")
    assert kpf("ask", "parks", *options, cwd=folder).status == 0
    return (folder / "q" / "housing.docx").read_bytes()


@pytest.fixture
def parks(tmp_path: Path) -> Path:
    return register(tmp_path, GOOD, parks=COMMENTED)


def rows(document: Document) -> dict[str, tuple[Table, int]]:
    """The first row of each question and table, by its way."""
    found: dict[str, tuple[Table, int]] = {}
    for table in document.tables:
        for number, row in enumerate(table.rows):
            for kind in ('["Q", "', '["R", "'):
                text = row.cells[0].text
                if kind in text:
                    found.setdefault(text.split(kind)[1].split('"')[0], (table, number))
    return found


def type_in(cell: _Cell, text: str) -> None:
    """Type as people do: over what stands in the list, or into the blank cell."""
    for control in list(cell._tc.iter(qn("w:sdt"))):
        control.getparent().remove(control)
    cell.paragraphs[0].add_run(text)


def filled(
    sent: bytes,
    answers: Mapping[str, str],
    change: Callable[[Document], None] | None = None,
    table_rows: Mapping[str, Sequence[Sequence[str]]] | None = None,
) -> bytes:
    document = docx.Document(io.BytesIO(sent))
    known = rows(document)
    for path, text in answers.items():
        table, number = known[path]
        type_in(table.rows[number].cells[1], text)
    for path, texts_of_rows in (table_rows or {}).items():
        table, number = known[path]
        for at, texts in enumerate(texts_of_rows):
            if number + at >= len(table.rows):
                table._tbl.append(deepcopy(table.rows[-1]._tr))  # as Word does it, without the hidden mark
                for old in list(table.rows[-1]._tr.iter(qn("w:r"), qn("w:sdt"))):
                    old.getparent().remove(old)
            for cell, text in zip(table.rows[number + at].cells, texts, strict=False):
                if text:
                    type_in(cell, text)
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def body_of(document: Document) -> Any:
    return document.element.body


def test_answers_and_added_rows_are_taken_and_read_twice_give_nothing_new(parks: Path, sent: bytes) -> None:
    decisions = [[f"Prices for {year}", f"1 June {year}"] for year in range(2027, 2034)]  # more than the free rows
    path = "agreement/decision_making/decisions_ahead/*"
    answers = {"agreement/signed": "1 June 2026", "scope/involves_children": "no", "on_the_list/reason": "All\nuse it"}
    (parks / "back.docx").write_bytes(filled(sent, answers, table_rows={path: decisions}))
    ran = answer(parks, "back.docx", "--yes")
    assert ran.status == 0, ran.err
    found = data(parks)
    assert found["agreement"]["signed"] == "2026-06-01"
    assert found["scope"]["involves_children"] == "no"
    assert found["on_the_list"]["reason"] == "All use it"
    decisions_recorded = found["agreement"]["decision_making"]["decisions_ahead"]
    assert [one["decision"] for one in decisions_recorded] == [text for text, _ in decisions]
    assert decisions_recorded[6]["by"] == "2033-06-01"
    assert "From back.docx (sha256 " in ran.out
    assert "Nothing new is recorded by these answers" in answer(parks, "back.docx", "--yes").out


def test_text_with_a_line_through_it_is_no_answer(parks: Path, sent: bytes) -> None:
    def change(document: Document) -> None:
        table, number = rows(document)["manager"]
        table.rows[number].cells[1].paragraphs[0].runs[-1].font.strike = True

    (parks / "back.docx").write_bytes(filled(sent, {"manager": "Parks Manager"}, change))
    ran = answer(parks, "back.docx", "--yes")
    assert "“Parks Manager”: text in it is struck through; type the answer again" in ran.out
    assert "manager" not in data(parks)


def test_what_is_refused_or_recorded_since_is_told_by_table_row_and_column(parks: Path, sent: bytes) -> None:
    answers = {"agreement/signed": "last spring", "manager": "Head of Parks"}
    (parks / "back.docx").write_bytes(filled(sent, answers))
    file = parks / "partnerships" / "parks.yaml"
    file.write_text(file.read_text("utf-8") + "manager: Parks Manager\n", "utf-8")
    ran = answer(parks, "back.docx", "--yes")
    assert "1 in conflict, 1 refused." in ran.out
    where = "back.docx, Parks, table 2, row 2, column 2: Post that manages it"
    assert f"  {where}: recorded is “Parks Manager”; the form says “Head of Parks”.\n" in ran.out
    assert (
        "column 2: Day of signing: “last spring”: `signed` holds “last spring”, which cannot be read as a day"
        in ran.out
    )


def test_a_form_saved_by_libreoffice_is_read_as_it_was_typed(sent: bytes, tmp_path: Path) -> None:
    (tmp_path / "typed.docx").write_bytes(filled(sent, {"agreement/signed": "1 June 2026", "manager": "Head of Parks"}))
    subprocess.run(
        [
            libreoffice(),
            f"-env:UserInstallation=file://{tmp_path / 'profile'}",
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(tmp_path / "saved"),
            str(tmp_path / "typed.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    content = (tmp_path / "saved" / "typed.docx").read_bytes()
    assert content != (tmp_path / "typed.docx").read_bytes()
    returned = read_word_form("typed.docx", content)
    assert [(one.path, one.answer.text if one.answer else "") for one in returned.questions] == [
        (("manager",), "Head of Parks"),
        (("agreement", "signed"), "1 June 2026"),
    ]
    assert (returned.rows, returned.astray) == ([], [])


def test_a_blank_form_answers_nothing_and_is_the_same_each_time(parks: Path, sent: bytes) -> None:
    returned = read_word_form("sent.docx", sent)
    assert (returned.questions, returned.rows, returned.astray) == ([], [], [])
    options = ("--service", "Housing", "--to", "docx", "--as-at", AS_AT, "-o", "q")
    assert kpf("ask", "parks", *options, cwd=parks).status == 0
    assert (parks / "q" / "housing.docx").read_bytes() == sent
    assert "--to odt is not known." in kpf("ask", "--to", "odt", cwd=parks).said


def test_what_has_no_place_is_listed_and_nothing_of_it_is_lost(sent: bytes) -> None:
    def change(document: Document) -> None:
        known = rows(document)
        table, number = known["manager"]
        table.rows[number].cells[0].paragraphs[0].add_run(" It is the Head of Parks")
        document.add_paragraph("Please ring me")
        document.add_comment(table.rows[number].cells[1].paragraphs[0].add_run("Me"), "Ask Legal", "somebody")
        field = f'<w:fldSimple {nsdecls("w")} w:instr="DDEAUTO excel a"><w:r><w:t>no</w:t></w:r></w:fldSimple>'
        other, at = known["scope/involves_children"]
        type_in(other.rows[at].cells[1], "")
        other.rows[at].cells[1].paragraphs[0]._p.append(parse_xml(field))

    returned = read_word_form("back.docx", filled(sent, {}, change))
    assert [
        (one.text, why)
        for one, why in returned.astray
        if one.text != "Me" and "Post" not in one.text and "Manager" not in one.text
    ] == [
        ("no", "it is a field that Word works out; type the answer itself"),
        ("Please ring me", "there is no question here"),
        ("Ask Legal", "it is a comment in the margin; type answers into the yellow cells"),
    ]
    changed = [why for one, why in returned.astray if "It is the Head of Parks" in one.text]
    assert changed == ["the words of the form were changed here; an answer belongs in a yellow cell"]
    beside = [why for one, why in returned.astray if one.text == "Me"]
    assert beside == ["the question beside it is not the one that kpf asked in this row, so it may answer another one"]
    assert not returned.questions


def test_tracked_changes_count_as_they_would_be_accepted_and_a_row_knows_its_partnership(sent: bytes) -> None:
    def change(document: Document) -> None:
        table, number = rows(document)["manager"]
        cell = table.rows[number].cells[1].paragraphs[0]._p
        cell.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>Head of Parks</w:t></w:r></w:ins>"))
        cell.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>Nobody</w:delText></w:r></w:del>"))
        for paragraph in list(body_of(document).iter(qn("w:p"))):
            if paragraph.getparent() is body_of(document):  # all headings are lost
                body_of(document).remove(paragraph)

    returned = read_word_form("back.docx", filled(sent, {}, change))
    (only,) = returned.questions
    assert (only.kind, only.id, only.path, only.answer and only.answer.text) == (
        "partnership", "parks", ("manager",), "Head of Parks",
    )  # fmt: skip


def test_a_question_whose_table_lost_its_headings_is_listed(sent: bytes) -> None:
    def change(document: Document) -> None:
        table, _ = rows(document)["manager"]
        table._tbl.remove(table.rows[0]._tr)

    returned = read_word_form("back.docx", filled(sent, {"manager": "Head of Parks"}, change))
    assert returned.questions == []
    assert "Head of Parks" in [one.text for one, _ in returned.astray]


def wide(document: Document) -> None:
    row = document.tables[0].rows[1]._tr
    last = row.tc_lst[2]
    for _ in range(17_000):
        row.append(deepcopy(last))


def packed_again(content: bytes, name: str, added: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        new.writestr(name, added)
    return out.getvalue()


def test_what_is_hostile_or_no_form_ends_in_a_sentence(parks: Path, sent: bytes) -> None:
    blank = io.BytesIO()
    docx.Document().save(blank)
    for content, said in (
        (packed_again(sent, "word/vbaProject.bin", b"x"), "evil.docx holds macros. Save it as .docx"),
        (packed_again(sent, "word/x.xml", bytes(51_000_000)), "evil.docx unpacks to far more than answers."),
        (filled(sent, {}, wide), "evil.docx has a table of more than 100 columns."),
        (blank.getvalue(), "evil.docx is not a form that kpf ask has written."),
        (b"\xd0\xcf\x11\xe0", "evil.docx cannot be read as .docx. Open it and save it as .docx."),
        (packed_again(b"PK\x05\x06" + bytes(18), "a", b"b"), "evil.docx cannot be read as a Word document."),
    ):
        with pytest.raises(NoForm) as refused:
            read_word_form("evil.docx", content)
        assert str(refused.value).startswith(said)
    (parks / "evil.docx").write_bytes(blank.getvalue())
    assert answer(parks, "evil.docx").said.endswith("Give the file as it was returned. Nothing was written.")
