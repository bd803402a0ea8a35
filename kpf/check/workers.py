"""Work in several processes at once: what goes in comes out in the same order, however many there are.

Each process has a pipe of its own and ends when the other end of it closes. So none is left behind, whatever becomes
of the one that started them; a pool that shares its pipes cannot promise that.
"""

import os
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

Task = TypeVar("Task")
Answer = TypeVar("Answer")

_AHEAD: Final = 2
"""So many tasks wait at each worker, so that it never waits for the next."""


class WorkerLost(Exception):  # noqa: N818 - somebody or something ended it; it is no fault of kpf's
    """A worker ended before its work was done."""


def usable_cores() -> int:
    """On how many cores this process may run."""
    with suppress(AttributeError):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def answers_in_order(
    prepare: Callable[[], Callable[[Task], Answer]], tasks: Iterable[Task], workers: int
) -> Iterator[Answer]:
    """The answer to each of `tasks`, in their order, from so many `workers`.

    Each worker calls `prepare` once, and what that gives for each task. With one worker all is done here. Raises what
    an answer raises there, and `WorkerLost`.
    """
    if workers <= 1:
        answer = prepare()
        for task in tasks:
            yield answer(task)
        return
    crew = _Crew(prepare, workers)
    try:
        yield from crew.answers(enumerate(tasks))
    except BaseException:
        crew.stop()
        raise
    crew.dismiss()


class _Crew:
    """Workers with their pipes."""

    def __init__(self, prepare: Callable[[], Callable[[Any], Any]], workers: int) -> None:
        context = _context()
        self._pipes: dict[Connection, deque[int]] = {}
        """The tasks that each worker has in hand, by their places."""
        self._processes: list[BaseProcess] = []
        for _ in range(workers):
            here, there = context.Pipe()
            inherited = (*self._pipes, here) if context.get_start_method() == "fork" else ()
            process = context.Process(target=_work, args=(there, inherited, prepare), daemon=True)  # type: ignore[attr-defined]
            process.start()
            there.close()
            self._pipes[here] = deque()
            self._processes.append(process)

    def answers(self, tasks: Iterator[tuple[int, Any]]) -> Iterator[Any]:
        from multiprocessing.connection import wait  # noqa: PLC0415 - as below

        ready: dict[int, Any] = {}
        following = 0
        for pipe in (*self._pipes,) * _AHEAD:
            self._give(pipe, tasks)
        while any(self._pipes.values()):
            busy = [pipe for pipe, held in self._pipes.items() if held]
            for pipe in cast("list[Connection]", wait(busy)):
                ready[self._pipes[pipe].popleft()] = _received(pipe)
                self._give(pipe, tasks)
            while following in ready:
                yield ready.pop(following)
                following += 1

    def _give(self, pipe: "Connection", tasks: Iterator[tuple[int, Any]]) -> None:
        for place, task in tasks:
            try:
                pipe.send(task)
            except OSError as broken:
                raise WorkerLost from broken
            self._pipes[pipe].append(place)
            return

    def dismiss(self) -> None:
        """Let them end by themselves: nothing more comes through their pipes."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join()

    def stop(self) -> None:
        """End them now."""
        for process in self._processes:
            process.kill()
        self.dismiss()


def _received(pipe: "Connection") -> Any:
    try:
        answer, fault = pipe.recv()
    except (EOFError, OSError) as gone:
        raise WorkerLost from gone
    if fault is not None:
        raise fault
    return answer


def _work(pipe: "Connection", inherited: Iterable["Connection"], prepare: Callable[[], Callable[[Any], Any]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started it decides when it ends
    for other in inherited:
        other.close()
    answer: Callable[[Any], Any] | None = None
    with suppress(EOFError, OSError):  # the other end is gone, and so is the reason to go on
        while True:
            task = pipe.recv()
            reply: tuple[Any, Exception | None]
            try:
                answer = answer or prepare()
                reply = answer(task), None
            except Exception as fault:  # noqa: BLE001 - it is raised again where the answer was asked for
                fault.add_note(traceback.format_exc())
                reply = None, fault
            pipe.send(reply)


def _context() -> "BaseContext":
    """On Linux a worker starts as a copy of this process, in no time; elsewhere that is not safe."""
    import multiprocessing  # noqa: PLC0415 - a small register is read by one process

    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
