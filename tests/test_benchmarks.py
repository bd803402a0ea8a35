"""What is measured is what is said: the register has its slips and no other, and the tables what was measured."""

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from benchmarks.__main__ import PAGE, RESULTS, Measured, taken_from
from benchmarks.measuring import measured
from benchmarks.programs import AS_AT, KPF, OTHER_COMMANDS, PROGRAMS
from benchmarks.registers import has_slip, make_register
from benchmarks.tables import BEGIN, END, tables, written_into
from kpf.check.checking import check_register
from kpf.register.register import list_register

MACHINE = {"processor": "P", "cores": 2, "memory_gib": 8, "system": "Linux", "python": "3.11.7", "load_before": 0.1}


def test_every_twentieth_file_has_a_slip_and_no_other_a_finding(tmp_path: Path) -> None:
    make_register(tmp_path / "made", 100)
    found = check_register(list_register(tmp_path / "made"), date.fromisoformat(AS_AT), jobs=1)
    faulty = [number for number, file in enumerate(found.partnerships) if file.findings]
    assert faulty == [number for number in range(100) if has_slip(number)] == [7, 27, 47, 67, 87]
    rules = {finding.rule for finding in found.findings}
    assert {"unknown-name", "not-recorded", "value-not-understood"} <= rules
    sizes = [file.stat().st_size for file in (tmp_path / "made" / "partnerships").glob("p*.yaml")]
    assert 2_000 < min(sizes) < max(sizes) < 10_240


def test_the_same_register_is_made_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_register(tmp_path / name, 30)
    one, two = ({file.name: file.read_bytes() for file in tmp_path.glob(f"{name}/*/*")} for name in ("one", "two"))
    assert one == two
    assert len(one) == 32


@pytest.mark.skipif(sys.platform != "linux", reason="looks at memory in /proc")
def test_a_run_is_measured_with_what_it_started(tmp_path: Path) -> None:
    program = (
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', 'import time; held = bytearray(80_000_000); time.sleep(0.6)'])\n"
        "sys.exit(1)"
    )
    run = measured([sys.executable, "-c", program], tmp_path)
    assert run.status == 1
    assert run.wall > 0.6
    assert 0 < run.cpu < run.wall
    assert 80 < run.memory < 200


def test_names_of_files_stand_behind_those_that_want_them() -> None:
    by_name = {program.name: program for program in (*PROGRAMS, *OTHER_COMMANDS)}
    assert by_name["check-jsonschema"].called(["a.yaml"])[-1] == "a.yaml"
    assert KPF.called(["a.yaml"])[1:] == ["check", "--as-at", AS_AT]


def test_the_tables_say_what_was_measured() -> None:
    measured = [
        Measured(13, "kpf check", "every rule", 11, 0.2, 0.19, 40.4),
        Measured(13, "other", "shape", 11, 0.5, 0.4, 9),
    ]
    results = taken_from(measured, MACHINE, date(2026, 11, 25))
    lines = list(tables(results))
    assert "### 13 files" in lines
    assert "| kpf check | every rule | 11 | 0.20 | 0.19 | 40 | 1.00 |" in lines
    assert "| other | shape | 11 | 0.50 | 0.40 | 9 | 2.50 |" in lines
    page = written_into(f"Before.\n\n{BEGIN}\nold\n{END}\n\nAfter.\n", results)
    assert page.startswith(f"Before.\n\n{BEGIN}\n\nMeasured on 2026-11-25 ")
    assert page.endswith(f"|\n\n{END}\n\nAfter.\n")
    assert "old" not in page


def test_the_page_has_the_last_results() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert written_into(page, json.loads(RESULTS.read_text(encoding="utf-8"))) == page
