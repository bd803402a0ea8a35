"""Work in several processes at once: what goes in comes out in the same order, however many there are."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, Final, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")


class WorkerLost(Exception):  # noqa: N818 - somebody or something ended it; it is no fault of kpf's
    """A worker ended before its work was done."""


def usable_cores() -> int:
    """On how many cores this process may run."""
    with suppress(AttributeError):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def answers_in_order(answer: Callable[[Task], Answer], tasks: Iterable[Task], workers: int) -> Iterator[Answer]:
    """What `answer` gives for each of `tasks`, in their order, from so many `workers`.

    With one worker all is done in this process. Raises what `answer` raises in a worker, and `WorkerLost`.
    """
    if workers <= 1:
        yield from map(answer, tasks)
        return
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor  # noqa: PLC0415 - a small register is read by one process

    from kpf.box import process_context  # noqa: PLC0415 - as above

    pool = ProcessPoolExecutor(workers, process_context(), _begin, (answer,))
    try:
        yield from pool.map(_answered, tasks)
    except BrokenProcessPool as broken:
        raise WorkerLost from broken
    finally:
        pool.shutdown(cancel_futures=True)


# -- in each worker ------------------------------------------------------------------------------------

_answer: Final[list[Callable[[Any], Any]]] = []
"""What this process answers with, once it has begun as a worker."""


def _begin(answer: Callable[[Any], Any]) -> None:
    """Make this process a worker that leaves Ctrl-C to the one that started it, and ends when that one is gone."""
    import threading  # noqa: PLC0415 - as above

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_one_that_started_it, daemon=True).start()
    _answer[:] = [answer]


def _end_with_the_one_that_started_it() -> None:
    """A worker of the standard pool would wait for its next task for ever."""
    from multiprocessing import parent_process  # noqa: PLC0415 - as above

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answered(task: Any) -> Any:
    return _answer[0](task)
