"""Work in a box: what it gives comes out, and what it takes too much of ends in a sentence."""

import os
import signal
import sys
import time
import traceback

import pytest

from kpf import box
from kpf.box import BeyondLimits, Limit, Limits, in_a_box
from kpf.papers.wanted import NoPaper

SMALL = Limits(memory=100, seconds=2, output=1)


def doubled(number: int, *, and_one: bool = False) -> int:
    return number * 2 + and_one


def fills_memory(megabytes: int) -> int:
    return len([bytes(1_000_000) for _ in range(megabytes)])


def spins(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def sleeps() -> None:
    time.sleep(60)


def says_much() -> bytes:
    return bytes(2_000_000)


def refuses() -> None:
    raise NoPaper("There is no such paper.")


class Odd(Exception):  # noqa: N818 - it stands for any of a library
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)
        self.two = two


def fails_oddly() -> None:
    raise Odd("one", "two")


def breaks_down(number: int) -> None:
    os.kill(os.getpid(), number)


@pytest.fixture(params=["fork", "spawn"])
def _path(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Linux, and as on macOS and Windows."""
    if request.param == "spawn":
        monkeypatch.setattr(sys, "platform", "darwin")


@pytest.mark.usefixtures("_path")
def test_what_it_gives_comes_out_and_what_it_raises_is_raised() -> None:
    assert in_a_box(SMALL, doubled, 4, and_one=True) == 9
    with pytest.raises(NoPaper) as raised:
        in_a_box(SMALL, refuses)
    assert str(raised.value) == "There is no such paper."
    assert "in refuses" in "".join(traceback.format_exception(raised.value))


def test_what_cannot_be_handed_out_is_told() -> None:
    with pytest.raises(RuntimeError, match=r"^Odd: one$"):
        in_a_box(SMALL, fails_oddly)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit the memory of a process")
def test_memory() -> None:
    with pytest.raises(BeyondLimits, match=r"^more than 100 megabytes of memory$") as met:
        in_a_box(SMALL, fills_memory, 5_000)
    assert met.value.limit is Limit.MEMORY
    assert in_a_box(SMALL, fills_memory, 50) == 50


@pytest.mark.skipif(sys.platform == "win32", reason="there the clock alone ends it")
def test_time() -> None:
    started = time.monotonic()
    with pytest.raises(BeyondLimits, match=r"^longer than 1 seconds$"):
        in_a_box(Limits(100, 1, 1), spins, 60)
    assert time.monotonic() - started < 30


def test_time_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(box, "_SLACK", 1)
    with pytest.raises(BeyondLimits, match=r"^longer than 1 seconds$"):
        in_a_box(Limits(100, 1, 1), sleeps)


def test_output() -> None:
    with pytest.raises(BeyondLimits, match=r"^more than 1 megabytes for what comes of it$"):
        in_a_box(SMALL, says_much)


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed there")
@pytest.mark.parametrize(("number", "limit"), [(signal.SIGABRT, Limit.MEMORY), (signal.SIGKILL, Limit.TIME)])
def test_a_library_that_breaks_down_is_no_fault_of_kpf(number: int, limit: Limit) -> None:
    with pytest.raises(BeyondLimits) as met:
        in_a_box(SMALL, breaks_down, number)
    assert met.value.limit is limit
