"""Whole documents about the shipped register, held against those in __snapshots__/.

Where they are meant to change: python -m pytest tests/render/test_documents.py --snapshot-update
"""

import re
import shutil
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from kpf.git import State
from tests.cli.running import AS_AT, PROJECT, kpf

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
}


EXTENSIONS = {
    ending: type(ending, (SingleFileSnapshotExtension,), {"file_extension": ending, "_write_mode": WriteMode.TEXT})
    for ending in ("txt", "md", "json", "csv", "xml")
}
"""So that each is a file which an editor knows how to show."""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copytree(PROJECT / "partnerships", folder / "partnerships")
    return folder


def masked(text: str) -> str:
    """`text` without what changes with every word of a note in a file."""
    return re.sub(r'("sha256": ")[0-9a-f]{64}', r"\1(hash)", text)


@pytest.mark.parametrize(("ending", "arguments"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_document(
    ending: str, arguments: list[str], shipped: Path, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kpf.__version__", "1.2.3")
    monkeypatch.setattr("kpf.result.state", lambda _: State("0123abc", uncommitted=False))
    day = [] if arguments[0] == "explain" else ["--as-at", AS_AT]
    ran = kpf(*arguments, *day, cwd=shipped)
    assert (ran.status, ran.err) == (1 if arguments[0] == "check" else 0, "")
    document = masked(ran.out).replace("\r\n", "\n")  # so that what differs is shown line by line
    assert document == snapshot(extension_class=EXTENSIONS[ending])
