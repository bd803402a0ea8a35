"""A register with five thousand findings stays within what the services take."""

import gzip
import json
from pathlib import Path

import pytest

from kpf.finding import Severity
from tests.cli.running import PARKS, check, register
from tests.render.making import PLACE, finding, result, written
from tests.render.parsing import azure_commands, github_commands
from tests.render.test_reports import complaints

MEBIBYTE = 1024**2
FORMATS = ("sarif", "markdown", "github", "azure", "gitlab", "junit")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What kpf writes about 450 partnerships with nearly everything open, in each format, and as JSON."""
    folder = tmp_path_factory.mktemp("many")
    register(folder, **{f"parks-{number}": PARKS.replace("Parks", f"Parks {number}") for number in range(450)})
    options = [word for name in (*FORMATS, "json") for word in ("--format", f"{name}={name}")]
    assert check(*options, cwd=folder).status == 1
    return folder


def test_there_are_more_than_five_thousand(many: Path) -> None:
    assert len(json.loads((many / "json").read_text("utf-8"))["findings"]) > 5_000


def test_sarif_is_one_that_github_takes(many: Path) -> None:
    content = (many / "sarif").read_bytes()
    (run,) = json.loads(content)["runs"]
    assert 5_000 < len(run["results"]) <= 25_000
    assert len(run["tool"]["driver"]["rules"]) <= 25_000
    assert len(gzip.compress(content)) < 10_000_000
    assert complaints(many / "sarif") == []


def test_the_summary_is_cut_at_a_row(many: Path) -> None:
    content = (many / "markdown").read_bytes()
    assert len(content) < MEBIBYTE
    *rows, end = content.decode().rstrip("\n").split("\n")
    assert rows[-1] == ""
    assert rows[-2].endswith(" |")
    shown = sum(row.startswith(("| error |", "| warning |", "| note |")) for row in rows)
    everything = len(json.loads((many / "gitlab").read_text("utf-8")))
    left_out = int(end.partition(" ")[0].replace(",", ""))
    assert shown + left_out == everything
    assert end.endswith("left out because the page would be too long.")
    assert shown > 1_000


def test_a_page_that_fits_is_not_cut() -> None:
    page = written("markdown", result(*(finding(f"Gap {number}.") for number in range(1_000))))
    assert "left out" not in page
    assert page.count("\n| error |") == 1_000


@pytest.mark.parametrize("severity", Severity)
def test_rows_of_any_size_keep_the_page_within_its_limit(severity: Severity) -> None:
    for size in (100, 10_000, 2_000_000):
        findings = [finding("é" * size, severity, trail=(str(number),)) for number in range(3)]
        many_places = [
            finding("é" * 200, location=PLACE, trail=(str(number),), rule=f"rule-{number}") for number in range(4_000)
        ]
        assert len(written("markdown", result(*findings, *many_places)).encode()) < MEBIBYTE


def test_annotations_are_as_few_as_are_shown(many: Path) -> None:
    github = github_commands((many / "github").read_text("utf-8"))
    azure = azure_commands((many / "azure").read_text("utf-8"))
    assert len(github) == len(azure) == 11
    assert {command.name for command in github[:10]} == {"error"}
    left_out = len(json.loads((many / "gitlab").read_text("utf-8"))) - 10
    assert github[10].message.startswith(f"{left_out:,} more findings: ")
