from pathlib import Path

import pytest

from tests.since.changing import EXAMPLE, SHIPPED, Change


@pytest.fixture(autouse=True)
def _plain(git_alone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    del git_alone  # asked for, so that it comes first
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
