"""What docs/editing.md shows is what kpf does, and its table is what the commands ask for."""

import io
import re
import shlex
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from kpf.edit.record.kinds import KINDS
from tests.cli.running import PROJECT, kpf

PAGE = (PROJECT / "docs" / "editing.md").read_text("utf-8")
SHOWN = re.findall(r"```console\n\$ kpf ([^\n]*)\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("arguments", "shown"), SHOWN, ids=[arguments.split()[0] for arguments, _ in SHOWN])
def test_what_is_shown_is_what_is_printed(arguments: str, shown: str, tmp_path: Path) -> None:
    home = tmp_path / "partnerships"
    home.mkdir()
    for file in (PROJECT / "partnerships").glob("*.yaml"):
        (home / file.name).write_bytes(file.read_bytes())
    with patch.object(sys, "stdin", io.StringIO("y\n")):
        ran = kpf(*shlex.split(arguments), cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    printed = iter(ran.out.splitlines())
    for line in shown.splitlines():
        assert line in {"", "..."} or line in printed, f"not printed, or not here: {line}"


def test_each_kind_stands_in_the_table_with_what_has_to_be_known() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \|.*\|([^|]*)\|$", PAGE, re.MULTILINE))
    assert list(rows) == list(KINDS)
    for name, needed in rows.items():
        facts = [fact for fact in KINDS[name].facts if fact.needed]
        options = [option for fact in facts for option in (fact.option, fact.unless) if option]
        assert re.findall(r"`--([a-z-]+)`", needed) == options


def test_each_example_of_a_kind_is_taken(tmp_path: Path) -> None:
    """The examples of the help speak of Veolia, and of a file that has what they name."""
    home = tmp_path / "partnerships"
    home.mkdir()
    for file in (PROJECT / "partnerships").glob("*.yaml"):
        (home / file.name).write_bytes(file.read_bytes())
    with (home / "veolia.yaml").open("a", encoding="utf-8") as veolia:
        veolia.write("\nmeasures:\n  recycling: {name: Recycled, better: higher}\n")
    for kind in KINDS.values():
        ran = kpf(*shlex.split(kind.example)[1:], "--yes", "--as-at", "2026-12-23", cwd=tmp_path)
        assert (ran.status, ran.err) == (0, ""), kind.name
