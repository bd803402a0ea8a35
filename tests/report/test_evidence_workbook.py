"""The auditor's workbook: every verdict, and each piece of evidence by its field, its value, its file and its line."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from kpf.check.checking import check_register
from kpf.check.narrowing import Narrowing
from kpf.check.public_part import public_part_of
from kpf.check.result import Result, result_of
from kpf.check.trace import trace_statements
from kpf.forms.workbook import evidence
from kpf.forms.workbook.evidence import evidence_workbook
from kpf.forms.workbook.looks import lines_needed
from tests.cli.running import AS_AT, kpf
from tests.plain import PLAIN
from tests.report.test_exempt_matter import EXEMPT_MARKS, MARKS, given_away, result
from tests.report.test_public import allowed
from tests.rules.laying import AS_AT as DAY
from tests.rules.laying import OWN, register, with_laid


def found(over: object = None) -> Result:
    return result_of(check_register(register(with_laid((OWN, over or {}))), DAY, in_full=True), Narrowing())


def rows(content: bytes, sheet: str = "Verdicts") -> list[dict[str, Any]]:
    """The rows of a sheet by the titles of its columns."""
    titles, *lines = openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, titles), row, strict=True)) for row in lines]


def test_each_verdict_is_there_with_each_piece_of_its_evidence() -> None:
    result_of_check = found()
    written = rows(evidence_workbook(result_of_check))
    assert len(written) == sum(max(1, len(verdict.evidence)) for verdict in result_of_check.verdicts)
    (notice,) = (row for row in written if row["Duty"] == "EXT-2" and row["Field"] == "agreement.exit.notice")
    assert (notice["Value"], notice["File"], notice["Exempt"]) == ("12 months", "leisure-centres.yaml", "exempt")
    assert isinstance(notice["Line"], int)
    lines = {verdict.duty: verdict for verdict in result_of_check.verdicts if verdict.partnership}
    assert notice["Line"] in [piece.location.line for piece in lines["EXT-2"].evidence]


def test_entries_of_a_list_are_counted_as_people_count_them() -> None:
    fields = {str(row["Field"]) for row in rows(evidence_workbook(found()))}
    assert any(field.startswith("reviews.1") for field in fields)


def test_a_verdict_that_is_open_says_why() -> None:
    written = rows(evidence_workbook(found({"agreement": {"exit": {"notice": None}}})))
    open_ = [row for row in written if row["Duty"] == "EXT-2"]
    assert {row["Verdict"] for row in open_} == {"not known"}
    assert all("notice" in row["Why"] for row in open_)
    assert {row["On somebody's word"] for row in open_} == {None}


def test_the_sheets_can_be_filtered_printed_and_read_aloud() -> None:
    book = openpyxl.load_workbook(io.BytesIO(evidence_workbook(found(), trace_statements())))
    assert book.sheetnames == ["About", "Verdicts", "Statements"]
    assert book.properties.title == "Key partnerships: verdicts and their evidence"
    assert book.properties.language == "en-GB"
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert not sheet.merged_cells.ranges
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert all(cell.value for cell in sheet[1])
        needed = max(
            lines_needed(str(cell.value), int(sheet.column_dimensions[get_column_letter(at)].width) - 2)
            for at, cell in enumerate(sheet[1], 1)
        )
        assert sheet.row_dimensions[1].height >= 13 * needed, "no heading is cut off"
    for name in ("Verdicts", "Statements"):
        assert book[name].auto_filter.ref == book[name].dimensions
    assert len(rows(evidence_workbook(found(), trace_statements()), "Statements")) == 134


def test_it_is_the_same_for_the_same_day_and_no_cell_is_a_formula() -> None:
    checked = found({"agreement": {"exit": {"strategy": "=1+1"}}, "remit": "=cmd|' /C calc'!A0"})
    assert evidence_workbook(checked) == evidence_workbook(checked)
    book = openpyxl.load_workbook(io.BytesIO(evidence_workbook(checked)))
    cells = [cell for row in book["Verdicts"].iter_rows() for cell in row]
    assert "=1+1" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}


def test_the_exempt_rows_are_marked_and_the_public_part_has_none() -> None:
    written = rows(evidence_workbook(result("key")))
    bare = [row for row in written if given_away(" ".join(map(str, row.values())), EXEMPT_MARKS) and not row["Exempt"]]
    assert bare == []
    public = "\n".join(str(row) for row in rows(evidence_workbook(public_part_of(result("key")))))
    assert given_away(public, MARKS.keys() - allowed()) == set()


def test_the_commands_write_it_by_the_ending_of_the_file(tmp_path: Path) -> None:
    for command in (("trace",), ("show", "leisure-centres")):
        file = tmp_path / f"{command[0]}.xlsx"
        assert kpf(*command, "-o", str(file), "--as-at", AS_AT, cwd=PLAIN).status == 0
        assert {row["Partnership"] for row in rows(file.read_bytes())} >= {"Aldermere Leisure Centres"}
    assert kpf("show", "leisure-centres", "--to", "xlsx", cwd=PLAIN).said.endswith("-o evidence.xlsx")


def test_more_than_a_sheet_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_ROWS", 5)
    said = kpf("show", "leisure-centres", "-o", "x.xlsx", "--as-at", AS_AT, cwd=PLAIN).said
    assert "more verdicts than a sheet can hold" in said
    assert not (PLAIN / "x.xlsx").exists()
