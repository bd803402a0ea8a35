"""What stands in a file, in its name or in the name of a commit starts nothing in the log of a build server."""

import re

import pytest

from kpf.render.formats import CHECK_FORMATS
from tests.since.changing import Change

LEISURE = "leisure-centres.yaml"
COMMAND = "##vso[task.setvariable variable=x]::error::[/bold]"
ACTS = re.compile(r"^\s*::(?!error |warning |notice )|##\[|(?<!^)##vso\[|##vso\[(?!task\.logissue )", re.MULTILINE)
"""What a build server would act on, but for the annotations and issues that kpf may write itself."""


@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_nothing_is_started(example: Change, name: str) -> None:
    (example.home / LEISURE).rename(example.home / "::add-mask::x.yaml")
    changed = "::add-mask::x.yaml"
    example.replace(changed, "name: Aldermere Leisure Centres", f"name: '{COMMAND}'")
    example.replace(changed, "dispute_clause: 45", f"dispute_clause: '{COMMAND}'")
    example.committed()
    example.replace(changed, f", dispute_clause: '{COMMAND}'", "")
    example.replace(
        changed,
        "agreed_exceptions: []",
        f"agreed_exceptions: [{{duty: EXT-2, reason: '{COMMAND}', approved_by: '{COMMAND}'}}]",
    )
    example.add("##[command]y.yaml", f"name: '{COMMAND}'\nkind: '{COMMAND}'\n")
    ran = example.check("--format", name, since="HEAD")
    assert ran.status == 1
    assert "not-recorded" in ran.out
    assert not ACTS.search(ran.out), ACTS.search(ran.out)
    example.committed()
    (example.home / changed).unlink()
    ran = example.check("--format", name, since="HEAD")
    assert "partnership-vanished" in ran.out
    assert not ACTS.search(ran.out)
    assert not ACTS.search(example.check(since="##[group]no").err)
