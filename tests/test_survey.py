"""A register read file by file comes to what it comes to when it is held as a whole, in any number of processes."""

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kpf.check.checking import check_register
from kpf.check.survey import Terms, survey
from kpf.check.verdicts import verdicts_of
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


@pytest.mark.parametrize("exceptions", [True, False])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_survey_comes_to_what_a_check_comes_to(large: Path, jobs: int, *, exceptions: bool) -> None:
    whole = check_register(read_register(large), DAY, exceptions=exceptions)
    held = whole.survey
    seen: list[int] = []
    found = survey(list_register(large), Terms(DAY, exceptions, in_full=True), jobs, seen.append)
    assert found.findings == held.findings
    assert len(found.findings) > 40
    assert [file.file for file in found.checked] == [file.file for file in held.checked]
    assert [file.row for file in found.checked] == [file.row for file in held.checked]
    assert [(file.name, file.lead_service) for file in found.partnerships] == [
        (file.name, file.lead_service) for file in held.partnerships
    ]
    for file in (found.council, *found.partnerships):
        assert found.verdicts_on(file) == tuple(verdicts_of(whole.judged[file.id]))
    assert found.rolled_up == held.rolled_up
    assert sum(seen) == len(found.partnerships) == 9 * COPIES


def test_partnerships_of_one_name_are_found_wherever_they_are_judged(large: Path) -> None:
    found = survey(list_register(large), Terms(DAY), 2)
    twice = [finding for finding in found.findings if finding.rule == "name-used-twice"]
    assert len(twice) == 7 * 2  # two of the nine are not on the list yet, or no more
    assert "“Three Councils Audit Service” is also the name in shared-audit-00.yaml." in {
        finding.message for finding in twice
    }


def test_judgements_are_made_again_when_somebody_asks(large: Path) -> None:
    whole, found = check_register(read_register(large), DAY), survey(list_register(large), Terms(DAY), 1)
    for id_ in ("shared-audit-05", "leisure-centres-07", None):
        again = [tuple(judgement)[:6] for judgement in found.judgements_on(id_)]
        assert again == [tuple(judgement)[:6] for judgement in whole.judged[id_]]


def test_the_same_bytes_for_any_number_of_processes(large: Path, tmp_path: Path) -> None:
    command = (sys.executable, "-m", "kpf", "check", "--register", str(large), "--as-at", DAY.isoformat())
    for jobs in ("1", "2", "5"):
        folder = tmp_path / jobs
        folder.mkdir()
        formats = [f"--format={name}={folder / name}" for name in CHECK_FORMATS]
        assert subprocess.run((*command, "--jobs", jobs, *formats), check=False, timeout=SECONDS).returncode == 1
    for name in CHECK_FORMATS:
        one, two, five = ((tmp_path / jobs / name).read_bytes() for jobs in ("1", "2", "5"))
        assert len(one) > 2_000
        assert one == two == five
