"""No test can wait for ever, and none depends on which signals were ignored where it was started."""

import ast
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import processes
from tests.cli.running import PROJECT
from tests.processes import SECONDS, running, shown

FILES = sorted((PROJECT / "tests").rglob("*.py"))
WAITS = {"run", "call", "check_call", "check_output", "communicate", "wait"}
STARTS = {"Popen", "system", "popen", "fork", "spawnv"}


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each call of something's attribute, as it is written."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield ast.unparse(node.func), node


def endless(file: Path) -> list[str]:
    """Where it starts a process or waits for one without saying how long."""
    found = []
    for name, call in calls(file):
        module, _, method = name.rpartition(".")
        limited = call.args if method == "wait" else any(word.arg == "timeout" for word in call.keywords)
        waits = method in WAITS and (module == "subprocess" or method in {"communicate", "wait"}) and not limited
        starts = module in {"subprocess", "os", "pty"} and method in STARTS and file.name != "processes.py"
        if waits or starts or name == "os.waitpid":
            found.append(f"{file.name} {name}")
    return found


def test_each_process_has_an_end() -> None:
    assert [place for file in FILES for place in endless(file)] == ["typing.py pty.fork", "typing.py os.waitpid"]


@pytest.mark.parametrize(
    "line",
    [
        "subprocess.run(['git'], check=True)",
        "process.communicate()",
        "p.wait()",
        "os.waitpid(1, 0)",
        "subprocess.Popen(x)",
    ],
)
def test_a_process_without_an_end_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "test_x.py").write_text(line)
    assert endless(tmp_path / "test_x.py") == [f"test_x.py {line.partition('(')[0]}"]


def test_a_test_that_waits_for_anything_else_is_ended_and_says_where() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]
    assert settings["faulthandler_exit_on_timeout"] is True
    assert settings["faulthandler_timeout"] > 2 * SECONDS


def test_a_process_that_still_runs_is_killed() -> None:
    with running([sys.executable, "-c", "import time; time.sleep(600)"]) as process:
        assert process.poll() is None
    assert process.returncode is not None


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_terminal_on_which_nothing_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "SECONDS", 0.3)
    ours, theirs = os.openpty()
    os.write(theirs, b"words")
    seen: list[bytes] = []
    with pytest.raises(TimeoutError, match="has not ended after"):
        seen.extend(shown(ours))
    assert seen[0] == b"words"
    assert set(seen[1:]) == {b""}
    for end in (ours, theirs):
        os.close(end)


IGNORING = (
    "import os, signal, sys; signal.signal({0}, signal.SIG_IGN); signal.pthread_sigmask(signal.SIG_BLOCK, [{0}]); "
)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_signals_are_heard_whoever_started_the_tests(number: signal.Signals) -> None:
    """As under nohup, which ignores them, and under a shell's &."""
    program = (
        f"{IGNORING.format(int(number))}sys.path.insert(0, {str(PROJECT)!r}); import tests.conftest; "
        "os.execv(sys.executable, [sys.executable, '-c', 'import time; print(flush=True); time.sleep(60)'])"
    )
    with running([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        asked = time.monotonic()
        process.send_signal(number)
        process.communicate(timeout=SECONDS)
    assert process.returncode == -number
    assert time.monotonic() - asked < 30
