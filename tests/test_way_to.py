"""The path from the top of a repository to a folder in it, by which services know the files."""

import shutil
import subprocess
from pathlib import Path

import pytest

from kpf.git import program
from kpf.git.program import path_to
from tests.processes import SECONDS

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True, timeout=SECONDS)
    return tmp_path


def test_from_the_top_and_from_further_down(repository: Path) -> None:
    deep = repository / "town hall" / "büro"
    deep.mkdir(parents=True)
    assert [path_to(folder) for folder in (repository, deep.parent, deep)] == ["", "town hall/", "town hall/büro/"]


def test_there_is_no_way_outside_a_repository(tmp_path: Path) -> None:
    assert path_to(tmp_path) is None
    assert path_to(tmp_path / "nowhere") is None


def test_there_is_no_way_where_git_does_not_answer(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_SECONDS", 0)
    assert path_to(repository) is None
