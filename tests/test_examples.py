"""The example registers: one in full order but for one answer, one whose faults are announced on their lines."""

import re
from datetime import date
from pathlib import Path

import pytest

from kpf.check.checking import Checked, check_register
from kpf.finding import Verdict
from kpf.register.register import read_register

EXAMPLES = Path(__file__).parent.parent / "examples"
DAY = date(2026, 11, 23)
LEFT_OPEN = ("waste-and-recycling", ("MSA-1",), "warning")
"""The one answer that the example leaves open, to show how that looks."""
EXPECTS = re.compile(r"# expect: (?P<rules>[a-z-]+(?:, [a-z-]+)*)\s*$")


def checked(name: str, day: date = DAY) -> Checked:
    return check_register(read_register(EXAMPLES / name), day)


def test_one_answer_is_open_in_the_register_in_full_order() -> None:
    result = checked("aldermere")
    assert [(finding.partnership, finding.duties, finding.severity.value) for finding in result.findings] == [LEFT_OPEN]
    open_ = [verdict for verdict in result.verdicts if verdict.verdict in {Verdict.NOT_MET, Verdict.NOT_KNOWN}]
    assert [f"{verdict.partnership} {verdict.duty}" for verdict in open_] == ["waste-and-recycling MSA-1"]
    assert len(result.partnerships) == 9


def test_an_agreed_exception_is_in_force_in_it() -> None:
    excepted = {
        (verdict.partnership, verdict.duty)
        for verdict in checked("aldermere").verdicts
        if verdict.verdict is Verdict.EXCEPTED and verdict.partnership
    }
    assert excepted == {("revenues-system", "ROL-4b"), ("revenues-system", "DPA-1")}


@pytest.mark.parametrize("day", [date(2010, 1, 1), date(2025, 6, 30), date(2026, 4, 15), date(2030, 1, 1)])
def test_it_can_be_read_as_at_any_day(day: date) -> None:
    result = checked("aldermere", day)
    assert {verdict.partnership for verdict in result.verdicts} == {None, *(file.id for file in result.partnerships)}


def test_what_time_alone_makes_open_is_marked_as_the_calendars() -> None:
    findings = [one for one in checked("aldermere", date(2027, 3, 1)).findings if one.duties != LEFT_OPEN[1]]
    assert findings
    assert {finding.kind.value for finding in findings} == {"clock"}


def test_each_typical_fault_is_found_on_its_line_and_nothing_else() -> None:
    announced = {
        (path.name, number, rule)
        for path in (EXAMPLES / "faults" / "partnerships").glob("*.yaml")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := EXPECTS.search(line))
        for rule in found["rules"].split(", ")
    }
    found_ = {
        (Path(finding.location.path).name, finding.location.line, finding.rule)
        for together in checked("faults").findings
        for finding in together.each
    }
    assert len(announced) > 50
    assert found_ == announced
