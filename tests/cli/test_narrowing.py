"""What is reported can be narrowed; what is read and judged cannot."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from kpf.framework import framework
from tests.cli.running import EXAMPLE, GOOD, PARKS, PROJECT, check, kpf, register

STREETS = """\
name: Streets
kind: contract
lead_service: Waste and Street Scene
"""


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three partnerships of three services; two of them have nearly everything open."""
    return register(tmp_path_factory.mktemp("three"), GOOD, parks=PARKS, streets=STREETS)


@pytest.fixture(scope="module")
def everything(three: Path) -> list[dict[str, Any]]:
    return check("--format", "json", cwd=three).findings


def reported(three: Path, *arguments: str) -> list[dict[str, Any]]:
    """The findings of a narrowed run that read everything all the same."""
    ran = check("--format", "json", *arguments, cwd=three)
    assert len(ran.json["files"]) == 5
    assert ran.json["narrowed"]
    assert ran.status == (1 if any(entry["severity"] == "error" for entry in ran.findings) else 0)
    return ran.findings


def test_nothing_narrowed(three: Path) -> None:
    ran = check("--format", "json", cwd=three)
    assert ran.json["narrowed"] == []
    assert {entry["partnership"] for entry in ran.json["verdicts"]} == {None, "leisure-centres", "parks", "streets"}
    assert "All files were judged" not in " ".join(check(cwd=three).out.split())


@pytest.mark.parametrize(
    "paths",
    [
        ["partnerships/parks.yaml"],
        ["./partnerships/../partnerships/parks.yaml"],
        ["partnerships/parks.yaml", "partnerships/leisure-centres.yaml"],
    ],
)
def test_by_path(three: Path, everything: list[dict[str, Any]], paths: list[str]) -> None:
    assert reported(three, *paths) == [entry for entry in everything if entry["partnership"] == "parks"]


def test_by_an_absolute_path_from_elsewhere(three: Path, tmp_path: Path) -> None:
    place = three / "partnerships" / "parks.yaml"
    ran = kpf("check", "--as-at", "2026-11-23", "--format", "json", "--register", three, place, cwd=tmp_path)
    assert {entry["partnership"] for entry in ran.findings} == {"parks"}


def test_by_a_folder(three: Path, everything: list[dict[str, Any]]) -> None:
    assert reported(three, "partnerships") == everything


def test_by_a_shared_file(three: Path) -> None:
    council = three / "partnerships" / "_council.yaml"
    text = council.read_text("utf-8")
    try:
        council.write_text(text + "nonsense: x\n", "utf-8")
        (finding,) = reported(three, "partnerships/_council.yaml")
    finally:
        council.write_text(text, "utf-8")
    assert (finding["rule"], finding["partnership"]) == ("unknown-name", None)


@pytest.mark.parametrize("paths", [["_organisations"], ["_organisations", "_council"], ["_organisations", "veolia"]])
def test_a_shared_file_without_the_partnerships_that_it_is_about(paths: list[str]) -> None:
    ran = check(*(f"partnerships/{path}.yaml" for path in paths), cwd=PROJECT)
    assert (ran.status, ran.err) == (1, "")
    assert "data_quality_charter_signed" in ran.out


def test_the_verdicts_of_one_partnership(three: Path) -> None:
    ran = check("--format", "json", "partnerships/parks.yaml", cwd=three)
    assert {entry["partnership"] for entry in ran.json["verdicts"]} == {"parks"}


@pytest.mark.parametrize("service", ["Housing", "housing", "HOUSING"])
def test_by_service(three: Path, everything: list[dict[str, Any]], service: str) -> None:
    assert reported(three, "--service", service) == [entry for entry in everything if entry["partnership"] == "parks"]


def test_by_several_services(three: Path, everything: list[dict[str, Any]]) -> None:
    assert reported(three, "--service", "Housing", "--service", "Waste and Street Scene") == everything


def test_services_whose_capitals_differ_are_all_meant(tmp_path: Path) -> None:
    folder = register(tmp_path, parks=PARKS, streets=PARKS.replace("Housing", "HOUSING"))
    ran = check("--format", "json", "--service", "housing", cwd=folder)
    assert {entry["partnership"] for entry in ran.json["verdicts"]} == {"parks", "streets"}


def test_by_path_and_service(three: Path) -> None:
    assert {entry["partnership"] for entry in reported(three, "partnerships", "--service", "Housing")} == {"parks"}


@pytest.mark.parametrize("written", [["not-recorded,MGR-3"], ["not-recorded", "MGR-3"], [" MGR-3 , not-recorded "]])
def test_select(three: Path, everything: list[dict[str, Any]], written: list[str]) -> None:
    options = [word for value in written for word in ("--select", value)]
    expected = [entry for entry in everything if entry["rule"] == "not-recorded" or "MGR-3" in entry["duties"]]
    assert 0 < len(expected) < len(everything)
    assert reported(three, *options) == expected


def test_select_a_section(three: Path, everything: list[dict[str, Any]]) -> None:
    section = framework().statements["MGR-3"].section.key
    duties = {id_ for id_, statement in framework().statements.items() if statement.section.key == section}
    expected = [entry for entry in everything if duties & set(entry["duties"])]
    assert 0 < len(expected) < len(everything)
    assert reported(three, "--select", section) == expected
    ran = check("--format", "json", "--select", section, cwd=three)
    assert {entry["duty"] for entry in ran.json["verdicts"]} <= duties


def test_ignore(three: Path, everything: list[dict[str, Any]]) -> None:
    expected = [entry for entry in everything if entry["rule"] != "not-recorded" and "MGR-3" not in entry["duties"]]
    assert reported(three, "--ignore", "not-recorded", "--ignore", "MGR-3") == expected
    ran = check("--format", "json", "--ignore", "MGR-3", cwd=three)
    assert "MGR-3" not in {entry["duty"] for entry in ran.json["verdicts"]}


def test_select_and_ignore(three: Path) -> None:
    assert reported(three, "--select", "MGR-3", "--ignore", "MGR-3") == []


def test_kinds_part_the_findings(three: Path, everything: list[dict[str, Any]]) -> None:
    parts = {kind: reported(three, "--kind", kind) for kind in ("content", "clock")}
    for kind, part in parts.items():
        assert {entry["kind"] for entry in part} <= {kind}
    assert sorted(map(repr, parts["content"] + parts["clock"])) == sorted(map(repr, everything))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["partnerships/parks.yaml"], "partnerships/parks.yaml"),
        (["--service", "Housing"], "what Housing leads"),
        (["--select", "MGR-3"], "only MGR-3"),
        (["--ignore", "MGR-3", "--ignore", "nothing-held"], "without MGR-3, nothing-held"),
        (["--kind", "content"], "without what the calendar made overdue"),
        (["--kind", "clock"], "only what the calendar made overdue"),
        (
            ["partnerships", "--service", "Housing", "--select", "not-recorded", "--kind", "content"],
            "partnerships; what Housing leads; only not-recorded; without what the calendar made overdue",
        ),
    ],
)
def test_the_tally_says_what_was_narrowed(three: Path, arguments: list[str], said: str) -> None:
    text = " ".join(check(*arguments, cwd=three).out.split())
    assert f"All files were judged; shown here: {said}." in text
    assert "3 partnership files and the two shared files were read from partnerships/, none skipped." in text
    assert check("--format", "json", *arguments, cwd=three).json["narrowed"] == said.split("; ")


def test_a_duty_that_is_open_because_of_another_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "partnerships")
    council = tmp_path / "partnerships" / "_council.yaml"
    text = re.sub("(?m)^risk_scale:.*", "risk_scale: {impact: 4, high_from: 12}", council.read_text("utf-8"))
    council.write_text(text, "utf-8")
    said = " ".join(check("partnerships/leisure-centres.yaml", cwd=tmp_path).out.split())
    assert ": nothing is outstanding, but 1 duty is open." in said
    assert "RSK-2b: Nothing is recorded for `risk_scale.likelihood` in _council.yaml." in said


BROKEN = "agreement: {starts: [}\n"


@pytest.mark.parametrize("narrowed", [["--select", "REV-1"], ["--select", "review-overdue"], ["--kind", "clock"]])
def test_what_cannot_be_read_is_reported_where_it_leaves_a_chosen_duty_open(
    tmp_path: Path, narrowed: list[str]
) -> None:
    register(tmp_path, GOOD, parks=f"{PARKS}{BROKEN}")
    ran = check("--format", "json", *narrowed, cwd=tmp_path)
    (fault,) = (finding for finding in ran.findings if finding["path"].endswith("/parks.yaml"))
    assert (fault["rule"], fault["line"]) == ("broken-syntax", 9)
    assert fault["message"] == "The [ that opened before is closed by } here."
    assert ran.status == 1


def test_so_is_what_cannot_be_read_in_a_file_that_all_share(tmp_path: Path) -> None:
    register(tmp_path, GOOD, parks=PARKS)
    (tmp_path / "partnerships" / "_council.yaml").write_text("records_kept_from: soon\n", "utf-8")
    ran = check("--format", "json", "--select", "REP-1", cwd=tmp_path)
    faults = [finding for finding in ran.findings if finding["path"].endswith("/_council.yaml")]
    assert [(fault["rule"], fault["line"]) for fault in faults] == [("value-not-understood", 1)]


@pytest.mark.parametrize("narrowed", [["--select", "unknown-name"], ["--select", "REV-1", "--ignore", "broken-syntax"]])
def test_a_fault_that_was_left_out_by_name_or_hides_no_chosen_duty_is_not_reported(
    tmp_path: Path, narrowed: list[str]
) -> None:
    register(tmp_path, GOOD, parks=f"{PARKS}{BROKEN}")
    assert check("--format", "json", *narrowed, cwd=tmp_path).findings == []


def test_nothing_outstanding_is_not_said_alone_where_a_duty_is_open(tmp_path: Path) -> None:
    register(tmp_path, GOOD, parks=f"{PARKS}{BROKEN}")
    ran = check("--select", "REV-1", "--ignore", "broken-syntax", cwd=tmp_path)
    assert "Nothing that you asked for is outstanding, but 1 duty is open." in ran.out
