"""The hooks, by the real pre-commit on real repositories; what it installs comes from a folder, not from a registry."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.running import GOOD, PARKS, PROJECT, register
from tests.others import wheels
from tests.planting import copy_of_kpf, planted
from tests.processes import SECONDS
from tests.repositories import OF_A_RUN

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")]


@dataclass(frozen=True)
class World:
    """A repository of kpf to take hooks from, and a place for what pre-commit installs."""

    hooks: Path
    environment: dict[str, str]

    def run(self, folder: Path, *command: str, may_fail: bool = False) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command,
            cwd=folder,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=SECONDS,
        )
        assert may_fail or done.returncode == 0, done.stdout + done.stderr
        return done

    def pre_commit(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(folder, "pre-commit", *arguments, may_fail=True)

    def commit(self, folder: Path, message: str, *more: str) -> subprocess.CompletedProcess[str]:
        """A commit of all that there is."""
        self.run(folder, "git", "add", "--all")
        return self.git_commit(folder, message, *more)

    def git_commit(self, folder: Path, message: str, *more: str) -> subprocess.CompletedProcess[str]:
        return self.run(folder, "git", "commit", "--quiet", "--message", message, *more, may_fail=True)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Where no setting of whoever runs the tests takes part, and no registry can be reached."""
    there = tmp_path_factory.mktemp("world")
    left_out = ("GIT_", "COVERAGE_", *OF_A_RUN)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    environment |= {
        "HOME": str(there),
        "PRE_COMMIT_HOME": str(there / "pre-commit"),
        "PIP_NO_COMPILE": "1",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": wheels().as_uri(),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    for who in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{who}_NAME": "Tests", f"GIT_{who}_EMAIL": "tests@example.org"}
    made = World(copy_of_kpf(there / "kpf"), environment)
    made.run(made.hooks, "git", "init", "--quiet", "--initial-branch", "main")
    assert made.commit(made.hooks, "kpf as it is").returncode == 0
    return made


@pytest.fixture
def council(world: World, tmp_path: Path) -> Path:
    """A council's repository with a register in full order, a note that no hook is about, and the hook for changes.

    Its second commit has the file that names the hook, so that `git commit` runs it.
    """
    folder = register(tmp_path / "council", GOOD)
    (folder / "notes.txt").write_text("A note.\n")
    world.run(folder, "git", "init", "--quiet", "--initial-branch", "main")
    assert world.commit(folder, "In full order").returncode == 0
    hooked(world, folder, "kpf-check")
    assert world.commit(folder, "The hook").returncode == 0
    return folder


def hooked(world: World, folder: Path, *hooks: str) -> None:
    revision = world.run(world.hooks, "git", "rev-parse", "HEAD").stdout.strip()
    listed = "".join(f"      - id: {hook}\n" for hook in hooks)
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {world.hooks}\n    rev: {revision}\n    hooks:\n{listed}"
    )
    assert world.pre_commit(folder, "install").returncode == 0


def ended(done: subprocess.CompletedProcess[str]) -> tuple[int, list[str]]:
    """The exit status, and what became of each hook."""
    log = done.stdout + done.stderr
    return done.returncode, re.findall(r"\.+(?:\(.*?\))?(Passed|Failed|Skipped)$", log, re.MULTILINE)


STOPPED = (1, ["Failed"])
PASSED = (0, ["Passed"])


def without(file: Path, name: str) -> str:
    """What the file holds without the line of `name`."""
    text = file.read_text("utf-8")
    less = re.sub(rf"^{name}:.*\n", "", text, flags=re.MULTILINE)
    assert less != text
    return less


def test_the_manifest_is_one(world: World) -> None:
    done = world.pre_commit(world.hooks, "validate-manifest", ".pre-commit-hooks.yaml")
    assert (done.returncode, done.stdout) == (0, "")
    text = (PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert re.findall(r"^- id: (.+)$", text, re.MULTILINE) == ["kpf-check", "kpf-check-all"]
    assert text.count("pass_filenames: false") == text.count("require_serial: true") == 2
    assert re.findall(r"^  entry: (.+)$", text, re.MULTILINE) == [
        "tools/hook.py check --staged --since auto",
        "tools/hook.py check --staged",
    ]


def test_both_hooks_stop_a_new_partnership_with_gaps(world: World, council: Path) -> None:
    hooked(world, council, "kpf-check-all", "kpf-check")
    (council / "partnerships" / "parks.yaml").write_text(PARKS, "utf-8")
    done = world.commit(council, "A partnership with nearly everything open")
    assert ended(done) == (1, ["Failed", "Failed"])
    assert "No interval is stated for “Regular meetings.”" in " ".join((done.stdout + done.stderr).split())
    assert world.run(council, "git", "log", "--oneline").stdout.count("\n") == 2


def test_a_commit_of_other_files_is_none_of_its_business(world: World, council: Path) -> None:
    (council / "notes.txt").write_text("Another note.\n")
    assert ended(world.commit(council, "Another note")) == (0, ["Skipped"])


def test_a_partly_staged_file_counts_as_staged(world: World, council: Path) -> None:
    good = council / "partnerships" / GOOD
    text = good.read_text("utf-8")
    good.write_text(text + "# a note\n", "utf-8")
    world.run(council, "git", "add", "--all")
    good.write_text(without(good, "manager"), "utf-8")
    assert ended(world.git_commit(council, "A note")) == PASSED
    world.run(council, "git", "add", "--all")
    good.write_text(text + "# a note\n", "utf-8")
    done = world.git_commit(council, "Without its manager")
    assert ended(done) == STOPPED
    assert "manager" in done.stdout + done.stderr


def test_a_draft_that_nobody_has_staged_stops_nobody(world: World, council: Path) -> None:
    (council / "partnerships" / "draft.yaml").write_text(PARKS, "utf-8")
    good = council / "partnerships" / GOOD
    good.write_text(good.read_text("utf-8") + "# a note\n", "utf-8")
    world.run(council, "git", "add", str(good))
    assert ended(world.git_commit(council, "A note")) == PASSED


def test_a_file_named_on_the_command_line_is_committed_as_it_is(world: World, council: Path) -> None:
    good = council / "partnerships" / GOOD
    good.write_text(without(good, "manager"), "utf-8")
    assert ended(world.git_commit(council, "Without its manager", f"partnerships/{GOOD}")) == STOPPED


def test_an_amended_commit_is_held_against_the_one_before(world: World, council: Path) -> None:
    """What it takes back of itself is no loss; what it left out at first it still leaves out."""
    good = council / "partnerships" / GOOD
    bad, text = without(good, "manager"), good.read_text("utf-8")
    (council / "partnerships" / "another.yaml").write_text(PARKS, "utf-8")
    assert world.commit(council, "Another, for now", "--no-verify").returncode == 0
    (council / "partnerships" / "another.yaml").unlink()
    good.write_text(text + "# a note\n", "utf-8")
    assert ended(world.commit(council, "A note instead", "--amend")) == PASSED
    good.write_text(bad, "utf-8")
    assert world.commit(council, "Without its manager", "--no-verify").returncode == 0
    good.write_text(bad + "# another note\n", "utf-8")
    assert ended(world.commit(council, "With a note", "--amend")) == STOPPED


def test_a_merge_is_held_to_what_neither_side_had(world: World, council: Path) -> None:
    good = council / "partnerships" / GOOD
    text = good.read_text("utf-8")
    world.run(council, "git", "switch", "--quiet", "--create", "other")
    good.write_text(without(good, "manager") + "# theirs\n", "utf-8")
    assert world.commit(council, "Theirs", "--no-verify").returncode == 0
    world.run(council, "git", "switch", "--quiet", "main")
    good.write_text(text + "# ours\n", "utf-8")
    assert ended(world.commit(council, "Ours")) == PASSED
    assert world.run(council, "git", "merge", "other", may_fail=True).returncode == 1
    merged = re.sub(r"^(<<<<<<<|=======|>>>>>>>).*\n", "", good.read_text("utf-8"), flags=re.MULTILINE)
    good.write_text(re.sub(r"^lead_service:.*\n", "", merged, flags=re.MULTILINE), "utf-8")
    done = world.commit(council, "Merged, and more taken away")
    assert ended(done) == STOPPED
    log = done.stdout + done.stderr
    assert "lead_service" in log
    assert "`manager`" not in log
    good.write_text(merged, "utf-8")
    assert ended(world.commit(council, "Merged")) == PASSED


def test_no_bad_commit_passes_when_all_files_are_asked_for(world: World, council: Path) -> None:
    """Neither the last one, nor where pre-commit is given two; whatever lies on disk by now."""
    good = council / "partnerships" / GOOD
    text = good.read_text("utf-8")
    assert ended(world.pre_commit(council, "run", "--all-files")) == PASSED
    good.write_text(without(good, "manager"), "utf-8")
    assert world.commit(council, "Without its manager", "--no-verify").returncode == 0
    good.write_text(text, "utf-8")
    assert ended(world.pre_commit(council, "run", "--all-files")) == STOPPED
    assert ended(world.pre_commit(council, "run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")) == STOPPED
    assert ended(world.pre_commit(council, "run", "--from-ref", "HEAD~2", "--to-ref", "HEAD~1")) == (0, ["Skipped"])
    hooked(world, council, "kpf-check-all")
    world.run(council, "git", "add", "--all")
    assert ended(world.pre_commit(council, "run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")) == STOPPED


def test_a_worktree(world: World, council: Path) -> None:
    other = council.parent / "worktree"
    world.run(council, "git", "worktree", "add", "--quiet", "-b", "other", str(other))
    good = other / "partnerships" / GOOD
    good.write_text(without(good, "manager"), "utf-8")
    assert ended(world.commit(other, "Without its manager")) == STOPPED


def test_a_register_below_the_top_of_the_repository(world: World, council: Path) -> None:
    (council / "policy").mkdir()
    world.run(council, "git", "mv", "partnerships", "policy/partnerships")
    assert world.commit(council, "Below", "--no-verify").returncode == 0
    good = council / "policy" / "partnerships" / GOOD
    good.write_text(without(good, "manager"), "utf-8")
    done = world.commit(council, "Without its manager")
    assert ended(done) == STOPPED
    assert f"policy/partnerships/{GOOD}" in done.stdout + done.stderr


def test_the_first_commit(world: World, tmp_path: Path) -> None:
    folder = register(tmp_path / "new", GOOD)
    world.run(folder, "git", "init", "--quiet", "--initial-branch", "main")
    hooked(world, folder, "kpf-check")
    (folder / "partnerships" / "parks.yaml").write_text(PARKS, "utf-8")
    assert ended(world.commit(folder, "With gaps")) == STOPPED
    world.run(folder, "git", "rm", "--quiet", "--force", "partnerships/parks.yaml")
    assert ended(world.commit(folder, "In full order")) == PASSED


def test_no_hook_runs_a_file_of_the_repository(world: World, council: Path, tmp_path: Path) -> None:
    ran = planted(council, tmp_path / "ran")
    (council / "partnerships" / "parks.yaml").write_text(PARKS, "utf-8")
    world.run(council, "git", "add", "--all")
    done = world.pre_commit(council, "run", "--verbose")
    assert ended(done) == STOPPED
    assert "parks.yaml" in done.stdout
    assert not ran.exists(), ran.read_text()
