"""What docs/since.md shows is what kpf says of that change."""

import json
import re

from tests.cli.running import PROJECT
from tests.repositories import run
from tests.since.changing import Change

PAGE = (PROJECT / "docs" / "since.md").read_text("utf-8")
LEISURE = "leisure-centres.yaml"
NOTICE = "    notice: 12 months\n"
EXCEPTION = """\
agreed_exceptions:
  - duty: EXT-2
    reason: The period of notice is being agreed with the trust.
    approved_by: Monitoring Officer
    approved_on: 2026-11-02
    expires: 2027-05-02
"""


def test_the_example(example: Change) -> None:
    manager = next(
        line
        for line in (example.home / "community-safety.yaml").read_text("utf-8").splitlines(keepends=True)
        if line.startswith("manager:")
    )
    run(example.folder, "switch", "--quiet", "main")
    example.remove("community-safety.yaml", manager)
    example.committed()
    run(example.folder, "switch", "--quiet", "--create", "branch")
    example.replace("community-safety.yaml", "kind: ", f"{manager}kind: ")
    example.replace(LEISURE, ", dispute_clause: 45}", "}")
    example.remove(LEISURE, NOTICE)
    example.replace(LEISURE, "agreed_exceptions: []\n", EXCEPTION)
    said = re.sub(r"commit [0-9a-f]{7}", "commit 3f2a91c", example.check().out)
    (shown,) = re.findall(r"```console\n\$ kpf check --since main --as-at 2026-11-23\n(.*?)```", PAGE, re.DOTALL)
    assert shown == said


def test_the_names_in_the_json_are_those_of_the_page(example: Change) -> None:
    since = json.loads(example.check("--format", "json").out)["since"]
    table = PAGE.partition("| Name | What it holds |")[2]
    named = [
        name for cell in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", cell)
    ]
    assert sorted(named) == sorted(since)
