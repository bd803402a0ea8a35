"""The GitHub action: its own scripts, run by bash with the inputs as their environment, as a runner does it."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.cli.running import AS_AT, GOOD, PARKS, PROJECT, register
from tests.processes import SECONDS
from tests.render.parsing import github_commands

ACTION: Any = YAML(typ="safe", pure=True).load(PROJECT / "action.yml")
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not there")


@dataclass(frozen=True)
class Step:
    """How the step that checks ended, and what it left for others."""

    status: int
    log: str
    outputs: dict[str, str]
    summary: str


def run(step: str, folder: Path, temporary: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """One step as a runner runs it: `bash -e -o pipefail`, with the step's own variables."""
    given = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(PROJECT),
        "RUNNER_TEMP": str(temporary),
        **environment,
    }
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", STEPS[step]["run"]]
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=SECONDS,
    )


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The runner's temporary folder, in which kpf is as if it had just been installed."""
    folder = tmp_path / "runner's temp"
    (folder / "kpf" / "bin").mkdir(parents=True)
    (folder / "kpf" / "bin" / "kpf").write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -m kpf "$@"\n')
    (folder / "kpf" / "bin" / "kpf").chmod(0o755)
    return folder


def checked(folder: Path, temporary: Path, **inputs: str) -> Step:
    """The step that checks, with these inputs and else the defaults of the action."""
    given = {name: str(described["default"]) for name, described in ACTION["inputs"].items()}
    given |= {"as-at": AS_AT} | {name.replace("_", "-"): value for name, value in inputs.items()}
    environment = {}
    for name, value in STEPS["Check"]["env"].items():
        expression = value.removeprefix("${{ inputs.").removesuffix(" }}")
        environment[name] = given.pop(expression)
    assert given == {}, "the step has every input"
    places = {name: temporary / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for place in places.values():
        place.write_text("")
    done = run("Check", folder, temporary, **environment, **{name: str(place) for name, place in places.items()})
    assert "Traceback" not in done.stderr
    lines = places["GITHUB_OUTPUT"].read_text("utf-8").splitlines()
    outputs = dict(line.split("=", 1) for line in lines)
    return Step(done.returncode, done.stdout + done.stderr, outputs, places["GITHUB_STEP_SUMMARY"].read_text("utf-8"))


@pytest.fixture
def two(tmp_path: Path) -> Path:
    return register(tmp_path / "work space", GOOD, parks=PARKS)


def test_findings_fail_the_step_and_are_annotated_and_summed_up(two: Path, temporary: Path) -> None:
    step = checked(two, temporary)
    assert (step.status, step.outputs) == (1, {"status": "1"})
    assert "2 partnerships in partnerships/" in step.log
    commands = github_commands(step.log)
    assert len(commands) == 11
    assert commands[0].properties["file"] == "partnerships/parks.yaml"
    assert step.summary.startswith("# Key partnerships as at 23 November 2026\n")


def test_nothing_found_passes(tmp_path: Path, temporary: Path) -> None:
    step = checked(register(tmp_path / "clean", GOOD), temporary)
    assert (step.status, step.outputs) == (0, {"status": "0"})
    assert "**Nothing is open.**" in step.summary


def test_each_input_reaches_kpf(two: Path, temporary: Path) -> None:
    assert checked(two, temporary, fail_on="never").status == 0
    narrowed = checked(two.parent, temporary, register=two.name, kind="clock", as_at="2028-03-01")
    assert "only what the calendar made overdue" in " ".join(narrowed.log.split())
    assert "as at 1 March 2028" in " ".join(narrowed.log.split())
    assert narrowed.status == 1


def test_sarif_is_written_only_where_it_is_asked_for_and_can_be(two: Path, temporary: Path) -> None:
    step = checked(two, temporary, sarif="true")
    assert step.outputs == {"status": "1", "sarif-file": str(temporary / "kpf.sarif")}
    (run_,) = json.loads((temporary / "kpf.sarif").read_text("utf-8"))["runs"]
    assert run_["results"]
    without = checked(two, temporary, sarif="true", register="nowhere")
    assert (without.status, without.outputs) == (2, {"status": "2"})


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("register", "There is no folder partnerships/ in "),
        ("fail-on", "--fail-on "),
        ("kind", "--kind "),
        ("as-at", "--as-at "),
        ("sarif", "the input sarif is neither true nor false."),
        ("comment", "the input comment is neither true nor false."),
        ("since", ""),
    ],
)
@pytest.mark.parametrize(
    "value",
    [
        "$(touch pwned)",
        "`touch pwned`",
        '"; touch pwned; "',
        "'; touch pwned; '",
        "a && touch pwned",
        "--help",
        "-x",
        "*",
        "a\nstatus=0\nsarif-file=/etc/passwd",
        "::error::x\n::set-output name=status::0",
    ],
)
def test_no_input_is_anything_but_a_value(two: Path, temporary: Path, name: str, value: str, said: str) -> None:
    step = checked(two, temporary, **{name: value})
    assert step.status == 2
    assert f"kpf: {said}" in step.log
    assert step.outputs.get("status", "2") == "2"
    assert step.outputs.keys() <= {"status"}
    ours = [(command.name, command.properties) for command in github_commands(step.log)]
    assert ours in ([], [("error", {"title": "kpf could not do its job"})])
    assert not list(two.parent.rglob("pwned"))


def test_nothing_of_the_repository_is_taken_for_a_part_of_kpf(two: Path, temporary: Path) -> None:
    for name in ("kpf", "typer", "json"):
        (two / f"{name}.py").write_text("raise SystemExit(0)\n")
    assert checked(two, temporary).status == 1


def test_the_text_of_a_comment_is_written_only_where_it_is_asked_for(two: Path, temporary: Path) -> None:
    step = checked(two, temporary, comment="true")
    assert step.outputs == {"status": "1", "comment-file": str(temporary / "kpf-comment.md")}
    assert (temporary / "kpf-comment.md").read_text("utf-8") == step.summary
    assert checked(two, temporary, comment="true", register="nowhere").outputs["status"] == "2"


def test_a_change_is_held_against_where_it_began(two: Path, temporary: Path) -> None:
    git = ["git", "-c", "user.name=Tests", "-c", "user.email=tests@example.org", "-C", str(two)]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "As it was"]):
        subprocess.run([*git, *arguments], check=True, timeout=SECONDS)
    assert checked(two, temporary, since="HEAD").status == 0
    (two / "partnerships" / "streets.yaml").write_text(PARKS.replace("Parks", "Streets"), "utf-8")
    assert checked(two, temporary, since="HEAD").status == 1
