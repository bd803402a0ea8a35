"""From text to values: what is refused is reported at its place, and hides nothing else."""

from typing import Any

import pytest

from kpf.document import read_document
from kpf.finding import Finding
from kpf.model import Partnership, Unreadable, read_record
from tests.rules.laying import OWN, checked, with_laid


def read(text: str) -> tuple[Partnership, list[Finding]]:
    return read_record(Partnership, read_document("partnerships/x.yaml", text.encode(), "x"))


@pytest.mark.parametrize(
    ("written", "message", "fix"),
    [
        (
            "agreement:\n  signed: 23/11/2026",
            "`signed` holds “23/11/2026”, which cannot be read as a day",
            "as: 2026-11-23",
        ),
        (
            "agreement:\n  signed: 23 Nov 2026",
            "`signed` holds “23 Nov 2026”, which cannot be read as a day",
            "as: 2026-11-23",
        ),
        (
            "agreement:\n  signed: 2026-02-30",
            "`signed` holds “2026-02-30”, which cannot be read as a day",
            "example 2026-11-23",
        ),
        ("agreement:\n  signed: to follow", "`signed` says “to follow”, which is no answer yet.", "known, write a day"),
        ("proposal:\n  cost: £1,250", "“£1,250”, which cannot be read as an amount in pounds", "Write it as: 1250"),
        ("proposal:\n  cost: 75k", "“75k”, which cannot be read as an amount in pounds", "Write it as: 75000"),
        ("scope:\n  involves_children: true", "holds “true”, which is not yes or no", "Write it as: yes"),
        ("kind: Contracts", "holds “Contracts”, which is not one of contract, cross-sector,", "Write it as: contract"),
        (
            "monitoring:\n  arrangements: {a: {every: quarterly}}",
            "“quarterly”, which cannot be read as a number",
            "3 months",
        ),
        ("half_years:\n  2026/28 H1: {issues: none}", "“2026/28 H1” is not a half of a financial year", "2026/27 H1"),
        ("half_years:\n  2026/27 H1: {}\n  2026-27 H1: {}", "2026/27 H1 and 2026-27 H1", "Keep one of them."),
        ("partners: Veolia", "holds “Veolia”. It should be a list.", "with a dash: - Veolia"),
        ("agreement: LEG/24/7", "holds “LEG/24/7”. It should be a group of fields.", "two spaces further in"),
        (
            "agreement: see folder",
            "`agreement` says “see folder”, which is no answer yet.",
            "For example: agreement: {",
        ),
        ("reviews: none yet", "`reviews` says “none yet”, which is no answer yet.", "For example: reviews: ["),
        ("monitoring: {changes: nil}", "`changes` says “nil”, which is no answer here.", "write: changes: none"),
        ("monitoring: {changes: No changes}", "says “No changes”, which is no answer", "write: changes: none"),
        ("partners: none", "`partners` says “none”, which is no answer here.", "For example: partners: ["),
        (
            "agreement: {roles: {board: 'n/a, a supply contract'}}",
            "`board` says “n/a, a supply contract”, which is no answer here.",
            "If there is none, write no_board with the reason",
        ),
        (
            "agreement: {exit: 'n/a, a statute settles it'}",
            "`exit` says “n/a, a statute settles it”, which is no answer here.",
            "write who agreed: not_applicable: {reason: …, agreed_by: …, on: …}",
        ),
        ("risks: {opportunities_considered: nil}", "holds “nil”, which is not the word none.", "Write it as: none"),
        ("name: [a]", "`name` holds a list. It should be a text.", "Write a text."),
        ("lead_servce: X", "`lead_servce` is not a name that belongs here.", "Did you mean `lead_service`?"),
        ("notice: 6 months", "`notice` is not a name that belongs here.", "`notice` belongs inside `exit` inside"),
    ],
)
def test_what_cannot_be_understood_says_what_to_write(written: str, message: str, fix: str) -> None:
    record, findings = read(f"remit: To collect waste.\n{written}\n")
    assert message in findings[-1].message
    assert fix in findings[-1].fix
    assert findings[-1].location.line == 2 + written.count("\n")
    assert record.remit == "To collect waste."


def test_asking_for_what_was_refused_is_noticed_and_the_rest_is_there() -> None:
    record, findings = read("on_the_list:\n  from: last year\n  minute: EC/1\n")
    assert len(findings) == 1
    assert record.on_the_list
    assert record.on_the_list.minute == "EC/1"
    with pytest.raises(Unreadable, match=r"^from$"):
        _ = record.on_the_list.from_


def test_a_telephone_number_keeps_its_zero_and_on_is_a_text_where_a_text_is_asked_for() -> None:
    record, findings = read("name: on\nremit: 01257 515151\nmanager: 2026-11-23\n")
    assert not findings
    assert (record.name, record.remit, record.manager) == ("on", "01257 515151", "2026-11-23")


@pytest.mark.parametrize(
    "blank", ["", "null", "~", "'  '", "'-'", "'?'", "TBC", "tba", "TBD", "n/a", "N/A", "{}", "[]"]
)
def test_a_blank_is_no_answer(blank: str) -> None:
    record, findings = read(f"name: {blank}\nremit: x\n")
    assert not findings
    assert record.name is None


@pytest.mark.parametrize(
    ("over", "write"),
    [
        ({"measures": "3"}, "visits: {name: Visits, better: higher}"),
        ({"risks": {"entries": ["a"]}}, "income-falls: {risk: Visits fall, likelihood: 2, impact: 4}"),
        ({"half_years": "x"}, "2026/27 H1: {issues: none}"),
    ],
)
def test_of_a_table_it_is_said_that_each_entry_has_a_name_of_its_own(over: dict[str, Any], write: str) -> None:
    (fix,) = (one.fix for one in checked(with_laid((OWN, over))).findings if one.rule == "value-not-understood")
    assert fix.startswith("Write each under a name of its own, two spaces further in, with ")
    assert fix.endswith(f" For example: {write}")
