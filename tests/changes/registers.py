"""A register in a real repository, as it changes from day to day."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest

from tests.cli.running import AS_AT, Ran, kpf
from tests.plain import PLAIN
from tests.repositories import commit, replace_in, run

EXAMPLE = PLAIN / "partnerships"
CENTRES = "leisure-centres.yaml"


@dataclass(frozen=True)
class History:
    """A repository on its branch main."""

    folder: Path
    patch: pytest.MonkeyPatch

    @classmethod
    def begun(cls, folder: Path, patch: pytest.MonkeyPatch, on: str) -> Self:
        """With the example in it, committed at `on`: a day and a time with its zone."""
        shutil.copytree(EXAMPLE, folder / "partnerships")
        run(folder, "init", "--quiet", "--initial-branch", "main")
        history = cls(folder, patch)
        history.commit(on)
        return history

    @property
    def home(self) -> Path:
        return self.folder / "partnerships"

    def replace(self, name: str, old: str, new: str) -> None:
        """Write `new` for the one place where `old` stands."""
        replace_in(self.home / name, old, new)

    def commit(self, on: str) -> str:
        """The short name of a commit of all that there is, made at `on`."""
        self.patch.setenv("GIT_AUTHOR_DATE", "2001-01-01T00:00:00+0000")  # no matter when it was written
        self.patch.setenv("GIT_COMMITTER_DATE", on)
        return commit(self.folder)

    def led_by(self, service: str, on: str) -> str:
        """The commit in which another service leads the leisure centres."""
        file = self.home / CENTRES
        lines = file.read_text("utf-8").splitlines(keepends=True)
        changed = [f"lead_service: {service}\n" if line.startswith("lead_service:") else line for line in lines]
        file.write_text("".join(changed), "utf-8")
        return self.commit(on)

    def diff(self, *arguments: str | Path, as_at: str = AS_AT) -> Ran:
        return kpf("diff", "--as-at", as_at, *arguments, cwd=self.folder)

    def json(self, *arguments: str | Path, as_at: str = AS_AT) -> Any:
        ran = self.diff("--format", "json", *arguments, as_at=as_at)
        assert (ran.status, ran.err) == (0, "")
        return ran.json

    def evidence(self, *arguments: str | Path, as_at: str = AS_AT) -> dict[str, tuple[str | None, str | None]]:
        """How each change came, and by which commit, by what is told; without partners' ratings."""
        return {
            change["sentence"]: (change["came"], change["commit"] and change["commit"][:7])
            for change in self.json(*arguments, as_at=as_at)["changes"]
            if not change["exempt"]
        }
