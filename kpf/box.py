"""Work on what others wrote, done in a process of its own with limits: on memory, on time, and on how much it gives.

Some formats can ask for far more than they look like: a sheet of 300 kB for gigabytes, a template for an evening. In a
box that ends with a sentence, and with nothing else. Memory is limited on Linux alone; other systems have no such limit
for a process, or do not keep to it. Processor time is limited everywhere but on Windows, where the clock has to do.
"""

import mmap
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from kpf.disk.given import read_given

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext

Answer = TypeVar("Answer")
Arguments = ParamSpec("Arguments")

_MEGABYTE: Final = 1_000_000
_SLACK: Final = 4
"""So many times its processor time may pass by the clock: others are at work too."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What work in a box may take."""

    memory: int
    """In megabytes, on top of what kpf itself has by then."""
    seconds: int
    """Of a processor's time."""
    output: int
    """In megabytes, of what it gives back."""

    def times(self, size: float) -> "Limits":
        """For work that is `size` times as large; never less than these."""
        factor = max(1, ceil(size))
        return Limits(self.memory * factor, self.seconds * factor, self.output * factor)


class Limit(Enum):
    """The limit that was met."""

    MEMORY = "memory"
    TIME = "time"
    OUTPUT = "output"


class BeyondLimits(Exception):  # noqa: N818 - what it says is not an error of the program
    """Work in a box was ended because it met a limit; the message says which, to follow “takes” in a sentence."""

    def __init__(self, limit: Limit, limits: Limits) -> None:
        super().__init__(
            {
                Limit.MEMORY: f"more than {limits.memory} megabytes of memory",
                Limit.TIME: f"longer than {limits.seconds} seconds",
                Limit.OUTPUT: f"more than {limits.output} megabytes for what comes of it",
            }[limit]
        )
        self.limit = limit


def process_context() -> "BaseContext":
    """How a process is started: on Linux as a copy of this one, in no time; elsewhere that is not safe."""
    import multiprocessing  # noqa: PLC0415 - a check of a few files starts none

    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def in_a_box(
    limits: Limits, work: Callable[Arguments, Answer], *arguments: Arguments.args, **named: Arguments.kwargs
) -> Answer:
    """What `work` gives for the arguments, worked out in a process with `limits`.

    Raises what `work` raises, and `BeyondLimits`.
    """
    context = process_context()
    answers, pipe = context.Pipe(duplex=False)
    process = context.Process(target=_inside, args=(pipe, limits, work, arguments, named), daemon=True)  # type: ignore[attr-defined] # typeshed has it for each kind of context only
    process.start()
    pipe.close()
    try:
        if not answers.poll(limits.seconds * _SLACK):
            raise BeyondLimits(Limit.TIME, limits)
        raised, answer = pickle.loads(_received(answers, process, limits))  # noqa: S301 - from our own process
        process.join(_SLACK)  # it has said all, and ends by itself
    finally:
        process.kill()
        process.join()
        answers.close()
    if isinstance(raised, Limit):
        raise BeyondLimits(raised, limits)
    if raised:
        raise answer
    return answer  # type: ignore[no-any-return]


def _received(answers: "Connection", process: Any, limits: Limits) -> bytes:
    try:
        return answers.recv_bytes(limits.output * _MEGABYTE)
    except EOFError:  # it was ended, by the system or by itself
        process.join(_SLACK)
        by_the_clock = process.exitcode in {-getattr(signal, name, 0) for name in ("SIGXCPU", "SIGKILL")}
        raise BeyondLimits(Limit.TIME if by_the_clock else Limit.MEMORY, limits) from None
    except OSError:  # longer than was asked for
        raise BeyondLimits(Limit.OUTPUT, limits) from None


# -- in the box ----------------------------------------------------------------------------------------


def _inside(
    pipe: "Connection", limits: Limits, work: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the process that waits, and that ends this one
    _limit(limits)
    try:
        pickled = pickle.dumps((None, work(*arguments, **named)))
    except MemoryError:
        pickled = pickle.dumps((Limit.MEMORY, None))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised again outside
        pickled = _raised(error)
    with suppress(BrokenPipeError):
        pipe.send_bytes(pickled)


def _raised(error: Exception) -> bytes:
    error.add_note("".join(traceback.format_exception(error)))  # which --verbose shows
    try:
        pickled = pickle.dumps((True, error))
        pickle.loads(pickled)  # noqa: S301 - some errors can only be taken apart
    except Exception:  # noqa: BLE001 - there is no saying what such an error raises
        return pickle.dumps((True, RuntimeError(f"{type(error).__name__}: {error}")))
    return pickled


def _limit(limits: Limits) -> None:
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    _lower(resource, resource.RLIMIT_CORE, 0)
    _lower(resource, resource.RLIMIT_CPU, limits.seconds)
    if sys.platform == "linux":
        _lower(resource, resource.RLIMIT_AS, _address_space() + limits.memory * _MEGABYTE)


def _lower(resource: Any, which: int, most: int) -> None:
    _, hard = resource.getrlimit(which)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(which, (most, hard))


def _address_space() -> int:
    """Bytes that this process has by now."""
    pages = read_given(Path("/proc/self/statm"), 100).split()[0]
    return int(pages) * mmap.PAGESIZE
