"""A file that kpf writes is there whole or not at all."""

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from kpf.register.on_disk import create, read_regular_file, replace
from kpf.register.register import read_register
from tests.processes import SECONDS, running


def test_a_file_that_is_replaced_keeps_who_may_open_it(tmp_path: Path) -> None:
    file = tmp_path / "veolia.yaml"
    file.write_bytes(b"old")
    file.chmod(0o640)
    replace(file, b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [left.name for left in tmp_path.iterdir()] == ["veolia.yaml"]


@pytest.mark.parametrize("put", [create, replace])
def test_a_new_file_may_be_opened_by_whom_the_user_lets(tmp_path: Path, put: Callable[[Path, bytes], None]) -> None:
    before = os.umask(0o027)
    try:
        put(tmp_path / "new.yaml", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.yaml").stat().st_mode) == 0o640


def test_nothing_takes_the_place_of_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "veolia.yaml"
    file.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        create(file, b"new")
    assert file.read_bytes() == b"old"
    assert [left.name for left in tmp_path.iterdir()] == ["veolia.yaml"]


@pytest.mark.parametrize("there", [False, True])
def test_a_disk_on_which_a_file_has_one_name_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    file = tmp_path / "veolia.yaml"

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    if there:
        file.write_bytes(b"old")
        with pytest.raises(FileExistsError):
            create(file, b"new")
    else:
        create(file, b"new")
    assert file.read_bytes() == (b"old" if there else b"new")
    assert [left.name for left in tmp_path.iterdir()] == ["veolia.yaml"]


@pytest.mark.parametrize("step", ["fsync", "fchmod"])
def test_a_failure_on_the_way_leaves_the_old_file(tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "veolia.yaml"
    file.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space"):
        replace(file, b"new")
    assert file.read_bytes() == b"old"
    assert [left.name for left in tmp_path.iterdir()] == ["veolia.yaml"]


# -- whatever happens, and whenever ------------------------------------------------------------------------

STEPS = ("mkstemp", "write", "flush", "fchmod", "fsync", "replace", "link", "unlink", "fsync of the folder")
"""What is done one after another; each fails, is interrupted, or is the last thing that happens."""
OLD, NEW = b"old" * 1_000, b"new" * 50_000

FAILING = """
import errno, os, signal, sys, tempfile
from pathlib import Path
from kpf.register import on_disk

step, when, how, put = sys.argv[1:5]
target = Path(sys.argv[5])
asked = 0

def fails():
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "interrupted":
        raise KeyboardInterrupt
    code = errno.ENOSPC if how == "full" else errno.EACCES
    raise OSError(code, os.strerror(code))

def failing(really, at=1):
    def step(*arguments, **named):
        global asked
        asked += 1
        if asked == at and when == "before":
            fails()
        done = really(*arguments, **named)
        if asked == at and when == "after":
            fails()
        return done
    return step

class Opened:
    def __init__(self, file):
        self.file = file
        for name in ("write", "flush"):
            setattr(self, name, failing(getattr(file, name)) if name == step else getattr(file, name))
    def __enter__(self):
        return self
    def __exit__(self, *_):
        self.file.close()

if step in ("write", "flush"):
    on_disk.open = lambda *arguments, **named: Opened(open(*arguments, **named))
elif step == "mkstemp":
    tempfile.mkstemp = failing(tempfile.mkstemp)
elif step in ("replace", "unlink"):
    setattr(Path, step, failing(getattr(Path, step)))
elif step == "fsync of the folder":
    os.fsync = failing(os.fsync, at=2)
else:
    setattr(os, step, failing(getattr(os, step)))

try:
    getattr(on_disk, put)(target, b"new" * 50_000)
except (KeyboardInterrupt, OSError) as stopped:
    sys.exit(f"{type(stopped).__name__}")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed there")
@pytest.mark.parametrize("put", ["replace", "create"])
@pytest.mark.parametrize("how", ["full", "refused", "interrupted", "killed"])
def test_the_old_file_or_the_new_one_is_whole(tmp_path: Path, to_the_end: ExitStack, how: str, put: str) -> None:
    """Each step in a process of its own, so that SIGKILL is the real one; several at a time, as starting takes long."""
    started = {}
    for step in STEPS:
        for when in ("before", "after"):
            home = tmp_path / f"{step} {when}" / "partnerships"
            home.mkdir(parents=True)
            for name in ("_council.yaml", "_organisations.yaml", "good.yaml"):
                (home / name).write_text("name: x\n")
            target = home / ("good.yaml" if put == "replace" else "new.yaml")
            if put == "replace":
                target.write_bytes(OLD)
            command = [sys.executable, "-c", FAILING, step, when, how, put, str(target)]
            started[step, when] = target, to_the_end.enter_context(running(command, stderr=subprocess.PIPE))
    for (step, when), (target, process) in started.items():
        _, said = process.communicate(timeout=SECONDS)
        holds = target.read_bytes() if target.exists() else None
        left = {file.name for file in target.parent.iterdir()} - {"_council.yaml", "_organisations.yaml", "good.yaml"}
        strays = left - {target.name}
        reached = step not in ({"link", "unlink"} if put == "replace" else {"replace"})
        assert holds in {OLD if put == "replace" else None, NEW}, (step, when)
        if not reached:
            assert (process.returncode, holds) == (0, NEW)
        if process.returncode == 0:
            assert holds == NEW
        if how == "killed":
            assert process.returncode == (-signal.SIGKILL if reached else 0), (step, when, said)
            assert len(strays) <= 1
        else:
            after_all = step == "mkstemp" and when == "after"  # there nobody knows yet what it is called
            assert strays == set() or after_all or step == "unlink", (step, when)
        assert all(stray.startswith(f".{target.name}.") for stray in strays)
        register = read_register(target.parents[1])
        assert [document.path.rpartition("/")[2] for document in register.partnerships] == sorted(
            {"good.yaml"} | ({target.name} if holds else set())
        )


@pytest.mark.parametrize("name", ["é" * 120, "😀" * 60, "x" * 250])
def test_any_name_that_a_system_takes(tmp_path: Path, name: str) -> None:
    replace(tmp_path / f"{name}.md", b"new")
    create(tmp_path / f"{name}.txt", b"new")
    assert {file.name for file in tmp_path.iterdir()} == {f"{name}.md", f"{name}.txt"}


def test_a_file_that_was_made_is_made_though_its_other_name_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    create(tmp_path / "new.yaml", b"new")
    assert (tmp_path / "new.yaml").read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert read_regular_file(tmp_path / "pipe", 10) is None
    assert read_regular_file(Path("/dev/zero"), 10) is None
    (tmp_path / "file").write_bytes(b"0123456789")
    assert read_regular_file(tmp_path / "file", 4) == b"0123"
    with pytest.raises(IsADirectoryError):
        read_regular_file(tmp_path, 4)
