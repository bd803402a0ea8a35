"""The hooks, by the real pre-commit on real repositories; what it installs comes from a folder, not from a registry."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.running import GOOD, PARKS, PROJECT, register
from tests.others import wheels
from tests.planting import copy_of_kpf, planted
from tests.processes import SECONDS

HOOKS = ["kpf-check-all", "kpf-check"]

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

    def commit(self, folder: Path, message: str) -> subprocess.CompletedProcess[str]:
        self.run(folder, "git", "add", "--all")
        return self.run(folder, "git", "commit", "--quiet", "--message", message, may_fail=True)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Where no setting of whoever runs the tests takes part, and no registry can be reached."""
    there = tmp_path_factory.mktemp("world")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "COVERAGE_"))}
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
    """A council's repository with a register in full order, and a note that no hook is about."""
    folder = register(tmp_path / "council", GOOD)
    (folder / "notes.txt").write_text("A note.\n")
    world.run(folder, "git", "init", "--quiet", "--initial-branch", "main")
    assert world.commit(folder, "In full order").returncode == 0
    return folder


@pytest.fixture
def hooked(world: World, council: Path) -> Iterator[Path]:
    """The same, with every hook that can run installed, so that `git commit` runs it."""
    yield from _hooked(world, council, HOOKS)


def _hooked(world: World, council: Path, hooks: list[str]) -> Iterator[Path]:
    revision = world.run(world.hooks, "git", "rev-parse", "HEAD").stdout.strip()
    listed = "".join(f"      - id: {hook}\n" for hook in hooks)
    (council / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {world.hooks}\n    rev: {revision}\n    hooks:\n{listed}"
    )
    assert world.pre_commit(council, "install").returncode == 0
    yield council


def outcomes(log: str) -> list[str]:
    return re.findall(r"\.+(?:\(.*?\))?(Passed|Failed|Skipped)$", log, re.MULTILINE)


def test_the_manifest_is_one(world: World) -> None:
    done = world.pre_commit(world.hooks, "validate-manifest", ".pre-commit-hooks.yaml")
    assert (done.returncode, done.stdout) == (0, "")
    text = (PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert re.findall(r"^- id: (.+)$", text, re.MULTILINE) == ["kpf-check", "kpf-check-all"]
    assert text.count("pass_filenames: false") == text.count("require_serial: true") == 2
    assert re.findall(r"^  entry: (.+)$", text, re.MULTILINE) == [
        "tools/hook.py check --since HEAD",
        "tools/hook.py check",
    ]


def test_tried_from_its_repository_the_hook_passes_on_good_files_and_tells_what_is_open(
    world: World, council: Path
) -> None:
    good = world.pre_commit(council, "try-repo", str(world.hooks), "kpf-check-all", "--all-files", "--verbose")
    assert (good.returncode, outcomes(good.stdout)) == (0, ["Passed"]), good.stdout + good.stderr
    assert "Nothing is open." in good.stdout


def test_a_commit_is_stopped_while_something_is_open(world: World, hooked: Path) -> None:
    (hooked / "partnerships" / "parks.yaml").write_text(PARKS, "utf-8")
    done = world.commit(hooked, "A partnership with nearly everything open")
    log = done.stdout + done.stderr
    assert done.returncode == 1
    assert set(outcomes(log)) == {"Failed"}
    assert "No interval is stated for “Regular meetings.”" in " ".join(log.split())
    assert world.run(hooked, "git", "log", "--oneline").stdout.count("\n") == 1


def test_the_whole_register_is_read_though_one_file_changes(world: World, hooked: Path) -> None:
    good = hooked / "partnerships" / GOOD
    good.write_text(good.read_text("utf-8") + "# a note\n", "utf-8")
    done = world.commit(hooked, "A note in one file")
    assert (done.returncode, set(outcomes(done.stdout + done.stderr))) == (0, {"Passed"})


def test_a_commit_of_other_files_is_none_of_its_business(world: World, hooked: Path) -> None:
    (hooked / "notes.txt").write_text("Another note.\n")
    done = world.commit(hooked, "Another note")
    assert (done.returncode, set(outcomes(done.stdout + done.stderr))) == (0, {"Skipped"})


def test_tried_from_its_repository_the_hook_for_changes_lets_old_gaps_pass_and_no_new_ones(
    world: World, council: Path
) -> None:
    parks = council / "partnerships" / "parks.yaml"
    parks.write_text(PARKS, "utf-8")
    assert world.commit(council, "It starts red").returncode == 0
    parks.write_text(PARKS + "# a note\n", "utf-8")
    world.run(council, "git", "add", "--all")
    done = world.pre_commit(council, "try-repo", str(world.hooks), "kpf-check", "--verbose")
    assert (done.returncode, outcomes(done.stdout)) == (0, ["Passed"]), done.stdout + done.stderr


def test_a_commit_is_stopped_for_what_it_makes_worse(world: World, council: Path) -> None:
    (folder,) = _hooked(world, council, ["kpf-check"])
    good = folder / "partnerships" / GOOD
    text = good.read_text("utf-8")
    worse = re.sub(r"^manager: .*$", "manager:", text, flags=re.MULTILINE)
    assert worse != text
    good.write_text(worse, "utf-8")
    done = world.commit(folder, "Worse than before")
    log = done.stdout + done.stderr
    assert (done.returncode, outcomes(log)) == (1, ["Failed"])
    assert "manager" in log


def test_no_hook_runs_a_file_of_the_repository(world: World, council: Path, tmp_path: Path) -> None:
    ran = planted(council, tmp_path / "ran")
    parks = council / "partnerships" / "parks.yaml"
    parks.write_text(PARKS, "utf-8")
    world.run(council, "git", "add", "--all")
    done = world.pre_commit(council, "try-repo", str(world.hooks), "kpf-check", "--verbose")
    assert (done.returncode, outcomes(done.stdout)) == (1, ["Failed"]), done.stdout + done.stderr
    assert "parks.yaml" in done.stdout
    assert not ran.exists(), ran.read_text()
