"""`kpf new --from`: many files from the list a council keeps in CSV or Excel, and nothing lost without a word."""

import datetime as dt
import io
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from kpf.disk.folder import OpenFolder
from kpf.disk.put import write_new
from kpf.document import read_document
from kpf.edit.listing.grid import NoList
from kpf.edit.listing.headings import known_headings
from kpf.edit.listing.sheet import read_listing
from kpf.edit.listing.values import read_cell
from kpf.edit.start.questions import questions_about_a_partnership
from tests.cli.running import kpf
from tests.others import calc
from tests.starting.typing import piped

ROWS: list[list[object]] = [
    ["Partnership", "Lead service", "Lead Officer", "Type", "Start date", "Annual value", "Partners", "RAG", None],
    [
        "Leisure Centres",
        "Leisure",
        "Leisure Manager",
        "Contract",
        dt.date(2024, 4, 1),
        480000,
        "A Trust\nB Ltd",
        "red",
    ],
    ["Community Safety", None, None, "Statutory", "3/4/2019", "£25,000.50", "Police, Fire", None, "loose"],
    [None],
    [None, "Leisure"],
    ["Waste & Recycling", "Parks", "Mgr: waste #1", "banana", "early 2019", "n/a", "Veolia", "two\nlines\x07"],
    ["leisure centres"],
    ["¿?"],
]
QUESTIONS = {question.option: question for question in questions_about_a_partnership()}


def workbook(file: Path, rows: list[list[object]] = ROWS) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Register"
    for row in rows:
        sheet.append([str(cell).replace("\x07", "") if isinstance(cell, str) else cell for cell in row])
    book.create_sheet("Notes").append(["Something"])
    book.create_sheet("Empty")
    book.save(file)
    return file


def data_of(folder: Path, name: str) -> object:
    document = read_document(name, (folder / "partnerships" / f"{name}.yaml").read_bytes())
    assert document.findings() == []
    return document.data


def names(folder: Path) -> list[str]:
    return sorted(file.stem for file in (folder / "partnerships").glob("[!_]*.yaml"))


def test_the_mapping_is_shown_and_nothing_is_written_before_somebody_says_yes(made: Path) -> None:
    file = workbook(made / "list.xlsx")
    ran = piped(["no"], "new", "--from", file.name, cwd=made)
    assert ran.status == 2
    lines = ran.out.splitlines()
    assert lines[0] == "list.xlsx, sheet “Register”: 6 rows. Its columns, and where each goes:"
    assert "  Lead Officer  ->  Manager   (manager)" in lines
    assert "  Start date    ->  Agreement, starts   (agreement-starts)" in lines
    assert "  RAG           ->  no place: kept in each file as a note" in lines
    assert "  column I      ->  no place: kept in each file as a note" in lines
    assert '  The sheet “Notes” was not read. To read it instead: --sheet "Notes"' in lines
    assert "  row 3, Start date (E3): “3/4/2019” is read as 2019-04-03: the day first, then the month." in lines
    assert "  row 3, Annual value (F3): “£25,000.50” is read as 25000.50." not in lines
    assert (
        "  row 3, Partners (G3): “Police, Fire” is read as one name. Between two names, put a semicolon or a new line."
        in lines
    )
    assert any(line.startswith("  row 6, Type (D6): `kind` holds “banana”, which is not one of") for line in lines)
    assert any(
        line.startswith("  row 6, Start date (E6): `starts` holds “early 2019”, which cannot be read as a day")
        for line in lines
    )
    assert "  row 2: becomes leisure-centres" in lines
    assert "  row 5: left out: nothing in it names a partnership: Leisure" in lines
    alone = "is alone in its row, like a heading; if it is a partnership, fill in another cell"
    assert f"  row 7: left out: “leisure centres” {alone}" in lines
    assert f"  row 8: left out: “¿?” {alone}" in lines
    assert "New files: leisure-centres, community-safety, waste-and-recycling" in lines
    assert lines[-1] == "Nothing was started."
    assert names(made) == []


def test_what_can_be_read_is_recorded_and_the_rest_is_kept_as_notes(made: Path) -> None:
    ran = kpf("new", "--from", workbook(made / "list.xlsx"), "--yes", cwd=made)
    assert (ran.status, ran.err) == (0, "")
    assert data_of(made, "leisure-centres") == {
        "name": "Leisure Centres",
        "kind": "contract",
        "lead_service": "Leisure",
        "manager": "Leisure Manager",
        "partners": ["A Trust", "B Ltd"],
        "agreement": {"starts": "2024-04-01", "value": {"yearly": "480000"}},
    }
    assert data_of(made, "community-safety") == {
        "name": "Community Safety",
        "kind": "statutory",
        "partners": ["Police, Fire"],
        "agreement": {"starts": "2019-04-03", "value": {"yearly": "25000.50"}},
    }
    assert data_of(made, "waste-and-recycling") == {
        "name": "Waste & Recycling",
        "lead_service": "Parks",
        "manager": "Mgr: waste #1",
        "partners": ["Veolia"],
    }
    waste = (made / "partnerships" / "waste-and-recycling.yaml").read_text()
    assert waste.endswith(
        "\n\n# From list.xlsx, sheet “Register”, row 6. After each value, a note names the cell that it comes from.\n"
        "# What has no place above or was not understood:\n"
        "#   Type (D6): banana\n#   Start date (E6): early 2019\n#   Annual value (F6): n/a\n"
        "#   RAG (H6): two\n#     lines\n"
    )
    assert "#   column I (I3): loose\n" in (made / "partnerships" / "community-safety.yaml").read_text()
    assert "Not in _organisations.yaml yet: A Trust; B Ltd; Police, Fire; Veolia." in ran.out
    assert ran.out.splitlines()[-1].startswith("Left to do: ")


def test_a_second_run_passes_over_what_there_is_and_says_so(made: Path) -> None:
    file = workbook(made / "list.xlsx")
    kpf("new", "--from", file, "--yes", cwd=made)
    before = (made / "partnerships" / "leisure-centres.yaml").read_bytes()
    ran = kpf("new", "--from", file, "--yes", cwd=made)
    assert ran.status == 2
    assert ran.err == "kpf: No row of the list is a new partnership, so nothing was started.\n"
    assert "  row 2: left out: There is a partnership leisure-centres already." in ran.out
    assert (made / "partnerships" / "leisure-centres.yaml").read_bytes() == before


def test_names_that_are_not_listed_yet_are_added_with_an_option(made: Path) -> None:
    kpf("new", "--from", workbook(made / "list.xlsx"), "--yes", "--list-names", cwd=made)
    assert list(read_document("_o", (made / "partnerships" / "_organisations.yaml").read_bytes()).data) == [
        "A Trust", "B Ltd", "Police, Fire", "Veolia",
    ]  # fmt: skip


def test_nobody_to_say_yes_is_2(made: Path) -> None:
    file = workbook(made / "list.xlsx")
    said = "kpf: Nothing was written, because nobody said yes. To write without being asked: --yes\n"
    assert kpf("new", "--from", file, "--no-input", cwd=made).err == said
    ran = piped([], "new", "--from", file, cwd=made)
    assert (ran.status, ran.err) == (2, said)
    assert names(made) == []


def test_files_are_started_all_or_none(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrote = write_new

    def full(staging: OpenFolder, new: str, content: bytes, old: int | None, name: str) -> tuple[str, ...]:
        if name == "waste-and-recycling.yaml":
            raise OSError(28, "No space left on device", str(staging.path / new))
        return wrote(staging, new, content, old, name)

    monkeypatch.setattr("kpf.disk.together.write_new", full)
    ran = kpf("new", "--from", workbook(made / "list.xlsx"), "--yes", cwd=made)
    assert ran.status == 2
    said = "partnerships/waste-and-recycling.yaml cannot be written: no space left on device. Nothing was changed."
    assert ran.err == f"kpf: {said}\n"
    assert names(made) == []


# -- which column is what ------------------------------------------------------------------------------


def csv(folder: Path, text: str, name: str = "list.csv", encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def test_a_column_goes_where_it_is_sent(made: Path) -> None:
    file = csv(made, "Ref,What,Who,Start,Start\nparks-1,Parks,Head of Parks,2024-04-01,2025-01-01\n")
    maps = ["--map", "Ref=id", "--map", "what=name", "--map", "Who=manager", "--map", "Start="]
    ran = kpf("new", "--from", file, *maps, "--yes", cwd=made)
    assert "  Ref    ->  the id of the partnership\n" in ran.out
    assert data_of(made, "parks-1") == {
        "name": "Parks",
        "manager": "Head of Parks",
        "agreement": {"starts": "2025-01-01"},
    }
    assert "#   Start (D2): 2024-04-01\n" in (made / "partnerships" / "parks-1.yaml").read_text()


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("A,B\n1,2\n", [], "No column of list.csv is known to hold the names of the partnerships. Its columns: A, B."),
        ("Name\nParks\n", ["--map", "Nme=manager"], "The list has no column Nme. There are: Name."),
        (
            "Name\nParks\n",
            ["--map", "Name=managr"],
            "--map Name=managr: there is no field managr. Did you mean manager?",
        ),
        ("Name\nParks\n", ["--map", "Name"], "--map Name has no field."),
        ("Name\n", [], "list.csv holds no list: there is no row below its headings."),
        ("Things\nName\n", [], "list.csv holds no list: there is no row below its headings, which are in row 2."),
        ("Name\nParks\n", ["--sheet", "x"], "Only an Excel file has sheets. Leave --sheet out."),
        ("Name\nParks\n", ["--kind", "contract"], "With --from, everything comes from the list."),
        ("Name\n" + "x\n" * 5001, [], "The list has more than 5,000 rows."),
        ("Name" + ",x" * 201 + "\na\n", [], "The list has more than 200 columns."),
        (
            "Name\n" + "x" * 200_000 + "\n",
            [],
            "The list cannot be read as CSV from line 2 on: field larger than field limit",
        ),
    ],
)
def test_a_list_that_cannot_be_used_is_2(made: Path, text: str, options: list[str], said: str) -> None:
    assert said in kpf("new", "--from", csv(made, text), *options, "--yes", cwd=made).said
    assert names(made) == []


def test_of_two_columns_for_one_thing_the_first_has_it_and_the_other_is_kept(made: Path) -> None:
    kpf("new", "--from", csv(made, "Partnership,Title,Lead Oficer\nParks,Green spaces,Head\n"), "--yes", cwd=made)
    assert data_of(made, "parks") == {"name": "Parks", "manager": "Head"}
    assert "#   Title (B2): Green spaces\n" in (made / "partnerships" / "parks.yaml").read_text()


# -- ways of writing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_file_of_any_usual_kind(made: Path, separator: str, encoding: str) -> None:
    text = f'\n"Partnership"{separator}Remit\nCafé{separator}"£1, ""quoted""; and\r\nmore"\n'
    ran = kpf("new", "--from", csv(made, text, encoding=encoding), "--yes", cwd=made)
    assert ran.status == 0
    assert data_of(made, "cafe") == {"name": "Café", "remit": '£1, "quoted"; and more'}
    assert ("it was read as Windows writes it" in ran.out) is (encoding == "cp1252")


def test_an_excel_file_of_another_maker_with_a_title_above_the_headings(made: Path) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Key partnerships")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write(0, 0, "Key partnerships 2026")
    for at, heading in enumerate(["Name", "End date", "Additional monitoring", "Annual value", "Sum"]):
        sheet.write(2, at, heading)
    sheet.write(3, 0, "Parks")
    sheet.write_datetime(3, 1, dt.date(2034, 3, 31), day)
    sheet.write_boolean(3, 2, boolean=True)
    sheet.write(3, 3, 1250.5)
    sheet.write_formula(3, 4, "=1+1", value=2)
    book.close()
    (made / "list.xlsx").write_bytes(out.getvalue())
    ran = kpf("new", "--from", "list.xlsx", "--yes", cwd=made)
    assert "  Row 1, above the headings, is not part of the list: Key partnerships 2026\n" in ran.out
    assert data_of(made, "parks") == {
        "name": "Parks",
        "agreement": {"ends": "2034-03-31", "value": {"yearly": "1250.5"}},
        "monitoring": {"additional_monitoring_required": "yes"},
    }
    assert "#   Sum (E4): 2\n" in (made / "partnerships" / "parks.yaml").read_text()


def test_another_sheet_can_be_named(made: Path) -> None:
    file = workbook(made / "list.xlsx")
    assert kpf("new", "--from", file, "--sheet", "Nots", cwd=made).said == (
        "list.xlsx has no sheet Nots. There are: Register, Notes, Empty."
    )
    assert "there is no row below its headings" in kpf("new", "--from", file, "--sheet", "Notes", cwd=made).said


def test_an_excel_file_by_libreoffice(made: Path, tmp_path: Path) -> None:
    source = csv(tmp_path, "Name,Start date,Annual value\nParks,2024-04-01,480000\n")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [calc(), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(made), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert kpf("new", "--from", "list.xlsx", "--yes", cwd=made).status == 0
    assert data_of(made, "parks") == {
        "name": "Parks",
        "agreement": {"starts": "2024-04-01", "value": {"yearly": "480000"}},
    }


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.xls", b"x", "list.xls is in the format of Excel 97 to 2003, which kpf does not read. Open it, choose"),
        ("list.xlsx", b"\xd0\xcf\x11\xe0", "list.xlsx is locked by a password, or in the format of Excel 97 to 2003."),
        ("list.pdf", b"x", "list.pdf is a PDF, which kpf does not read."),
        ("list", b"x", "list is neither a CSV nor an Excel file. Save the list as .csv or .xlsx."),
        ("list.xlsx", b"no workbook", "list.xlsx cannot be read as an Excel file. Open it in Excel and save it"),
        ("list.xlsx", None, "list.xlsx holds nothing."),
    ],
)
def test_what_is_no_list(name: str, content: bytes | None, said: str) -> None:
    if content is None:
        out = io.BytesIO()
        openpyxl.Workbook().save(out)
        content = out.getvalue()
    with pytest.raises(NoList, match=said):
        read_listing(name, content, known_headings())


def test_a_file_that_unpacks_to_far_more_than_it_looks_like_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/workbook.xml", "w") as part:
        for _ in range(201):
            part.write(bytes(1_000_000))
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(NoList, match=r"list\.xlsx is far larger than a list of partnerships\."):
        read_listing("list.xlsx", out.getvalue(), known_headings())


def test_a_file_that_is_not_there_or_too_large_is_2(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kpf("new", "--from", "no.csv", cwd=made).said == "no.csv cannot be read: no such file or directory."
    monkeypatch.setattr("kpf.cli.new_listed.LARGEST_LIST", 3)
    assert "is larger than 0 megabytes" in kpf("new", "--from", csv(made, "Name\nParks\n"), cwd=made).said


@pytest.mark.parametrize(
    ("option", "text", "answer", "reading"),
    [
        ("--agreement-starts", "13/04/2024", "2024-04-13", ""),
        ("--agreement-starts", "4/4/2024", "2024-04-04", ""),
        ("--agreement-starts", "1/4/24", "2024-04-01", "“1/4/24” is read as 2024-04-01: the day first, then the month"),
        ("--agreement-starts", "13.4.24", "2024-04-13", "“13.4.24” is read as 2024-04-13"),
        ("--agreement-starts", "1st April 2024", "2024-04-01", "“1st April 2024” is read as 2024-04-01"),
        ("--agreement-starts", "01/04/2024 00:00:00", "2024-04-01", "“01/04/2024 00:00:00” is read as 2024-04-01"),
        ("--agreement-starts", "April 2024", None, ""),
        ("--on-the-list-from", "Apr 2024", "2024-04", "“Apr 2024” is read as 2024-04"),
        ("--agreement-starts", "31/02/2024", None, ""),
        ("--agreement-value-yearly", "£1,250,000", "1250000", ""),
        ("--agreement-value-yearly", "£480k", "480000", "“£480k” is read as 480000"),
        ("--kind", "Joint committee", "joint-committee", "“Joint committee” is read as joint-committee"),
        ("--kind", "CONTRACT", "contract", ""),
    ],
)
def test_a_cell_is_read_as_it_is_written_in_this_country(
    option: str, text: str, answer: str | None, reading: str
) -> None:
    cell = read_cell(QUESTIONS[option], text)
    assert (cell.answer, cell.reading) == (answer, reading)
    assert bool(cell.why_not) is (answer is None)


def test_show_leads_to_the_cell_that_a_value_came_from(made: Path) -> None:
    (made / "list.csv").write_text("Partnership,Kind,Partners\nParks,contract,Green Ltd; Blue Ltd\n")
    assert kpf("new", "--from", "list.csv", "--yes", cwd=made).status == 0
    text = (made / "partnerships" / "parks.yaml").read_text("utf-8")
    assert "partners:\n  - Green Ltd  # C2\n  - Blue Ltd  # C2\n" in text
    shown = " ".join(kpf("show", "parks", cwd=made).out.split())
    assert "parks.yaml:6 contract (from B2 of list.csv)" in shown
