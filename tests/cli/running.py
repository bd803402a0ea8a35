"""kpf run on arguments: mostly in this process, which takes no time to start, and now and then as users start it."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO
from unittest.mock import patch

from kpf.cli import main
from tests.plain import PLAIN
from tests.processes import SECONDS

PROJECT = Path(__file__).parents[2]
EXAMPLE = PLAIN / "partnerships"
AS_AT = "2026-11-23"
GOOD = "leisure-centres.yaml"
SHARED = ("_council.yaml", "_organisations.yaml")

PARKS = """\
name: Parks
kind: contract
lead_service: Housing
remit: To keep the parks.
monitoring:
  additional_monitoring_required: yes
  arrangements:
    meetings: {what: Regular meetings., every: not stated}
"""
"""A partnership with nearly everything still open."""


@dataclass(frozen=True)
class Ran:
    """How a run ended, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings of a run that wrote JSON."""
        return list(self.json["findings"])

    @property
    def said(self) -> str:
        """The one line on the error stream of a run that could not do its job, but for what a CI system acts on."""
        assert self.status == 2
        assert self.out == ""
        (line,) = (line for line in self.err.splitlines() if not line.startswith(("::error", "##vso[")))
        assert line.startswith("kpf: ")
        return line.removeprefix("kpf: ")


def kpf(*arguments: str | Path, cwd: Path | None = None) -> Ran:
    """Run kpf in this process, with streams as a system without UTF-8 would give it."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
    status = run(*arguments, cwd=cwd, out=out, err=err)
    return Ran(status, _written(out), _written(err))


def run(*arguments: str | Path, out: TextIO | None, err: TextIO, cwd: Path | None = None) -> int:
    """The exit status of kpf, which writes to `out` and `err`."""
    argv = ["kpf", *map(str, arguments)]
    with (
        contextlib.chdir(cwd or Path.cwd()),
        patch.multiple(sys, argv=argv, stdout=out, stderr=err),
    ):
        try:
            main()
        except SystemExit as end:
            status = end.code
        else:  # main never returns
            status = None
        finally:
            if out is None:
                sys.stdout.close()  # what kpf put in its place
    assert isinstance(status, int)
    return status


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


def check(*arguments: str | Path, cwd: Path) -> Ran:
    """`kpf check` as at the day of all examples."""
    return kpf("check", "--as-at", AS_AT, *arguments, cwd=cwd)


def started(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """kpf in a process of its own, as users start it."""
    return subprocess.run(
        command(*arguments), cwd=cwd, env=surroundings(**environment), capture_output=True, check=False, timeout=SECONDS
    )


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "kpf", *map(str, arguments)]


def surroundings(**environment: str) -> dict[str, str]:
    """The environment of a process that finds kpf wherever it is started."""
    return {**os.environ, "PYTHONPATH": str(PROJECT), **environment}


def register(folder: Path, *names: str, **files: str) -> Path:
    """A register in `folder`: what partnerships share, some of the example, and files of one's own by their stems."""
    home = folder / "partnerships"
    home.mkdir(parents=True, exist_ok=True)
    for name in (*SHARED, *names):
        shutil.copyfile(EXAMPLE / name, home / name)
    for stem, text in files.items():
        (home / f"{stem}.yaml").write_text(text, "utf-8")
    return folder
