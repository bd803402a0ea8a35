"""Whole documents about the shipped register and the example, held against those in __snapshots__/.

Where they are meant to change: python -m pytest tests/render/test_documents.py --snapshot-update
"""

import re
import shutil
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from kpf.git.working_tree import WorkingTreeState
from tests.cli.running import AS_AT, PROJECT, kpf
from tests.snapshots import as_file

DOCUMENTS = {
    "check": ("txt", ["check"]),
    "check-veolia": ("txt", ["check", "partnerships/veolia.yaml"]),
    "check-concise": ("txt", ["check", "--format", "concise"]),
    "check-veolia-json": ("json", ["check", "partnerships/veolia.yaml", "--format", "json"]),
    "check-veolia-junit": ("xml", ["check", "partnerships/veolia.yaml", "--format", "junit"]),
    "check-veolia-gitlab": ("json", ["check", "partnerships/veolia.yaml", "--format", "gitlab"]),
    "check-veolia-github": ("txt", ["check", "partnerships/veolia.yaml", "--format", "github"]),
    "check-veolia-azure": ("txt", ["check", "partnerships/veolia.yaml", "--format", "azure"]),
    "check-veolia-markdown": ("md", ["check", "partnerships/veolia.yaml", "--format", "markdown"]),
    "show-veolia": ("txt", ["show", "veolia"]),
    "show-veolia-markdown": ("md", ["show", "veolia", "--format", "markdown"]),
    "trace-gaps": ("txt", ["trace", "--gaps"]),
    "trace-gaps-markdown": ("md", ["trace", "--gaps", "--format", "markdown"]),
    "trace-gaps-json": ("json", ["trace", "--gaps", "--format", "json"]),
    "trace-csv": ("csv", ["trace", "--format", "csv"]),
    "explain": ("txt", ["explain"]),
    "explain-a-duty": ("txt", ["explain", "WHB-1"]),
    "explain-a-rule": ("txt", ["explain", "nothing-held"]),
    "explain-a-rule-of-files": ("txt", ["explain", "comma-in-braces"]),
    "explain-not-recorded": ("txt", ["explain", "not-recorded"]),
    "due": ("txt", ["due"]),
    "due-markdown": ("md", ["due", "--format", "markdown"]),
    "due-csv": ("csv", ["due", "--format", "csv", "--within", "1d"]),
    "due-reviews": ("txt", ["due", "--reviews"]),
}
EXAMPLES = {
    "aldermere-due": ("txt", ["due", "--within", "180d"]),
    "aldermere-due-why": ("txt", ["due", "leisure-centres", "--why"]),
    "aldermere-due-json": ("json", ["due", "leisure-centres", "--within", "60d", "--format", "json"]),
    "aldermere-due-ics": ("ics", ["due", "leisure-centres", "--within", "60d", "--format", "ics"]),
    "aldermere-due-reviews": ("txt", ["due", "--reviews"]),
    "aldermere-due-reviews-markdown": ("md", ["due", "--reviews", "--format", "markdown"]),
}
"""Of the made-up council, where there is more to tell."""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(PROJECT, tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="module")
def aldermere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(PROJECT / "examples" / "aldermere", tmp_path_factory.mktemp("aldermere"))


def copied(register: Path, folder: Path) -> Path:
    shutil.copytree(register / "partnerships", folder / "partnerships")
    return folder


def masked(text: str) -> str:
    """`text` without what changes with every word of a note in a file."""
    return re.sub(r'("sha256": ")[0-9a-f]{64}', r"\1(hash)", text)


@pytest.mark.parametrize(("ending", "arguments"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_document(
    ending: str, arguments: list[str], shipped: Path, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert written(arguments, shipped, monkeypatch) == snapshot(extension_class=as_file(ending))


@pytest.mark.parametrize(("ending", "arguments"), EXAMPLES.values(), ids=EXAMPLES)
def test_document_of_the_example(
    ending: str, arguments: list[str], aldermere: Path, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert written(arguments, aldermere, monkeypatch) == snapshot(extension_class=as_file(ending))


def written(arguments: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What kpf prints about the register in `folder`, but for what differs from one machine or edit to the next."""
    monkeypatch.setattr("kpf.__version__", "1.2.3")
    monkeypatch.setattr("kpf.register.register.state", lambda *_: WorkingTreeState("0123abc", uncommitted=False))
    day = [] if arguments[0] == "explain" else ["--as-at", AS_AT]
    ran = kpf(*arguments, *day, cwd=folder)
    assert (ran.status, ran.err) == (1 if arguments[0] == "check" else 0, "")
    return masked(ran.out).replace("\r\n", "\n")  # so that what differs is shown line by line
