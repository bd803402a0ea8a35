"""SECURITY.md names a test for each promise, and how kpf is built keeps to what it says."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.cli.running import PROJECT
from tests.test_workflows import FILES, WORKFLOWS

PAGE = (PROJECT / "SECURITY.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
LOCKS = sorted(PROJECT.glob("requirements*.txt"))


@cache
def names_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {entry.name for entry in tree.body if isinstance(entry, ast.FunctionDef) and entry.name.startswith("test_")}


@pytest.mark.parametrize(("file", "test"), NAMED, ids=str)
def test_each_test_that_holds_a_promise_is_there(file: str, test: str) -> None:
    assert test in names_in(PROJECT / file)


def test_each_promise_is_held_by_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| Promise |")]
    assert len(rows) > 20
    assert [row for row in rows if "`tests/" not in row or "::test_" not in row] == []
    assert PAGE.count("::test_") == sum(row.count("::test_") for row in rows)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_all_that_is_installed_is_locked_by_hash(lock: Path) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text("utf-8").partition("--only-binary :all:")[2].strip())
    assert len(entries) > 5
    for entry in entries:
        assert re.match(r"[a-z0-9._\[\],-]+==\S+", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry
    installing = "\n".join(path.read_text("utf-8") for path in (PROJECT / "Makefile", *WORKFLOWS))
    assert re.search(rf"--require-hashes [^@]*-r {lock.name}", installing)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_may_only_read(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.search(r"^permissions:\n  contents: read\n(?!  )", text, re.MULTILINE)
    written = re.findall(r"^ {6}([\w-]+): write\b", text, re.MULTILINE)
    assert written == (["id-token", "attestations"] if path.name == "release.yml" else [])
    assert len(re.findall(r"^ *permissions:", text, re.MULTILINE)) == (2 if written else 1)
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert "secrets." not in text
    assert "pull_request_target" not in text


def test_no_text_of_a_caller_stands_in_a_script() -> None:
    for path in FILES:
        for script in re.findall(r"^ *run: (.*(?:\n {8,}.*)*)", path.read_text("utf-8"), re.MULTILINE):
            assert "${{" not in script
