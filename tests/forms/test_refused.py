"""What was refused is asked once more in a workbook of its own, which is taken like any other form."""

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.running import AS_AT, GOOD, kpf, register
from tests.forms.filling import fill, marks
from tests.forms.test_answer import COMMENTED, answer, data, returned, text

_WRONG = {
    "agreement/signed": "some time in spring",
    "agreement/exit/strategy": "TBC by Legal",
    "scope/involves_children": "perhaps",
}
_WRONG_ROWS = {
    "agreement/roles/board/representatives/*": [{"Post": "Director", "Organisation represented": "Nobody"}],
    "monitoring/arrangements/*/held/*": [
        {"Day": "soonish", "Agenda": "risks"},
        {"Day": "14/04/2026", "Agenda": "governance"},
    ],
    "half_years/*": [{"Planned spending": "lots", "Issues for members": "none"}],
}
_RIGHT_ROWS = {
    "agreement/roles/board/representatives/*": [{"Organisation represented": "Green Ltd"}],
    "monitoring/arrangements/*/held/*": [{"Day": "14/01/2026"}],
    "half_years/*": [{"Planned spending": "£1,250"}],
}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = register(tmp_path_factory.mktemp("asked"), GOOD, parks=COMMENTED)
    assert kpf("ask", "parks", "--service", "Housing", "--as-at", AS_AT, "-o", "q", cwd=folder).status == 0
    return (folder / "q" / "housing.xlsx").read_bytes()


@pytest.fixture
def parks(sent: bytes, tmp_path: Path) -> Path:
    """A register into which a form with seven wrong answers was taken; what was refused stands in again.xlsx."""
    folder = register(tmp_path, GOOD, parks=COMMENTED)
    (folder / "sent.xlsx").write_bytes(sent)
    name = returned(folder, _WRONG, rows=_WRONG_ROWS)
    ran = answer(folder, name, "--refused", "again.xlsx", "--yes")
    assert "6 refused." in ran.out, ran
    assert "with the reasons. When it is returned: kpf answer again.xlsx" in " ".join(ran.out.split())
    return folder


def corrected(folder: Path, answers: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> str:
    return fill(folder / "again.xlsx", folder / "corrected.xlsx", "Parks", answers, rows).name


def test_it_asks_what_was_refused_and_says_why(parks: Path) -> None:
    book = load_workbook(parks / "again.xlsx")
    assert book.sheetnames == ["Not taken", "Parks", "Lists"]
    asked = {parts[1] for _, parts, _ in marks(book["Parks"]) if parts[0] in {"Q", "R"}}
    assert asked == {*_WRONG, *_WRONG_ROWS}
    said = " ".join(str(cell.value) for row in book["Parks"].iter_rows() for cell in row if cell.value)
    assert "You wrote “TBC by Legal” in back.xlsx, Parks, F" in said
    assert "That is no answer yet, so the question stays open." in said
    assert "Organisation represented: You wrote “Nobody” in back.xlsx" in said
    assert "Why it is asked: ." not in said


def test_corrected_answers_go_where_they_belong(parks: Path) -> None:
    answers = {"agreement/signed": "20/02/2024", "agreement/exit/strategy": "Plan 9", "scope/involves_children": "no"}
    name = corrected(parks, answers, _RIGHT_ROWS)
    ran = answer(parks, name, "--yes")
    assert ran.out.startswith("Answers: 6 to record.\n"), ran.out
    recorded = data(parks)
    assert recorded["agreement"]["signed"] == "2024-02-20"
    assert recorded["agreement"]["roles"]["board"]["representatives"] == [{"post": "Director", "for": "Green Ltd"}]
    meetings = recorded["monitoring"]["arrangements"]["meetings"]["held"]
    assert {"on": "2026-01-14", "agenda": ["risks"]} in meetings
    assert {"on": "2026-04-14", "agenda": ["governance"]} in meetings
    assert recorded["half_years"] == {"2026/27 H1": {"budget": {"planned": "1250"}, "issues": "none"}}
    once = text(parks)
    assert "6 recorded already" in answer(parks, name, "--yes").out
    assert text(parks) == once


def test_left_blank_it_gives_nothing_and_takes_nothing(parks: Path) -> None:
    before = text(parks)
    ran = answer(parks, "again.xlsx", "--yes")
    assert ran.status == 0
    assert ran.out.startswith("Answers: none.\n")
    assert "Nothing new is recorded" in ran.out
    assert text(parks) == before


def test_refused_once_more_it_is_asked_once_more(parks: Path) -> None:
    name = corrected(parks, {"agreement/signed": "in spring, I think"}, {})
    ran = answer(parks, name, "--refused", "third.xlsx", "--yes")
    assert "1 refused." in ran.out
    third = load_workbook(parks / "third.xlsx")["Parks"]
    assert [parts[1] for _, parts, _ in marks(third) if parts[0] == "Q"] == ["agreement/signed"]


def test_a_row_that_was_recorded_already_is_asked_with_what_is_recorded(parks: Path) -> None:
    answer(parks, "back.xlsx", "--refused", "again.xlsx", "--yes")
    answer(parks, corrected(parks, {}, _RIGHT_ROWS), "--yes")
    representatives = data(parks)["agreement"]["roles"]["board"]["representatives"]
    assert representatives == [{"post": "Director", "for": "Green Ltd"}]


def test_what_has_changed_since_takes_no_answer_for_another_entry(parks: Path) -> None:
    path = parks / "partnerships" / "parks.yaml"
    path.write_text(path.read_text("utf-8").replace("post: Director", "post: Parks Manager"), "utf-8")
    name = corrected(parks, {}, _RIGHT_ROWS)
    ran = answer(parks, name, "--yes")
    assert "“Green Ltd”: the entry in its place has changed since, so it may be another one." in ran.out
    assert data(parks)["agreement"]["roles"]["board"]["representatives"] == [{"post": "Parks Manager"}]


def test_what_only_lists_says_how_to_go_on(parks: Path) -> None:
    name = returned(parks, {"manager": "Parks Manager"})
    kpf("set", "parks", "manager", "Head of Parks", "--yes", "--as-at", AS_AT, cwd=parks)
    answer(parks, name, "--refused", "conflicts.xlsx", "--yes")
    sheet = load_workbook(parks / "conflicts.xlsx")["Not taken"]
    said = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert re.search("Head of Parks Nothing, if what is recorded is right.", said)
    assert "conflicts.xlsx only lists what could not be taken, and why." in answer(parks, "conflicts.xlsx").said


def test_an_answer_in_the_list_of_reasons_is_told(parks: Path) -> None:
    book = load_workbook(parks / "again.xlsx")
    book["Not taken"]["D5"] = "No, none"
    book.save(parks / "typed.xlsx")
    ran = answer(parks, "typed.xlsx")
    assert "typed.xlsx, Not taken, D5: “No, none”: the words of the form were changed here" in ran.out
