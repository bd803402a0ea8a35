"""The Word document opened by LibreOffice and turned into pages, as somebody sees it who has no Word."""

import subprocess
from pathlib import Path

import pytest

from kpf.papers.word import to_docx
from tests.documents.papers import PAPER
from tests.others import libreoffice, pdf_tool
from tests.processes import SECONDS


def output_of(tool: str, *arguments: str | Path) -> str:
    command = [pdf_tool(tool), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=SECONDS).stdout


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("libreoffice")
    file = folder / "paper.docx"
    file.write_bytes(to_docx(PAPER))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [libreoffice(), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, capture_output=True, check=True, timeout=SECONDS)
    return file.with_suffix(".pdf")


@pytest.fixture(scope="module")
def pages(pdf: Path) -> list[str]:
    return output_of("pdftotext", "-layout", pdf, "-").rstrip("\f").split("\f")


def test_it_is_a_paper_of_a4_pages_with_its_title(pdf: Path) -> None:
    properties = output_of("pdfinfo", pdf)
    assert "(A4)" in properties
    assert PAPER.title in properties
    assert "Head of Policy" in properties


def test_each_page_has_its_number(pages: list[str]) -> None:
    assert len(pages) > 3
    for number, text in enumerate(pages, 1):
        assert text.rstrip().endswith(f"Page {number} of {len(pages)}")


def test_the_paragraphs_are_numbered_as_the_paper_numbers_them(pages: list[str]) -> None:
    lines = [line.split(maxsplit=2)[:2] for text in pages for line in text.splitlines()]
    numbered = [line for line in lines if line and line[0].rstrip(".").isdigit() and line[0].endswith(".")]
    assert numbered == [
        ["1.", "To"],
        ["2.", "That"],
        ["1.", "agrees"],
        ["2.", "asks"],
        ["3.", "agrees"],
        ["3.", "One"],
        ["4.", "Two"],
        ["5.", "What"],
        ["6.", "No"],
    ]


def test_titles_of_columns_stand_on_each_page_that_has_rows(pages: list[str]) -> None:
    with_rows = [text for text in pages if "Streetscene" in text]
    assert len(with_rows) > 1
    assert all("Remit" in text and "Monitoring" in text for text in with_rows)
    assert sum(text.count("Partnership ") for text in with_rows) >= 30


def test_nothing_that_is_only_for_the_page_is_in_it(pages: list[str]) -> None:
    assert not [text for text in pages if "chart" in text or "<" in text]
