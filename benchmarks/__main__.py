"""Measure kpf beside other programs: `make bench`, or `python -m benchmarks 13 1000` for some sizes only.

The programs take turns, so that a machine that is busy for a while is busy for all. What comes out is written to
benchmarks/results.json and as tables into docs/performance.md.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

import kpf
from benchmarks.measuring import Run, measured
from benchmarks.programs import OTHER_COMMANDS, PROGRAMS, ROOT, Program
from benchmarks.registers import make_register
from benchmarks.tables import written_into

RESULTS: Final = Path(__file__).parent / "results.json"
PAGE: Final = ROOT / "docs" / "performance.md"
SIZES: Final = (13, 1_000, 10_000, 100_000)
_ROUNDS: Final = {13: 11, 1_000: 3, 10_000: 1, 100_000: 1}
"""So often each program runs on a register of a size: what takes minutes is the same each time."""
_DID_ITS_WORK: Final = {0, 1, 2}
"""Some programs end with 2 where they found something."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One program on one register: medians of its runs."""

    files: int
    program: str
    what: str
    runs: int
    wall: float
    cpu: float
    memory: float


def main(sizes: Sequence[int]) -> None:
    """Measure on registers of these `sizes`, keep what was measured and show it."""
    found: list[Measured] = []
    machine = _machine()
    with tempfile.TemporaryDirectory(prefix="kpf-bench-") as folder:
        for size in sizes:
            register = Path(folder) / str(size)
            make_register(register, size)
            _commit(register)
            found += _side_by_side(register, size)
    results = taken_from(found, machine, datetime.now(UTC).date())
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(written_into(PAGE.read_text(encoding="utf-8"), results), encoding="utf-8")


def taken_from(found: Sequence[Measured], machine: Mapping[str, Any], day: date) -> dict[str, Any]:
    """What was `found` on a `machine`, as it is kept."""
    return {
        "measured_on": day.isoformat(),
        "kpf": kpf.__version__,
        "machine": machine,
        "results": [asdict(one) for one in found],
    }


def _side_by_side(register: Path, size: int) -> Iterator[Measured]:
    files = [f"partnerships/{file.name}" for file in sorted((register / "partnerships").glob("[a-z]*.yaml"))]
    programs = [program for program in (*PROGRAMS, *OTHER_COMMANDS) if size <= program.up_to]
    runs: dict[Program, list[Run]] = defaultdict(list)
    for program in programs:
        if size == min(SIZES):
            measured(program.called(files), register)  # so that nothing is loaded from the disk for the first time
    for turn in range(_ROUNDS[size]):
        for program in programs:
            run = measured(program.called(files), register)
            if run.status not in _DID_ITS_WORK:
                raise SystemExit(f"{program.name} ended with {run.status} on {size} files")
            runs[program].append(run)
            sys.stderr.write(f"{size:7,} files, round {turn + 1}: {program.name:20} {run.wall:8.2f} s\n")
    for program, of_program in runs.items():
        wall, cpu, memory = (median(getattr(run, name) for run in of_program) for name in ("wall", "cpu", "memory"))
        yield Measured(
            size, program.name, program.what, len(of_program), round(wall, 4), round(cpu, 4), round(memory, 1)
        )


def _commit(register: Path) -> None:
    """Commit the register and then change one file, so that there is something to compare."""
    git = ("git", "-C", str(register), "-c", "user.name=bench", "-c", "user.email=bench@example.org")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "All")):
        subprocess.run((*git, *arguments), check=True, stdout=subprocess.DEVNULL)
    file = register / "partnerships" / "p000001.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("kind: ", "kind:  ", 1), encoding="utf-8")


def _machine() -> dict[str, Any]:
    processor = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return {
        "processor": processor,
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
