"""A file that kpf writes is there whole or not at all."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from kpf.on_disk import create, replace


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
