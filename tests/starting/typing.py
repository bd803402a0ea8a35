"""kpf at a real pseudo-terminal, and through a pipe."""

import io
import os
import pty
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from unittest.mock import patch

from tests.cli.running import Ran, command, kpf, surroundings
from tests.processes import shown

CTRL_C: Final = "\x03"
CTRL_D: Final = "\x04"


def piped(lines: Sequence[str], *arguments: str | Path, cwd: Path) -> Ran:
    """kpf with `lines` on standard input, in this process."""
    with _standard_input(io.StringIO("".join(f"{line}\n" for line in lines))):
        return kpf(*arguments, cwd=cwd)


@contextmanager
def _standard_input(stream: io.StringIO | None) -> Iterator[None]:
    with patch.object(sys, "stdin", stream):
        yield


def typed(answers: Mapping[str, Sequence[str]], *arguments: str, cwd: Path) -> tuple[int, str]:
    """The exit status of kpf at a terminal, and all that stood on it.

    `answers` are what is typed after each prompt, by its name; what has no answer is left open.
    """
    left = {prompt: list(texts) for prompt, texts in answers.items()}
    process, terminal = pty.fork()
    if process == 0:  # this is the other process; only what it becomes is measured
        os.chdir(cwd)
        os.execvpe(sys.executable, command(*arguments), surroundings(TERM="dumb"))  # noqa: S606 - kpf as people start it
    seen, start = "", 0
    try:
        for piece in shown(terminal):
            seen += piece.decode("utf-8", "replace")
            if not piece and seen.endswith(": ") and len(seen) > start:
                start = len(seen)
                prompt = seen.rpartition("\n")[2].removesuffix(": ").partition(" (Enter takes")[0]
                texts = left.get(prompt, [])
                text = texts.pop(0) if texts else ""
                os.write(terminal, text.encode() if text in {CTRL_C, CTRL_D} else f"{text}\r".encode())
    except BaseException as error:
        os.kill(process, signal.SIGKILL)
        error.add_note(f"It shows: {seen!r}")
        raise
    finally:
        os.close(terminal)
        _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), seen.replace("\r\n", "\n")
