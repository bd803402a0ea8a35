"""What docs/since.md shows is what kpf says of that change."""

import json
import re

from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no types

from tests.cli.running import PROJECT
from tests.repositories import run
from tests.since.changing import Change

PAGE = (PROJECT / "docs" / "since.md").read_text("utf-8")
SHOWN = re.findall(r"```console\n\$ kpf check --since main --as-at 2026-11-23\n(.*?)```", PAGE, re.DOTALL)
LEISURE = "leisure-centres.yaml"
AHEAD = "      - {decision: Replacement of the pool plant, by: 2027-06-17}\n"
RESTATED = """\
  - what: half_years, 2025/26 H2, actual, visits
    reason: Visits to the closed pool were counted.
    agreed_by: Head of Finance
    on: 2026-11-02
"""
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
    assert said_by(example) == SHOWN[0]


def said_by(change: Change) -> str:
    return re.sub(r"commit [0-9a-f]{7}", "commit 3f2a91c", change.check().out)


def test_the_example_of_one_cause(example: Change) -> None:
    example.remove("_council.yaml", "  - Leisure Contracts Manager\n")
    assert said_by(example) == SHOWN[1]


def test_the_example_that_may_go_in(example: Change) -> None:
    example.replace(LEISURE, "visits: 228300", "visits: 227900")
    example.replace(LEISURE, "yearly: 480000", "yearly: 478000")
    example.remove(LEISURE, AHEAD)
    example.add(LEISURE, RESTATED)
    assert said_by(example) == SHOWN[2]


def test_the_names_in_the_json_are_those_of_the_page(example: Change) -> None:
    since = json.loads(example.check("--format", "json").out)["since"]
    table = PAGE.partition("| Name | What it holds |")[2]
    named = [
        name for cell in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", cell)
    ]
    assert sorted(named) == sorted(since)


def test_the_published_schema_names_all_that_is_written_of_a_comparison(example: Change) -> None:
    example.replace(LEISURE, ", dispute_clause: 45}", "}")
    example.replace(LEISURE, "agreed_exceptions: []\n", EXCEPTION)
    example.remove(LEISURE, "    tested: 2026-02-24\n")
    written = json.loads(example.check("--format", "json").out)
    schema = json.loads((PROJECT / "schemas" / "check-output.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(written)
    named = {"since": [written["since"]], "exception": written["since"]["exceptions"]}
    for name, entries in named.items():
        assert entries
        for entry in entries:
            assert set(entry) == set(schema["$defs"][name]["properties"])


def test_markdown_opens_with_what_the_change_does_and_whether_it_may_go_in(example: Change) -> None:
    example.replace(LEISURE, ", dispute_clause: 45}", "}")
    lines = example.check("--format", "markdown").out.splitlines()
    assert lines[0] == "# It must not go in yet: 1 thing is missing or wrong that was not before."
    assert lines[2].startswith("This change edits 1 partnership")
    assert lines[4] == "## Counted against this change"
