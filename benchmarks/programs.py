"""The programs that are measured side by side, each doing what it does on the same files."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PEERS: Final = Path(__file__).parent / "peers"
_SCHEMA: Final = str(ROOT / "schemas" / "partnership.schema.json")
_LARGEST_LIST: Final = 20_000
"""So many names of files fit behind a command."""

AS_AT: Final = "2026-11-20"


@dataclass(frozen=True, slots=True)
class Program:
    """One of them, and how it is called in the folder of a register."""

    name: str
    what: str
    command: tuple[str, ...]
    lists_files: bool = False
    """Whether the names of the files stand behind the command."""
    up_to: int = 10_000
    """The largest register it is measured on."""

    def called(self, files: Sequence[str]) -> list[str]:
        """The whole command for these `files`."""
        return [*self.command, *files] if self.lists_files else [*self.command]


def _kpf(*arguments: str) -> tuple[str, ...]:
    return (str(Path(sys.executable).parent / "kpf"), *arguments, "--as-at", AS_AT)


KPF: Final = Program("kpf check", "every rule", _kpf("check"), up_to=100_000)
PROGRAMS: Final = (
    KPF,
    Program(
        "check-jsonschema",
        "the shape, by kpf's schema",
        (str(PEERS / "python" / "bin" / "check-jsonschema"), "--schemafile", _SCHEMA),
        lists_files=True,
    ),
    Program(
        "jsonschema (C++)",
        "the shape, by kpf's schema",
        (str(PEERS / "native" / "bin" / "jsonschema"), "validate", _SCHEMA, "--continue"),
        lists_files=True,
    ),
    Program(
        "ajv",
        "the shape, by kpf's schema",
        (
            str(PEERS / "node_modules" / ".bin" / "ajv"),
            *("validate", "--spec=draft2020", "--strict=false", "--all-errors"),
            *("-s", _SCHEMA, "-d", "partnerships/[a-z]*.yaml"),
        ),
    ),
    Program(
        "yamllint",
        "layout, relaxed",
        (str(PEERS / "python" / "bin" / "yamllint"), "-d", "relaxed", "partnerships"),
    ),
    Program(
        "floor",
        "libyaml's events alone",
        (sys.executable, str(Path(__file__).parent / "floor.py"), "partnerships"),
        up_to=100_000,
    ),
)
OTHER_COMMANDS: Final = (
    Program("kpf due", "what falls due", _kpf("due")),
    Program("kpf trace", "statement by statement", _kpf("trace")),
    Program("kpf report", "the paper of a half-year", _kpf("report", "--period", "H1")),
    Program("kpf check --since", "against the last commit", _kpf("check", "--since", "HEAD")),
    Program("kpf site", "the register as pages", _kpf("site", "-o", "site"), up_to=1_000),
)
"""The other commands that read the whole register; each should take no more than three times as long as a check.

Only the pages take longer: some forty kilobytes are laid out for each partnership.
"""
