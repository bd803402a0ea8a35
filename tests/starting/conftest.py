from pathlib import Path

import pytest

from tests.cli.running import kpf


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A register as `kpf init` makes it, with two services."""
    there = tmp_path / "register"
    options = [
        "--council",
        "Testford",
        "--framework-adopted",
        "2012-11",
        "--services",
        "Leisure",
        "--services",
        "Parks",
    ]
    assert kpf("init", str(there), *options, "--no-input", cwd=tmp_path).status == 0
    return there
