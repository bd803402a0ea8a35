"""Lists in the shapes in which councils keep them: cover sheets, two rows of headings, merged cells, totals, people."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula

from kpf.edit.listing.grid import NoList
from kpf.edit.listing.headings import columns_of, known_headings
from kpf.edit.listing.rows import ListPlanner
from kpf.edit.listing.sheet import read_listing
from kpf.edit.start.files import new_file_text
from kpf.register.records import read_records
from kpf.register.register import read_register
from tests.cli.running import Ran, kpf
from tests.starting.test_listing import csv, data_of, names

Rows = list[list[object]]


def book(rows: Rows, change: Callable[[Any], None] | None = None, title: str = "Register") -> bytes:
    """An Excel file with `rows` in its sheet, changed as `change` does."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def started(made: Path, rows: Rows, change: Callable[[Any], None] | None = None) -> Ran:
    (made / "list.xlsx").write_bytes(book(rows, change))
    return kpf("new", "--from", "list.xlsx", "--yes", cwd=made)


def text_of(made: Path, id_: str) -> str:
    return (made / "partnerships" / f"{id_}.yaml").read_text()


# -- where the list stands -----------------------------------------------------------------------------


def test_the_sheet_with_known_headings_is_read_and_not_the_cover(made: Path) -> None:
    def change(sheet: Any) -> None:
        cover = sheet.parent.create_sheet("Cover", 0)
        cover.append(["Significant Partnerships Register", "Owner"])
        cover.append(["Version 7", "Policy team"])
        sheet.parent.create_sheet("Closed").append(["Title", "Closed on"])

    ran = started(made, [["Name of partnership", "Department"], ["Parks", "Leisure"]], change)
    assert "list.xlsx, sheet “Register”: 1 row." in ran.out
    assert '  The sheet “Cover” was not read. To read it instead: --sheet "Cover"\n' in ran.out
    assert data_of(made, "parks") == {"name": "Parks", "lead_service": "Leisure"}


def test_headings_in_two_rows_are_read_together(made: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("A1:F1")
        for cells in ("A3:A4", "B3:C3", "D3:F3"):
            sheet.merge_cells(cells)

    rows: Rows = [
        ["Partnerships of the council"],
        [],
        ["Partnership", "Responsibility", None, "Contract", None, None],
        [None, "Directorate", "Lead / Responsible Officer", "Start", "End", "Value (per annum)"],
        ["Parks", "Leisure", "Head of Parks", dt.date(2024, 4, 1), dt.date(2034, 3, 31), 1200.5],
    ]
    ran = started(made, rows, change)
    assert "  Row 1, above the headings, is not part of the list: Partnerships of the council\n" in ran.out
    assert "two rows, 3 and 4. The upper one says: Partnership, Responsibility, Contract\n" in ran.out
    assert data_of(made, "parks") == {
        "name": "Parks",
        "lead_service": "Leisure",
        "manager": "Head of Parks",
        "agreement": {"starts": "2024-04-01", "ends": "2034-03-31", "value": {"yearly": "1200.5"}},
    }


def test_two_groups_with_headings_of_the_same_name_are_told_apart(made: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("D1:E1")

    rows: Rows = [
        ["Title", "Agreement", None, "Review", None],
        [None, "Start date", "End date", "Start date", "End date"],
        ["Parks", "1 May 2024", "30 April 2029", "1 May 2026", "3 June 2026"],
    ]
    started(made, rows, change)
    assert data_of(made, "parks") == {"name": "Parks", "agreement": {"starts": "2024-05-01", "ends": "2029-04-30"}}
    assert "#   Review: Start date (D3): 1 May 2026\n" in text_of(made, "parks")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Partnership;Purpose\nAlpha;to plan, build, run, and mend\n", "to plan, build, run, and mend"),
        ("Partnership\tPurpose\nAlpha\tparks; trees, paths\n", "parks; trees, paths"),
        ("sep=;\nPartnership;Purpose\nAlpha;a, b\n", "a, b"),
    ],
)
def test_text_is_parted_by_the_sign_that_gives_known_headings(made: Path, text: str, expected: str) -> None:
    assert kpf("new", "--from", csv(made, text), "--yes", cwd=made).status == 0
    assert data_of(made, "alpha") == {"name": "Alpha", "remit": expected}


def test_a_sheet_is_read_to_its_end_whatever_it_says_of_its_size(made: Path) -> None:
    places: Rows = [[f"Place {row}", "Parks"] for row in range(1, 6)]
    made_book = io.BytesIO(book([["Name", "Department"], *places]))
    changed = io.BytesIO()
    with zipfile.ZipFile(made_book) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<dimension ref="A1:B6"/>', b'<dimension ref="A1:B2"/>'))
    (made / "list.xlsx").write_bytes(changed.getvalue())
    assert kpf("new", "--from", "list.xlsx", "--yes", cwd=made).status == 0
    assert names(made) == [f"place-{row}" for row in range(1, 6)]


def test_blank_rows_that_are_only_formatted_are_no_rows(made: Path) -> None:
    def change(sheet: Any) -> None:
        for row in range(3, 5_200):
            sheet.cell(row, 1).font = Font(bold=True)

    assert "list.xlsx, sheet “Register”: 1 row." in started(made, [["Name"], ["Parks"]], change).out


# -- what a row is -------------------------------------------------------------------------------------


def test_a_value_merged_over_rows_counts_in_each_and_partners_under_one_name_belong_to_it(made: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("B2:B5")

    rows: Rows = [
        ["Partnership", "Directorate", "Partner", "Notes"],
        ["Alpha", "Parks", "First Trust", "x"],
        [None, None, "Second Ltd", "y"],
        [None, None, "Third CIC", "x"],
        ["Beta", None, "First Trust", None],
    ]
    ran = started(made, rows, change)
    assert data_of(made, "alpha") == {
        "name": "Alpha",
        "lead_service": "Parks",
        "partners": ["First Trust", "Second Ltd", "Third CIC"],
    }
    assert data_of(made, "beta") == {"name": "Beta", "lead_service": "Parks", "partners": ["First Trust"]}
    assert "  row 5, Directorate (B2): a merged cell, so “Parks” counts here too.\n" in ran.out
    assert "partners:\n  - First Trust  # C2\n  - Second Ltd  # C3\n  - Third CIC  # C4\n" in text_of(made, "alpha")
    assert "#   Notes (D2, D4): x\n#   Notes (D3): y\n" in text_of(made, "alpha")


def test_two_rows_of_one_contract_are_one_partnership(made: Path) -> None:
    text = (
        "Contract title,Contract reference number,Supplier name,Contract value,Contract end date\n"
        'Refuse,C12,Marlock Ltd,"£34,000,000.00",31/03/2031\nRefuse,C41,Marlock Ltd,Nil,31/03/2031\n'
    )
    ran = kpf("new", "--from", csv(made, text), "--yes", cwd=made)
    assert data_of(made, "refuse") == {
        "name": "Refuse",
        "partners": ["Marlock Ltd"],
        "agreement": {"document": "C12", "ends": "2031-03-31", "value": {"whole_life": "34000000.00"}},
    }
    assert "  row 3: belongs to refuse, as row 2 does; what differs is kept in its file as a note\n" in ran.out
    assert "  row 3, Contract reference number (B3): row 2 says something else, which is recorded.\n" in ran.out
    assert "#   Contract reference number (B3): C41\n#   Contract value (D3): Nil\n" in text_of(made, "refuse")
    assert "  ends: 2031-03-31  # E2, E3\n" in text_of(made, "refuse")


def test_totals_headings_footnotes_and_what_is_struck_through_are_no_partnerships(made: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["A5"].font = Font(strike=True)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet["B3"].comment = Comment("Ask again", "somebody")

    rows: Rows = [
        ["Partnership", "Department", "Purpose"],
        ["PLACE DIRECTORATE"],
        ["Alpha", "Parks", "Trees"],
        ["Partnership", "Department", "Purpose"],
        ["Beta", "Parks", "Ponds"],
        ["Total Reuse Ltd", "Parks", "Reuse"],
        [],
        ["Total: 2", None, 2],
        ["Average score", None, 1.5],
        ["Last updated 3 May 2024 by Policy"],
    ]
    ran = started(made, rows, change)
    assert names(made) == ["alpha", "total-reuse-ltd"]
    for said in (
        "row 2: left out: “PLACE DIRECTORATE” is alone in its row, like a heading;",
        "row 4: left out: it repeats the headings",
        "row 5: left out: “Beta, Parks, Ponds” is struck through; if it has not ended, remove the line through it",
        "row 8: left out: it is a total: Total: 2, 2",
        "row 9: left out: it is a total: Average score, 1.5",
        "row 10: left out: “Last updated 3 May 2024 by Policy” is alone in its row",
        "Hidden in the sheet, and read all the same: row 3.",
        "Hidden in the sheet, and read all the same: column C.",
        "Comments on cells are not read: cell B3.",
    ):
        assert f"  {said}" in ran.out
    assert "#   Heading above (A2): PLACE DIRECTORATE\n" in text_of(made, "alpha")


def test_numbers_of_rows_are_no_ids_and_real_ids_are(made: Path) -> None:
    kpf("new", "--from", csv(made, "ID,Partnership\n1,Alpha\n2,Beta\n"), "--yes", cwd=made)
    kpf("new", "--from", csv(made, "ID,Partnership\nparks,Green spaces\n"), "--yes", cwd=made)
    assert names(made) == ["alpha", "beta", "parks"]
    assert "#   ID (A2): 1\n" in text_of(made, "alpha")


# -- what a cell says ----------------------------------------------------------------------------------


def test_an_error_and_a_formula_that_nobody_worked_out_are_no_answers(made: Path) -> None:
    rows: Rows = [
        ["Name", "Lead officer", "Start date", "Purpose", "Department"],
        ["Parks", "#N/A", "#REF!", ArrayFormula("D2:D2", "=INDEX(Z1:Z9,1)"), "=1+1"],
        ['=A2&" 2"', "Head of Parks", None, None, None],
    ]
    ran = started(made, rows)
    assert data_of(made, "parks") == {"name": "Parks"}
    assert names(made) == ["parks"]
    assert "  row 2, Lead officer (B2): it shows an error, not an answer: #N/A\n" in ran.out
    assert "  row 2, Purpose (D2): it is a formula that was never worked out; open the file in Excel" in ran.out
    assert "  row 3: left out: the name in A3 cannot be read: it is a formula that was never worked out" in ran.out
    assert "#   Department (E2): =1+1 (it is a formula that was never worked out" in text_of(made, "parks")


def test_an_error_as_libreoffice_writes_it_is_no_answer(made: Path) -> None:
    ran = kpf("new", "--from", csv(made, "Name,Lead officer\nParks,Err:502\nPonds,#FIELD!\n"), "--yes", cwd=made)
    assert data_of(made, "parks") == {"name": "Parks"}
    assert data_of(made, "ponds") == {"name": "Ponds"}
    assert "  row 2, Lead officer (B2): it shows an error, not an answer: Err:502\n" in ran.out
    assert "  row 3, Lead officer (B3): it shows an error, not an answer: #FIELD!\n" in ran.out


def test_what_is_struck_through_is_no_answer_and_stays_as_a_note(made: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["B2"].font = Font(strike=True)
        old, new = TextBlock(InlineFont(strike=True), "Old Manager"), TextBlock(InlineFont(), "Parks Manager")
        sheet["B3"].value = CellRichText(old, new)
        sheet["B4"].value = CellRichText(TextBlock(InlineFont(b=True), "Parks"), " Manager")

    rows: Rows = [["Name", "Lead officer"], ["Parks", "Parks Manager"], ["Ponds", None], ["Pools", None]]
    ran = started(made, rows, change)
    assert data_of(made, "parks") == {"name": "Parks"}
    assert data_of(made, "ponds") == {"name": "Ponds"}
    assert data_of(made, "pools") == {"name": "Pools", "manager": "Parks Manager"}
    assert "  row 2, Lead officer (B2): it is struck through: Parks Manager\n" in ran.out
    assert "  row 3, Lead officer (B3): part of it is struck through: Old ManagerParks Manager\n" in ran.out
    assert "#   Lead officer (B2): Parks Manager (it is struck through)\n" in text_of(made, "parks")


def test_a_day_of_which_a_cell_shows_the_month_is_not_recorded_as_a_day(made: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["B2"].number_format = sheet["C2"].number_format = "mmm-yy"
        sheet["D2"].number_format = "0%"
        sheet["E2"].number_format = "00000000"

    rows: Rows = [
        ["Name", "Date added", "Start date", "Share", "Company number"],
        ["Parks", dt.date(2023, 4, 1), dt.date(2023, 4, 1), 0.5, 12],
    ]
    started(made, rows, change)
    assert data_of(made, "parks") == {"name": "Parks", "on_the_list": {"from": "2023-04"}}
    for note in ("Start date (C2): 2023-04", "Share (D2): 50%", "Company number (E2): 00000012"):
        assert f"#   {note}\n" in text_of(made, "parks")


@pytest.mark.parametrize(
    ("heading", "text", "trail", "value"),
    [
        ("Start date", "01/09/98", "starts", "1998-09-01"),
        ("End date", "6/7/45", "ends", "2045-07-06"),
        ("End date", "2021/22", "ends", None),
        ("Start date", "Apr-23", "starts", None),
        ("Term", "3 years + 2", "up_to", "2 years"),
        ("Contract length", "5 + 1 + 1", "up_to", "2 years"),
        ("Extension", "2 x 12 months", "up_to", "24 months"),
        ("Extension options", "2 years", "up_to", "2 years"),
        ("Extension period", "1 + 1 years", "up_to", "2 years"),
        ("Term", "5 years", "up_to", None),
        ("Contract value", "£6.4 million", "whole_life", "6400000"),
        ("Annual value", "£412k p.a.", "yearly", "412000"),
        ("Annual value", "£17,500 + officer time", "yearly", None),
    ],
)
def test_sums_terms_and_short_years_are_read_as_meant_or_kept(
    made: Path, heading: str, text: str, trail: str, value: str | None
) -> None:
    ran = kpf("new", "--from", csv(made, f'Name,{heading}\nParks,"{text}"\n'), "--yes", cwd=made)
    written = text_of(made, "parks")
    if value:
        assert re.search(rf"^ +{trail}: {value}  # B2$", written, re.MULTILINE)
        assert f"“{text}” is read as {value}" in ran.out or text == value
    if not value or heading == "Term":
        assert f"#   {heading} (B2): {text}\n" in written


def test_monitoring_in_words_becomes_arrangements_of_no_stated_interval(made: Path) -> None:
    cell = (
        "• Regular operational meetings are held.\n• Quarterly board meetings.\n\n2. Regular operational meetings too"
    )
    rows: Rows = [["Partnership", "Lead Service", "Remit", "Monitoring Arrangements"], ["Veolia", None, None, cell]]
    started(made, rows)
    assert data_of(made, "veolia") == {
        "name": "Veolia",
        "monitoring": {
            "arrangements": {
                "regular-operational-meetings-are": {
                    "what": "Regular operational meetings are held.",
                    "every": "not stated",
                },
                "quarterly-board-meetings": {"what": "Quarterly board meetings.", "every": "not stated"},
                "regular-operational-meetings-too": {"what": "Regular operational meetings too", "every": "not stated"},
            }
        },
    }
    assert "      what: Quarterly board meetings.  # D2\n" in text_of(made, "veolia")


# -- people --------------------------------------------------------------------------------------------


def test_people_are_pointed_at_and_kept_out_of_the_files(made: Path) -> None:
    text = (
        "Partnership,Lead officer,Portfolio holder,Contact,Remit,Deputy officer\n"
        "Alpha,Pat Example (Countryside Mgr),Cllr Ann Sample,pat@example.org,Mrs Sample on 01234 567890,Sam Sample\n"
        "Beta,Head of Parks,Executive Member for Parks,Parks team,Trees,Chief Planner\n"
    )
    file = csv(made, text)
    ran = kpf("new", "--from", file, "--yes", cwd=made)
    assert data_of(made, "alpha") == {"name": "Alpha", "manager": "Countryside Mgr"}
    assert data_of(made, "beta") == {
        "name": "Beta",
        "manager": "Head of Parks",
        "executive_member": "Executive Member for Parks",
        "remit": "Trees",
    }
    assert not re.search("Example|Sample|@|567", text_of(made, "alpha"))
    assert "“Pat Example (Countryside Mgr)”. Recorded is the post beside it: Countryside Mgr.\n" in ran.out
    assert "  row 2, Contact (D2): “pat@example.org”. It is left out.\n" in ran.out
    assert "#   Contact (D3): Parks team\n#   Deputy officer (F3): Chief Planner\n" in text_of(made, "beta")


def test_a_heading_about_two_things_is_known_by_the_first(made: Path) -> None:
    text = (
        "Partnership / Organisation,Lead Officer & Contact Details,Date Commenced\n"
        '"Coast Partnership","J. Sample, Head of Planning, j.sample@example.org, 01263 000000",1 May 2010\n'
    )
    kpf("new", "--from", csv(made, text), "--yes", cwd=made)
    assert data_of(made, "coast-partnership") == {
        "name": "Coast Partnership",
        "manager": "Head of Planning",
        "agreement": {"starts": "2010-05-01"},
    }
    assert "ample" not in text_of(made, "coast-partnership").replace("xample", "")


def test_people_are_put_in_where_somebody_wants_them(made: Path) -> None:
    file = csv(made, "Partnership,Lead officer\nAlpha,Green Spaces\n")
    assert kpf("new", "--from", file, "--yes", "--with-people", cwd=made).status == 0
    assert data_of(made, "alpha") == {"name": "Alpha", "manager": "Green Spaces"}


# -- nothing is lost -----------------------------------------------------------------------------------

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=8)
USUAL = st.sampled_from(
    [
        None,
        "3/4/2024",
        "n/a",
        "Contract",
        "a;b",
        "- x: y #z",
        "£5",
        "#N/A",
        "=1+1",
        "Total",
        "Pat Example",
        "Alpha",
        7.5,
    ]
)
HEADINGS = ["Partnership", "Type", "Start date", "Partners", "Annual value", "Note: #1", "Monitoring", "Lead officer"]


GROUPS: list[object] = ["The partnership", None, "The agreement", None, None, "More", None, None]
"""A row of headings above the headings."""


SHAPES = st.fixed_dictionaries(
    {
        "title": st.sampled_from([None, "The council's list"]),
        "merged": st.sampled_from([None, ("A", 0, "A", 1), ("B", 0, "B", 2), ("D", 1, "E", 1)]),
        "grouped": st.booleans(),
        "gap": st.sampled_from([None, 0, 1]),
        "total": st.sampled_from([None, ["Total", None, None, None, 1200], ["Total: 2"]]),
        "cover": st.sampled_from([None, 0, 1]),
    }
)
"""A title above, merged cells, two rows of headings, a blank row, a total below, and a cover sheet before or after."""


def in_a_shape(rows: list[tuple[object, ...]], shape: dict[str, Any]) -> tuple[bytes, int, int]:
    """A workbook of `rows`, its first row below the headings, and that of its total."""
    first = 4 if shape["grouped"] else 3

    def change(sheet: Any) -> None:
        for cells in ("A2:B2", "C2:E2", "F2:H2") if shape["grouped"] else ():
            sheet.merge_cells(cells)
        if shape["merged"]:
            left, top, right, bottom = shape["merged"]
            sheet.merge_cells(f"{left}{first + top}:{right}{first + bottom}")
        if shape["cover"] is not None:
            sheet.parent.create_sheet("About", shape["cover"])["A1"] = "Kept by Policy."

    shown: Rows = [*map(list, rows)]
    if shape["gap"] is not None:
        shown.insert(shape["gap"], [])
    heads: Rows = [[shape["title"]], *([GROUPS] if shape["grouped"] else []), [*HEADINGS]]
    total: Rows = [shape["total"]] if shape["total"] else []
    return book([*heads, *shown, *total], change), first, first + len(shown)


@settings(max_examples=18, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(*[USUAL | CELLS] * len(HEADINGS)), min_size=1, max_size=4), shape=SHAPES)
def test_each_cell_is_recorded_or_noted_or_told(
    rows: list[tuple[object, ...]], shape: dict[str, Any], made: Path
) -> None:
    content, first, total = in_a_shape(rows, shape)
    records = read_records(read_register(made), dt.date(2026, 11, 23))
    try:
        listing = read_listing("list.xlsx", content, known_headings())
    except NoList:
        assert not any(str(cell or "").strip() for row in rows for cell in row)
        return
    plan = ListPlanner(listing, columns_of(listing, ()), taken=records.partnerships).plan()
    files = "\n".join(new_file_text(new, records) for new in plan.new)
    sources = set(re.findall(r"\b[A-H][0-9]+\b", "\n".join(re.findall("#.*", files))))
    left_out = {number for number, said in plan.rows if said.startswith("left out: ")}
    assert [number for number, _ in plan.rows] == [row.number for row in listing.rows]
    assert not shape["total"] or total in left_out
    for row in openpyxl.load_workbook(io.BytesIO(content))["Register"].iter_rows(min_row=first):
        for cell in row:
            if str(cell.value or "").strip() and cell.row not in left_out:
                assert cell.coordinate in sources
    assert not shape["title"] or any(shape["title"] in said for said in listing.remarks)
    assert shape["cover"] is None or any("About" in said for said in listing.remarks)


# -- more shapes that councils' lists have ---------------------------------------------------------------


def test_sums_in_thousands_and_millions_are_read_in_pounds_and_subtotals_are_left_out(made: Path) -> None:
    rows: Rows = [
        ["Partnership", None, "Money", None, "Dates"],
        ["Name", "Service", "Annual value (£000)", "Whole life value (£m)", "Start"],
        ["Green Parks", "Parks", 480, "2.4", "Q3 2021/22"],
        ["Tree Care", "Parks", "1,250.5", "£3.1m", None],
        ["Subtotal Parks", None, 1730.5, 5.5, None],
        ["Safer Town", "Housing", "n/k", None, None],
        ["Sub-total: Housing", None, 0, 0, None],
    ]
    ran = started(made, rows)
    assert "    yearly: 480000  # C3\n    whole_life: 2400000  # D3\n" in text_of(made, "green-parks")
    assert "    yearly: 1250500  # C4\n    whole_life: 3100000  # D4\n" in text_of(made, "tree-care")
    assert "Annual value (£000) (C3): “480” is read as 480000." in ran.out
    assert "row 5: left out: it is a total: Subtotal Parks" in ran.out
    assert "row 7: left out: it is a total: Sub-total: Housing" in ran.out
    assert "#   Start (E3): Q3 2021/22\n" in text_of(made, "green-parks")
    assert {file.stem for file in (made / "partnerships").glob("*.yaml")} >= {"green-parks", "tree-care", "safer-town"}
    assert "New files: green-parks, tree-care, safer-town\n" in ran.out


def test_a_contract_value_a_year_is_no_whole_life_value(made: Path) -> None:
    started(made, [["Contract Title", "Contract value pa"], ["Waste", "1.2m"]])
    assert data_of(made, "waste") == {"name": "Waste", "agreement": {"value": {"yearly": "1200000"}}}


def test_rows_with_nothing_but_another_partner_belong_to_the_one_above(made: Path) -> None:
    rows: Rows = [
        ["Partnership", "Partner organisation", "Contact", "Start date"],
        ["Safer Town", "Police", "Sgt Pat Example, pat@police.uk", "1 April 2020"],
        [None, "Fire Authority", "fire@fire.uk", None],
        [None, "Probation", None, "1 May 2020"],
        [None, None, None, None],
        [None, "Health Board", None, None],
    ]
    ran = started(made, rows)
    assert "partners:\n  - Police  # B2\n  - Fire Authority  # B3\n" in text_of(made, "safer-town")
    assert "row 3: belongs to safer-town, above it: it has a partner and no name of its own" in ran.out
    assert "row 4: left out: nothing in it names a partnership: Probation, 1 May 2020" in ran.out
    assert "row 6: left out: nothing in it names a partnership: Health Board" in ran.out
    assert "fire@fire.uk" not in text_of(made, "safer-town")
    assert "rows 2, 3." in text_of(made, "safer-town")


def test_a_list_on_its_side_is_told_and_not_read(made: Path) -> None:
    rows: Rows = [
        ["Name of partnership", "Green Parks", "Safer Town"],
        ["Lead service", "Parks", "Housing"],
        ["Start date", "2023-04-01", "Q1 2020"],
        ["Partners", "Green Ltd", "Police; Fire"],
        ["Notes", "good", "bad"],
    ]
    ran = started(made, rows)
    assert "has its headings in the first column, and a partnership in each of the others." in ran.said


def test_a_tick_is_no_name_and_bars_part_cells(tmp_path: Path) -> None:
    (tmp_path / "partnerships").mkdir()
    (tmp_path / "list.csv").write_text(
        "Partnership|Lead officer|Additional monitoring required|Purpose\nAlpha|TRUE|FALSE|Parks, and pools\n", "utf-8"
    )
    (tmp_path / "partnerships" / "_council.yaml").write_text("council: T\n", "utf-8")
    ran = kpf("new", "--from", "list.csv", "--yes", "--as-at", "2026-11-23", cwd=tmp_path)
    assert "  row 2, Lead officer (B2): it says TRUE or FALSE, where words are wanted\n" in ran.out
    text = (tmp_path / "partnerships" / "alpha.yaml").read_text("utf-8")
    assert "\nremit: Parks, and pools  # D2\n" in text
    assert "  additional_monitoring_required: no  # C2\n" in text
    assert "\nmanager: " not in text
