"""From the framework to the rules and back: nothing that can be checked goes unchecked, and nothing is made up."""

import pytest

from kpf.check.checking import check_register
from kpf.check.trace import ALL_VERDICTS, Trace, trace_statements
from kpf.finding import Verdict
from kpf.framework import ROLL_UP, framework
from kpf.model import Council, Organisation, Partnership, Record
from kpf.model.shapes import every_field
from kpf.register.register import read_register
from kpf.rules import RULES
from tests.rules.laying import AS_AT, EXAMPLE, changed

STATEMENTS = framework().statements
RECORDS = {"partnership": Partnership, "council": Council, "organisation": Organisation}


def test_all_of_the_framework_is_traced_in_its_order() -> None:
    assert [entry.statement.id for entry in trace_statements()] == list(STATEMENTS)
    assert len(STATEMENTS) == 134
    assert sum(entry.statement.checkable for entry in trace_statements()) == 94


@pytest.mark.parametrize("entry", trace_statements(), ids=lambda entry: entry.statement.id)
def test_each_statement_is_looked_after_or_says_why_not(entry: Trace) -> None:
    if entry.statement.checkable:
        assert entry.rules or entry.fields
        assert not entry.reason
    else:
        assert entry.reason.strip()


def test_only_the_aim_of_the_framework_is_rolled_up() -> None:
    assert [entry.statement.id for entry in trace_statements() if ALL_VERDICTS in entry.rules] == [ROLL_UP]
    assert ALL_VERDICTS not in RULES


@pytest.mark.parametrize("record", RECORDS.values(), ids=list(RECORDS))
def test_fields_name_duties_of_the_framework(record: type[Record]) -> None:
    for path, field in every_field(record):
        about = field.about
        for duty in (*about.asked_by, *about.serves, *about.settles):
            assert duty in STATEMENTS, (path, duty)


@pytest.mark.parametrize("record", RECORDS.values(), ids=list(RECORDS))
def test_each_question_is_asked_by_a_duty(record: type[Record]) -> None:
    """Its own, one that it settles, one of what is inside, or the one that asks for the group that it is in."""
    fields = dict(every_field(record))
    for path, field in fields.items():
        if field.about.wanted:
            inside = (inner.about.asked_by for there, inner in fields.items() if there[: len(path)] == path)
            holder = fields.get(path[:-1])
            asking = (field.about.settles, *inside, holder.about.asked_by if holder else ())
            assert any(asking), path


def test_each_duty_that_a_rule_judges_can_be_met_or_not() -> None:
    """A rule under a duty of which kpf says that nothing can check it would contradict itself."""
    for rule in RULES.values():
        assert any(STATEMENTS[duty].check for duty in rule.duties), rule.name


# -- the aim -------------------------------------------------------------------------------------------


def aim(over: object) -> Verdict:
    (verdict,) = [verdict for verdict in changed(over).verdicts if verdict.duty == ROLL_UP]
    assert verdict.partnership is None
    return verdict.verdict


def test_the_aim_is_the_worst_of_all_other_verdicts() -> None:
    blank = {"remit": None}
    contradiction = {"monitoring": {"additional_monitoring_required": "no"}}
    assert aim({}) is Verdict.MET
    assert aim(blank) is Verdict.NOT_KNOWN
    assert aim(contradiction) is Verdict.NOT_MET
    assert aim({**blank, **contradiction}) is Verdict.NOT_MET


def test_the_aim_has_no_finding_of_its_own_and_counts_the_others() -> None:
    checked = check_register(read_register(EXAMPLE.parent), AS_AT)
    first, *others = checked.verdicts
    assert first.duty == ROLL_UP
    assert not any(ROLL_UP in finding.duties for finding in checked.findings)
    for verdict in Verdict:
        count = sum(other.verdict is verdict for other in others)
        assert (f"{count} {verdict.words}" in first.reason) is bool(count)
