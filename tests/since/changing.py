"""A branch of a register in a real repository: somebody changes files, and kpf says what it thinks of that."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.cli.running import PROJECT, Ran, check
from tests.plain import PLAIN
from tests.repositories import commit, replace_in, run

SHIPPED = PROJECT / "partnerships"
EXAMPLE = PLAIN / "partnerships"


@dataclass(frozen=True)
class Change:
    """A branch called `change`, off a branch called `main` that holds a whole register."""

    folder: Path

    @classmethod
    def of(cls, register: Path, folder: Path) -> Self:
        shutil.copytree(register, folder / "partnerships")
        run(folder, "init", "--quiet", "--initial-branch", "main")
        commit(folder)
        run(folder, "switch", "--quiet", "--create", "change")
        return cls(folder)

    @property
    def home(self) -> Path:
        return self.folder / "partnerships"

    def replace(self, name: str, old: str, new: str) -> None:
        """Write `new` for the one place where `old` stands."""
        replace_in(self.home / name, old, new)

    def add(self, name: str, text: str) -> None:
        """Write `text` at the end of a file, which may be new."""
        file = self.home / name
        before = file.read_text("utf-8") if file.exists() else ""
        file.write_text(before + text, "utf-8")

    def remove(self, name: str, text: str) -> None:
        """Take `text` away from the one place where it stands."""
        self.replace(name, text, "")

    def committed(self) -> None:
        commit(self.folder)

    def on_main(self, name: str, old: str, new: str) -> None:
        """Somebody else's change, merged meanwhile."""
        run(self.folder, "stash", "--quiet", "--include-untracked")
        run(self.folder, "switch", "--quiet", "main")
        self.replace(name, old, new)
        commit(self.folder)
        run(self.folder, "switch", "--quiet", "change")
        if run(self.folder, "stash", "list"):
            run(self.folder, "stash", "pop", "--quiet")

    def check(self, *arguments: str | Path, since: str = "main") -> Ran:
        return check("--since", since, *arguments, cwd=self.folder)

    def json(self, *arguments: str | Path, since: str = "main") -> Any:
        return self.check("--format", "json", *arguments, since=since).json

    def worse(self, *arguments: str | Path, since: str = "main") -> list[tuple[str, str, str]]:
        """What is held against the change: the file, the rule, and the text that is marked."""
        return [
            (finding["path"].removeprefix("partnerships/"), finding["rule"], self._marked(finding))
            for finding in self.json(*arguments, since=since)["findings"]
        ]

    def _marked(self, finding: dict[str, Any]) -> str:
        file = self.folder / finding["path"]
        if not file.exists():
            return ""
        line: str = file.read_text("utf-8").splitlines()[finding["line"] - 1]
        return line[
            finding["column"] - 1 : finding["end_column"] - 1 if finding["end_line"] == finding["line"] else None
        ]
