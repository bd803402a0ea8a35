"""`kpf ask`: only what is open, only what they can answer, in workbooks that take nothing but answers."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kpf.forms.fields import MODELS, FormField, FormTable, is_decision, parts_of
from kpf.model.shapes import every_field
from tests.cli.running import AS_AT, GOOD, PARKS, PROJECT, Ran, kpf, register
from tests.forms.filling import marks, questions


def ask(cwd: Path, *arguments: str) -> Ran:
    return kpf("ask", "--as-at", AS_AT, *arguments, cwd=cwd)


@pytest.fixture
def parks(tmp_path: Path) -> Path:
    return register(tmp_path, GOOD, parks=PARKS)


def test_each_who_can_answer_gets_a_workbook_with_what_is_open(parks: Path) -> None:
    ran = ask(parks, "-o", str(parks / "q"), "--by", "2026-12-18")
    assert (ran.status, ran.err) == (0, "")
    assert {file.name for file in (parks / "q").iterdir()} == {"housing.xlsx", "policy-and-communications.xlsx"}
    book = load_workbook(parks / "q" / "housing.xlsx")
    assert book.sheetnames[:2] == ["Start here", "Parks"]
    assert "Please return it by 18 December 2026." in str(book["Start here"]["B3"].value)
    asked = questions(parks / "q" / "housing.xlsx", "Parks")
    assert "manager" in asked
    assert "agreement/exit/notice" in asked
    assert "kind" not in asked  # it is recorded
    assert "key_factors/resources/reason" not in asked  # Policy and Communications knows
    assert "key_factors/resources/reason" in questions(parks / "q" / "policy-and-communications.xlsx", "Parks")


def test_no_decision_is_asked_for() -> None:
    for model in MODELS.values():
        paths = {part.path for part in parts_of(model)}
        decisions = {path for path, field in every_field(model) if is_decision(field)}
        assert not {path for path in paths for one in decisions if path[: len(one)] == one}
    assert ("on_the_list", "decided_by") not in {part.path for part in parts_of(MODELS["partnership"])}


def test_no_two_columns_of_a_table_have_one_name() -> None:
    for model in MODELS.values():
        for part in parts_of(model):
            if isinstance(part, FormTable):
                labels = [column.label for column in part.columns]
                assert len(set(labels)) == len(labels), part.path


def test_every_question_says_what_it_is_for() -> None:
    for model in MODELS.values():
        for part in parts_of(model):
            if isinstance(part, FormField):
                assert part.label
                assert part.help.endswith((".", "?"))
                assert "{" not in part.example
            assert "yaml" not in part.help
            assert " id" not in part.help


def test_only_answers_can_be_typed_in_and_the_sheets_print_on_a4(parks: Path) -> None:
    ask(parks, "parks", "-o", str(parks / "q"))
    sheet = load_workbook(parks / "q" / "housing.xlsx")["Parks"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.column_dimensions["A"].hidden
    assert not sheet.merged_cells.ranges
    for number, parts, heads in marks(sheet):
        open_ = [cell.coordinate for cell in sheet[number] if not cell.protection.locked]
        if parts[0] == "Q":
            assert len(open_) == 2
            assert sheet.cell(number, heads["Answer"]).coordinate in open_
        if parts[0] in {"H", "W", "kpf"}:
            assert open_ == []


def test_cells_take_only_what_they_can_hold(parks: Path) -> None:
    ask(parks, "parks", "-o", str(parks / "q"))
    book = load_workbook(parks / "q" / "housing.xlsx")
    sheet = book["Parks"]
    rules = {
        cell: (rule.type, rule.errorStyle)
        for rule in sheet.data_validations.dataValidation
        for cell in str(rule.sqref).split()
    }
    at = {parts[1]: sheet.cell(n, heads["Answer"]).coordinate for n, parts, heads in marks(sheet) if parts[0] == "Q"}
    assert rules[at["scope/involves_children"]] == ("list", "stop")
    assert rules[at["manager"]] == ("list", "warning")
    assert rules[at["agreement/signed"]][0] == "date"
    assert book["Lists"].sheet_state == book["Origin"].sheet_state == "hidden"


def test_the_same_register_and_day_give_the_same_bytes(parks: Path) -> None:
    for folder in ("one", "two"):
        assert ask(parks, "-o", str(parks / folder)).status == 0
    for file in (parks / "one").iterdir():
        assert file.read_bytes() == (parks / "two" / file.name).read_bytes()


def test_a_workbook_that_may_hold_answers_is_not_overwritten(parks: Path) -> None:
    folder = parks / "q"
    assert ask(parks, "-o", str(folder)).status == 0
    assert ask(parks, "-o", str(folder)).status == 0  # nothing has changed
    (folder / "housing.xlsx").write_bytes(b"answers")
    assert (
        "is there already, and may hold what somebody wrote, so nothing was written."
        in ask(parks, "-o", str(folder)).said
    )
    assert (folder / "housing.xlsx").read_bytes() == b"answers"


def test_one_service_and_what_is_complete(parks: Path) -> None:
    ask(parks, "--service", "housing", "-o", str(parks / "q"))
    assert [file.name for file in (parks / "q").iterdir()] == ["housing.xlsx"]
    assert ask(parks, "leisure-centres", "-o", str(parks / "r")).said.startswith(
        "Nothing is open that a form could ask"
    )
    assert "Write them into a folder of their own" in ask(parks, "-o", str(parks / "partnerships")).said
    assert "No partnership is led by “Nobody”." in ask(parks, "--service", "Nobody", "-o", str(parks / "r")).said


def test_the_thirteen_become_eight_workbooks_and_two_returned_close_what_the_page_says(tmp_path: Path) -> None:
    home = tmp_path / "partnerships"
    home.mkdir()
    for file in (PROJECT / "partnerships").glob("*.yaml"):
        (home / file.name).write_bytes(file.read_bytes())
    ran = ask(tmp_path, "-o", str(tmp_path / "q"))
    assert len(list((tmp_path / "q").iterdir())) == 8
    assert "streetscene-and-leisure-contracts.xlsx: Streetscene and Leisure Contracts, " in ran.out
    returned = ("streetscene-and-leisure-contracts.xlsx", "hr-and-od.xlsx")
    for name in returned:
        _answer_each_question_like_its_example(tmp_path / "q" / name, tmp_path / name)
    (tmp_path / "again (2).xlsx").write_bytes((tmp_path / returned[1]).read_bytes())
    before = {file.name: file.read_text("utf-8") for file in home.iterdir()}
    ran = kpf("answer", *returned, "again (2).xlsx", "--yes", "--as-at", AS_AT, cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    page = " ".join((PROJECT / "docs" / "asking.md").read_text("utf-8").split())
    found = re.search(r"question, (\d+) answers, (\d+) open duties became (\d+)", page)
    assert found
    readme = " ".join((PROJECT / "README.md").read_text("utf-8").split())
    assert f"{found[2]} open duties became {found[3]}: [with pictures](docs/asking.md)" in readme
    first = re.match(r"Answers: (\d+) to record, (\d+) recorded already, 3 without a place\.\n", ran.out)
    assert first
    assert first[1] == found[1]
    assert int(first[2]) == len([*_questions_in(tmp_path / returned[1])])
    assert ran.out.count("“Sorry, back in January!”: there is no question here.") == 3
    assert f"Open duties: {found[2]} before, {found[3]} now." in ran.out
    for name, text in before.items():  # no byte elsewhere: at the most a blank behind a name gave way
        kept = [line for line in text.splitlines() if not re.match(r" *[a-z_]+:\s*(#.*)?$", line)]
        left = iter((home / name).read_text("utf-8").splitlines())
        assert all(line in left for line in kept), name


def _answer_each_question_like_its_example(source: Path, target: Path) -> None:
    """As people do it: days as text, and on one sheet a column and a row put in, and a note beside the form."""
    book = load_workbook(source, rich_text=True)
    asked = [sheet for sheet in book if sheet.sheet_state == "visible" and sheet.title != "Start here"]
    for sheet in asked:
        for number, parts, heads in marks(sheet):
            if parts[0] == "Q":
                example = str(sheet.cell(number, heads["For example"]).value).split(" or ", maxsplit=1)[0]
                in_words = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", example)
                said = "{2}/{1}/{0}".format(*in_words.groups()) if in_words else example
                sheet.cell(number, heads["Answer"]).value = said
    asked[0].insert_cols(3)
    asked[0].insert_rows(5)
    asked[0]["Z3"] = "Sorry, back in January!"
    book.save(target)


def _questions_in(source: Path) -> list[str]:
    return [path for sheet in load_workbook(source).sheetnames[1:-2] for path in questions(source, sheet)]


def test_policy_and_communications_is_asked_about_a_partnership_of_its_own_on_one_sheet(tmp_path: Path) -> None:
    folder = register(tmp_path, GOOD, parks=PARKS.replace("Housing", "Policy and Communications"))
    ran = ask(folder, "parks", "-o", "q")
    assert "policy-and-communications.xlsx: Policy and Communications, " in ran.out
    assert " on 1 sheet\n" in ran.out
    asked = questions(folder / "q" / "policy-and-communications.xlsx", "Parks")
    assert {"manager", "key_factors/resources/reason"} <= {*asked}
