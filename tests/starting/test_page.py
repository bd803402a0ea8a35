"""docs/starting.md: what it shows is what kpf does, one command after another in one folder."""

import re
import shlex
from pathlib import Path

from kpf.document import read_document
from tests.cli.running import PROJECT, kpf

PAGE = (PROJECT / "docs" / "starting.md").read_text("utf-8")
SHOWN = re.findall(r"```console\n\$ kpf ([^\n]*)\n(.*?)```", PAGE, re.DOTALL)


def test_what_is_shown_is_what_kpf_prints(tmp_path: Path) -> None:
    (listed,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "list.csv").write_text(listed, "utf-8")
    assert len(SHOWN) == 4
    for command, shown in SHOWN:
        ran = kpf(*shlex.split(command), cwd=tmp_path)
        assert ran.status == (1 if command.startswith("check") else 0), ran.err
        printed = iter(ran.out.splitlines())
        for line in shown.splitlines():
            assert line in {"", "..."} or line in printed, f"kpf {command} does not print this, or not here: {line}"
    of_the_file, *_ = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert of_the_file in (tmp_path / "partnerships" / "leisure-centres.yaml").read_text("utf-8")


def test_the_lines_that_are_shown_can_be_read() -> None:
    for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL):
        assert read_document("shown", block.encode()).findings() == []
