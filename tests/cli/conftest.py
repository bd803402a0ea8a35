from pathlib import Path

import pytest

from tests.cli.running import GOOD, PARKS, register


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have asked for colours, or for none."""
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A register in which nothing is to be found."""
    return register(tmp_path, GOOD)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A register of one partnership that is complete and one that is not."""
    return register(tmp_path, GOOD, parks=PARKS)
