"""What the README and the page on all commands show is what kpf does."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kpf.cli.app import COMMANDS
from kpf.document import read_document
from tests import repositories
from tests.processes import SECONDS
from tests.repositories import alone, commit

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text("utf-8")
COMMANDS_PAGE = (PROJECT / "docs" / "commands.md").read_text("utf-8")
PAGES = README + COMMANDS_PAGE
SHOWN = [
    (command, output.splitlines())
    for command, output in re.findall(r"```console\n\$ (kpf [^\n]*)\n(.*?)```", PAGES, re.DOTALL)
]
NOT_RUN = {
    "kpf ask", "kpf answer", "kpf answer FILES", "kpf check --format text --format json=findings.json", "kpf init",
    "kpf new leisure-centres", "kpf --install-completion", "kpf COMMAND --help",
}  # fmt: skip
"""What is named without all that it needs, or would change what the other tests read. Each has tests of its own."""
NAMED = sorted(set(re.findall(r"`(kpf [^`]*)`", PAGES)) - NOT_RUN)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the README speaks of, under git, so that a command that writes a file leaves no trace."""
    if shutil.which("git") is None:
        pytest.skip("git is not there")
    there = tmp_path_factory.mktemp("readme")
    for folder in ("partnerships", "examples"):
        shutil.copytree(PROJECT / folder, there / folder)
    if shutil.which("git"):
        with pytest.MonkeyPatch.context() as patch:
            alone(patch, tmp_path_factory.mktemp("home"))
            patch.setenv("GIT_COMMITTER_DATE", "2026-03-12T10:00:00+0000")
            repositories.run(there, "init", "--quiet", "--initial-branch", "main")
            commit(there)
    run("kpf check --manifest check.json", there)  # which kpf verify judges again, whatever test comes first
    return there


def run(command: str, there: Path) -> str:
    program, *arguments = shlex.split(command)
    assert program == "kpf"
    if arguments[0] == "diff" and shutil.which("git") is None:
        pytest.skip("git is not there")
    done = subprocess.run(
        [sys.executable, "-m", "kpf", *arguments],
        cwd=there,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode in {0, 1}
    assert not done.stderr or arguments[0] in {"report", "export"}  # it lists there what is still to be supplied
    return done.stdout


@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _ in SHOWN])
def test_what_is_shown_is_what_kpf_prints_in_this_order(command: str, shown: list[str], register: Path) -> None:
    printed = iter(run(command, register).splitlines())
    for line in shown:
        assert line in {"", "..."} or line in printed, f"{command} does not print this, or not here: {line}"


@pytest.mark.parametrize("command", NAMED)
def test_each_command_that_is_named_runs(command: str, register: Path) -> None:
    printed = run(command, register)
    written = re.search(r" (?:-o|--output) (\S+)", command)
    assert printed.strip() or (written and (register / written[1]).exists()), "it says something, or writes a file"


def test_what_make_is_asked_for_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"^make ([a-z]+)$", README, re.MULTILINE))
    assert named == {"run", "test"}
    assert named <= targets


def test_the_file_that_is_shown_is_the_one_in_the_register() -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", COMMANDS_PAGE, re.DOTALL)
    content = (PROJECT / "partnerships" / "veolia.yaml").read_bytes()
    assert read_document("shown", shown.encode()).data == read_document("held", content).data


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    assert len(README.encode()) < 7_000
    pages = {f"docs/{page.name}" for page in (PROJECT / "docs").glob("*.md")}
    assert pages <= set(re.findall(r"\]\(([^)#]*)", README))


def test_every_command_is_in_the_page_on_all_of_them() -> None:
    assert {name for name in COMMANDS if f"`kpf {name}" not in COMMANDS_PAGE} == set()
