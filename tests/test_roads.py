"""The roads on which build servers run kpf over a proposed change: nothing of the change is run, all is locked."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.cli.running import GOOD, PARKS, register
from tests.others import wheels
from tests.planting import copy_of_kpf, planted
from tests.processes import SECONDS
from tests.test_action import STEPS
from tests.test_ci_page import template
from tools.install import locked

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not there")]

VERSION = "v0.1.0"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The repository of kpf, of which councils name a tag."""
    folder = copy_of_kpf(tmp_path / "source of kpf")
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "All"], ["tag", VERSION]):
        git(folder, *arguments)
    return folder


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """The checkout of a proposed change that opens a gap and plants files; what runs of them writes to `ran`."""
    folder = register(tmp_path / "work space", GOOD)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "As it was")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    (folder / "partnerships" / "parks.yaml").write_text(PARKS, "utf-8")
    planted(folder, tmp_path / "ran")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "The change")
    return folder


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """A build server: a Python without any package, no registry within reach, and a search path that trusts all."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("python", "python3"):
        (tools / name).symlink_to(sys.executable)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "GIT_"))}
    return kept | {
        "HOME": str(tmp_path),
        "PATH": f"{tools}:{os.environ['PATH']}",
        "PIP_NO_COMPILE": "1",  # it takes longer than all else
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": wheels().as_uri(),
        "PYTHONPATH": ".",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Tests", "-c", "user.email=tests@example.org")
    subprocess.run(["git", *who, "-C", str(folder), *arguments], check=True, timeout=SECONDS)


def bash(script: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=2 * SECONDS,
    )


def read(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def assert_worse_and_nothing_run(done: subprocess.CompletedProcess[str], council: Path) -> None:
    """That kpf told what the change makes worse, and that nothing of the change was run."""
    ran = council.parent / "ran"
    assert not ran.exists(), ran.read_text()
    assert done.returncode == 1, done.stdout + done.stderr
    assert "partnerships/parks.yaml" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_action(source: Path, council: Path, surroundings: dict[str, str], tmp_path: Path) -> None:
    environment = surroundings | {
        "GITHUB_ACTION_PATH": str(source),
        "RUNNER_TEMP": str(tmp_path / "runner's temp"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
    }
    inputs = {
        "REGISTER": ".",
        "FAIL_ON": "error",
        "SINCE": "origin/main",
        "KIND": "",
        "AS_AT": "",
        "SARIF": "false",
        "COMMENT": "false",
    }
    installed = bash(STEPS["Install kpf"]["run"], council, environment)
    assert installed.returncode == 0, installed.stderr
    given = {f"KPF_{name}": value for name, value in inputs.items()}
    assert_worse_and_nothing_run(bash(STEPS["Check"]["run"], council, environment | given), council)
    # A second start in the same job has the work of the first one before it, also where the image says otherwise.
    assert list((source / "kpf").rglob("__pycache__/*.pyc"))
    assert list((tmp_path / "runner's temp" / "kpf").rglob("pydantic/__pycache__/main.*.pyc"))


def test_gitlab(source: Path, council: Path, surroundings: dict[str, str], tmp_path: Path) -> None:
    pipeline = read(template("GitLab"))
    job = pipeline["key-partnerships"]
    assert pipeline["variables"] | {"KPF": "", "GIT_DEPTH": ""} == {"KPF": "", "KPF_VERSION": VERSION, "GIT_DEPTH": ""}
    lines = [*pipeline[job["extends"]]["before_script"], *job["script"]]
    script = "\n".join(lines).replace("/opt/kpf", f"{tmp_path}/opt")
    environment = surroundings | {"KPF": str(source), "KPF_VERSION": VERSION}
    of_the_request = {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "origin/main"}
    done = bash(script, council, environment | {"GITLAB_CI": "true"} | of_the_request)
    assert_worse_and_nothing_run(done, council)
    assert json.loads((council / "gl-code-quality-report.json").read_text("utf-8"))


def test_azure(source: Path, council: Path, surroundings: dict[str, str], tmp_path: Path) -> None:
    pipeline = read(template("Azure Pipelines"))
    assert pipeline["variables"]["KPF_VERSION"] == VERSION
    environment = surroundings | {
        "KPF": str(source),
        "KPF_VERSION": VERSION,
        "AGENT_TEMPDIRECTORY": str(tmp_path / "agent's temp"),
        "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
        "TF_BUILD": "True",
    }
    scripts = [step["script"] for step in pipeline["steps"] if "script" in step]
    done = bash(scripts[0], council, environment)
    for script in scripts[1:3]:
        for folder in re.findall(r"^##vso\[task\.prependpath\](.*)$", done.stdout, re.MULTILINE):
            environment["PATH"] = f"{folder}:{environment['PATH']}"
        done = bash(script, council, environment)
    assert_worse_and_nothing_run(done, council)


@pytest.mark.parametrize("module", ["pip", "venv"])
def test_what_is_planted_would_run(council: Path, surroundings: dict[str, str], module: str, tmp_path: Path) -> None:
    """As it did where Python was started without -I."""
    del surroundings["PYTHONPATH"]
    bash(f"python -m {module} || true", council, surroundings)
    assert str(council) in (tmp_path / "ran").read_text()


def test_what_a_check_needs_is_locked_and_nothing_else() -> None:
    assert names(locked()) == set(needed_by("kpf", set()))
    assert names(locked("papers")) - names(locked()) == {"jinja2", "lxml", "markupsafe", "python-docx"}
    assert names(locked("all")) == names(locked("calendar", "excel", "papers"))
    with pytest.raises(KeyError):
        locked("everything")


def test_what_is_installed_has_the_hash_that_is_locked(
    source: Path, council: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    lock = source / "requirements.txt"
    text = lock.read_text("utf-8")
    entry = re.search(r"^annotated-doc==.*\n(?: .*\n)+", text, re.MULTILINE)
    assert entry
    lock.write_text(text.replace(entry[0], re.sub(r"sha256:\w{8}", "sha256:00000000", entry[0])), "utf-8")
    install = f"python -I '{source}/tools/install.py' '{tmp_path}/installed'"
    done = bash(install, council, surroundings)
    assert done.returncode == 1
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("kpf could not be installed: ")
    assert not (tmp_path / "installed" / "bin" / "kpf").exists()


def names(requirements: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9.-]+)(?:\[.*\])?==", requirements, re.MULTILINE))


def needed_by(name: str, seen: set[str]) -> Iterator[str]:
    """What the metadata of the packages ask for on any system, without extras."""
    for requirement in requires(name) or ():
        found, _, marker = requirement.partition(";")
        asked = re.match(r"[\w.-]+", found)
        assert asked
        other = re.sub(r"[-_.]+", "-", asked[0]).lower()
        if "extra ==" in marker or other in seen or other == "backports-zoneinfo":
            continue
        seen.add(other)
        yield other
        with_metadata = other != "colorama"  # for Windows only
        yield from needed_by(other, seen) if with_metadata else ()
