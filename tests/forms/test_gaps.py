"""What is taken out of a complete file is asked for, each in its own place, also where its finding stands elsewhere."""

from datetime import date

import pytest

from kpf.check.stream import Judge, Terms
from kpf.forms.sending import addressees
from kpf.register.register import register_of
from tests.plain import PLAIN

ID = "leisure-centres"
FILES = {path.name: path.read_bytes() for path in (PLAIN / "partnerships").iterdir()}


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        (", agenda: [governance, risks]}", "}", "monitoring/arrangements/*/held/*"),
        ("    evidence_seen: {on: 2026-04-28,", "    # {on: 2026-04-28,", "half_years/*"),
        ("    action_plans: {visits:", "    # {visits:", "half_years/*/action_plans/*"),
        ("[code_of_conduct, ", "[", "risks/considered_no_risk"),
    ],
)
def test_it_is_asked_for_where_the_answer_belongs(old: str, new: str, path: str) -> None:
    text = FILES[f"{ID}.yaml"].decode()
    assert text.count(old) == 1
    register = register_of(PLAIN, {**FILES, f"{ID}.yaml": text.replace(old, new).encode()})
    judge = Judge.of(register, Terms(date(2026, 11, 23)))
    forms = [form for one in addressees(judge, [ID]) for form in one.forms]
    asked = {"/".join(open_table.table.path) for form in forms for open_table in form.tables}
    asked |= {"/".join(again.field.path) for form in forms for again in form.again}
    assert path in asked
    assert len(asked) == sum(form.asked for form in forms)  # and nothing besides
