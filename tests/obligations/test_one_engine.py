"""`kpf due` and the findings of `kpf check` that come with the calendar tell the same days."""

import re
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kpf.check.checking import check_register
from kpf.dates import HalfYear
from kpf.document import read_document
from kpf.due.agenda import Agenda, Due, agenda
from kpf.finding import FindingKind, Verdict
from kpf.framework import framework
from kpf.obligations.obligation import ObligationState, What
from kpf.register.entries import COUNCIL, ORGANISATIONS
from kpf.register.register import Register, read_register
from kpf.rules import RULES
from tests.obligations.owing import going_on, owed_by
from tests.rules.laying import FILES, OWN, at, checked, good, judgements, register, trails

ALDERMERE: Final = Path(__file__).parents[2] / "examples" / "aldermere"
NOT_OF_ONE_DAY: Final = {"exception-expires-soon", "held-too-rarely"}
"""Findings of the calendar that come before a day, or that no next day puts right."""
REPORTED_TOGETHER: Final = {"report-to-cabinet-missing", "half-year-not-told"}
"""One finding tells all half-years of which something is owed."""
FROM_THE_START: Final = {What.SUCCESSOR}
"""Found whatever the day."""
DAYS: Final = st.dates(date(2026, 6, 1), date(2036, 12, 31))


@cache
def aldermere() -> Register:
    """The example, of a council that does not end."""
    register_ = read_register(ALDERMERE)
    text = register_.council.text.replace("\ncouncil_ends: 2028-03-31", "")
    assert text != register_.council.text
    return replace(register_, council=read_document(COUNCIL, text.encode()))


def owed(day: date, until: date | None = None) -> Agenda:
    return agenda(aldermere(), day, until)


def said_never_to_be_recorded(message: str) -> bool:
    return "; due since " in message


def past_its_time(owed: Agenda) -> list[Due]:
    return [
        entry for entry in owed.due if entry.state is ObligationState.OVERDUE and entry.task.what not in FROM_THE_START
    ]


def counted_once(counted: Counter[tuple[str | None, str]]) -> Counter[tuple[str | None, str]]:
    """What is `counted` of each partnership by rule, where one finding tells of several times as one."""
    return Counter({(id_, rule): 1 if rule in REPORTED_TOGETHER else count for (id_, rule), count in counted.items()})


@settings(max_examples=30)
@given(DAYS)
@example(date(2027, 3, 31))
@example(date(2027, 4, 1))
@example(date(2028, 2, 29))
def test_what_is_overdue_is_what_the_calendar_makes_a_finding(day: date) -> None:
    overdue = Counter((entry.whose.id, entry.task.what.rule) for entry in past_its_time(owed(day)))
    found = Counter(
        (judgement.partnership, judgement.rule)
        for judgement in judgements(check_register(aldermere(), day))
        if judgement.kind is FindingKind.CLOCK and judgement.makes_a_finding and judgement.rule not in NOT_OF_ONE_DAY
        if not said_never_to_be_recorded(judgement.message)
    )
    assert counted_once(overdue) == counted_once(found)  # of an interim report, check says so apart from the others


@settings(max_examples=30)
@given(st.data(), DAYS)
def test_so_it_is_whatever_a_file_lacks(data: st.DataObject, day: date) -> None:
    files = dict(going_on(good()))
    name = data.draw(st.sampled_from(FILES))
    path = data.draw(st.sampled_from(list(trails(files[name]))))
    assume(name != ORGANISATIONS or len(path) > 1)  # of a partner that is listed nowhere, check tells only that
    assume(path[-1] != "half_year")  # of an assessment of no half-year, check tells only that
    del at(files[name], path[:-1])[path[-1]]
    overdue: Counter[tuple[str | None, str]] = Counter(
        (None, entry.task.what.rule) for entry in past_its_time(owed_by(files, day))
    )
    found = [found for found in checked(files, day).findings if found.kind is FindingKind.CLOCK]
    rules = [found.rule for found in found if not said_never_to_be_recorded(found.message)]
    assert counted_once(overdue) == Counter((None, rule) for rule in rules if rule not in NOT_OF_ONE_DAY)


def never_recorded(owed: Agenda) -> set[tuple[str | None, str]]:
    return {
        (entry.whose.id, entry.obligation.due_since)
        for entry in owed.due
        if entry.state is ObligationState.NEVER_RECORDED
    }


def said_to_be_due_since(files_: Register, day: date) -> set[tuple[str | None, str]]:
    """Of which partnership findings say that something was never recorded, and since when it has been due."""
    return {
        (judgement.partnership, words_)
        for judgement in judgements(check_register(files_, day))
        if judgement.makes_a_finding
        for words_ in re.findall(r"due since [0-9]+ [A-Z][a-z]+ [0-9]+", judgement.message)
    }


@pytest.mark.parametrize("day", [date(2012, 12, 31), date(2013, 10, 1), date(2015, 12, 1), date(2026, 11, 28)])
def test_what_was_never_recorded_is_told_alike_by_check_and_due(day: date) -> None:
    known = read_register(Path(__file__).parents[2])
    in_due = never_recorded(agenda(known, day))
    assert in_due
    assert in_due == said_to_be_due_since(known, day)


@settings(max_examples=30)
@given(st.data(), DAYS)
def test_and_so_it_is_whatever_a_file_lacks(data: st.DataObject, day: date) -> None:
    files = dict(going_on(good()))
    name = data.draw(st.sampled_from(FILES))
    path = data.draw(st.sampled_from(list(trails(files[name]))))
    assume(name != ORGANISATIONS or len(path) > 1)
    del at(files[name], path[:-1])[path[-1]]
    owed, said = owed_by(files, day), said_to_be_due_since(register(files), day)
    assert said <= never_recorded(owed)
    of_whole_sections = {found.location for found in checked(files, day).findings}  # one finding for all that is in it
    for entry in owed.due:
        if entry.state is ObligationState.NEVER_RECORDED and (entry.whose.id, entry.obligation.due_since) not in said:
            assert entry.recorded_at in of_whole_sections


# -- one day and the next ------------------------------------------------------------------------------


@settings(max_examples=30)
@given(DAYS)
@example(date(2026, 9, 30))
@example(date(2027, 3, 31))
@example(date(2028, 2, 28))
@example(date(2028, 9, 30))
def test_a_day_and_the_next_differ_only_by_what_the_next_explains(day: date) -> None:
    following = day + timedelta(days=1)
    if str(following) in words():  # something was recorded as having happened then
        return
    before, after = ({entry.uid: entry for entry in owed(as_at).due} for as_at in (day, following))
    for uid in before.keys() - after.keys():
        was = before[uid]
        passed = day in {was.obligation.due, was.obligation.last_day}
        taken_over = was.task.what is What.ASSESSMENT and following == HalfYear.around(following).starts
        for_nothing = (
            was.task.what is What.PAPER and was.state is ObligationState.OVERDUE
        )  # its decision is past as well
        assert passed or taken_over or for_nothing
    for uid in after.keys() - before.keys():  # a half-year began
        assert HalfYear.read(after[uid].obligation.cycle).starts == following
    for uid in before.keys() & after.keys():
        was, is_now = before[uid], after[uid]
        assert is_now.days == was.days - 1
        assert is_now.obligation.due == was.obligation.due
        if is_now.state is not was.state:
            known = was.obligation
            crossed = {known.due, known.late_after, known.last_day} | {is_now.obligation.when}
            assert day in crossed or following in {known.opens, known.when, is_now.obligation.when}


@cache
def words() -> str:
    return "".join(document.text for document in aldermere().documents)


def test_bank_holidays_move_no_obligation(monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2026, 11, 23)
    ordinary = [(entry.uid, entry.obligation.due, entry.state) for entry in owed(day).due]
    always = type("Always", (), {"__contains__": lambda _, day: day.weekday() < 4})()  # only Fridays are left to work
    monkeypatch.setattr("kpf.obligations.cabinet._bank_holidays", lambda: always)
    closed = owed(day)
    assert [(entry.uid, entry.obligation.due, entry.state) for entry in closed.due] == ordinary
    assert {meeting.papers_by.weekday() for meeting in closed.cabinet} == {4}


def test_the_same_day_gives_the_same_agenda() -> None:
    assert owed(date(2027, 1, 1)).due == owed(date(2027, 1, 1)).due


def test_looking_further_ahead_takes_nothing_away() -> None:
    day = date(2026, 11, 23)
    near, far = owed(day, date(2027, 2, 28)), owed(day, date(2030, 1, 1))
    assert {entry.uid for entry in near.due} < {entry.uid for entry in far.due}
    assert all(entry.obligation.when <= date(2027, 2, 28) or entry.state is ObligationState.DUE for entry in near.due)


def test_each_obligation_has_a_name_of_its_own_that_no_date_is_part_of() -> None:
    uids = [entry.uid for entry in owed(date(2026, 11, 23), date(2032, 1, 1)).due]
    assert len(set(uids)) == len(uids) > 200


def test_the_work_grows_with_the_number_of_partnerships_and_no_faster() -> None:
    few, many = calls_for(10), calls_for(40)
    assert few > 1000
    assert many / few == pytest.approx(4, rel=0.1)


def calls_for(number: int) -> int:
    """How many functions are called to work out what so many partnerships owe."""
    files = good()
    partnership = files.pop(OWN)
    for position in range(number):
        files[f"partnership-{position}.yaml"] = {**partnership, "name": f"Partnership {position}"}
    files_ = register(files)
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        owed = agenda(files_, date(2026, 11, 23), jobs=1)
    finally:
        sys.setprofile(None)
    assert len(owed.everybody) == number + 1
    return calls


def test_the_page_on_what_falls_due_tells_of_every_kind_in_its_order() -> None:
    page = (Path(__file__).parents[2] / "docs" / "due.md").read_text("utf-8")
    listed = re.findall(r"^\| ([^|]+?) \| ([A-Z]{3}-[0-9][a-z]?) \|", page, re.MULTILINE)
    assert [what for what, _ in listed] == [
        what for what in What if what is not What.OWN
    ]  # whose duty is the council's
    assert f"| {What.OWN} |" in page
    kinds = {kind.value: kind for kind in What}
    for what, duty in listed:
        rule = kinds[what].rule
        assert duty in framework().statements
        assert duty in RULES[rule].duties if rule else what in {What.NOTICE, What.EXCEPTION}


# -- the end of the council ----------------------------------------------------------------------------


def test_what_falls_after_the_end_of_the_council_is_for_its_successor() -> None:
    ends = date(2028, 3, 31)
    owed = agenda(read_register(ALDERMERE), date(2026, 11, 23))
    after = {entry.state for entry in owed.due if entry.obligation.when > ends}
    assert after == {ObligationState.FOR_THE_SUCCESSOR}
    assert ObligationState.FOR_THE_SUCCESSOR not in {entry.state for entry in owed.due if entry.obligation.when <= ends}


@pytest.mark.parametrize("day", [date(2028, 4, 1), date(2030, 1, 1)])
def test_after_the_end_of_the_council_nothing_is_due_and_nothing_is_judged(day: date) -> None:
    known = read_register(ALDERMERE)
    owed_then = agenda(known, day)
    assert (owed_then.due, owed_then.missing) == ((), ())
    run = check_register(known, day)
    assert not run.findings
    assert {verdict.verdict for verdict in run.verdicts} == {Verdict.NOT_APPLICABLE}
    assert "The council ended on 31 March 2028." in {verdict.reason for verdict in run.verdicts}


def test_on_its_last_day_the_council_is_still_judged() -> None:
    run = check_register(read_register(ALDERMERE), date(2028, 3, 31))
    assert run.findings
