"""A council that reports once a year: its papers, what they compare and its pages are of the financial year."""

import re
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from kpf.check.stream import Judge, Terms
from kpf.dates import HALF_YEARS, HalfYear, ReportingPeriods
from kpf.papers.begun import begun_papers
from kpf.papers.performance.changes import compared_around
from kpf.papers.wanted import NoPaper, period_of
from kpf.register.entries import FRAMEWORK
from tests.cli.running import kpf
from tests.editions.test_own_duties import HEADING
from tests.plain import ALDERMERE
from tests.report.papers import facts, paper
from tests.rules.laying import OWN, good, register, with_laid

DAY: Final = date(2026, 11, 23)
YEARS: Final = ReportingPeriods(yearly=True)
LAST: Final = HalfYear(2025, 2)
"""The year 2025/26, by its second half."""


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example register, of a council whose edition asks for one report a year."""
    home = tmp_path_factory.mktemp("yearly") / "partnerships"
    home.mkdir()
    for path in (ALDERMERE / "partnerships").glob("*.yaml"):
        text = path.read_text("utf-8")
        if path.name == "_framework.yaml":
            text += "\nset:\n  REP-1: {every: 1 year}\n"
        (home / path.name).write_text(text, "utf-8")
    return home.parent


def known(over: Any = None) -> Judge:
    """The complete example under an edition that asks for one report a year, with something laid over its file."""
    files = with_laid((OWN, over)) if over else good()
    files[FRAMEWORK] = {**HEADING, "set": {"REP-1": {"every": "1 year"}}}
    return Judge.of(register(files), Terms(DAY))


def test_the_report_is_on_the_year_and_says_so(council: Path) -> None:
    ran = kpf("report", "--period", "2025/26", "--as-at", "2026-11-23", cwd=council)
    assert "# Key partnerships: performance from 1 April 2025 to 31 March 2026 (2025/26)" in ran.out
    assert "did in 2025/26 against the targets for the year" in ran.out
    assert "asks for the report on 2026/27 once that year has ended on 31 March 2027" in ran.out
    assert not re.search(r"half-year|six months|2025/26 H2", ran.out)
    assert "papers/2025-26-performance.yaml, introduced_by: " in ran.err


@pytest.mark.parametrize(
    ("text", "half"),
    [("2025/26", LAST), ("2025-26", LAST), ("2025/26 h2", LAST), ("2026/27", LAST.following.following)],
)
def test_the_year_that_is_meant(text: str, half: HalfYear) -> None:
    assert period_of(text, DAY, YEARS) == half


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("H1", "--period H1 is a half-year, and this council reports on each year. Write: --period “2026/27”"),
        ("2025/26 H1", "is a half-year, and this council reports on each year."),
        ("2027/28", "begins on 1 April 2027, after the day of the paper, 23 November 2026."),
        ("last", "--period “last” is not a financial year. Write it as: --period “2026/27”"),
    ],
)
def test_what_is_no_year_is_refused_with_the_right_form(text: str, said: str) -> None:
    with pytest.raises(NoPaper, match=re.escape(said)):
        period_of(text, DAY, YEARS)


@pytest.mark.parametrize(("periods", "since"), [(HALF_YEARS, date(2025, 9, 30)), (YEARS, date(2025, 3, 31))])
def test_its_changes_are_those_of_the_whole_period(periods: ReportingPeriods, since: date) -> None:
    asked: list[date | None] = []

    def compare(one: date, other: date | None, day: date, cut: object) -> str:
        del day, cut
        asked.extend((one, other))
        return "The register is not under git."

    compared_around(compare, DAY, periods, LAST, lambda records: records)
    assert asked == [since, LAST.ends]


def test_what_happened_in_its_first_half_belongs_to_it() -> None:
    change = {"what": "Longer hours", "proposed": "2025-05-12", "impact_assessment": {"reference": "IIA/7"}}
    told = facts(known({"monitoring": {"changes": [change]}}), LAST)
    assert [event.on for event in told.within if event.kind == "service"] == [date(2025, 5, 12)]


def test_a_figure_is_set_beside_that_of_the_year_before() -> None:
    halves = {f"{year}/{year - 1999} H2": {"actual": {"visits": count}} for year, count in ((2024, 400), (2025, 500))}
    (measure,) = (one for one in measures(halves) if one.actual == 500)
    assert measure.before == 400


def test_the_figure_of_a_half_year_is_not_taken_for_that_of_a_year() -> None:
    halves = {
        "2024/25 H1": {"actual": {"visits": 180}},
        "2024/25 H2": {"actual": {"visits": 200}},
        "2025/26 H2": {"actual": {"visits": 500}},
    }
    (measure,) = (one for one in measures(halves) if one.actual == 500)
    assert measure.before is None


def measures(halves: dict[str, Any]) -> list[Any]:
    """The measures in the report on 2025/26, where the file records these half-years."""
    over = {"measures": {"visits": {"name": "Visits", "better": "higher"}}, "half_years": halves}
    return list(facts(known(over), LAST).measures)


def test_a_paper_on_a_half_year_was_of_another_edition(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    for name in ("2024-25-H2", "2025-26-performance", "2025-26-assurance", "notes"):
        (tmp_path / "papers" / f"{name}.yaml").write_text("introduced_by: The Leader\n", "utf-8")
    names = {yearly: begun_papers(tmp_path, (), ReportingPeriods(yearly)) for yearly in (True, False)}
    assert [one.name for one in names[True][0]] == ["2025-26-assurance", "2025-26-performance"]
    assert [one.name for one in names[False][0]] == ["2024-25-H2", "2025-26-assurance"]
    assert names[True][1] == names[False][1] == ("notes.yaml",)


def test_the_appendix_asks_for_the_assessment_of_the_year() -> None:
    said = paper(known({"partners": ["Fellbrook Leisure Trust"]}), LAST.following.following).paper.markdown
    assert "each year" in said
    assert "half-year" not in said


def test_the_pages_speak_of_the_year(council: Path, tmp_path: Path) -> None:
    ran = kpf("site", "-o", str(tmp_path / "site"), "--part", "internal", "--as-at", "2026-11-23", cwd=council)
    assert ran.status == 0
    pages = {path.name: path.read_text("utf-8") for path in (tmp_path / "site").glob("*.html")}
    assert "Measures in 2025/26<" in pages["index.html"]
    assert '--period "2025/26" --ask' in pages["papers.html"]
    said = {name: text.replace("half-year-not-told", "") for name, text in pages.items()}
    assert [name for name, text in said.items() if re.search(r"half-years?\b", text, re.IGNORECASE)] == []


def test_the_year_is_opened_by_its_second_half_alone(council: Path, tmp_path: Path) -> None:
    home = tmp_path / "partnerships"
    home.mkdir()
    for path in (council / "partnerships").iterdir():
        (home / path.name).write_text(path.read_text("utf-8"), "utf-8")
    refused = kpf("record", "half-year", "2027/28-H1", "--yes", cwd=tmp_path)
    assert refused.said == (
        "2027/28 H1 is a half-year, and this council reports on each year. What a year brought belongs under its "
        "second half: kpf record half-year 2027/28-H2"
    )
    assert kpf("record", "half-year", "2027/28-H2", "leisure-centres", "--yes", cwd=tmp_path).status == 0
    assert "\n  2027/28 H2:\n" in (home / "leisure-centres.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    "given",
    [
        ("report", "leisure-centres", "--half-year", "2027/28 H1", "--date", "2027-12-10", "--minute", "EC/27/97"),
        ("measure", "leisure-centres", "--half-year", "2027/28-H1", "--measure", "visits", "--actual", "5"),
        ("stability", "leisure-centres", "--half-year", "2027/28 H1", "--assessed-on", "2027-09-22", "--rating", "red"),
    ],
)
def test_what_a_year_brought_is_recorded_under_its_second_half_alone(council: Path, given: tuple[str, ...]) -> None:
    refused = kpf("record", *given, "--dry-run", "--yes", cwd=council)
    assert refused.said == (
        "2027/28 H1 is a half-year, and this council reports on each year. What a year brought belongs under its "
        "second half: --half-year 2027/28-H2"
    )
