"""A file that kpf writes is there whole or not at all."""

import ast
import os
import signal
import stat
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest

import kpf
from kpf.disk import folder as folder_module
from kpf.disk.folder import IsLink, IsLinkedFolder, NotOrdinary, OpenFolder
from kpf.disk.put import replace
from kpf.register.register import read_register
from tests.processes import SECONDS, running


def test_a_file_that_is_replaced_keeps_who_may_open_it(tmp_path: Path) -> None:
    file = tmp_path / "veolia.yaml"
    file.write_bytes(b"old")
    file.chmod(0o640)
    replace(OpenFolder(tmp_path), file.name, b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [left.name for left in tmp_path.iterdir()] == ["veolia.yaml"]


def test_a_new_file_may_be_opened_by_whom_the_user_lets(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        replace(OpenFolder(tmp_path), "new.yaml", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.yaml").stat().st_mode) == 0o640


@pytest.mark.parametrize("step", ["fsync", "fchmod"])
def test_a_failure_on_the_way_leaves_the_old_file(tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "veolia.yaml"
    file.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space"):
        replace(OpenFolder(tmp_path), file.name, b"new")
    assert file.read_bytes() == b"old"
    assert [left.name for left in tmp_path.iterdir()] == ["veolia.yaml"]


# -- whatever happens, and whenever ------------------------------------------------------------------------

STEPS = ("new_file", "write", "fchmod", "fsync", "replace", "fsync of the folder")
"""What is done one after another; each fails, is interrupted, or is the last thing that happens."""
OLD, NEW = b"old" * 1_000, b"new" * 50_000

FAILING = """
import errno, os, signal, sys
from pathlib import Path
from kpf.disk import put as putting
from kpf.disk.folder import OpenFolder

step, when, how = sys.argv[1:4]
target = Path(sys.argv[4])
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

if step == "new_file":
    OpenFolder.new_file = failing(OpenFolder.new_file)
elif step == "fsync of the folder":
    os.fsync = failing(os.fsync, at=2)
else:
    setattr(os, step, failing(getattr(os, step)))

try:
    putting.replace(OpenFolder(target.parent), target.name, b"new" * 50_000)
except (KeyboardInterrupt, OSError) as stopped:
    sys.exit(f"{type(stopped).__name__}")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed there")
@pytest.mark.parametrize("how", ["full", "refused", "interrupted", "killed"])
def test_the_old_file_or_the_new_one_is_whole(tmp_path: Path, to_the_end: ExitStack, how: str) -> None:
    """Each step in a process of its own, so that SIGKILL is the real one; several at a time, as starting takes long."""
    started = {}
    for step in STEPS:
        for when in ("before", "after"):
            home = tmp_path / f"{step} {when}" / "partnerships"
            home.mkdir(parents=True)
            for name in ("_council.yaml", "_organisations.yaml", "good.yaml"):
                (home / name).write_text("name: x\n")
            target = home / "good.yaml"
            target.write_bytes(OLD)
            command = [sys.executable, "-c", FAILING, step, when, how, str(target)]
            started[step, when] = target, to_the_end.enter_context(running(command, stderr=subprocess.PIPE))
    for (step, when), (target, process) in started.items():
        _, said = process.communicate(timeout=SECONDS)
        holds = target.read_bytes()
        left = {file.name for file in target.parent.iterdir()} - {"_council.yaml", "_organisations.yaml", "good.yaml"}
        strays = left - {target.name}
        assert holds in {OLD, NEW}, (step, when)
        if process.returncode == 0:
            assert holds == NEW
        if how == "killed":
            assert process.returncode == -signal.SIGKILL, (step, when, said)
            assert len(strays) <= 1
        else:
            after_all = step == "new_file" and when == "after"  # there nobody knows yet what it is called
            assert strays == set() or after_all, (step, when)
        assert all(stray.startswith(f".{target.name}.") for stray in strays)
        register = read_register(target.parents[1])
        assert [document.path.rpartition("/")[2] for document in register.partnerships] == ["good.yaml"]


@pytest.mark.parametrize("name", ["é" * 120, "😀" * 60, "x" * 250])
def test_any_name_that_a_system_takes(tmp_path: Path, name: str) -> None:
    replace(OpenFolder(tmp_path), f"{name}.md", b"new")
    assert {file.name for file in tmp_path.iterdir()} == {f"{name}.md"}


# -- reading, and what stands in the way -------------------------------------------------------------------

posix = pytest.mark.skipif(sys.platform == "win32", reason="no such files there")


@pytest.fixture(params=["by descriptor", "by path"])
def _path(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Linux and macOS, and as on Windows."""
    if request.param == "by path":
        monkeypatch.setattr(folder_module, "_BY_DESCRIPTOR", False)


@posix
@pytest.mark.usefixtures("_path")
def test_what_is_no_ordinary_file_is_neither_opened_nor_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"0123456789")
    folder = OpenFolder(tmp_path)
    with pytest.raises(NotOrdinary):
        folder.read("pipe", 10)
    with pytest.raises(NotOrdinary):
        OpenFolder(Path("/dev")).read("zero", 10)
    with pytest.raises(IsADirectoryError):
        OpenFolder(tmp_path.parent).read(tmp_path.name, 10)
    assert folder.read("file", 4) == b"0123"
    assert folder.read("file", 100) == b"0123456789"


@posix
@pytest.mark.usefixtures("_path")
def test_no_link_is_followed_at_any_level(tmp_path: Path) -> None:
    (tmp_path / "real" / "inner").mkdir(parents=True)
    (tmp_path / "real" / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real" / "to-inner").symlink_to("inner")
    (tmp_path / "real" / "to-file").symlink_to("file")
    assert OpenFolder(tmp_path / "link").read("file", 9) == b"old"  # above the folder links are followed
    for top, names in ((tmp_path, ("link",)), (tmp_path, ("real", "to-inner")), (tmp_path / "link", ("to-inner",))):
        with pytest.raises(IsLinkedFolder):
            OpenFolder(top, names)
    folder = OpenFolder(tmp_path / "real")
    with pytest.raises(IsLink):
        folder.read("to-file", 9)
    with pytest.raises(IsLink):
        replace(folder, "to-file", b"new")
    assert (tmp_path / "real" / "file").read_bytes() == b"old"


@pytest.mark.usefixtures("_path")
@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/etc/hostname", "a\0b"])
def test_a_name_that_is_more_than_one_level_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is not the name of one file"):
        OpenFolder(tmp_path).read(name, 9)
    with pytest.raises(ValueError, match="is not the name of one file"):
        OpenFolder(tmp_path, (name,))


@posix
def test_a_folder_that_is_swapped_for_a_link_leads_nowhere(tmp_path: Path) -> None:
    """What is open stays what it was, whatever its name stands for by now."""
    for place in ("register", "outside"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "file").write_bytes(place.encode())
    folder = OpenFolder(tmp_path, ("register",))
    (tmp_path / "register").rename(tmp_path / "moved")
    (tmp_path / "register").symlink_to("outside")
    replace(folder, "file", b"new")
    assert (tmp_path / "outside" / "file").read_bytes() == b"outside"
    assert (tmp_path / "moved" / "file").read_bytes() == b"new"


# -- what a replaced file keeps ----------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="Python knows of attributes on Linux alone")
def test_a_file_that_is_replaced_keeps_its_attributes(tmp_path: Path) -> None:
    file = tmp_path / "veolia.yaml"
    file.write_bytes(b"old")
    try:
        os.setxattr(file, "user.note", b"kept")
    except OSError:
        pytest.skip("this disk keeps no attributes")
    assert replace(OpenFolder(tmp_path), file.name, b"new") == ()
    assert os.getxattr(file, "user.note") == b"kept"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="an administrator alone gives files away")
def test_a_file_that_is_replaced_keeps_owner_and_group(tmp_path: Path) -> None:
    file = tmp_path / "veolia.yaml"
    file.write_bytes(b"old")
    os.chown(file, 1234, 2345)
    file.chmod(0o664)
    assert replace(OpenFolder(tmp_path), file.name, b"new") == ()
    found = file.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (1234, 2345, 0o664)


def test_an_owner_that_cannot_be_kept_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("an administrator alone gives files away")
    file = tmp_path / "veolia.yaml"
    file.write_bytes(b"old")
    os.chown(file, 1234, 2345)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", refuse)
    assert replace(OpenFolder(tmp_path), file.name, b"new") == (
        "The group of veolia.yaml has changed, because you are not in the group that it had.",
        "veolia.yaml belongs to you now, because only an administrator can give a file to its old owner.",
    )


@posix
def test_a_hard_link_that_is_parted_is_told(tmp_path: Path) -> None:
    file = tmp_path / "veolia.yaml"
    file.write_bytes(b"old")
    (tmp_path / "copy").hardlink_to(file)
    (sentence,) = replace(OpenFolder(tmp_path), file.name, b"new")
    assert sentence.startswith("veolia.yaml had another name elsewhere (a hard link).")
    assert ((tmp_path / "copy").read_bytes(), file.read_bytes()) == (b"old", b"new")


# -- nothing else in kpf touches the disk ------------------------------------------------------------------

_OPENS: Final = {
    *("open", "read_bytes", "read_text", "write_bytes", "write_text", "mkdir", "rmdir", "unlink", "rename", "touch"),
    *("symlink_to", "hardlink_to", "chmod", "lchmod", "iterdir", "glob", "rglob", "walk", "readlink"),
    *("listdir", "scandir", "removedirs", "makedirs", "symlink", "truncate", "mkfifo", "mknod"),
    *("copyfile", "copy2", "copytree", "rmtree", "mkstemp", "mkdtemp", "NamedTemporaryFile"),
}
_ALLOWED: Final = {
    "check/trace.py": {"read_bytes"},  # a file of the package
    "cli/run.py": {"open"},  # os.devnull, for a stream that is closed
    "cli/output.py": {"open"},  # likewise
    "edit/start/council.py": {"read_text"},  # a file of the package
    "edit/start/laying.py": {"read_text"},  # what pip wrote beside the package
    "framework/__init__.py": {"read_bytes"},  # a file of the package
    "git/working_tree.py": {"readlink"},  # where a link leads is what git keeps of it
    "papers/page/writing.py": {"read_text"},  # likewise
    "papers/word/styles.py": {"read_bytes"},  # likewise
    "site/building.py": {"read_bytes"},  # likewise
}
"""What does not go through kpf/disk: by module, and what it calls."""
_OF_OS: Final = {"remove", "link", "replace"}
"""Names that others than the system have methods of."""


def _called(call: ast.expr) -> str:
    if isinstance(call, ast.Attribute):
        of_os = isinstance(call.value, ast.Name) and call.value.id == "os"
        return "open" if of_os and call.attr in _OF_OS else call.attr
    return call.id if isinstance(call, ast.Name) else ""


def test_nothing_but_the_gate_touches_the_disk() -> None:
    package = Path(kpf.__file__).parent
    found: dict[str, set[str]] = {}
    for file in sorted(package.rglob("*.py")):
        name = file.relative_to(package).as_posix()
        if not name.startswith("disk/"):
            calls = (node.func for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call))
            called = {_called(call) for call in calls}
            if called & _OPENS:
                found[name] = called & _OPENS
    assert found == _ALLOWED
