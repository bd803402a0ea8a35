"""The JSON of `kpf check`, which other programs rely on."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

import kpf as package
from kpf.framework.appendix_a import COMMITMENTS
from tests.cli.running import AS_AT, GOOD, PARKS, PROJECT, check, kpf, register
from tests.plain import PLAIN

VERDICTS = {"met", "not_met", "not_known", "not_applicable", "excepted"}

BROKEN = """\
name: [unfinished
remit: x
"""
ODD = """\
name: Odd
kind: nonsense
partners: text
on_the_list:
  from: 2026-02-30
nonsense: 1
agreement: {clause: EC #81}
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The shipped register, the example without an edition of its own, and one with all kinds of faults."""
    faulty = register(tmp_path_factory.mktemp("faulty"), GOOD, parks=PARKS, broken=BROKEN, odd=ODD, empty="")
    (faulty / "partnerships" / "folder.yaml").mkdir()
    (faulty / "partnerships" / "other.yml").touch()
    return [PROJECT, PLAIN, faulty]


@pytest.fixture(scope="module", params=range(3), ids=["shipped", "example", "faulty"])
def folder(folders: list[Path], request: pytest.FixtureRequest) -> Path:
    chosen: int = request.param
    return folders[chosen]


@pytest.fixture(scope="module")
def whole(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = check("--format", "json", cwd=folder).json
    return found


def test_the_whole(whole: dict[str, Any]) -> None:
    assert list(whole) == [
        "schema_version",
        "kpf_version",
        "as_at",
        "register",
        "framework",
        "commit",
        "uncommitted",
        "exceptions_counted",
        "narrowed",
        "settings",
        "staged",
        "files",
        "skipped",
        "findings",
        "verdicts",
        "since",
        "tally",
    ]
    assert whole["schema_version"] == 1
    assert whole["kpf_version"] == package.__version__
    assert whole["as_at"] == AS_AT
    assert whole["register"] == "partnerships"


def test_files(whole: dict[str, Any], folder: Path) -> None:
    assert [entry["path"] for entry in whole["files"][:2]] == [
        "partnerships/_council.yaml",
        "partnerships/_organisations.yaml",
    ]
    for entry in whole["files"]:
        assert list(entry) == ["path", "partnership", "sha256", "state"]
        file = folder / entry["path"]
        if entry["sha256"]:
            assert entry["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
            assert entry["partnership"] == (None if file.stem.startswith("_") else file.stem)
        else:
            assert entry["path"] in {"partnerships/folder.yaml", "partnerships/other.yml"}


def test_findings(whole: dict[str, Any], folder: Path) -> None:
    paths = {entry["path"]: entry["partnership"] for entry in whole["files"]}
    for entry in whole["findings"]:
        assert list(entry) == [
            "partnership",
            "path",
            "line",
            "column",
            "end_line",
            "end_column",
            "trail",
            "subject",
            "rule",
            "duties",
            "severity",
            "kind",
            "verdict",
            "message",
            "exempt",
            "fix",
            "blanks",
            "put_back",
            "breaks",
        ]
        assert entry["path"] in paths
        if paths[entry["path"]] is not None:
            assert entry["partnership"] == paths[entry["path"]]
        assert isinstance(entry["trail"], list)
        assert all(isinstance(step, str | int) for step in entry["trail"])
        assert isinstance(entry["subject"], str)
        assert entry["severity"] in {"error", "warning", "note"}
        assert entry["kind"] in {"content", "clock"}
        assert entry["verdict"] in {None, *VERDICTS}
        assert (entry["verdict"] is None) == (entry["duties"] == [])
        assert entry["message"]
        assert "\n" not in entry["message"] + entry["fix"]
        file = folder / entry["path"]
        text = file.read_text("utf-8") if file.is_file() else ""
        lines = text.split("\n")
        assert 1 <= entry["line"] <= entry["end_line"] <= len(lines)
        assert 1 <= entry["column"] <= len(lines[entry["line"] - 1]) + 1
        assert 1 <= entry["end_column"] <= len(lines[entry["end_line"] - 1]) + 1
        assert (entry["line"], entry["column"]) <= (entry["end_line"], entry["end_column"])
    places = [(entry["path"], entry["line"], entry["column"]) for entry in whole["findings"]]
    assert places == sorted(places)


def test_verdicts(whole: dict[str, Any]) -> None:
    partnerships = {entry["partnership"] for entry in whole["files"]}
    assert {entry["partnership"] for entry in whole["verdicts"]} == partnerships
    keys = [(entry["partnership"], entry["duty"]) for entry in whole["verdicts"]]
    assert len(set(keys)) == len(keys)
    for entry in whole["verdicts"]:
        assert list(entry) == ["partnership", "duty", "verdict", "attested", "reason", "exempt", "evidence"]
        assert entry["verdict"] in VERDICTS
        assert isinstance(entry["attested"], bool)
        assert isinstance(entry["reason"], str)
        assert entry["reason"] or entry["verdict"] == "met"
        for evidence in entry["evidence"]:
            assert list(evidence) == ["value", "exempt", "path", "line", "column"]


def test_every_open_duty_is_a_verdict(whole: dict[str, Any]) -> None:
    verdicts = {(entry["partnership"], entry["duty"]): entry["verdict"] for entry in whole["verdicts"]}
    for entry in whole["findings"]:
        if entry["verdict"] in {"not_met", "not_known"}:
            for duty in entry["duties"]:
                assert verdicts[entry["partnership"], duty] in {"not_met", "not_known"}


def test_the_tally(whole: dict[str, Any]) -> None:
    assert list(whole["tally"]) == ["verdicts", "findings"]
    for verdict, count in whole["tally"]["verdicts"].items():
        assert count == sum(entry["verdict"] == verdict for entry in whole["verdicts"])
    assert set(whole["tally"]["verdicts"]) == VERDICTS
    for severity, count in whole["tally"]["findings"].items():
        assert count == sum(entry["severity"] == severity for entry in whole["findings"])


def test_show_writes_the_same_of_one(folder: Path, whole: dict[str, Any]) -> None:
    id_ = whole["files"][-1]["partnership"]
    shown = kpf("show", id_, "--as-at", AS_AT, "--format", "json", cwd=folder).json
    assert shown["verdicts"] == [entry for entry in whole["verdicts"] if entry["partnership"] == id_]


def test_trace(folder: Path, whole: dict[str, Any]) -> None:
    traced = kpf("trace", "--as-at", AS_AT, "--format", "json", cwd=folder).json
    of_chorley = "\ncouncil: Chorley" in (folder / "partnerships" / "_council.yaml").read_text("utf-8")
    assert len(traced["duties"]) == (134 if of_chorley else 134 - len(COMMITMENTS))
    for entry in traced["duties"]:
        assert {"id", "section", "checkable", "rules", "fields", "reason"} <= set(entry)
        assert isinstance(entry["checkable"], bool)
        assert entry["checkable"] == (not entry["reason"])
        assert entry["rules"] or entry["fields"] or entry["reason"]
    by_verdict = [{key: entry[key] for key in ("partnership", "duty", "verdict")} for entry in whole["verdicts"]]
    assert traced["verdicts"] == by_verdict
    gaps = kpf("trace", "--gaps", "--format", "json", cwd=folder).json["duties"]
    assert gaps == [entry for entry in traced["duties"] if not entry["checkable"]]
