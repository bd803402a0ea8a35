"""Days in other words: taken where they can mean only one day, left alone where they can mean two."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpf.document import read_document
from kpf.edit.fix.fixing import mended
from kpf.model.near_misses import day_meant


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 March 2026", "2026-03-03"),
        ("3rd March 2026", "2026-03-03"),
        ("03 Mar 2026", "2026-03-03"),
        ("Tuesday 3 March 2026", "2026-03-03"),
        ("Tue, 3 March, 2026", "2026-03-03"),
        ("3-Sept-2026", "2026-09-03"),
        ("1st of May 2026", "2026-05-01"),
        ("23/11/2026", "2026-11-23"),
        ("23.11.2026", "2026-11-23"),
        ("3/3/2026", "2026-03-03"),
        ("2026/3/4", "2026-03-04"),
        ("2026-3-4", "2026-03-04"),
        ("03/04/2026", None),  # 3 April, or March 4 to an American
        ("11/23/2026", None),
        ("3/4-2026", None),
        ("30 February 2026", None),
        ("3 March 26", None),
        ("3 March", None),
        ("3 Marsh 2026", None),
        ("3 March 0026", None),
        ("early March 2026", None),
        ("March 2026", None),
        ("2026-03-03 or so", None),
    ],
)
def test_a_day(text: str, day: str | None) -> None:
    meant = day_meant(text)
    assert (meant.iso if meant and meant.certain and len(meant.iso) == 10 else None) == day


@pytest.mark.parametrize(
    ("text", "month"), [("November 2012", "2012-11"), ("Nov 2012", "2012-11"), ("Autumn 2012", None)]
)
def test_a_month(text: str, month: str | None) -> None:
    assert day_meant(text) == ((month, True) if month else None)


@given(
    st.integers(0, 70_000),
    st.sampled_from(["{:%-d %B %Y}", "{:%d.%m.%Y}", "{:%A %-d %b %Y}", "{:%d/%m/%Y}", "{:%m/%d/%Y}"]),
)
def test_it_is_never_another_day(days: int, form: str) -> None:
    day = date(1950, 1, 1) + timedelta(days)
    meant = day_meant(form.format(day))
    assert meant is None or not meant.certain or meant.iso == day.isoformat()
    if "%B" in form or "%b" in form:
        assert meant == (day.isoformat(), True)


def fixed(text: str) -> str:
    return mended("a.yaml", read_document("p/a.yaml", text.encode(), "a"), text.encode()).edit.new.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ended: {on: 3 March 2026}\n", "ended: {on: 2026-03-03}\n"),
        ("ended: {on: '3 March 2026'}  # n\n", "ended: {on: 2026-03-03}  # n\n"),
        ("on_the_list:\n  from: November 2012\n", "on_the_list:\n  from: 2012-11\n"),
        ("ended: {on: March 2026}\n", "ended: {on: March 2026}\n"),
        ("name: 3 March 2026\n", "name: 3 March 2026\n"),
        (
            "agreement: {ends: 31 March 2034, value: {yearly: 3 March 2026}}\n",
            "agreement: {ends: 2034-03-31, value: {yearly: 3 March 2026}}\n",
        ),
        (
            "monitoring:\n  arrangements:\n    a:\n      held: [3 March 2026, 03/04/2026, {on: 23/11/2026}]\n",
            "monitoring:\n  arrangements:\n    a:\n      held: [2026-03-03, 03/04/2026, {on: 2026-11-23}]\n",
        ),
        ("risks: {agreed: {Trust: 3 March 2026}}\n", "risks: {agreed: {Trust: 2026-03-03}}\n"),
        (
            "risks: {agreed: {Trust: [3 March 2026, 2026-01-05]}}\n",
            "risks: {agreed: {Trust: [2026-03-03, 2026-01-05]}}\n",
        ),
        ("on_the_list: {confirmed: [3 March 2026]}\n", "on_the_list: {confirmed: [2026-03-03]}\n"),
        (
            "proposal: {decision: [{decided: 3 March 2026}, {decided: 2026-04-01}]}\n",
            "proposal: {decision: [{decided: 2026-03-03}, {decided: 2026-04-01}]}\n",
        ),
        ("partners: [3 March 2026]\n", "partners: [3 March 2026]\n"),
        ("ended:\n  on:\n    3 March\n    2026\n", "ended:\n  on:\n    3 March\n    2026\n"),
    ],
)
def test_only_where_a_day_is_asked_for(before: str, after: str) -> None:
    assert fixed(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Remit: A\n", "remit: A\n"),
        ("lead service: A\n", "lead_service: A\n"),
        (
            "'monitorng':\n  aditional_monitoring_required: yes\n",
            "monitoring:\n  additional_monitoring_required: yes\n",
        ),
        ("remitt: A\nremit: B\n", "remitt: A\nremit: B\n"),  # which of them counts only a person can say
        ("remitt: A\nremmit: B\n", "remitt: A\nremmit: B\n"),
        ("contact: A\n", "contact: A\n"),
        ("reviews: [{complete: 2026-01-01}]\n", "reviews: [{completed: 2026-01-01}]\n"),
        ("scope: {involves_childs: yes}\n", "scope: {involves_children: yes}\n"),
        ("ended: {on: 2026-01-01, minuet: x}\n", "ended: {on: 2026-01-01, minute: x}\n"),
        ("priority: x\n", "priority: x\n"),
    ],
)
def test_names_that_can_mean_only_one(before: str, after: str) -> None:
    assert fixed(before) == after


def test_the_shared_files_as_well() -> None:
    organisations = b"Trust:\n  sectr: voluntary\n  data_quality_charter_signed: 3 March 2026\n"
    document = read_document("p/_organisations.yaml", organisations, None)
    done = mended("_organisations.yaml", document, organisations)
    assert done.edit.new == b"Trust:\n  sector: voluntary\n  data_quality_charter_signed: 2026-03-03\n"
    assert [(name.was, name.now) for name in done.names] == [("sectr", "sector")]
    assert [(day.was, day.now) for day in done.days] == [("3 March 2026", "2026-03-03")]
    council = b"council: A\nrecords_kept_from: 1 October 2025\n"
    done = mended("_council.yaml", read_document("p/_council.yaml", council, None), council)
    assert done.edit.new == b"council: A\nrecords_kept_from: 2025-10-01\n"
