"""What comes back and is no form is refused in plain words, with what to do about it."""

from pathlib import Path

import pytest

from kpf.forms.marked import NoForm
from kpf.forms.reading import read_form
from tests.cli.running import AS_AT, GOOD, PARKS, kpf, register


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("back.xls", "is in the format of Excel 97 to 2003, which kpf does not read. Open it, choose File, Save As"),
        ("back.xlsb", "save it as Excel Workbook (.xlsx)."),
        ("Back.ODS", "is a spreadsheet of LibreOffice or OpenOffice, which kpf does not read."),
        ("back.odt", "save it as Word Document (.docx)."),
        ("back.doc", "is in the format of Word 97 to 2003"),
        ("back.csv", "is the text of one sheet, without the marks by which kpf knows its questions."),
        ("back.pdf", "is a PDF, which holds no answers that kpf can read."),
        ("RE Key partnerships.msg", "is an e-mail. Save what is attached to it, and give that."),
        ("back.xlsm", "back.xlsm cannot be read as .xlsx. Open it and save it as .xlsx."),
        ("back", "back cannot be read as .xlsx."),
    ],
)
def test_each_is_told_what_to_do(name: str, says: str) -> None:
    with pytest.raises(NoForm) as refused:
        read_form(name, b"some bytes")
    assert str(refused.value).startswith(name)
    assert says in str(refused.value)


def test_a_form_is_no_list_of_partnerships(tmp_path: Path) -> None:
    folder = register(tmp_path, GOOD, parks=PARKS)
    kpf("ask", "parks", "--service", "Housing", "--as-at", AS_AT, "-o", "q", cwd=folder)
    assert kpf("new", "--from", "q/housing.xlsx", cwd=folder).said == (
        "housing.xlsx is a form that kpf ask has written. To record the answers in it: kpf answer housing.xlsx"
    )


def test_a_folder_is_no_form(tmp_path: Path) -> None:
    folder = register(tmp_path, GOOD)
    (folder / "returned").mkdir()
    ran = kpf("answer", "returned", "--as-at", AS_AT, cwd=folder)
    assert ran.said == "returned is a folder. Give the files that are in it: kpf answer returned/*.xlsx"
