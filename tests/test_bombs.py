"""Files that look small and ask for gigabytes or hours: each ends in a sentence, in a moment."""

import re
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
import xlsxwriter
from openpyxl.utils import get_column_letter

from kpf.box import Limits
from tests.cli.running import AS_AT, GOOD, Ran, kpf, register
from tests.report.test_templates import filled, own_template

SECONDS = 20
"""What each may take on a busy machine; most take less than one."""


@pytest.fixture(autouse=True)
def _soon() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < SECONDS


@pytest.fixture
def small_box(monkeypatch: pytest.MonkeyPatch) -> None:
    """Boxes with limits that are met at once."""
    for limits in ("kpf.cli.new_listed.LIMITS", "kpf.papers.paper.FILLING", "kpf.papers.paper.WRITING"):
        monkeypatch.setattr(limits, Limits(memory=80, seconds=2, output=20))


def listed(folder: Path, content: str | bytes, name: str = "list.csv") -> Ran:
    made = register(folder, GOOD)
    (made / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return kpf("new", "--from", name, "--no-input", "--as-at", AS_AT, cwd=made)


def sheet(*parts: str, shared: str = "") -> bytes:
    """An Excel file with the rows `parts` in its sheet."""
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write_string(0, 0, "Name")
    changed = BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml" and parts:
                text = (
                    re.sub(b"<dimension[^>]*>", b"", text.split(b"<sheetData>")[0])
                    + b"<sheetData>"
                    + "".join(parts).encode()
                )
                text += b"</sheetData></worksheet>"
            if name == "xl/sharedStrings.xml" and shared:
                text = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{shared}</sst>'.encode()
            new.writestr(name, text)
    return changed.getvalue()


# -- lists ---------------------------------------------------------------------------------------------


def test_an_empty_cell_far_to_the_right_in_each_row(tmp_path: Path) -> None:
    rows = [
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{"Name" if row == 1 else f"Place {row}"}</t></is></c>'
        f'<c r="XFD{row}"/></row>'
        for row in range(1, 201)
    ]
    ran = listed(tmp_path, sheet(*rows), "list.xlsx")
    assert "199 rows. Its columns" in ran.out


def test_a_line_of_commas(tmp_path: Path) -> None:
    ran = listed(tmp_path, "Name\nParks\n" + "," * 200_000 + "\n")
    assert "New files: parks" in ran.out
    assert listed(tmp_path, "Name\nParks\n" + "," * 200_000 + "x\n").said == (
        "The list has more than 200 columns. Take out what is not about partnerships."
    )


def test_a_million_lines(tmp_path: Path) -> None:
    assert listed(tmp_path, "Name\n" + "x\n" * 1_000_000).said == (
        "The list has more than 5,000 rows. Take out what is not a partnership."
    )


def test_a_cell_that_is_a_book(tmp_path: Path) -> None:
    said = "A cell of the list has more than 10,000 characters. Shorten it, or see whether a quotation mark is missing."
    assert listed(tmp_path, f"Name\n{'x' * 20_000}\n").said == said
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    book = sheet(rows, shared=f"<si><t>Name</t></si><si><t>{'x' * 1_000_000}</t></si>")
    assert listed(tmp_path, book, "list.xlsx").said == said


def test_a_sheet_that_fills_the_memory(tmp_path: Path, small_box: None) -> None:
    del small_box
    many = "<si><t>x</t></si>" * 1_000_000
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    said = listed(tmp_path, sheet(rows, shared=many), "list.xlsx").said
    assert said in {
        "list.xlsx takes more than 80 megabytes of memory to read. Keep only the list in it.",
        "list.xlsx takes longer than 2 seconds to read. Keep only the list in it.",
    }


def test_a_sheet_that_takes_for_ever(tmp_path: Path, small_box: None) -> None:
    del small_box
    cells = "".join(f'<c r="{get_column_letter(column)}1"/>' for column in range(1, 2_001))
    rows = "".join(f"<row>{cells}</row>" for _ in range(300))
    assert listed(tmp_path, sheet(rows), "list.xlsx").said.startswith("list.xlsx ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('Name,Lead service\n"Parks,Housing\nWaste,Housing\nRoads,Housing\n', "cannot be read as CSV from line 2 on"),
        ('Name,Lead service\n"Parks,Housing\nWaste",Housing\nRoads,Housing\n', "In row 2 one cell holds 2 lines"),
        ('Name,Lead service\nParks,"Housing\nWaste,"Housing"\n', "cannot be read as CSV from line 2 on"),
    ],
)
def test_a_quotation_mark_too_few_swallows_no_row_in_silence(tmp_path: Path, text: str, said: str) -> None:
    ran = listed(tmp_path, text)
    assert said in ran.out + ran.err


# -- documents ------------------------------------------------------------------------------------------


def reference(folder: Path, part: str, text: str) -> Path:
    """A Word document with something put before the end of its body, or of another part."""
    made, file = BytesIO(), folder / "reference.docx"
    docx.Document().save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                before, end, after = content.rpartition(b"</w:")
                content = before + text.encode() + end + after
            new.writestr(name, content)
    return file


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/numbering.xml"])
def test_a_document_that_unpacks_to_a_thousand_times(tmp_path: Path, part: str) -> None:
    folder = own_template(tmp_path, "# T\n")
    reference(folder, part, "<w:p/>" * 5_000_000)
    assert (folder / "reference.docx").stat().st_size < 200_000
    ran = kpf(
        *("report", "--period", "H1", "--as-at", AS_AT, "--to", "docx", "-o", "paper.docx"),
        *("--reference-docx", "reference.docx"),
        cwd=folder,
    )
    assert ran.said == (
        "The reference document reference.docx is far larger than a document with styles. Take its text out."
    )


def test_a_document_that_fills_the_memory(tmp_path: Path, small_box: None) -> None:
    del small_box
    folder = own_template(tmp_path, "# T\n")
    reference(folder, "word/document.xml", "<w:p/>" * 2_500_000)
    ran = kpf(
        *("report", "--period", "H1", "--as-at", AS_AT, "--to", "docx", "-o", "paper.docx"),
        *("--reference-docx", "reference.docx"),
        cwd=folder,
    )
    assert ran.said.startswith(("A document of this paper takes ", "The reference document reference.docx is not a"))
    assert not (folder / "paper.docx").exists()


# -- templates ------------------------------------------------------------------------------------------

GROWS = "the paper grows without end."
LOOPS = "{% for a in common.sources %}" * 6
ENDS = "{% endfor %}" * 6


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{LOOPS}{'x' * 10_000}{ENDS}", GROWS),
        (f"{{% set a %}}{LOOPS}{'x' * 10_000}{ENDS}{{% endset %}}", GROWS),
        (f"{{% macro m() %}}{'x' * 10_000}{{% endmacro %}}{LOOPS}{{% set a = m() %}}{ENDS}", GROWS),
        (f"{{% macro m() %}}{LOOPS}{'x' * 10_000}{ENDS}{{% endmacro %}}{{% if m() %}}{{% endif %}}", GROWS),
        (f"{{% filter capital %}}{LOOPS}{'x' * 10_000}{ENDS}{{% endfilter %}}", GROWS),
        (f"{{% call para() %}}{LOOPS}{'x' * 10_000}{ENDS}{{% endcall %}}", ""),
        (
            f"{{% set t %}}{'x' * 100_000}{{% endset %}}{LOOPS}{{% if t|sentence %}}{{% endif %}}{ENDS}",
            "its filters go on without end.",
        ),
    ],
)
def test_a_template_that_grows_where_nobody_sees_it(tmp_path: Path, text: str, said: str) -> None:
    message = filled(tmp_path, f"# T\n{text}\n").said
    assert said in message
    assert "performance.md, line 2" in message


def test_a_template_that_takes_for_ever(tmp_path: Path, small_box: None) -> None:
    """What no count of steps sees: a long text held against another."""
    del small_box
    text = f"{{% set a %}}{'x' * 150_000}{{% endset %}}{LOOPS}{{% if a ~ 'y' in a ~ a ~ 'z' %}}{{% endif %}}{ENDS}"
    assert filled(tmp_path, f"# T\n{text}\n").status == 2


@pytest.mark.parametrize("to", ["md", "html"])
def test_a_paper_of_fifteen_thousand_rows(tmp_path: Path, to: str) -> None:
    rows = "".join(f"|{number:05}|b|\n" for number in range(15_000))
    folder = own_template(tmp_path, f"# T\n\n|a|b|\n|-|-|\n{rows}")
    ran = kpf("report", "--period", "H1", "--as-at", AS_AT, "--to", to, cwd=folder)
    assert ran.status == 0
    assert "14999" in ran.out


def test_a_document_of_more_rows_than_there_is_time_for(tmp_path: Path, small_box: None) -> None:
    del small_box
    rows = "".join(f"|{number:05}|b|\n" for number in range(15_000))
    folder = own_template(tmp_path, f"# T\n\n|a|b|\n|-|-|\n{rows}")
    ran = kpf("report", "--period", "H1", "--as-at", AS_AT, "--to", "docx", "-o", "paper.docx", cwd=folder)
    assert ran.said.startswith("A document of this paper takes ")


# -- what a template can reach, and what it writes -------------------------------------------------------


@pytest.mark.parametrize("name", ["__doc__", "__class__", "__init__", "_fields", "count", "items", "", "a b"])
def test_of_reaches_fields_alone(tmp_path: Path, name: str) -> None:
    for whom in ("partnerships", "[period]", "[[1]]", "[common]", "[period.starts]", "[1]", "['x']", "[para]", "[{}]"):
        ran = filled(tmp_path, f"# T\n{{{{ {whom}|of('{name}')|first }}}}\n")
        assert ran.status == 2
        assert "is not known here." in ran.err or "there is no first one here" in ran.err, (whom, ran.err)
    ran = filled(tmp_path, "# T\n{{ [{'items': 'x'}]|of('items')|first }}\n")
    assert ran.out == "# T\nx\n"


def test_nothing_that_a_template_writes_moves_a_cursor(tmp_path: Path) -> None:
    hostile = "\x1b]0;title\x07 \x1b[2J \x9b31m \u202e \u200b \r x \x00"
    ran = filled(tmp_path, f"# T\n\n{hostile}\n\n::error::x\n\n##[error]x\n\n{{{{ '{hostile}' }}}}\n")
    assert ran.status == 0
    assert not set(ran.out) & set("\x1b\x07\x9b\u202e\u200b\r\x00")
    assert not [line for line in ran.out.splitlines() if line.strip().startswith("::")]
    assert "##[" not in ran.out
    ran = filled(tmp_path, "# T\n{% include '\x1b[2J' %}{{ x['\x1b[2J'] }}\n")
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(
    "text",
    [
        "{% break %}",
        "{{ [].x.y.z }}",
        "{{ 1|of(1) }}",
        "{{ partnerships|of(1) }}",
        "{{ partnerships|picked({}, 1) }}",
        "{{ [{}]|each_once }}",
        "{{ [1,'a']|total }}",
        "{% for a, b in partnerships %}{% endfor %}",
        "{% for a in 1 %}{% endfor %}",
        "{{ partnerships[1:'x'] }}",
        "{{ partnerships[10**100] }}",
        "{{ chart([]) }}",
        "{{ chart() }}",
        "{{ supply(1, 2) }}",
        "{{ supply(1, 2, 3, 4) }}",
        "{{ para(1) }}",
        "{% extends 1 %}",
        "{% include [] %}",
        "{% import 'performance.md' as x %}",
        "{{ super() }}",
        "{{ caller() }}",
        "{{ varargs }}",
        "{{ self.x() }}",
        "{{ loop }}",
        "{{ 1 // 0 }}",
        "{{ {}[{}] }}",
        "{{ 10 ** 10 }}",
        "{{ 1.5 * 1e308 * 10 }}",
        "{% set x, y = 1 %}",
        "{{ 'a' is sameas }}",
        "{{ 'x' is none(1) }}",
        "{{ [1]|listed(last=2) }}",
    ],
)
def test_a_fault_of_a_template_is_no_fault_of_kpf(tmp_path: Path, text: str) -> None:
    ran = filled(tmp_path, f"# T\n{text}\n")
    assert ran.status == 2, ran.err
    assert "a fault in kpf itself" not in ran.err
