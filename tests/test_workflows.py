"""What is written for CI systems is what they take: the action, the workflows, the hooks, the pages' templates."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import PROJECT
from tests.processes import SECONDS

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
FILES = [PROJECT / "action.yml", *WORKFLOWS]
USES = re.compile(r"^\s*-?\s*uses: (?P<what>\S+)(?P<comment>.*)$", re.MULTILINE)


def program(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """One of the programs that are installed beside the Python of the tests."""
    command: list[str | Path] = [Path(sys.executable).with_name(name), *arguments]
    return subprocess.run(
        command, cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=SECONDS
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_is_as_github_describes_it(path: Path) -> None:
    kind = "actions" if path.name == "action.yml" else "workflows"
    done = program("check-jsonschema", "--builtin-schema", f"vendor.github-{kind}", path)
    assert done.returncode == 0, done.stdout


def test_the_updates_are_as_github_describes_them() -> None:
    done = program("check-jsonschema", "--builtin-schema", "vendor.dependabot", PROJECT / ".github" / "dependabot.yml")
    assert done.returncode == 0, done.stdout


def test_the_hooks_for_this_repository_are_as_pre_commit_describes_them() -> None:
    done = program("pre-commit", "validate-config", PROJECT / ".pre-commit-config.yaml")
    assert (done.returncode, done.stdout) == (0, "")
    text = (PROJECT / ".pre-commit-config.yaml").read_text("utf-8")
    for command in re.findall(r"entry: \.venv/bin/(\S+)", text):
        assert Path(sys.executable).with_name(command).exists()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_others_wrote_is_pinned_to_one_commit_with_its_version_beside_it(path: Path) -> None:
    for used in USES.finditer(path.read_text("utf-8")):
        if used["what"] != "./":
            assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", used["what"]), used["what"]
            assert re.fullmatch(r" # v[0-9]+\.[0-9]+\.[0-9]+", used["comment"]), used["what"]


def test_an_action_has_one_commit_wherever_it_is_used() -> None:
    commits: dict[str, set[str]] = {}
    for path in FILES:
        for used in USES.finditer(path.read_text("utf-8")):
            action, _, commit = used["what"].partition("@")
            commits.setdefault(action, set()).add(commit)
    assert {action for action, found in commits.items() if len(found) > 1} == set()


def test_zizmor_finds_nothing_unsafe() -> None:
    done = program("zizmor", "--offline", "--persona=pedantic", "--strict-collection", "--format", "plain", ".")
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


def test_zizmor_does_find_what_is_unsafe(tmp_path: Path) -> None:
    text = (PROJECT / "action.yml").read_text("utf-8")
    (tmp_path / "action.yml").write_text(
        text.replace('"--register=$KPF_REGISTER"', '"--register=${{ inputs.register }}"')
    )
    done = program("zizmor", "--offline", tmp_path / "action.yml")
    assert done.returncode != 0
    assert "template-injection" in done.stdout


def test_this_repository_uses_its_own_action() -> None:
    text = (PROJECT / ".github" / "workflows" / "register.yml").read_text("utf-8")
    assert "uses: ./" in text
    assert "since: auto" in text
    assert "kind: clock" in text
