"""What a replaced file keeps of the one before it, and what is said where it cannot."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kpf.disk.keeping import made_like


@contextmanager
def two(folder: Path) -> Iterator[tuple[int, int]]:
    """An old and a new file, both open."""
    names = [folder / "new.yaml", folder / "old.yaml"]
    for name in names:
        name.write_text("a: b\n", "utf-8")
    new, old = (os.open(name, os.O_RDWR) for name in names)
    try:
        yield new, old
    finally:
        os.close(new)
        os.close(old)


def refuse(*_: object) -> None:
    raise PermissionError(1, "not permitted")


class Owned:
    """What the system says of a file that somebody else owns."""

    def __init__(self, was: os.stat_result) -> None:
        self.st_uid, self.st_gid = was.st_uid + 1, was.st_gid + 1
        self.st_mode, self.st_nlink = was.st_mode, 2


@pytest.mark.skipif(not hasattr(os, "fchown"), reason="this system knows owners by other means")
def test_an_owner_a_group_and_a_second_name_that_cannot_be_kept_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with two(tmp_path) as (new, old):
        stat = os.fstat
        monkeypatch.setattr(os, "fstat", lambda file: Owned(stat(file)) if file == old else stat(file))
        monkeypatch.setattr(os, "fchown", refuse)
        not_kept = made_like(new, old, "parks.yaml")
    assert not_kept == (
        "The group of parks.yaml has changed, because you are not in the group that it had.",
        "parks.yaml belongs to you now, because only an administrator can give a file to its old owner.",
        (
            "parks.yaml had another name elsewhere (a hard link). Only the file in the register was changed; "
            "what has the other name is as it was."
        ),
    )


@pytest.mark.skipif(not hasattr(os, "listxattr"), reason="this system keeps nothing beside a file")
def test_what_the_disk_kept_beside_it_and_cannot_be_kept_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with two(tmp_path) as (new, old):
        monkeypatch.setattr(os, "listxattr", lambda _: ["user.note", "security.label"])
        monkeypatch.setattr(os, "getxattr", refuse)
        monkeypatch.setattr(os, "removexattr", refuse)
        not_kept = made_like(new, old, "parks.yaml")
    assert not_kept == ("parks.yaml has lost what the disk kept beside it as user.note.",)
