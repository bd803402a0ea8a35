"""Processing of untrusted files in a separate process, with limits on memory, time and the size of the result.

Small files can need large resources: a sheet of 300 kB gigabytes of memory, a template hours of time. Here they only
cause a message. Memory is limited only on Linux, because other systems have no reliable limit for a process. Processor
time is limited everywhere except on Windows, where elapsed time is limited instead.
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
"""The ratio of the elapsed time allowed to the processor time allowed, because other processes run too."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits for work in a box."""

    memory: int
    """The memory in megabytes, in addition to that of kpf itself."""
    seconds: int
    """The processor time in seconds."""
    output: int
    """The size of the result in megabytes."""

    def times(self, size: float) -> "Limits":
        """Return the limits for work that is `size` times as large, but at least these."""
        factor = max(1, ceil(size))
        return Limits(self.memory * factor, self.seconds * factor, self.output * factor)


class Limit(Enum):
    """The limit that was exceeded."""

    MEMORY = "memory"
    TIME = "time"
    OUTPUT = "output"


class BeyondLimits(Exception):  # noqa: N818 - what it says is not an error of the program
    """Work in a box exceeded a limit. The message names it, to be used after "takes" in a sentence."""

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
    """Return the start method for processes: a fast fork on Linux; elsewhere forking is unsafe."""
    import multiprocessing  # noqa: PLC0415 - a check of a few files starts none

    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def in_a_box(
    limits: Limits, work: Callable[Arguments, Answer], *arguments: Arguments.args, **named: Arguments.kwargs
) -> Answer:
    """Call `work` with the arguments in a process with `limits`, and return its result.

    Raise the exceptions of `work`, and `BeyondLimits`.
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
        process.join(_SLACK)  # it has sent its result and exits by itself
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
    except EOFError:  # it exited or was killed
        process.join(_SLACK)
        by_the_clock = process.exitcode in {-getattr(signal, name, 0) for name in ("SIGXCPU", "SIGKILL")}
        raise BeyondLimits(Limit.TIME if by_the_clock else Limit.MEMORY, limits) from None
    except OSError:  # the result is larger than requested
        raise BeyondLimits(Limit.OUTPUT, limits) from None


# -- in the box ----------------------------------------------------------------------------------------


def _inside(
    pipe: "Connection", limits: Limits, work: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the waiting process, which ends this one
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
    error.add_note("".join(traceback.format_exception(error)))  # shown by --verbose
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
    """Return the size in bytes of this process's address space."""
    pages = read_given(Path("/proc/self/statm"), 100).split()[0]
    return int(pages) * mmap.PAGESIZE
