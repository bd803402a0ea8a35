"""A partnership that left the list of key partnerships and came back: each day says what it said before."""

from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from kpf.compare.values import changes_between
from kpf.dates import HalfYear
from kpf.document import read_document
from kpf.due.agenda import agenda
from kpf.edit.record.half_years import opening_in
from kpf.finding import Finding, Verdict
from kpf.register.records import read_records
from tests.rules.laying import AS_AT, ID, OWN, Files, checked, good, judgements, register, verdicts, with_laid

ENDED: Final = {
    "on": "2024-06-30",
    "decided_by": "Executive Cabinet",
    "decided": "2024-06-13",
    "minute": "EC/24/61",
    "exit_carried_out": "2024-06-30",
}
BACK: Final = {
    "from": "2024-09-01",
    "decided_by": "Executive Cabinet",
    "decided": "2024-08-15",
    "minute": "EC/24/70",
    "reason": "The centres are key again.",
}
LET: Final = {"form": "contract", "signed": "2024-08-20", "starts": "2024-09-01", "ends": "2034-03-31"}
RETURNS: Final[list[dict[str, Any]]] = [
    BACK,
    {**BACK, "agreement": LET},
    {**BACK, "agreement": LET, "proposal": {"decision": {"outcome": "refused", "decided": "2024-08-15"}}},
    {**BACK, "minute": "TBC", "decided_by": None, "ended": {"on": "2025-01-31"}},
]


def files(*returns: Any, **more: Any) -> Files:
    return with_laid((OWN, {"ended": ENDED, **({"listed_again": [*returns]} if returns else {}), **more}))


def findings_of(laid: Files, day: date = AS_AT) -> list[Finding]:
    return [finding for finding in checked(laid, day).findings if finding.location.file.endswith(OWN)]


@cache
def known(day: date) -> Any:
    return [(one.rule, one.subject, one.verdict, one.message) for one in judgements(checked(files(), day))]


@settings(max_examples=20)
@given(st.sampled_from(RETURNS), st.integers(0, 264))
def test_a_return_changes_nothing_about_a_day_before_it(returned: Any, after: int) -> None:
    day = date(2023, 11, 24) + timedelta(days=after)
    found = judgements(checked(files(returned), day))
    assert [(one.rule, one.subject, one.verdict, one.message) for one in found] == known(day)


def test_between_leaving_and_coming_back_nothing_is_due() -> None:
    on = date(2024, 8, 1)
    for laid in (files(), files(BACK)):
        assert {one.obligation.task.duty for one in agenda(register(laid), on).due if one.whose.id == ID} <= {"REP-1"}


def test_what_is_asked_of_the_present_time_stands_where_the_return_does() -> None:
    laid = files({name: value for name, value in BACK.items() if name != "minute"})
    (finding,) = findings_of(laid)
    assert finding.trail == ("listed_again", 0, "minute")
    assert finding.location.excerpt.strip() == '"from": "2024-09-01"'
    assert finding.message == "Nothing is recorded for `minute` in its entry in the list, nor is there a `source`."


def test_a_contract_let_again_owes_a_proposal_and_says_why() -> None:
    laid = files({**BACK, "agreement": {**good()[OWN]["agreement"], **LET, "value": {"yearly": "480000"}}})
    owed = [finding for finding in findings_of(laid) if "NEW-2" in finding.duties]
    (finding,) = owed
    assert finding.message == (
        "The agreement began on 1 September 2024, after the partnership had left the list on 30 June 2024. "
        "That is a new arrangement, and no proposal is recorded for it."
    )
    assert finding.trail == ("listed_again", 0, "proposal")


def test_a_return_without_an_end_before_it_says_what_to_write() -> None:
    laid = with_laid((OWN, {"listed_again": [BACK]}))
    (finding,) = findings_of(laid)
    assert finding.rule == "listed-again-too-soon"
    assert finding.location.excerpt.strip() == '"from": "2024-09-01"'


def test_an_entry_alone_without_a_dash_is_asked_for_as_a_list() -> None:
    laid = with_laid((OWN, {"ended": ENDED, "listed_again": BACK}))
    (finding,) = findings_of(laid)
    assert finding.trail == ("listed_again",)


def test_a_return_that_cannot_be_read_leaves_nothing_met_by_the_end() -> None:
    laid = with_laid((OWN, {"ended": ENDED, "listed_again": [{**BACK, "from": "in autumn"}]}))
    assert [finding.trail for finding in findings_of(laid)] == [("listed_again", 0, "from")]
    found = verdicts(checked(laid, AS_AT))
    assert found["LST-3"].words == "not known"


def test_the_order_of_the_returns_does_not_matter() -> None:
    second = {**BACK, "from": "2025-03-01", "decided": "2025-02-13", "minute": "EC/25/12"}
    first = {**BACK, "ended": {**ENDED, "on": "2025-01-31", "decided": "2025-01-16", "exit_carried_out": "2025-01-31"}}
    one, other = verdicts(checked(files(first, second), AS_AT)), verdicts(checked(files(second, first), AS_AT))
    assert one == other
    assert one["LST-3"] == verdicts(checked(files(BACK), AS_AT))["LST-3"]


def test_diff_tells_of_the_return_with_its_decision() -> None:
    before, after = (read_records(register(laid), AS_AT) for laid in (files(), files(BACK)))
    said = [change.sentence for change in changes_between(before, after, since=date(2024, 7, 1))]
    sentence = (
        "Aldermere Leisure Centres came back to the list of key partnerships on 1 September 2024, decided by Executive "
        "Cabinet (minute EC/24/70). The reason: “The centres are key again”."
    )
    assert said == [sentence]


def test_diff_tells_that_it_left_again() -> None:
    gone = {**BACK, "ended": {**ENDED, "on": "2026-10-31", "minute": "EC/26/85", "reason": "It ran out."}}
    before, after = (read_records(register(laid), AS_AT) for laid in (files(BACK), files(gone)))
    said = [change.sentence for change in changes_between(before, after, since=date(2026, 10, 1))]
    assert "Aldermere Leisure Centres ended on 31 October 2026 (minute EC/26/85): “It ran out”." in " ".join(said)


def test_a_half_year_is_opened_only_where_it_was_on_the_list() -> None:
    text = """\
name: Aldermere Leisure Centres
on_the_list: {from: 2014-04-01}
ended: {on: 2019-03-31}
listed_again: [{from: 2023-11-24}]
"""
    document = read_document(OWN, text.encode())
    first, gap, now = (HalfYear.read(half) for half in ("2018/19 H2", "2021/22 H1", "2024/25 H1"))
    assert not isinstance(opening_in(document, first), str)
    assert opening_in(document, gap) == "is on the list only from 24 November 2023"
    assert not isinstance(opening_in(document, now), str)


def test_while_a_return_is_proposed_what_is_not_asked_says_so() -> None:
    proposal = {"report": {"to": "Executive Cabinet", "date": "2024-07-11", "by": "Director of Communities"}}
    (held, without) = (files({"proposal": proposal}), files())
    on = date(2024, 8, 1)
    said = {one.message for one in judgements(checked(held, on)) if "REV-1" in one.duties}
    assert said == {"The partnership is only proposed."}
    assert {one.message for one in judgements(checked(without, on)) if "REV-1" in one.duties} == {
        "The partnership has ended."
    }
    (asked,) = [one for one in judgements(checked(held, on)) if "NEW-3a" in one.duties]
    assert asked.trail == ("listed_again", 0, "proposal", "consultation_and_procurement")
    assert asked.verdict is Verdict.NOT_KNOWN


def test_what_is_proposed_for_a_return_falls_due_in_the_gap() -> None:
    proposal = {"decision": {"outcome": "deferred", "by": "Executive Cabinet", "decided": "2024-07-11"}}
    held = files({"proposal": {**proposal, "report": {"to": "Executive Cabinet", "date": "2024-07-11"}}})
    owed = agenda(register(held), date(2024, 8, 1))
    assert not [one for one in owed.due if one.whose.id == ID and one.task.duty == "MGR-3"]
