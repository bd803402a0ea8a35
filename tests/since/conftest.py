import shutil
from pathlib import Path

import pytest

from tests.repositories import alone
from tests.since.changing import EXAMPLE, SHIPPED, Change


@pytest.fixture(autouse=True)
def _plain(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not there")
    alone(monkeypatch, tmp_path_factory.mktemp("home"))
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def example(tmp_path: Path) -> Change:
    """A branch of a register in which nothing is open."""
    return Change.of(EXAMPLE, tmp_path / "example")


@pytest.fixture
def shipped(tmp_path: Path) -> Change:
    """A branch of a register in which nearly everything is open."""
    return Change.of(SHIPPED, tmp_path / "shipped")
