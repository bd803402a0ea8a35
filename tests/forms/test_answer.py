"""`kpf answer`: what comes back is taken, or listed with its cell and the reason; nothing recorded is overwritten."""

import io
import re
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import Font

from kpf.document import read_document
from kpf.forms.marked import NoForm
from kpf.forms.workbook.reading import read_workbook
from tests.cli.running import AS_AT, GOOD, PARKS, Ran, kpf, register
from tests.forms.filling import fill, marks, questions
from tests.starting.typing import CTRL_C, CTRL_D, typed

COMMENTED = PARKS.replace(
    "kind: contract",
    "kind: contract                # so the lawyers say\npartners: [Green Ltd]\non_the_list: {from: 2020-01-01}",
).replace("every: not stated", "every: 3 months")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a workbook that was sent out."""
    folder = register(tmp_path_factory.mktemp("asked"), GOOD, parks=COMMENTED)
    assert kpf("ask", "parks", "--service", "Housing", "--as-at", AS_AT, "-o", "q", cwd=folder).status == 0
    return folder


@pytest.fixture
def parks(asked: Path, tmp_path: Path) -> Path:
    """The same register, as it was when the workbook was sent out."""
    folder = register(tmp_path, GOOD, parks=COMMENTED)
    (folder / "sent.xlsx").write_bytes((asked / "q" / "housing.xlsx").read_bytes())
    return folder


def answer(cwd: Path, *arguments: str) -> Ran:
    with patch.object(sys, "stdin", io.StringIO()):
        return kpf("answer", *arguments, "--as-at", AS_AT, cwd=cwd)


def returned(folder: Path, answers: dict[str, Any] | None = None, name: str = "back.xlsx", **more: Any) -> str:
    return fill(folder / "sent.xlsx", folder / name, "Parks", answers or {}, **more).name


def data(folder: Path) -> Any:
    path = folder / "partnerships" / "parks.yaml"
    return read_document("parks", path.read_bytes(), "parks").data


def text(folder: Path) -> str:
    return (folder / "partnerships" / "parks.yaml").read_text("utf-8")


def test_answers_go_into_the_file_and_nothing_else_changes(parks: Path) -> None:
    rows = {
        "objectives/*": [{"Objective": "Greener parks", "Outcome": "More bees"}],
        "monitoring/arrangements/*/held/*": [{"Day": "14/04/2026", "Agenda": "governance; risks"}],
        "risks/entries/*": [{"Risk": "Drought", "Objective at risk": "Greener parks", "Likelihood": 2}],
        "half_years/*": [{"Planned spending": 1000, "Actual spending": "£1,250", "Issues for members": "none"}],
        "monitoring/changes/*": [{"Description": "None"}],
        "agreement/roles/partners/*": [{"Partners' roles": "Mows: and plants."}],
    }
    answers = {
        "manager": "Parks Manager",
        "scope/involves_children": "No",
        "agreement/signed": datetime(2024, 2, 20),  # noqa: DTZ001 - as a workbook holds a day
        "agreement/exit/notice": "12 months",
        "agreement/decision_making/notice_for_major_decisions": "quarterly",
    }
    ran = answer(parks, returned(parks, answers, rows=rows), "--yes")
    assert (ran.status, ran.err) == (0, ""), ran
    recorded = data(parks)
    assert recorded["manager"] == "Parks Manager"
    assert recorded["scope"] == {"involves_children": "no"}
    assert recorded["agreement"]["signed"] == "2024-02-20"
    assert recorded["agreement"]["decision_making"] == {"notice_for_major_decisions": "3 months"}
    assert recorded["agreement"]["roles"]["partners"] == {"Green Ltd": "Mows: and plants."}
    assert recorded["objectives"] == {"greener-parks": {"objective": "Greener parks", "outcome": "More bees"}}
    assert recorded["risks"]["entries"]["drought"] == {
        "risk": "Drought", "objective": "greener-parks", "likelihood": "2",
    }  # fmt: skip
    assert recorded["monitoring"]["arrangements"]["meetings"]["held"] == [
        {"on": "2026-04-14", "agenda": ["governance", "risks"]}
    ]
    assert recorded["monitoring"]["changes"] == "none"
    assert recorded["half_years"] == {"2026/27 H1": {"budget": {"planned": "1000", "actual": "1250"}, "issues": "none"}}
    assert "kind: contract                # so the lawyers say\n" in text(parks)
    assert "“quarterly” is read as 3 months" in ran.out
    assert "Open duties: " in ran.out
    assert "Record 17 answers on parks" in ran.out
    assert "From back.xlsx (sha256 " in ran.out


def test_read_twice_it_gives_nothing_new(parks: Path) -> None:
    rows = {"objectives/*": [{"Objective": "Greener parks"}], "reviews/*": [{"Service that led it": "Housing"}]}
    name = returned(parks, {"manager": "Parks Manager"}, rows=rows)
    assert answer(parks, name, "--yes").status == 0
    once = text(parks)
    ran = answer(parks, name, "--yes")
    assert ran.status == 0
    assert ran.out.startswith("Answers: 3 recorded already.\n")
    assert "Nothing new is recorded by these answers" in ran.out
    assert text(parks) == once


def test_what_was_recorded_meanwhile_stays_and_is_told_side_by_side(parks: Path) -> None:
    name = returned(parks, {"manager": "Parks Manager", "agreement/exit/notice": "12 months"})
    kpf("set", "parks", "manager", "Head of Parks", "--yes", "--as-at", AS_AT, cwd=parks)
    ran = answer(parks, name, "--yes")
    assert data(parks)["manager"] == "Head of Parks"
    assert data(parks)["agreement"]["exit"]["notice"] == "12 months"
    assert "Post that manages it: recorded is “Head of Parks”; the form says “Parks Manager”." in ran.out


def test_two_workbooks_for_one_partnership(parks: Path) -> None:
    one = returned(parks, {"manager": "Parks Manager"}, "one.xlsx")
    two = returned(parks, {"manager": "Head of Parks", "agreement/exit/notice": "12 months"}, "two.xlsx")
    ran = answer(parks, one, two, "--yes")
    assert data(parks)["manager"] == "Parks Manager"
    assert data(parks)["agreement"]["exit"]["notice"] == "12 months"
    assert "two.xlsx, Parks, " in ran.out
    assert "In conflict" in ran.out


def test_what_cannot_be_taken_is_told_by_its_cell_and_sent_back(parks: Path) -> None:
    answers = {
        "agreement/signed": "some time in spring",
        "agreement/exit/strategy": "TBC by Legal",
        "scope/involves_children": "perhaps",
    }
    rows = {"agreement/roles/board/representatives/*": [{"Post": "Director", "Organisation represented": "Nobody"}]}
    name = returned(parks, answers, rows=rows, reasons={"agreement/whistleblowing/clause": "Nobody is employed."})
    ran = answer(parks, name, "--refused", "no.xlsx", "--yes")
    assert "Day of signing: “some time in spring”: `signed` holds" in ran.out
    assert "Write a day as year, month and day" in ran.out
    assert "“TBC by Legal”: That is no answer yet, so the question stays open." in ran.out
    assert "“Nobody” is not known here. There are: Green Ltd, the council." in ran.out
    assert "To be decided: a form cannot agree that something does not apply" in ran.out
    assert "“Nobody is employed.”" in ran.out
    assert data(parks)["agreement"] == {"roles": {"board": {"representatives": [{"post": "Director"}]}}}
    sheet = load_workbook(parks / "no.xlsx")["Not taken"]
    listed = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert len(listed) == 4
    assert all("back.xlsx, Parks, " in str(row[1]) and row[4] for row in listed)
    assert all(row[6] == "Answer it again on the sheet Parks" for row in listed)


@pytest.mark.parametrize("text", ["yes", "Yes.", "OK"])
def test_a_bare_yes_is_no_answer_where_words_are_wanted(parks: Path, text: str) -> None:
    answers = {"agreement/exit/strategy": text, "scope/involves_children": "yes"}
    ran = answer(parks, returned(parks, answers), "--yes")
    assert f"“{text}”: That says yes, and not what there is." in ran.out
    assert "agreement" not in data(parks)
    assert data(parks)["scope"]["involves_children"] == "yes"


@pytest.mark.parametrize("text", ["John Smith", "Cllr Jane Smith", "Head of Parks (j.smith@example.org)"])
def test_a_person_is_kept_out_of_the_files(parks: Path, text: str) -> None:
    before = data(parks)
    ran = answer(parks, returned(parks, {"manager": text, "agreement/exit/notice": "Ask Mr Smith."}), "--yes")
    assert ran.out.count("It names a person. Write the post that they hold") == 2
    assert data(parks) == before


def test_notes_in_wrong_cells_and_rows_put_in_are_not_lost(parks: Path) -> None:
    book = load_workbook(parks / "sent.xlsx", rich_text=True)
    sheet = book["Parks"]
    sheet.title = "Renamed"
    sheet["K7"] = "please ring me"
    sheet["D1"] = "back in January"
    book["Start here"]["B4"] = "I have left the council."
    number = next(at for at, parts, _ in marks(sheet) if parts[:4] == ["R", "objectives/*", [], None])
    sheet.insert_rows(number + 1)
    sheet.cell(number + 1, 3).value = "Put in between"
    book.create_sheet("Mine")["A1"] = "a sheet of my own"
    book.save(parks / "odd.xlsx")
    ran = answer(parks, "odd.xlsx", "--yes")
    assert data(parks)["objectives"] == {"put-in-between": {"objective": "Put in between"}}
    assert "odd.xlsx, Renamed, K7: “please ring me”: there is no question here." in ran.out
    assert "odd.xlsx, Renamed, D1: “back in January”: there is no question here." in ran.out
    assert "odd.xlsx, Start here, B4: “I have left the council.”: the words of the form were changed here" in ran.out
    assert "odd.xlsx, Mine, A1: “a sheet of my own”: this sheet is not one of kpf's." in ran.out


def test_nothing_is_written_where_nobody_agrees(parks: Path) -> None:
    before = text(parks)
    name = returned(parks, {"manager": "Parks Manager"})
    shown = answer(parks, name, "--dry-run")
    assert "+manager: Parks Manager" in shown.out
    assert "because of --dry-run" in shown.out
    assert "nobody answered" in answer(parks, name).err
    assert text(parks) == before


@pytest.mark.parametrize(
    ("typing", "status", "says"),
    [
        (CTRL_C, 130, "Stopped. Nothing was written."),
        (CTRL_D, 2, "Nothing was written, because nobody answered."),
        ("no", 2, "Nothing was written."),
    ],
)
def test_stopped_at_a_terminal_nothing_is_written(parks: Path, typing: str, status: int, says: str) -> None:
    before = text(parks)
    name = returned(parks, {"manager": "Parks Manager"})
    ended, shown = typed({"Yes or no": [typing]}, "answer", name, "--as-at", AS_AT, cwd=parks)
    assert ended == status
    assert says in " ".join(shown.split())
    assert text(parks) == before


def _with_part(content: bytes, name: str) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr(name, b"x")
    return out.getvalue()


def _with_sheets(count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(count):
            packed.writestr(f"xl/worksheets/sheet{number}.xml", "")
    return out.getvalue()


def test_hostile_workbooks_are_refused_in_plain_words(parks: Path) -> None:
    sent = (parks / "sent.xlsx").read_bytes()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"\0" * 60_000_000)
    wide = load_workbook(parks / "sent.xlsx")
    wide["Parks"].cell(1, 16_384).value = "far"
    far = io.BytesIO()
    wide.save(far)
    for content, said in (
        (b"no zip at all", "cannot be read as .xlsx"),
        (_with_part(sent, "xl/vbaProject.bin"), "holds macros"),
        (_with_part(sent, "xl/externalLinks/externalLink1.xml"), "holds links to other workbooks"),
        (_with_sheets(201), "has more than 200 sheets"),
        (bomb.getvalue(), "unpacks to far more than answers"),
        (far.getvalue(), "has more than 240 columns"),
    ):
        with pytest.raises(NoForm, match=said):
            read_workbook("evil.xlsx", content)
    (parks / "evil.xlsx").write_bytes(b"no zip at all")
    assert answer(parks, "evil.xlsx", "--yes").said.endswith("Nothing was written.")
    assert "cannot be read" in answer(parks, "not-there.xlsx").said


def test_a_formula_is_no_answer(parks: Path) -> None:
    ran = answer(parks, returned(parks, {"manager": "=HYPERLINK(1)"}), "--yes")
    assert "it is a formula; type the answer itself" in ran.out
    assert "manager" not in data(parks)


def test_what_is_struck_through_is_no_answer(parks: Path) -> None:
    file = returned(parks, {"manager": "Parks Manager", "remit": "Trees"})
    book = load_workbook(parks / file, rich_text=True)
    (cell,) = [one for row in book["Parks"].iter_rows() for one in row if one.value == "Parks Manager"]
    cell.font = Font(strike=True)
    book.save(parks / file)
    ran = answer(parks, file, "--yes")
    assert "“Parks Manager”: it is struck through; type the answer again" in ran.out
    assert "manager" not in data(parks)


ANSWERS = {
    "manager": st.sampled_from(["Parks Manager", "Head of Parks: North", "Manager # 2", "yes", "'quoted'"]),
    "remit": st.just("not asked"),
    "executive_member": st.sampled_from(["Executive Member for Communities", "Leader"]),
    "agreement/document": st.text("abc:#'\"{}[],&*!|>%@ é£-", min_size=1, max_size=30),
    "agreement/ends": st.sampled_from(["2030-03-31", "no end date"]),
    "agreement/exit/notice": st.sampled_from(["12 months", "28 days"]),
    "agreement/exit/strategy": st.text("abc: #'\"", min_size=3, max_size=12),
    "scope/partner_supplies_data": st.sampled_from(["yes", "no"]),
    "risks/register": st.text(min_size=1, max_size=20),
}


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.fixed_dictionaries({}, optional=ANSWERS))
def test_the_register_then_holds_exactly_what_was_answered(parks: Path, answers: dict[str, str]) -> None:
    file = parks / "partnerships" / "parks.yaml"
    file.write_text(COMMENTED, "utf-8")
    asked = set(questions(parks / "sent.xlsx", "Parks"))
    printable = {path: said for path, said in answers.items() if said.isprintable()}
    ran = answer(parks, returned(parks, printable), "--yes")
    assert ran.status == 0, ran
    expected = read_document("parks", COMMENTED.encode(), "parks").data
    recorded = data(parks)
    for path, said in printable.items():
        refused = f"“{' '.join(said.split())[:40]}" in ran.out.partition("Refused:")[2] or not said.strip()
        if path not in asked or refused:
            continue
        here: Any = expected
        *above, last = path.split("/")
        for step in above:
            here = here.setdefault(step, {})
        got: Any = recorded
        for step in path.split("/"):
            got = got.get(step) if isinstance(got, dict) else None
        if got is not None:
            assert got == " ".join(said.split())
            here[last] = got
    left = _without_empty(expected)
    assert _without_empty(recorded) == left
    kept = [line for line in COMMENTED.splitlines() if line.strip()]
    assert [line for line in text(parks).splitlines() if line in kept] == kept
    assert "to record" not in answer(parks, "back.xlsx", "--yes").out.splitlines()[0]


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: _without_empty(inner) for name, inner in value.items()}
        return {name: inner for name, inner in kept.items() if inner not in ({}, None)}
    return value


CHECKED = COMMENTED.replace(
    "monitoring:\n",
    """\
monitoring:
  governance_of_partners_checked:
    - {partner: Green Ltd, on: 2026-05-01}
    - {partner: Green Ltd, on: 2026-06-01}
""",
)


def test_an_entry_that_has_moved_is_not_filled_in_another_ones_place(tmp_path: Path) -> None:
    folder = register(tmp_path, GOOD, parks=CHECKED)
    assert kpf("ask", "parks", "--as-at", AS_AT, "-o", "q", cwd=folder).status == 0
    path = "monitoring/governance_of_partners_checked/*"
    rows = {path: [{"Result of the check": "effective"}]}
    sent = folder / "q" / "housing.xlsx"
    name = fill(sent, folder / "back.xlsx", "Parks", {}, rows).name
    file = folder / "partnerships" / "parks.yaml"
    first = "    - {partner: Green Ltd, on: 2026-05-01}\n"
    file.write_text(file.read_text("utf-8").replace(first, first.replace("05-01", "04-01") + first), "utf-8")
    before = file.read_bytes()
    ran = answer(folder, name, "--yes")
    assert file.read_bytes() == before
    assert "the entry in its place has changed since, so it may be another one." in ran.out


def test_a_text_too_long_to_be_kept_whole_is_listed(parks: Path) -> None:
    ran = answer(parks, returned(parks, {"agreement/exit/strategy": "word " * 1_100}), "--yes")
    assert "it has more than 5,000 characters; shorten it." in ran.out
    assert text(parks) == COMMENTED


# -- forms that were changed themselves ------------------------------------------------------------------


def _sheet_and_row(parks: Path, path: str) -> tuple[Any, Any, int, dict[str, int]]:
    book = load_workbook(parks / "sent.xlsx", rich_text=True)
    sheet = book["Parks"]
    number, heads = next((number, heads) for number, parts, heads in marks(sheet) if parts[:2] == ["Q", path])
    return book, sheet, number, heads


def test_an_answer_beside_a_question_that_was_changed_is_told_and_not_taken(parks: Path) -> None:
    book, sheet, number, heads = _sheet_and_row(parks, "agreement/exit/notice")
    sheet.cell(number, 2).value = "How long until we hear from you?"
    sheet.cell(number, heads["Answer"]).value = "12 months"
    book.save(parks / "odd.xlsx")
    ran = answer(parks, "odd.xlsx", "--yes")
    message = (
        f"odd.xlsx, Parks, F{number}: “12 months”: the question beside it is not the one that kpf asked in this row"
    )
    assert message in ran.out
    assert f"odd.xlsx, Parks, B{number}: “How long until we hear from you?”: the words of the form" in ran.out
    assert text(parks) == COMMENTED


def test_answers_that_were_moved_with_their_questions_but_without_the_hidden_column_are_told(parks: Path) -> None:
    book, sheet, one, heads = _sheet_and_row(parks, "agreement/exit/notice")
    other = next(number for number, parts, _ in marks(sheet) if parts[:2] == ["Q", "agreement/exit/strategy"])
    sheet.cell(one, heads["Answer"]).value, sheet.cell(other, heads["Answer"]).value = "12 months", "Schedule 9"
    for column in range(2, 8):  # what sorting does to what can be seen
        first, second = sheet.cell(one, column), sheet.cell(other, column)
        first.value, second.value = second.value, first.value
    book.save(parks / "odd.xlsx")
    ran = answer(parks, "odd.xlsx", "--yes")
    assert ran.out.count("the question beside it is not the one that kpf asked in this row") == 2
    assert text(parks) == COMMENTED


@pytest.mark.parametrize("head", ["Answer", "Outcome"])
def test_what_stands_under_a_heading_that_was_changed_is_told(parks: Path, head: str) -> None:
    book, sheet, number, heads = _sheet_and_row(parks, "agreement/exit/notice")
    if head == "Answer":
        sheet.cell(number, heads[head]).value = "12 months"
    else:
        number, heads = next((at, said) for at, parts, said in marks(sheet) if parts[:2] == ["R", "objectives/*"])
        sheet.cell(number, heads["Objective"]).value, sheet.cell(number, heads[head]).value = "Bees", "12 months"
    above = max(at for at, parts, _ in marks(sheet) if parts[0] == "H" and at < number)
    sheet.cell(above, heads[head]).value = "Our reply"
    book.save(parks / "odd.xlsx")
    assert "“12 months”: the heading of this column was changed" in answer(parks, "odd.xlsx", "--yes").out


def test_it_is_said_where_an_answer_brings_more_duties(tmp_path: Path) -> None:
    listed = PARKS.replace("kind: contract", "kind: contract\non_the_list: {from: 2010-01-01}")
    folder = register(tmp_path, GOOD, parks=listed)
    kpf("ask", "parks", "--service", "Housing", "--as-at", AS_AT, "-o", "q", cwd=folder)
    name = fill(folder / "q" / "housing.xlsx", folder / "back.xlsx", "Parks", {"agreement/signed": "12/03/2026"}).name
    ran = answer(folder, name, "--yes")
    found = re.search(r"Open duties: (\d+) before, (\d+) now\. Some answers decide that more duties apply\.", ran.out)
    assert found
    assert int(found[1]) < int(found[2])  # it began after the framework, so it was to be proposed
