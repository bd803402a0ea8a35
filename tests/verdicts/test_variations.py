"""The tables beside this file: variations of the complete example, each with the verdict that the framework wants.

Every entry of a table (`*.yaml`) is one partnership, described by

    what:           one sentence that says what is different
    lay:            laid over the complete example's partnership; a blank takes a value away
    council:        laid over _council.yaml (may be left out)
    organisations:  laid over _organisations.yaml (may be left out)
    on:             the day as at which it is judged (may be left out: the example's own)
    duty:           a duty, or a list of duties
    verdict:        met, not met, not known, not applicable or excepted
    because:        why the framework's words want that verdict
    rule, line, says:  the rule that tells of it, words of the line it points at, words of its message and of what to
                       write (may be left out)

All values are the text that a file would hold: `minute: TBC` writes TBC, and only an empty value takes one away.
"""

from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from ruamel.yaml import YAML

from kpf.check.checking import Checked
from kpf.finding import Verdict
from kpf.framework import framework
from kpf.register.entries import COUNCIL, ORGANISATIONS
from tests.rules.laying import AS_AT, OWN, about, checked, reason, verdicts, with_laid

pytestmark = pytest.mark.unmeasured

TABLES: Final = sorted(Path(__file__).parent.glob("*.yaml"))
VERDICTS: Final = {verdict.words: verdict for verdict in Verdict}
WANTED: Final = {"what", "duty", "verdict", "because"}
ON_A_FINDING: Final = {"rule", "line", "says"}
LAID: Final = {"lay": OWN, "council": COUNCIL, "organisations": ORGANISATIONS}
"""The file over which each part of an entry is laid."""


class Variation(NamedTuple):
    """One entry of a table."""

    what: str
    laid: tuple[tuple[str, Any], ...]
    on: date
    duties: tuple[str, ...]
    verdict: Verdict
    because: str
    finding: dict[str, str]
    """What is known of the finding that tells of it: its rule, words of its line and of its message."""


def entries(table: Path) -> list[Any]:
    """The entries of `table` as plain data: text, lists, mappings, and None for what is empty."""
    found = _blank_for_empty(YAML(typ="base", pure=True).load(table))
    assert isinstance(found, list)
    return found


def _blank_for_empty(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(name): _blank_for_empty(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_blank_for_empty(value) for value in data]
    return str(data) or None


def variation(entry: dict[str, Any]) -> Variation:
    """The variation that `entry` describes. Raises AssertionError where it says too little or too much."""
    names = set(entry)
    assert names >= WANTED, f"missing: {', '.join(sorted(WANTED - names))}"
    unknown = names - WANTED - set(LAID) - ON_A_FINDING - {"on"}
    assert not unknown, f"unknown: {', '.join(sorted(unknown))}"
    duties = (entry["duty"],) if isinstance(entry["duty"], str) else tuple(entry["duty"])
    assert all(duty in framework().statements for duty in duties), f"no such duty among {', '.join(duties)}"
    laid = tuple((file, entry[part]) for part, file in LAID.items() if part in entry)
    day = date.fromisoformat(entry["on"]) if "on" in entry else AS_AT
    finding = {name: entry[name] for name in ON_A_FINDING & names}
    return Variation(entry["what"], laid, day, duties, VERDICTS[entry["verdict"]], entry["because"], finding)


CASES: Final = [
    pytest.param(entry, id=f"{table.stem}: {entry.get('what', position)}")
    for table in TABLES
    for position, entry in enumerate(entries(table), 1)
]


@pytest.mark.parametrize("entry", CASES)
def test_verdict(entry: dict[str, Any]) -> None:
    one = variation(entry)
    run = checked(with_laid(*one.laid), one.on)
    found = verdicts(run)
    for duty in one.duties:
        listed = "\n".join(
            f"  {finding.location.file}: {'.'.join(map(str, finding.trail))}: {finding.message}"
            for finding in about(run, duty)
        )
        assert found[duty] is one.verdict, (
            f"{duty} is {found[duty].words}: {reason(run, duty)}\n"
            f"wanted: {one.verdict.words}, because {one.because}\n"
            f"findings under {duty}:\n{listed or '  none'}"
        )
    if one.finding:
        _is_told(one.finding, run)


def _is_told(wanted: dict[str, str], run: Checked) -> None:
    """That a finding of the rule that is wanted points at the line, with the words."""
    rules = [part.rule for finding in run.findings for part in finding.each]
    told = [part for finding in run.findings for part in finding.each if part.rule == wanted.get("rule", part.rule)]
    assert any(
        wanted.get("line", "") in part.location.excerpt and wanted.get("says", "") in f"{part.message} {part.fix}"
        for part in told
    ), f"wanted: {wanted}\nof the rules {', '.join(rules)}:\n" + "\n".join(
        f"{part.location.excerpt}: {part.message} {part.fix}" for part in told
    )


def test_no_variation_stands_twice() -> None:
    names = [str(case.id) for case in CASES]
    assert len(set(names)) == len(names)
