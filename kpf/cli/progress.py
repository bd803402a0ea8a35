"""A progress bar for long runs at a terminal."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

_PATIENCE: Final = 1.0
"""Seconds before a progress bar appears."""


@contextmanager
def progress(files: int) -> Iterator[Callable[[int], None]]:
    """Yield a function to call with the number of files finished since the last call.

    On a terminal, a bar appears after a second and disappears at the end. Nothing else is written.
    """
    begun = time.monotonic()
    done = 0
    with ExitStack() as at_the_end:
        advance: Callable[[int], None] | None = None

        def seen(more: int) -> None:
            nonlocal advance, done
            done += more
            if advance is None and sys.stderr.isatty() and time.monotonic() - begun > _PATIENCE:
                advance = at_the_end.enter_context(_bar(files, done - more))
            if advance:
                advance(more)

        yield seen


@contextmanager
def _bar(files: int, done: int) -> Iterator[Callable[[int], None]]:
    from rich.console import Console  # noqa: PLC0415 - a short run never shows it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TextColumn("files"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=files, completed=done)
        yield lambda more: shown.advance(task, more)
