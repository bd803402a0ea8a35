import shutil
from pathlib import Path

import pytest

from tests.changes.registers import History
from tests.repositories import alone


@pytest.fixture
def history(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> History:
    """The example, committed on 12 March 2026."""
    if shutil.which("git") is None:
        pytest.skip("git is not there")
    alone(monkeypatch, tmp_path_factory.mktemp("home"))
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return History.begun(tmp_path / "register", monkeypatch, "2026-03-12T10:00:00+0000")
