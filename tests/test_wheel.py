"""What a user gets: the wheel, with nothing but what is locked for it, in an environment and a folder of its own."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import kpf
from tests.processes import SECONDS
from tools.install import locked

PROJECT = Path(__file__).parent.parent
# Measuring how much of pip is covered would only make it slow.
UNMEASURED = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def run(*command: str | Path, cwd: Path, may_find: bool = False) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=UNMEASURED, capture_output=True, text=True, encoding="utf-8", check=False, timeout=SECONDS
    )
    assert done.returncode in ({0, 1} if may_find else {0}), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def pip(*arguments: str | Path, cwd: Path) -> None:
    run(sys.executable, "-m", "pip", "--quiet", "--quiet", "--disable-pip-version-check", *arguments, cwd=cwd)


@pytest.mark.slow
def test_the_wheel_works_alone_in_another_folder(tmp_path: Path) -> None:
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, PROJECT, cwd=tmp_path)
    (wheel,) = tmp_path.glob("kpf-*.whl")
    package = {path for path in (PROJECT / "kpf").rglob("*") if path.is_file() and path.parent.name != "__pycache__"}
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert {path.relative_to(PROJECT).as_posix() for path in package} <= names
        assert {f"kpf/templates/{path.name}" for path in (PROJECT / "templates").glob("*.md")} <= names

    alone = tmp_path / "alone"
    run(sys.executable, "-m", "venv", "--without-pip", alone, cwd=tmp_path)
    listed = tmp_path / "requirements.txt"
    listed.write_text(locked("all"), "utf-8")
    pip("--python", alone, "install", "--no-compile", "--require-hashes", "--requirement", listed, cwd=tmp_path)
    pip("--python", alone, "install", "--no-deps", wheel, cwd=tmp_path)
    pip("--python", alone, "check", cwd=tmp_path)

    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(PROJECT / "partnerships", elsewhere / "partnerships")
    command = alone / "bin" / "kpf"
    assert run(command, "--version", cwd=elsewhere) == f"kpf {kpf.__version__}\n"
    paper = run(command, "report", "--period", "H1", "--as-at", "2026-11-23", cwd=elsewhere)
    assert "# Key partnerships: performance from 1 April 2026 to 30 September 2026 (2026/27 H1)" in paper
    assert run(command, "check", "--register", elsewhere / "partnerships", cwd=tmp_path, may_find=True).strip()
