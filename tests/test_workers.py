"""Work in several processes: the same answers in the same order, and nobody left behind."""

import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kpf.check.workers import WorkerLost, answers_in_order, usable_cores
from tests.processes import running

# From Python 3.12 on a fork is told of where the test runner has threads of its own.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


def square(number: int) -> int:
    return number**2


def slow_at_first(number: int) -> int:
    time.sleep(0.2 if number == 0 else 0)
    return number


@pytest.mark.parametrize("crew", [0, 1, 2, 5])
@pytest.mark.parametrize("number", [0, 1, 3, 40])
def test_answers_come_in_the_order_of_the_tasks(crew: int, number: int) -> None:
    assert list(answers_in_order(square, range(number), crew)) == [place**2 for place in range(number)]


def test_a_slow_worker_changes_no_order() -> None:
    assert list(answers_in_order(slow_at_first, range(20), 3)) == list(range(20))


def own_process(_: int) -> int:
    time.sleep(0.01)
    return os.getpid()


def test_the_work_is_done_by_so_many_processes_and_not_by_this_one() -> None:
    processes = set(answers_in_order(own_process, range(40), 2))
    assert len(processes) == 2
    assert os.getpid() not in processes
    assert set(answers_in_order(own_process, range(3), 1)) == {os.getpid()}


def failing(number: int) -> int:
    if number == 7:
        raise LookupError("seven is not there")
    return number


@pytest.mark.parametrize("crew", [1, 3])
def test_what_goes_wrong_there_is_raised_here(crew: int, children: Callable[[], list[int]]) -> None:
    with pytest.raises(LookupError, match="seven is not there") as raised:
        list(answers_in_order(failing, range(30), crew))
    assert crew == 1 or "in failing" in str(raised.value.__cause__)
    assert children() == []


def ended(by: int, number: int) -> int:
    if number == 5:
        os.kill(os.getpid(), by)
    return number


def test_a_worker_that_is_ended_from_outside_is_missed(children: Callable[[], list[int]]) -> None:
    with pytest.raises(WorkerLost):
        list(answers_in_order(partial(ended, signal.SIGKILL), range(30), 2))
    assert children() == []


def test_a_worker_does_not_hear_ctrl_c() -> None:
    assert list(answers_in_order(partial(ended, signal.SIGINT), range(30), 2)) == list(range(30))


def test_nobody_is_left_behind_when_no_more_is_wanted(children: Callable[[], list[int]]) -> None:
    answers = answers_in_order(square, range(1_000), 2)
    assert next(answers) == 0
    assert len(children()) == 2
    answers.close()  # type: ignore[attr-defined]
    assert children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_workers_end_when_the_one_that_started_them_is_killed(tmp_path: Path) -> None:
    children = tmp_path / "children"
    program = (
        "import os, time\n"
        "from pathlib import Path\n"
        "from kpf.check.workers import answers_in_order\n"
        "def own(number): return (time.sleep(0.02), os.getpid())[1]\n"
        "seen = set()\n"
        "for process in answers_in_order(own, range(100_000), 3):\n"
        "    if process not in seen:\n"
        "        seen.add(process)\n"
        f"        len(seen) == 3 and Path({str(children)!r}).write_text(' '.join(map(str, seen)))\n"
    )
    with running([sys.executable, "-c", program]) as process:
        until = time.monotonic() + 30
        while not (children.exists() and children.read_text()) and time.monotonic() < until:
            time.sleep(0.01)
        process.kill()
    started = [int(number) for number in children.read_text().split()]
    assert len(started) == 3
    while any(map(runs, started)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not any(map(runs, started))


def runs(process: int) -> bool:
    """Whether it does anything: one that has ended stays on the list until somebody asks how."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


@pytest.fixture
def children() -> Callable[[], list[int]]:
    """The processes that were started here since the test began, and not waited for."""
    if sys.platform != "linux":
        pytest.skip("looks at processes in /proc")
    before = set(_children())
    return lambda: [process for process in _children() if process not in before]


def _children() -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state = entry.read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(state[1]) == os.getpid():
            found.append(int(entry.parent.name))
    return found


def test_there_is_a_core_to_run_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert usable_cores() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert usable_cores() == 1


def test_a_system_on_which_a_process_starts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows and macOS, where a process is no copy of the one that starts it."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert list(answers_in_order(square, range(12), 2)) == [number**2 for number in range(12)]
