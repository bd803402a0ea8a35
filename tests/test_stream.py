"""A register read file by file comes to what it comes to when it is held as a whole, in any number of processes."""

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpf.check.checking import Checked, check_register
from kpf.register.register import FOLDER, list_register, read_register
from kpf.render.formats import CHECK_FORMATS
from tests.processes import SECONDS

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 20)
COPIES = 14
"""So many times the nine of the example are worth two processes."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example register many times over, some under the same name, some with faults."""
    folder = tmp_path_factory.mktemp("large")
    home = folder / FOLDER
    home.mkdir()
    for file in sorted((ROOT / "examples" / "aldermere" / FOLDER).iterdir()):
        if file.name.startswith("_"):
            shutil.copy(file, home)
            continue
        text = file.read_text(encoding="utf-8")
        for copy in range(COPIES):
            name = "" if copy % 5 == 0 else f" {copy}"
            changed = re.sub(r"(?m)^(name: .*)$", rf"\g<1>{name}", text)
            if copy == 3:
                changed = changed.replace("lead_service:", "lead_servise:")
            if copy == 7:
                changed = changed[: len(changed) // 2] + '\nbroken: "'
            (home / f"{file.stem}-{copy:02}.yaml").write_text(changed, encoding="utf-8")
    return folder


def everything(found: Checked) -> tuple[Any, ...]:
    return found.files, found.findings, found.overall_verdict, found.verdicts


@pytest.mark.parametrize("exceptions", [True, False])
@pytest.mark.parametrize("jobs", [1, 2])
def test_files_read_one_by_one_come_to_what_they_come_to_in_memory(large: Path, jobs: int, *, exceptions: bool) -> None:
    seen: list[int] = []
    at_once = check_register(read_register(large), DAY, exceptions=exceptions, in_full=True, jobs=1)
    found = check_register(list_register(large), DAY, exceptions=exceptions, in_full=True, jobs=jobs, seen=seen.append)
    assert everything(found) == everything(at_once)
    assert len(found.findings) > 40
    assert sum(seen) == len(found.partnerships) == 9 * COPIES


@pytest.mark.parametrize("jobs", [1, 2])
def test_partnerships_of_one_name_are_found_wherever_they_are_judged(large: Path, jobs: int) -> None:
    found = check_register(list_register(large), DAY, jobs=jobs)
    twice = [finding for finding in found.findings if finding.rule == "name-used-twice"]
    assert len(twice) == 7 * 2  # two of the nine are not on the list yet, or no more
    assert "“Three Councils Audit Service” is also the name in shared-audit-00.yaml." in {
        finding.message for finding in twice
    }


def test_a_file_is_judged_again_when_somebody_asks(large: Path) -> None:
    kept = check_register(list_register(large), DAY, in_full=True, jobs=1)
    found = check_register(list_register(large), DAY, jobs=1)
    assert [file.verdicts for file in found.files] == [None] * len(found.files)
    for again, file in zip(found.partnerships[5:9], kept.partnerships[5:9], strict=True):
        assert found.verdicts_on(again) == file.verdicts
    assert found.verdicts_on(found.council) == kept.verdicts_on(kept.council)


def test_where_a_process_starts_anew_it_is_given_all_that_it_needs(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows and macOS, where a process is no copy of the one that starts it."""
    here = check_register(list_register(large), DAY, jobs=1)
    monkeypatch.setattr(sys, "platform", "darwin")
    there = check_register(list_register(large), DAY, jobs=2)
    assert everything(there) == everything(here)


@pytest.mark.slow
def test_the_same_bytes_for_any_number_of_processes(large: Path, tmp_path: Path) -> None:
    command = (sys.executable, "-m", "kpf", "check", "--register", str(large), "--as-at", DAY.isoformat())
    for jobs in ("1", "2", "5"):
        folder = tmp_path / jobs
        folder.mkdir()
        formats = [f"--format={name}={folder / name}" for name in CHECK_FORMATS]
        assert subprocess.run((*command, "--jobs", jobs, *formats), check=False, timeout=SECONDS).returncode == 1
    for name in CHECK_FORMATS:
        one, two, five = ((tmp_path / jobs / name).read_bytes() for jobs in ("1", "2", "5"))
        assert len(one) > 500
        assert one == two == five
