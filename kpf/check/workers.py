"""Work in several processes at once, with the results in order."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, Final, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")


class WorkerLost(Exception):  # noqa: N818 - somebody or something ended it; it is no fault of kpf's
    """A worker process ended before its work was done."""


def usable_cores() -> int:
    """Return the number of cores that this process may use."""
    with suppress(AttributeError):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def answers_in_order(answer: Callable[[Task], Answer], tasks: Iterable[Task], workers: int) -> Iterator[Answer]:
    """Yield what `answer` returns for each of `tasks`, in their order, using this number of `workers`.

    With one worker, everything is done in this process. Raises what `answer` raises, and `WorkerLost`.
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
"""The function that this process calls for each task, once it is a worker."""


def _begin(answer: Callable[[Any], Any]) -> None:
    """Make this process a worker, which ignores Ctrl-C and ends when the process that started it has ended."""
    import threading  # noqa: PLC0415 - as above

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_one_that_started_it, daemon=True).start()
    _answer[:] = [answer]


def _end_with_the_one_that_started_it() -> None:
    """End this process when its parent has ended. A worker of the standard pool would wait for ever."""
    from multiprocessing import parent_process  # noqa: PLC0415 - as above

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answered(task: Any) -> Any:
    return _answer[0](task)
