"""Several files changed together: all or none, whatever fails, and whenever a run is killed."""

import errno
import gc
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import pytest

from kpf.disk import applying
from kpf.disk.applying import ChangedMeanwhile, Workplace
from kpf.disk.folder import OpenFolder
from kpf.disk.journal import DONE, JOURNAL, BadJournal
from kpf.disk.together import (
    Ending,
    FileChange,
    HalfDone,
    ReadOnly,
    change_all,
    end_earlier,
)
from kpf.edit.writing import is_written

HOME, STAGING = "partnerships", ".kpf-unfinished"
CHANGES: Final = (
    *(
        FileChange((HOME, f"{name}.yaml"), b"old " * 99 + name.encode(), b"new " * 999 + name.encode())
        for name in "abcd"
    ),
    FileChange((HOME, "new.yaml"), None, b"new", like=(HOME, "gone.yaml")),
    FileChange((HOME, "gone.yaml"), b"gone", None),
    FileChange(("schemas", "deep.json"), None, b"{}"),
    FileChange((".github", "workflows", "register.yml"), None, b"on: push\n"),
)
CALLS: Final = ("open", "write", "replace", "link", "unlink", "mkdir", "rmdir", "fsync", "fchmod", "stat", "listdir")
"""What kpf asks of the system while it changes files."""


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """kpf runs without Python's collector of rings: what a failure still holds open is closed here."""
    yield
    gc.collect()


class Killed(BaseException):
    """Stands for SIGKILL: nothing that is done to the disk after it has any effect."""


def before(folder: Path) -> Path:
    """A register in `folder` as it is before CHANGES."""
    (folder / HOME).mkdir(parents=True)
    for change in CHANGES:
        if change.old is not None:
            folder.joinpath(*change.path).write_bytes(change.old)
    return folder


def place(folder: Path) -> Workplace:
    top = OpenFolder(folder)
    return Workplace(top, top.inside(HOME), STAGING, is_written)


def contents(folder: Path) -> dict[str, bytes]:
    """All files in `folder`, hidden ones as well; and the folders that hold nothing."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() or not any(path.iterdir()):
            found[path.relative_to(folder).as_posix()] = path.read_bytes() if path.is_file() else b""
    return found


OLD: Final = {"/".join(change.path): change.old for change in CHANGES if change.old is not None}
NEW: Final = {"/".join(change.path): change.new for change in CHANGES if change.new is not None}


@contextmanager
def stopping(at: int, stop: Callable[[str], BaseException | None]) -> Iterator[list[str]]:
    """Each of CALLS raises what `stop` makes of its name, from call number `at` on; gives the names of all calls."""
    asked: list[str] = []

    def wrapped(name: str, really: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            asked.append(name)
            raised = stop(name) if len(asked) > at else None
            if raised is not None:
                raise raised
            return really(*arguments, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, wrapped(name, getattr(os, name)))
        yield asked


def killed(_: str) -> Killed:
    return Killed()


def calls_of_a_change(folder: Path) -> int:
    before(folder)
    with stopping(10**6, killed) as asked:
        assert change_all(place(folder), CHANGES) == ()
    assert contents(folder) == NEW
    return len(asked)


def test_a_run_killed_at_any_moment_leaves_all_or_none_to_the_next(tmp_path: Path) -> None:
    endings = set()
    for at in range(calls_of_a_change(tmp_path / "whole")):
        folder = before(tmp_path / str(at))
        with stopping(at, killed), pytest.raises(Killed):
            change_all(place(folder), CHANGES)
        ended = end_earlier(place(folder))
        now = contents(folder)
        assert now in (OLD, NEW), at
        if ended:
            endings.add(ended.ending)
            assert (now == NEW) is (ended.ending in {Ending.FINISHED, Ending.COMPLETE}), at
        assert end_earlier(place(folder)) is None
    assert endings == {Ending.NOT_BEGUN, Ending.FINISHED, Ending.COMPLETE}


def test_so_does_one_that_is_killed_while_it_finishes_or_undoes(tmp_path: Path) -> None:
    for at in range(60, calls_of_a_change(tmp_path / "whole"), 23):
        for again in range(0, 90, 9):
            folder = before(tmp_path / f"{at} {again}")
            with stopping(at, killed), pytest.raises(Killed):
                change_all(place(folder), CHANGES)
            if again % 2 and (folder / HOME / STAGING / "3.new").exists():
                (folder / HOME / STAGING / "3.new").unlink()  # so that it has to be undone
            with stopping(again, killed), suppress(Killed):
                end_earlier(place(folder))
            end_earlier(place(folder))
            assert contents(folder) in (OLD, NEW), (at, again)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES])
def test_whatever_call_fails_all_or_none_is_changed_and_nothing_is_left(tmp_path: Path, code: int) -> None:
    """One call fails, and what is done to undo it does not."""
    for at in range(0, calls_of_a_change(tmp_path / "whole"), 1 if code == errno.ENOSPC else 4):
        folder = before(tmp_path / str(at))
        failures = [OSError(code, os.strerror(code))]
        try:
            with stopping(at, lambda _, failures=failures: failures.pop() if failures else None):  # type: ignore[misc]
                change_all(place(folder), CHANGES)
        except OSError:
            assert contents(folder) == OLD, at
        else:
            end_earlier(place(folder))  # what was left is hidden
            assert contents(folder) == NEW, at


def test_a_disk_that_is_full_from_some_moment_on(tmp_path: Path) -> None:
    needs_room = {"write", "mkdir", "link"}
    for at in range(0, calls_of_a_change(tmp_path / "whole"), 3):
        folder = before(tmp_path / str(at))
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        try:
            with stopping(at, lambda name, full=full: full if name in needs_room else None):  # type: ignore[misc]
                change_all(place(folder), CHANGES)
        except OSError:
            assert contents(folder) == OLD, at
        else:
            assert contents(folder) == NEW, at


def test_ctrl_c_undoes_what_was_done(tmp_path: Path) -> None:
    for at in range(0, calls_of_a_change(tmp_path / "whole"), 3):
        folder = before(tmp_path / str(at))
        pressed: list[BaseException] = [KeyboardInterrupt()]
        try:
            with stopping(at, lambda _, pressed=pressed: pressed.pop() if pressed else None):  # type: ignore[misc]
                change_all(place(folder), CHANGES)
        except KeyboardInterrupt:
            end_earlier(place(folder))  # where it came after all was done, what was prepared is still there
        assert contents(folder) in (OLD, NEW), at


def test_what_can_be_neither_finished_nor_undone_is_tried_again(tmp_path: Path) -> None:
    folder, moved = before(tmp_path / "register"), []

    def refuse(name: str) -> OSError | None:
        if name == "replace":
            moved.append(name)
        return OSError(errno.EACCES, "no") if name == "replace" and len(moved) > 3 else None

    with stopping(0, refuse), pytest.raises(HalfDone):
        change_all(place(folder), CHANGES)
    assert contents(folder) not in (OLD, NEW)
    ended = end_earlier(place(folder))
    assert ended
    assert ended.ending is Ending.FINISHED
    assert contents(folder) == NEW


def test_where_a_file_has_one_name_only(tmp_path: Path) -> None:
    """As on memory sticks: old files are kept as copies."""

    def refuse(name: str) -> OSError | None:
        return PermissionError(errno.EPERM, "no") if name == "link" else None

    folder = before(tmp_path / "register")
    with stopping(0, refuse):
        change_all(place(folder), CHANGES)
    assert contents(folder) == NEW


# -- what each file is tried for -----------------------------------------------------------------------


def test_one_read_only_file_among_six_keeps_all_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = before(tmp_path / "register")
    monkeypatch.setattr(OpenFolder, "may_be_written", lambda _, name: name != "d.yaml")
    with pytest.raises(ReadOnly) as refused:
        change_all(place(folder), CHANGES)
    assert Path(refused.value.filename).name == "d.yaml"
    assert contents(folder) == OLD


@pytest.mark.parametrize("what", ["changed", "gone", "there", "link"])
def test_a_file_that_is_not_as_it_was_keeps_all_as_they_are(tmp_path: Path, what: str) -> None:
    folder = before(tmp_path / "register")
    outside = tmp_path / "outside"
    outside.write_bytes(b"outside")
    last = folder / HOME / "d.yaml"
    if what == "changed":
        last.write_bytes(b"theirs")
    elif what == "gone":
        last.unlink()
    elif what == "there":
        (folder / HOME / "new.yaml").write_bytes(b"theirs")
    else:
        last.unlink()
        last.symlink_to(outside)
    was = contents(folder)
    with pytest.raises(OSError):  # noqa: PT011 - a different one each time
        change_all(place(folder), CHANGES)
    assert contents(folder) == was
    assert outside.read_bytes() == b"outside"


def test_a_file_changed_in_the_last_moment_keeps_all_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = before(tmp_path / "register")
    finish = applying.do_journal

    def late(*arguments: Any) -> None:
        (folder / HOME / "d.yaml").write_bytes(b"theirs")
        finish(*arguments)

    monkeypatch.setattr("kpf.disk.together.do_journal", late)
    with pytest.raises(ChangedMeanwhile):
        change_all(place(folder), CHANGES)
    assert contents(folder) == {**OLD, f"{HOME}/d.yaml": b"theirs"}


@pytest.mark.skipif(sys.platform == "win32", reason="there a file's name can be of one folder only")
def test_files_keep_who_may_open_them_also_when_they_are_put_back(tmp_path: Path) -> None:
    folder = before(tmp_path / "register")
    (folder / HOME / "a.yaml").chmod(0o640)
    failures = [OSError(errno.EIO, "no")]
    with (
        stopping(70, lambda name: failures.pop() if failures and name == "replace" else None),
        pytest.raises(OSError, match="no"),
    ):
        change_all(place(folder), CHANGES)
    assert (folder / HOME / "a.yaml").stat().st_mode & 0o777 == 0o640
    assert (folder / HOME / "a.yaml").stat().st_nlink == 1
    change_all(place(folder), CHANGES)
    assert (folder / HOME / "a.yaml").stat().st_mode & 0o777 == 0o640


# -- what an earlier run left, or somebody put there ----------------------------------------------------


def left_half_done(folder: Path) -> Path:
    """A register in which a run was killed after it had changed some of its files."""
    for at in range(60, 500):
        place_ = before(folder / str(at))
        with stopping(at, killed), pytest.raises(Killed):
            change_all(place(place_), CHANGES)
        if (place_ / HOME / "b.yaml").read_bytes() == CHANGES[1].new:
            return place_
    raise AssertionError("no such moment")


def test_what_somebody_has_changed_since_is_left_alone(tmp_path: Path) -> None:
    folder = left_half_done(tmp_path)
    (folder / HOME / "a.yaml").write_bytes(b"theirs")
    ended = end_earlier(place(folder))
    assert ended
    assert (ended.ending, ended.left_alone) == (Ending.UNDONE, ((HOME, "a.yaml"),))
    assert contents(folder) == {**OLD, f"{HOME}/a.yaml": b"theirs"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"entries": [], "folders": [["..", "x"]]}',
        '{"entries": [[[".git", "config"], "", "x"]], "folders": []}',
        '{"entries": [[[".GIT", "config"], "", "x"]], "folders": []}',
        '{"entries": [[["git~1", "config"], "", "x"]], "folders": []}',
        '{"entries": [[["partnerships", ".kpf-unfinished", "x"], "", "x"]], "folders": []}',
        '{"entries": [[["/etc", "passwd"], "", "x"]], "folders": []}',
        '{"entries": [[["partnerships", "a.yaml"], 1, "x"]], "folders": []}',
        '{"entries": [[["partnerships"], "", "x"]], "folders": []}',
        '{"entries": [["partnerships", "", "x"]], "folders": []}',
        "[" * 100_000,
    ],
)
def test_a_journal_that_kpf_has_not_written_is_refused(tmp_path: Path, text: str) -> None:
    folder = before(tmp_path)
    (folder / HOME / STAGING).mkdir()
    (folder / HOME / STAGING / JOURNAL).write_text(text)
    was = contents(folder)
    with pytest.raises(BadJournal):
        end_earlier(place(folder))
    with pytest.raises(BadJournal):
        change_all(place(folder), CHANGES)
    assert contents(folder) == was


@pytest.mark.parametrize("name", ["partnerships/../../../outside", "partnerships/link", "link/x"])
def test_a_journal_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    folder = before(tmp_path / "register")
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / HOME / "link").symlink_to(outside)
    (folder / HOME / STAGING).mkdir()
    hashed = hashlib.sha256(b"new").hexdigest()
    entries = [[name.split("/"), "", hashed], [[HOME, "link", "x"], "", hashed], [[HOME, "..", "x"], "", hashed]]
    for number, entry in enumerate(entries):
        (folder / HOME / STAGING).mkdir(exist_ok=True)
        (folder / HOME / STAGING / "0.new").write_bytes(b"new")
        (folder / HOME / STAGING / JOURNAL).write_text(json.dumps({"entries": [entry], "folders": []}))
        with suppress(OSError, ValueError):
            end_earlier(place(folder))
        assert list(outside.iterdir()) == [], number
        assert sorted(path.name for path in tmp_path.iterdir()) == ["outside", "register"]


@pytest.mark.parametrize("link", [True, False])
def test_a_link_in_the_place_of_the_hidden_folder_is_not_followed(tmp_path: Path, *, link: bool) -> None:
    folder, outside = before(tmp_path / "register"), tmp_path / "outside"
    outside.mkdir()
    (outside / DONE).write_text("")
    if link:
        (folder / HOME / STAGING).symlink_to(outside)
    else:
        (folder / HOME / STAGING).write_text("")
    for act in (lambda: end_earlier(place(folder)), lambda: change_all(place(folder), CHANGES)):
        with pytest.raises(OSError):  # noqa: PT011 - a link is refused in other words than a file
            act()
    assert (outside / DONE).exists()
