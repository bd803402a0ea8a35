"""What is told of a change, word for word."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpf.compare.values import Change, changes_between
from kpf.document import read_document
from kpf.register.entries import ORGANISATIONS
from kpf.register.records import Records, read_records
from kpf.register.register import Register
from tests.rules.laying import AS_AT, ID, OWN, Files, at, good, register, trails, with_laid

NAME = "Aldermere Leisure Centres"
TRUST = "Fellbrook Leisure Trust"
SWIM = {"objective": "Every primary school child can learn to swim."}
MARCH = date(2026, 3, 31)


def records(over: Any = None, name: str = OWN, day: date = AS_AT) -> Records:
    """The good register as at `day`, with `over` laid over one of its files."""
    return records_of(with_laid((name, over or {})), day)


def records_of(files: Files, day: date = AS_AT) -> Records:
    return read_records(register(files), day)


def changes_of(before: Records, after: Records, **more: Any) -> list[Change]:
    """The changes for which a sentence is written."""
    return [change for change in changes_between(before, after, **more) if change.has_own_sentence]


def sentences(before: Records, after: Records, **more: Any) -> list[str]:
    return [change.sentence for change in changes_of(before, after, **more)]


# -- values --------------------------------------------------------------------------------------------

CHANGED: list[tuple[Any, Any, str, list[str]]] = [
    ({}, {"kind": "cross-sector"}, "kind", ["The kind of partnership is now “cross-sector”; it was “contract”."]),
    (
        {},
        {"lead_service": "Housing"},
        "lead_service",
        ["The lead service is now Housing; it was Leisure and Open Spaces."],
    ),
    (
        {},
        {"manager": None},
        "manager",
        ["The post that manages it is no longer recorded; it was Leisure Contracts Manager."],
    ),
    (
        {"executive_member": None},
        {"executive_member": "Leader of the Council"},
        "executive_member",
        ["The member who answers for it is now recorded: Leader of the Council."],
    ),
    (
        {"remit": "To run two centres."},
        {"remit": "To run three centres."},
        "remit",
        ["The remit is now “To run three centres”; it was “To run two centres”."],
    ),
    ({}, {"name": "The Centres"}, "renamed", [f"{NAME} is now called The Centres."]),
    (
        {},
        {"agreement": {"value": {"yearly": "1250000"}}},
        "value",
        ["The agreement is now worth £1,250,000 a year, £770,000 more than the £480,000 before."],
    ),
    (
        {"agreement": {"value": {"whole_life": "4800000"}}},
        {"agreement": {"value": {"whole_life": "4799999.50"}}},
        "value",
        ["The agreement is now worth £4,799,999.50 over its whole life, £0.50 less than the £4,800,000 before."],
    ),
    (
        {"agreement": {"value": {"yearly": None}}},
        {},
        "value",
        ["The yearly value of the agreement is now recorded: £480,000."],
    ),
    ({}, {"agreement": {"value": {"yearly": "480000.00"}}}, "value", []),
    (
        {},
        {"agreement": {"starts": "2024-05-01"}},
        "term",
        ["The first day of the agreement is now 1 May 2024; it was 1 April 2024."],
    ),
    (
        {},
        {"agreement": {"ends": "2039-03-31"}},
        "term",
        ["The agreement now ends on 31 March 2039; it was to end on 31 March 2034."],
    ),
    (
        {},
        {"agreement": {"ends": "no end date"}},
        "term",
        ["The agreement now has no end date; it was to end on 31 March 2034."],
    ),
    (
        {"agreement": {"ends": "no end date"}},
        {"agreement": {"ends": None}},
        "term",
        ["The last day of the agreement is no longer recorded; it had no end date."],
    ),
    (
        {"agreement": {"ends": None}},
        {"agreement": {"ends": "no end date"}},
        "term",
        ["The last day of the agreement is now recorded: that it has no end date."],
    ),
    (
        {},
        {"agreement": {"extension": {"up_to": "2 years", "decide_by": "2032-12-31", "decided": "2026-11-02"}}},
        "term",
        [
            "The longest time by which the agreement may be extended is now 2 years; it was 5 years.",
            "The day by which an extension must be decided is now 31 December 2032; it was 31 March 2033.",
            "Whether to extend the agreement was decided on 2 November 2026.",
        ],
    ),
    (
        {},
        {"agreement": {"signed": "2026-11-20"}},
        "term",
        ["The file now says: the agreement was signed on 20 November 2026; it said 20 February 2024."],
    ),
    (
        {},
        {"agreement": {"signed": None}},
        "term",
        ["It is no longer recorded that the agreement was signed on 20 February 2024."],
    ),
    (
        {},
        {"partners": [TRUST, "Aldermere Voluntary Action"]},
        "partners",
        ["Aldermere Voluntary Action is now a partner."],
    ),
    (
        {"partners": [TRUST, "Aldermere Voluntary Action"]},
        {"partners": ["Aldermere Voluntary Action"]},
        "partners",
        [f"{TRUST} is no longer a partner."],
    ),
    ({"partners": None}, {}, "partners", [f"The partner is now recorded: {TRUST}."]),
    (
        {"partners": None},
        {"partners": ["A", "B", "C", "A"]},
        "partners",
        ["The partners are now recorded: A, B and C."],
    ),
    ({}, {"partners": None}, "partners", [f"Its partners are no longer recorded. Before: {TRUST}."]),
    (
        {},
        {"monitoring": {"additional_monitoring_required": "no"}},
        "additional_monitoring",
        ["Additional monitoring is no longer required."],
    ),
    (
        {"monitoring": {"additional_monitoring_required": "no"}},
        {},
        "additional_monitoring",
        ["Additional monitoring is now required."],
    ),
    (
        {"monitoring": {"additional_monitoring_required": None}},
        {},
        "additional_monitoring",
        ["It is now recorded that additional monitoring is required."],
    ),
    (
        {},
        {"monitoring": {"additional_monitoring_required": None}},
        "additional_monitoring",
        ["It is no longer recorded whether additional monitoring is required; it was."],
    ),
    (
        {},
        {"objectives": {"more-sport": {"objective": "More sport for all."}, "children-swim": None}},
        "objectives",
        [
            "Objective “More sport for all” is new.",
            "Objective “Every primary school child can learn to swim” is dropped.",
        ],
    ),
    (
        {},
        {"objectives": {"children-swim": {"objective": "Every child can swim."}}},
        "objectives",
        ["The objective “Every child can swim” read before: “Every primary school child can learn to swim”."],
    ),
    (
        {"objectives": {"children-swim": {"objective": None}}},
        {},
        "objectives",
        ["Objective “Every primary school child can learn to swim” is now put into words."],
    ),
    (
        {},
        {"objectives": {"children-swim": {"objective": None}}},
        "objectives",
        ["Objective “Every primary school child can learn to swim” is no longer put into words."],
    ),
    (
        {"objectives": {"children-swim": None, "lower-energy-use": None, "more-active-residents": None}},
        {"objectives": {"lower-energy-use": None, "more-active-residents": None}},
        "objectives",
        ["Objective “Every primary school child can learn to swim” is now recorded."],
    ),
    (
        {},
        {"objectives": {"a": {"priority": "green-borough"}}},
        "objectives",
        ["One objective that is not in words yet is new."],
    ),
    ({}, {"objectives": {"swim": SWIM, "children-swim": None}}, "objectives", []),
    (
        {},
        {"measures": {"visits": {"name": "All visits", "better": "lower"}}},
        "measures",
        [
            "The measure “All visits” was called before: “Visits to the centres”.",
            "Of “All visits”, lower is better now; before, higher was.",
        ],
    ),
]


@pytest.mark.parametrize(("before", "after", "what", "expected"), CHANGED)
def test_what_is_told(before: Any, after: Any, what: str, expected: list[str]) -> None:
    changes = changes_of(records(before), records(after))
    assert [change.sentence for change in changes] == expected
    assert {(change.partnership, change.what, change.exempt, change.commit) for change in changes} <= {
        (ID, what, False, None)
    }


def test_what_was_blank_is_marked_as_recorded() -> None:
    """The record has changed, and perhaps not the fact."""
    blank = {"manager": None, "agreement": {"value": {"yearly": None}}, "partners": None, "objectives": None}
    changes = changes_of(records(blank), records())
    assert {change.what for change in changes if change.recorded} == {"manager", "value", "partners", "objectives"}
    assert all(change.recorded for change in changes)
    assert not any(change.recorded for change in changes_of(records({"manager": "A"}), records({"manager": "B"})))


# -- targets -------------------------------------------------------------------------------------------


def with_targets(targets: dict[str, Any], **more: Any) -> Any:
    return {"measures": {"visits": {"targets": targets, **more}}}


def test_targets_of_half_years_that_were_not_over() -> None:
    past = {"2025/26 H2": "1", "2026/27 H1": "235000", "2026/27 H2": "0.6"}
    assert sentences(records(day=MARCH), records(with_targets(past))) == [
        "The target for “Visits to the centres” in the first half of 2026/27 is now 235,000; it was 230,000.",
        "The target for “Visits to the centres” in the second half of 2026/27 is set: 0.6.",
        *LATER,
    ]


LATER = [
    (
        "The review was completed on 15 October 2026; Executive Cabinet decided on 15 October 2026 that "
        "the partnership continues (minute EC/26/79)."
    ),
    f"The strength and stability of {TRUST} is now amber and getting worse; it was green and steady.",
]
"""What the calendar brought to the example from March to November."""


def test_targets_that_are_set_or_taken_away() -> None:
    both = records(with_targets({"2026/27 H2": "235000"}))
    assert sentences(both, records(with_targets({"2027/28 H1": "240000"}))) == [
        "The target for “Visits to the centres” in the second half of 2026/27 is no longer set; it was 235,000.",
        "The target for “Visits to the centres” in the first half of 2027/28 is set: 240,000.",
    ]


def test_a_target_that_is_another_only_in_how_it_is_written() -> None:
    assert sentences(records(), records(with_targets({"2026-27 H1": "230000.0"}))) == []


def test_from_which_day_targets_are_looked_at_can_be_given() -> None:
    over = with_targets({"2025/26 H2": "1"})
    assert sentences(records(), records(over)) == []
    (sentence,) = sentences(records(), records(over), since=date(2026, 3, 30))
    assert sentence.startswith("The target for “Visits to the centres” in the second half of 2025/26 is")


# -- reviews and partners ------------------------------------------------------------------------------


def test_what_the_calendar_brought() -> None:
    changes = changes_of(records(day=MARCH), records())
    assert [change.sentence for change in changes] == LATER
    assert [(change.what, change.subject, change.exempt) for change in changes] == [
        ("review", "2026-10-15", False),
        ("rating", TRUST, True),
    ]


def test_a_review_without_a_decision_and_then_with_one() -> None:
    over = {"reviews": [{"completed": "2026-10-15"}]}
    assert sentences(records(day=MARCH), records(over))[0] == (
        "The review was completed on 15 October 2026. No decision on it is recorded yet."
    )
    assert sentences(records(over), records()) == [
        (
            "On the review completed on 15 October 2026: Executive Cabinet decided on 15 October 2026 "
            "that the partnership continues (minute EC/26/79)."
        )
    ]


def test_a_decision_of_which_little_is_recorded() -> None:
    over = {"reviews": [{"completed": "2026-10-15", "decision": {"outcome": "end"}}]}
    assert sentences(records(day=MARCH), records(over))[0] == (
        "The review was completed on 15 October 2026; it was decided that the partnership ends."
    )
    over = {"reviews": [{"completed": "2026-10-15", "decision": {"on": "2026-10-16"}}]}
    assert sentences(records(day=MARCH), records(over))[0] == (
        "The review was completed on 15 October 2026; it was decided on 16 October 2026 something that is not recorded."
    )


def test_the_rating_of_a_partner_that_had_none_or_has_none() -> None:
    none = records({TRUST: {"strength_and_stability": None}}, ORGANISATIONS)
    assert sentences(none, records()) == [
        f"The strength and stability of {TRUST} is now recorded: amber and getting worse."
    ]
    (change,) = changes_of(records(), none)
    assert change.sentence == (
        f"The strength and stability of {TRUST} is no longer recorded; it was amber and getting worse."
    )
    assert change.exempt


def test_a_new_assessment_that_says_the_same_is_no_change() -> None:
    entries = good()[ORGANISATIONS][TRUST]["strength_and_stability"]
    again = {**entries[-1], "half_year": "2026/27 H2", "assessed": {"on": "2026-11-20", "by": "Head of Finance"}}
    assert sentences(records(), records({TRUST: {"strength_and_stability": [again, *entries]}}, ORGANISATIONS)) == []


# -- coming and going ----------------------------------------------------------------------------------

OTHER = "other.yaml"
BOARD = {"structure": "A board"}
LISTED = {"from": "2026-07-01", "decided_by": "Executive Cabinet", "minute": "EC/26/58", "reason": "It is large."}


def two(other: Any, day: date = AS_AT) -> Records:
    """The good register, and another partnership in it."""
    return records_of({**good(), OTHER: other}, day)


@pytest.mark.parametrize(
    ("other", "what", "expected"),
    [
        (
            {"name": "Other", "on_the_list": LISTED},
            "joined",
            (
                "Other joined the list of key partnerships on 1 July 2026, decided by Executive Cabinet (minute "
                "EC/26/58). The reason: “It is large”."
            ),
        ),
        (
            {"name": "Other", "on_the_list": {"from": "2026-07", "minute": "EC/26/58"}},
            "joined",
            "Other joined the list of key partnerships in July 2026 (minute EC/26/58).",
        ),
        (
            {"name": "Other", "on_the_list": {"from": "2012-11"}},
            "recorded",
            "Other is in the register now. It has been on the list of key partnerships since November 2012.",
        ),
        (
            {"name": "Other"},
            "recorded",
            "Other is in the register as a key partnership now. Since when it has been on the list is not recorded.",
        ),
        (
            {"name": "Other", "proposal": BOARD},
            "proposed",
            "Other is proposed as a key partnership.",
        ),
        (
            {"remit": "To be.", "ended": {"on": "2026-02-01", "reason": "Done."}},
            "recorded",
            "other is in the register now. other ended on 1 February 2026: “Done”.",
        ),
        (
            {"name": "Other", "ended": {"on": "2026-05-01", "minute": "EC/26/40"}},
            "left",
            "Other ended on 1 May 2026 (minute EC/26/40).",
        ),
    ],
)
def test_a_partnership_that_was_not_there(other: Any, what: str, expected: str) -> None:
    (change,) = [change for change in changes_of(records(day=MARCH), two(other)) if change.partnership == "other"]
    assert (change.what, change.sentence) == (what, expected)


@pytest.mark.parametrize(
    ("other", "what", "expected"),
    [
        (
            {"name": "Other", "on_the_list": {"from": "2012-11"}},
            "left",
            "Other is no longer in the register, and its file did not say that it had ended.",
        ),
        (
            {"name": "Other", "ended": {"on": "2026-02-01"}},
            "removed",
            "Other is no longer in the register. It had ended.",
        ),
        (
            {"name": "Other", "proposal": BOARD},
            "left",
            "Other is no longer in the register. It had been proposed as a key partnership.",
        ),
        (
            {"name": "Other", "ended": "in March"},
            "left",
            (
                "Other is no longer in the register. Whether it had ended is not known, because its file could not "
                "be read."
            ),
        ),
    ],
)
def test_a_partnership_that_is_gone(other: Any, what: str, expected: str) -> None:
    (change,) = changes_of(two(other), records())
    assert (change.partnership, change.what, change.sentence) == ("other", what, expected)


def test_a_proposal_that_is_approved_and_then_runs() -> None:
    decision = {"by": "Executive Cabinet", "decided": "2026-07-09", "minute": "EC/26/60"}
    other = {"name": "Other", "proposal": {"structure": "A board", "decision": decision}}
    (approved,) = [change for change in changes_of(two(other, MARCH), two(other)) if change.partnership == "other"]
    assert (approved.what, approved.sentence) == (
        "approved",
        "Other was approved by Executive Cabinet on 9 July 2026 (minute EC/26/60).",
    )
    listed = {**other, "on_the_list": {"from": "2026-08-01"}}
    (joined,) = [change for change in changes_of(two(other, MARCH), two(listed)) if change.partnership == "other"]
    assert joined.sentence == "Other joined the list of key partnerships on 1 August 2026."
    late = {**other, "on_the_list": {"from": "2026-02-01"}}
    assert sentences(two(other), two(late)) == [
        "It is now recorded that Other has been on the list of key partnerships since 1 February 2026."
    ]


def test_an_end_that_is_recorded_late_is_marked() -> None:
    (change,) = changes_of(records(), records({"ended": {"on": "2026-11-01"}}))
    assert (change.sentence, change.recorded) == (f"{NAME} ended on 1 November 2026.", True)


def test_a_partnership_whose_entry_in_the_list_is_new() -> None:
    before = {"name": "Other"}
    assert sentences(two(before), two({**before, "on_the_list": {"from": "2012-11"}})) == [
        "It is now recorded since when it has been on the list: November 2012."
    ]
    assert sentences(two(before), two({**before, "on_the_list": {"from": "2026-11-22"}}), since=MARCH) == [
        "Other joined the list of key partnerships on 22 November 2026."
    ]


def test_an_entry_in_the_list_that_is_put_right() -> None:
    assert sentences(records(), records({"on_the_list": {"from": "2023-12-01"}})) == [
        "The file now says that it has been on the list since 1 December 2023; it said since 24 November 2023."
    ]


def test_what_ended_and_goes_on_again() -> None:
    ended = records({"ended": {"on": "2026-11-01", "minute": "EC/26/90", "reason": "It ran out."}})
    assert sentences(records(), ended) == [f"{NAME} ended on 1 November 2026 (minute EC/26/90): “It ran out”."]
    assert sentences(ended, records()) == [f"{NAME}, which had ended, is back in the register as running."]
    assert sentences(ended, ended) == []


def test_a_file_with_another_name_is_known_by_git_and_by_what_it_is_called() -> None:
    files = good()
    moved = {**files, "centres.yaml": files[OWN]}
    del moved[OWN]
    assert changes_of(records(), records_of(moved)) == []
    moved["centres.yaml"] = {**files[OWN], "name": "The Centres"}
    by_name = changes_of(records(), records_of(moved))
    assert [(change.partnership, change.what) for change in by_name] == [("centres", "recorded"), (ID, "left")]
    (by_git,) = changes_of(records(), records_of(moved), renamed={"centres": ID})
    assert (by_git.partnership, by_git.name) == ("centres", "The Centres")
    assert by_git.sentence == f"{NAME} is now called The Centres."


def test_the_order_is_that_of_the_list() -> None:
    before = {**good(), "aaa.yaml": {"name": "Zed"}}
    after = {**good(), "zzz.yaml": {"name": "Zed two"}}
    after[OWN] = {**after[OWN], "manager": "A"}
    changes = changes_of(records_of(before), records_of(after))
    assert [change.partnership for change in changes] == ["aaa", ID, "zzz"]


# -- what cannot be read -------------------------------------------------------------------------------


def test_a_value_that_cannot_be_read_hides_no_other() -> None:
    over = {"manager": "A", "agreement": {"ends": "in ten years", "value": {"yearly": "500000"}}, "reviews": "two"}
    expected = [
        "The post that manages it is now A; it was Leisure Contracts Manager.",
        "The agreement is now worth £500,000 a year, £20,000 more than the £480,000 before.",
    ]
    assert sentences(records(), records(over)) == expected
    assert len(sentences(records(over), records())) == 2  # and nothing is new that was there all the time


def test_a_file_that_nothing_may_rest_on_is_not_compared() -> None:
    broken = records_of({**good(), OTHER: {"name": "Other", "remit": "x"}})
    unsound = read_records(register_with(b"name: Other\nremit: 'x\n"), AS_AT)
    assert not [change for change in changes_of(broken, unsound) if change.partnership == "other"]
    assert not [change for change in changes_of(unsound, broken) if change.partnership == "other"]
    (came,) = changes_of(records(), unsound)
    assert (came.what, came.sentence) == ("recorded", "other has a file in the register now, which cannot be read.")
    (went,) = changes_of(unsound, records())
    assert went.sentence.endswith("Whether it had ended is not known, because its file could not be read.")


def register_with(content: bytes) -> Register:
    good_register = register(good())
    return replace(good_register, partnerships=(*good_register.partnerships, read_document(OTHER, content, "other")))


# -- any change at all ---------------------------------------------------------------------------------


@settings(max_examples=15)
@given(st.dates(date(2010, 1, 1), date(2040, 1, 1)))
def test_a_register_compared_with_itself_gives_nothing(day: date) -> None:
    assert changes_of(records(day=day), records(day=day)) == []


WAYS = [(name, trail) for name in (OWN, ORGANISATIONS) for trail in trails(good()[name])]
GARBLED = ["zz9 garbled", None, [], {}, ["x"], {"x": "y"}, "2026-02-30", "9" * 40, "no end date", "{now}{0}%s"]


@settings(max_examples=80)
@given(st.sampled_from(WAYS), st.sampled_from(GARBLED), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_whatever_one_value_becomes_it_tells_or_keeps_still(path: tuple[str, Any], to: Any, day: date) -> None:
    """Both ways round, from any day: it never raises, tells whole sentences, and no value as Python shows it."""
    name, trail = path
    files = good()
    at(files[name], trail[:-1])[trail[-1]] = to
    changed, as_it_was = records_of(files), records(day=min(day, AS_AT))
    assert changes_of(changed, changed) == []
    for change in (*changes_of(as_it_was, changed), *changes_of(changed, records())):
        assert change.sentence.endswith(".")
        assert change.sentence == change.sentence.strip()
        assert not any(word in change.sentence for word in ("None", "Decimal", "datetime", "Unread", "(("))
