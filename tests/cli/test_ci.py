"""What kpf writes where nobody asks for a format: on a person's machine, and where a CI system runs it."""

import os
from pathlib import Path

import pytest

from tests.cli.running import GOOD, PARKS, check, kpf, register
from tests.render.parsing import azure_commands, github_commands

MEBIBYTE = 1024**2


@pytest.fixture
def text(two: Path) -> str:
    return check("--format", "text", cwd=two).out


@pytest.fixture
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which GitHub takes a summary."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    file = tmp_path / "summary of the step.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    return file


def test_on_a_machine_of_ones_own_it_is_text_alone(two: Path, text: str) -> None:
    assert check(cwd=two).out == text


def test_on_github_annotations_follow_the_text_and_the_summary_has_it_all(two: Path, text: str, summary: Path) -> None:
    summary.write_text("Another command of this step wrote this.\n")
    ran = check(cwd=two)
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == text + check("--format", "github", cwd=two).out
    assert len(github_commands(ran.out)) == 11
    whole = check("--format", "markdown", cwd=two).out
    assert summary.read_text("utf-8") == f"Another command of this step wrote this.\n{whole}"


def test_on_github_a_summary_stays_below_the_limit(two: Path, summary: Path) -> None:
    summary.write_text("x" * (MEBIBYTE - 60_000))
    assert check(cwd=two).status == 1
    assert MEBIBYTE - 60_000 < summary.stat().st_size < MEBIBYTE


def test_on_github_a_full_summary_is_left_alone(two: Path, summary: Path) -> None:
    summary.write_text("x" * (MEBIBYTE - 50_000))
    ran = check(cwd=two)
    assert (ran.status, ran.err) == (1, "kpf: No summary was written: the summary of this step is full.\n")
    assert summary.stat().st_size == MEBIBYTE - 50_000


def test_on_github_without_a_place_for_a_summary(two: Path, summary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    ran = check(cwd=two)
    assert (ran.status, ran.err) == (1, "")
    assert len(github_commands(ran.out)) == 11
    assert not summary.exists()


@pytest.mark.parametrize(("files", "status"), [({}, 0), ({"parks": PARKS}, 1)])
def test_a_summary_that_cannot_be_written_changes_no_status(
    tmp_path: Path, files: dict[str, str], status: int, summary: Path
) -> None:
    folder = register(tmp_path, GOOD, **files)
    summary.mkdir()
    ran = check(cwd=folder)
    assert (ran.status, ran.err) == (status, "kpf: No summary was written: is a directory.\n")


def test_on_azure_issues_follow_the_text_and_a_page_is_uploaded(
    two: Path, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary; 100%]"
    folder.mkdir()
    monkeypatch.setenv("TF_BUILD", "True")
    monkeypatch.setenv("AGENT_TEMPDIRECTORY", str(folder))
    ran = check(cwd=two)
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith(text)
    *issues, upload = azure_commands(ran.out)
    assert len(issues) == 11
    assert (upload.name, upload.message) == ("task.uploadsummary", str(folder / "kpf-summary-1.md"))
    assert Path(upload.message).read_text("utf-8") == check("--format", "markdown", cwd=two).out
    again = check("--kind", "clock", cwd=two)
    assert azure_commands(again.out)[-1].message == str(folder / "kpf-summary-2.md"), "the first is not read yet"


def test_on_azure_without_a_folder_for_a_page(two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_BUILD", "True")
    assert len(azure_commands(check(cwd=two).out)) == 11
    monkeypatch.setenv("AGENT_TEMPDIRECTORY", str(tmp_path / "nowhere"))
    ran = check(cwd=two)
    assert (ran.status, ran.err) == (1, "kpf: No summary was written: no such file or directory.\n")
    assert len(azure_commands(ran.out)) == 11


def test_on_gitlab_the_text_says_how_its_report_is_made(two: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITLAB_CI", "true")
    ran = check(cwd=two)
    assert ran.out.startswith(text)
    hint = ran.out.removeprefix(text)
    command = hint[hint.index("kpf check") :].split()
    assert "Code Quality report" in hint
    again = kpf(*command[1:], "--as-at", "2026-11-23", cwd=two)
    assert (again.status, again.out) == (1, text)
    assert (two / "gl-code-quality-report.json").exists()


@pytest.mark.parametrize("name", ["GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"])
@pytest.mark.parametrize("value", ["false", ""])
def test_a_variable_that_says_no(two: Path, text: str, name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    assert check(cwd=two).out == text


@pytest.mark.parametrize("name", ["GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"])
def test_a_format_that_is_asked_for_is_all_there_is(
    two: Path, text: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "true")
    assert check("--format", "text", cwd=two).out == text
    assert check("--quiet", cwd=two).out == ""


@pytest.mark.parametrize("name", ["github", "azure"])
def test_commands_may_follow_text(two: Path, text: str, name: str) -> None:
    ran = check("--format", "text", "--format", name, cwd=two)
    assert ran.out == text + check("--format", name, cwd=two).out
    for other in ("json", "sarif", "junit", "markdown", "gitlab", "concise", name):
        said = check("--format", name, "--format", other, cwd=two).said
        assert said == "Two formats would go to the same place. Give each a file: --format json=FILE"


@pytest.mark.parametrize("name", ["text", "concise", "json", "sarif", "junit", "github", "gitlab", "azure", "markdown"])
@pytest.mark.parametrize(("fail_on", "status"), [("error", 1), ("never", 0)])
def test_no_format_changes_the_status(two: Path, name: str, fail_on: str, status: int) -> None:
    assert check("--format", name, "--fail-on", fail_on, cwd=two).status == status
    assert check("--format", f"{name}={os.devnull}", "--fail-on", fail_on, cwd=two).status == status
