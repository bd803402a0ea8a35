"""Processes that tests start: each hears signals, whoever started the tests, and none is waited for without an end."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

SECONDS: Final = 120
"""How long a process may take on a machine that is busy. After that it is killed and its test fails."""


def hear_signals() -> None:
    """Undo what nohup and a shell's & leave behind: signals ignored or blocked, here and in every process started."""
    if sys.platform == "win32":
        return
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def running(command: Sequence[str | Path], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process for the length of a `with` statement; killed at its end if it still runs."""
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        finally:
            process.kill()


def shown(terminal: int) -> Iterator[bytes]:
    """What is written to a pseudo-terminal, until its other end is closed; nothing (b"") for each tenth of a second."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 0.1)[0]:
            yield b""
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # what Linux says when the other end is closed
            return
        if not piece:
            return
        yield piece
    raise TimeoutError(f"the program at the terminal has not ended after {SECONDS} seconds")
