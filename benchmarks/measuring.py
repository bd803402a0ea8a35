"""What one run of a program takes: wall time, processor time, and the memory of all its processes at their most."""

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_EVERY: Final = 0.03
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of all processors, of the program and of what it started."""
    memory: float
    """MiB; what several processes share is counted once."""
    status: int


def measured(command: Sequence[str], folder: Path) -> Run:
    """Run `command` in `folder`, its output thrown away."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}  # as users run it: what was loaded once is kept
    environment.pop("PYTHONUNBUFFERED", None)
    begun = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.over.set()
        watch.join()
    return Run(wall, used.ru_utime + used.ru_stime, watch.most, process.returncode)


class _Watch(threading.Thread):
    """Looks now and then at the memory of a process and of those that it started."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.over = threading.Event()
        self.most = 0.0

    def run(self) -> None:
        while not self.over.wait(_EVERY):
            self.most = max(self.most, sum(map(_memory, self._family())))

    def _family(self) -> list[int]:
        found = [self._process]
        for process in found:
            with suppress(OSError):
                children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
                found += map(int, children.split())
        return found


def _memory(process: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
