"""Registers with a history in git that several tests tell of."""

from pathlib import Path

import pytest

from tests.cli.running import GOOD, register
from tests.repositories import alone, commit, replace_in, run


def written_in_three_months(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of which something was written in March, in August and in November."""
    alone(monkeypatch, tmp_path)
    home = register(tmp_path / "council", GOOD)
    run(home, "init", "--quiet", "--initial-branch", "main")
    file = home / "partnerships" / GOOD
    for day, old, new in (
        ("2026-03-12", "yearly: 480000", "yearly: 450000"),
        ("2026-08-10", "yearly: 450000", "yearly: 480000"),
        ("2026-11-02", "lead_service: Leisure and Open Spaces", "lead_service: Housing"),
    ):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T10:00:00+0000")
        replace_in(file, old, new)
        commit(home)
    return home
