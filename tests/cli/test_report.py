"""`kpf report` as users run it."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpf.dates import HALF_YEARS, HalfYear
from kpf.papers.wanted import NoPaper, period_of
from tests.cli.running import AS_AT, GOOD, Ran, kpf, register
from tests.plain import PLAIN

PERIOD = ("--period", "H1")
NO_HALF = "is not a half of a financial year. Write it as: --period H1, or --period “2026/27 H1”"


def report(*arguments: str | Path, cwd: Path = PLAIN, as_at: str = AS_AT) -> Ran:
    return kpf("report", *arguments, "--as-at", as_at, cwd=cwd)


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A register of one partnership that is complete."""
    return register(tmp_path, GOOD)


# -- which paper ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day", "half"),
    [
        ("H1", date(2026, 11, 23), HalfYear(2026, 1)),
        ("h1", date(2026, 11, 23), HalfYear(2026, 1)),
        ("H2", date(2026, 11, 23), HalfYear(2026, 2)),
        ("H2", date(2026, 6, 10), HalfYear(2025, 2)),
        ("H1", date(2026, 6, 10), HalfYear(2026, 1)),
        ("H1", date(2026, 4, 1), HalfYear(2026, 1)),
        ("H1", date(2026, 3, 31), HalfYear(2025, 1)),
        ("2025-26 H2", date(2026, 11, 23), HalfYear(2025, 2)),
        ("2025/2026 h2", date(2026, 11, 23), HalfYear(2025, 2)),
    ],
)
def test_the_half_year_that_is_meant(text: str, day: date, half: HalfYear) -> None:
    assert period_of(text, day, HALF_YEARS) == half


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["H1", "H2"]))
def test_a_half_alone_is_the_latest_of_its_name_that_has_begun(day: date, text: str) -> None:
    half = period_of(text, day, HALF_YEARS)
    assert str(half).endswith(text)
    assert half.starts <= day < half.following.following.starts


@given(st.text(max_size=12), st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_anything_else_is_refused_in_words(text: str, day: date) -> None:
    assert said_of(text, day) in {"", "--period"}


def said_of(text: str, day: date) -> str:
    """The first word of the refusal; nothing where there is such a half-year and it has begun."""
    try:
        return "" if period_of(text, day, HALF_YEARS).starts <= day else "in the future"
    except NoPaper as refusal:
        return str(refusal).partition(" ")[0]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Say what the report is about, a half-year or a year: kpf report --period H1, or --period 2026/27"),
        (["--period", "Q3"], f"--period “Q3” {NO_HALF}"),
        (["--period", ""], f"--period “” {NO_HALF}"),
        (
            ["--period", "2026/28 H1"],
            (
                "--period “2026/28 H1” is no half-year: the year after 2026 is 2027, not 28. "
                "Write it as: --period H1, or --period “2026/27 H1”"
            ),
        ),
        (
            ["--period", "2027/28 H1"],
            (
                "--period 2027/28 H1 begins on 1 April 2027, after the day of the paper, 23 November 2026. "
                "The half-year of that day is: --period “2026/27 H2”"
            ),
        ),
        (
            ["--period", "H1", "leisure-centres"],
            (
                "The performance report is on all partnerships. Leave out leisure-centres, or ask for another paper: "
                "kpf report leisure-centres --kind review"
            ),
        ),
        (["--kind", "review"], "Say which partnership the paper is about: kpf report ID --kind review"),
        (
            ["--kind", "reveiw"],
            (
                "--kind reveiw is not known. Did you mean review? Write one of: performance, proposal, review, "
                "register, profile, governance, statement, assurance, transfer."
            ),
        ),
        (["--kind", "review", "leisure"], "There is no partnership leisure. Did you mean leisure-centres?"),
        (
            ["--kind", "review", "leisure-centres", "--period", "H1"],
            "--period is for the performance report. Leave it out: kpf report leisure-centres --kind review",
        ),
        (
            ["--kind", "review", "warm-homes"],
            "warm-homes is only proposed; a review is for a partnership that has begun.",
        ),
        (
            ["--kind", "review", "grounds-maintenance"],
            "grounds-maintenance has not begun yet; a review is for a partnership that has begun.",
        ),
        (["--kind", "review", "payroll-service"], "payroll-service has ended, so there is nothing left to review."),
        (
            ["--kind", "proposal", "community-safety"],
            "community-safety is on the list of key partnerships already, and its file holds no proposal.",
        ),
        (
            [*PERIOD, "--part", "secret"],
            "--part secret is not known. Write one of: public, exempt.",
        ),
        ([*PERIOD, "--to", "pdf"], "--to pdf is not known. Write one of: md, docx, html."),
        (
            [*PERIOD, "--to", "docx"],
            "A Word document cannot be printed here. Say which file to write: -o cabinet.docx",
        ),
        (
            [*PERIOD, "--reference-docx", "x.docx"],
            "--reference-docx gives the styles of a Word document. Say which one to write: -o cabinet.docx",
        ),
        (
            [*PERIOD, "--to", "docx", "-o", "y.docx", "--reference-docx", "x.docx"],
            "There is no file x.docx. Give the Word file whose styles the paper takes.",
        ),
        ([*PERIOD, "-o", "nowhere/paper.md"], "nowhere/paper.md cannot be written: no such file or directory."),
        (
            [*PERIOD, "-o", "partnerships/paper.md"],
            "partnerships/paper.md is inside the register. Write it to another folder.",
        ),
    ],
)
def test_what_cannot_be_done_is_said_with_the_right_form(options: list[str], said: str) -> None:
    assert report(*options).said == said


def test_help_has_an_example() -> None:
    ran = kpf("report", "--help", cwd=PLAIN)
    assert ran.status == 0
    assert "Example: kpf report --period H1 -o cabinet.md" in ran.out


# -- what is written, and what is told -----------------------------------------------------------------


def test_a_draft_lists_what_is_still_to_be_supplied(one: Path) -> None:
    home = one / "partnerships" / GOOD
    home.write_text(home.read_text("utf-8").replace("visits: 216400, ", ""), "utf-8")
    ran = report(*PERIOD, cwd=one)
    assert ran.status == 0
    what = "the figures (“Visits to the centres”), by Leisure Contracts Manager"
    assert f"**[To be supplied: {what}, in leisure-centres.yaml]**" in ran.out
    first, *listed, to_be_asked = ran.err.splitlines()
    assert to_be_asked == "To be asked for what belongs in papers/2026-27-H1.yaml, run this again with --ask."
    assert first == f"kpf: The paper is a draft. {len(listed)} things still to be supplied:"
    assert listed.count(f"  partnerships/leisure-centres.yaml:309: {what}") == 1
    line = home.read_text("utf-8").splitlines()[308]
    assert line.strip().startswith("actual: {concessions: 3310")


def test_final_refuses_while_anything_is_left_to_be_supplied(one: Path) -> None:
    (one / "paper.md").write_text("before", "utf-8")
    ran = report(*PERIOD, "--final", "-o", one / "paper.md", cwd=one)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("kpf: The paper is not final, so nothing was written. 11 things still to be supplied:\n")
    assert "Finance Officer" not in ran.err
    assert (one / "paper.md").read_text("utf-8") == "before"


def test_the_paper_goes_to_the_file(one: Path) -> None:
    printed = report(*PERIOD, cwd=one)
    written = report(*PERIOD, "-o", one / "paper.md", cwd=one)
    assert (written.status, written.out, written.err) == (0, "", printed.err)
    assert (one / "paper.md").read_text("utf-8") == printed.out


def test_a_file_that_is_broken_leaves_its_partnership_in_the_paper(one: Path) -> None:
    (one / "partnerships" / "parks.yaml").write_text("name: Parks\nremit: [unfinished\n", "utf-8")
    ran = report(*PERIOD, cwd=one)
    assert ran.status == 0
    assert "### parks: performance" in ran.out
    assert "One entry of the register could not be read and counts as blank." in ran.out


def test_a_value_that_cannot_be_read_is_a_blank(one: Path) -> None:
    home = one / "partnerships" / GOOD
    home.write_text(home.read_text("utf-8").replace("actual: 251600", "actual: about 250k"), "utf-8")
    ran = report(*PERIOD, cwd=one)
    assert ran.status == 0
    assert "the actual spending, by Leisure Contracts Manager" in ran.err


def test_files_of_the_register_are_left_as_they_are(tmp_path: Path) -> None:
    shutil.copytree(PLAIN, tmp_path / "register")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    assert report(*PERIOD, cwd=tmp_path / "register").status == 0
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_reference_document_that_is_none_is_said_and_nothing_written(tmp_path: Path) -> None:
    (tmp_path / "council.docx").write_text("no Word document", "utf-8")
    options = ["--to", "docx", "--reference-docx", str(tmp_path / "council.docx"), "-o", str(tmp_path / "paper.docx")]
    ran = kpf("report", *PERIOD, *options, cwd=PLAIN)
    assert ran.status == 2
    assert "council.docx is not a Word document that can be read. Open it in Word," in ran.err
    assert not (tmp_path / "paper.docx").exists()


@pytest.mark.parametrize(("form", "start"), [("docx", b"PK"), ("html", b"<!DOCTYPE html>")])
def test_documents_are_written_and_are_the_same_each_time(tmp_path: Path, form: str, start: bytes) -> None:
    written = []
    for name in ("one", "other"):
        ran = kpf("report", *PERIOD, "--to", form, "-o", tmp_path / name, cwd=PLAIN)
        assert ran.status == 0
        written.append((tmp_path / name).read_bytes())
    assert written[0].startswith(start)
    assert written[0] == written[1]
