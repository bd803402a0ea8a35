"""Appendix A's partnerships: no other name, and no deleted file, takes away what it promises of them."""

from typing import Any

import pytest

from kpf.check.checking import Checked
from kpf.finding import Finding, Verdict
from kpf.register.entries import COUNCIL, FRAMEWORK
from tests.rules.laying import NO_FILE, checked, verdicts, with_laid

CHORLEY = (COUNCIL, {"council": "Chorley Council"})


def missing(run: Checked) -> list[Finding]:
    return [part for finding in run.findings for part in finding.each if part.rule == NO_FILE]


@pytest.mark.parametrize("name", ["Waste services", None], ids=["another name", "no name"])
def test_a_partnership_is_known_by_the_name_of_its_file_too(name: str | None) -> None:
    run = checked(with_laid(CHORLEY, ("veolia.yaml", {"name": name})))
    found = verdicts(run, "veolia")
    assert {duty: found[duty] for duty in ("APA-3a", "APA-3b")} == dict.fromkeys(
        ("APA-3a", "APA-3b"), Verdict.NOT_KNOWN
    )
    assert "Veolia" not in {finding.subject for finding in missing(run)}


def test_each_partnership_without_a_file_is_reported_where_the_list_is() -> None:
    run = checked(with_laid(CHORLEY, ("waste.yaml", {"name": "Veolia Ltd"})))
    found = missing(run)
    assert len(found) == 12
    (one,) = (finding for finding in found if finding.subject == "Glendale")
    assert one.message == "Appendix A lists Glendale, and no file is about it."
    assert one.fix.endswith("drop or replace APA-4b and APA-4 in _framework.yaml.")
    assert "list_of_key_partnerships" in one.location.excerpt
    assert verdicts(run, None)["LST-3"] is Verdict.NOT_KNOWN


def test_one_that_has_ended_is_not_missing() -> None:
    ended = {"on": "2026-03-31", "decided_by": "Executive Cabinet", "minute": "EC/26/12", "reason": "It is done."}
    run = checked(with_laid(CHORLEY, ("civica.yaml", {"name": "Civica", "ended": ended})))
    assert "Civica" not in {finding.subject for finding in missing(run)}


def test_another_council_has_no_appendix() -> None:
    assert missing(checked(with_laid((COUNCIL, {"council": "Tarnside Borough Council"})))) == []


def test_what_the_councils_own_edition_drops_is_not_missed() -> None:
    def dropped(*duties: str) -> dict[str, Any]:
        return {
            "title": "Chorley Partnerships Framework",
            "edition": "April 2026",
            "builds_on": "Key Partnerships Framework, November 2012",
            "adopted": {"by": "Executive Cabinet", "on": "2026-04-16", "minute": "EC/26/31"},
            "drop": {duty: {"reason": "The contract went to another firm."} for duty in duties},
        }

    def names(*duties: str) -> set[str]:
        files = with_laid(CHORLEY) | {FRAMEWORK: dropped(*duties)}
        return {finding.subject for finding in missing(checked(files))}

    assert "Glendale" in names("APA-4b")
    assert names() - names("APA-4b", "APA-4") == {"Glendale"}
