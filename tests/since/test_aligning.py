"""Which entry of a list is which, when others were put before it, taken away, moved or edited."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kpf.compare.verdicts.aligning import Alignment, align
from kpf.document import read_document
from kpf.finding import Trail

ENTRIES = st.lists(st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz"), min_size=1), max_size=6)


@given(ENTRIES, ENTRIES)
def test_each_entry_has_one_partner_at_most(before: list[Any], now: list[Any]) -> None:
    pairs = list(align(before, now))
    assert len({was for was, _ in pairs}) == len({is_ for _, is_ in pairs}) == len(pairs) == min(len(before), len(now))


@given(ENTRIES, st.data())
def test_what_stays_as_it_is_keeps_its_partner(before: list[Any], data: st.DataObject) -> None:
    """However the entries are moved, and whatever is put among them."""
    now = data.draw(st.permutations([*before, {"new": "1"}, {"new": "2"}]))
    for was, is_ in align(before, now):
        assert before[was] == now[is_]


def test_an_edited_entry_is_the_one_that_shares_most() -> None:
    before = [{"post": "Clerk", "for": "x"}, {"post": "Director", "for": "y"}]
    now = [{"post": "Mayor", "for": "z"}, {"post": "Director", "for": "new"}, {"post": "Clerk", "for": "x"}]
    assert sorted(align(before, now)) == [(0, 2), (1, 1)]


def test_very_long_lists_are_aligned_in_order() -> None:
    pairs = list(align([{"a": number} for number in range(200)], [{"b": number} for number in range(200)]))
    assert pairs == [(number, number) for number in range(200)]


BEFORE = """\
reviews:
  - completed: 2023-01-01
    decision: {by: A}
  - completed: 2026-01-01
names: [one, two]
group: {held: [2026-01-01]}
"""
NOW = """\
reviews:
  - completed: 2020-01-01
  - completed: 2023-01-01
    decision: {by: B}
names: [two]
group: {held: [2025-01-01, 2026-01-01]}
"""


def alignment() -> Alignment:
    return Alignment(read_document("x.yaml", BEFORE.encode(), "x"), read_document("x.yaml", NOW.encode(), "x"))


def test_a_way_is_led_from_now_to_before() -> None:
    paths: dict[Trail, Trail] = {
        ("reviews", 1, "decision", "by"): ("reviews", 0, "decision", "by"),
        ("reviews", 0, "completed"): ("reviews", 1, "completed"),  # what is left over, in order
        ("names", 0): ("names", 1),
        ("group", "held", 1): ("group", "held", 0),
        ("group", "held", 0): ("group", "held", -1),
        ("group", "nothing", 0): ("group", "nothing", -1),
        ("reviews", 7, "completed"): ("reviews", -8, "completed"),
        ("names",): ("names",),
    }
    assert {path: alignment().before(path) for path in paths} == paths


def test_a_way_is_led_from_before_to_now() -> None:
    assert alignment().now(("names", 0)) == ("names", -1)
    assert alignment().now(("names", 1)) == ("names", 0)
    assert alignment().now(("reviews", 0, "decision")) == ("reviews", 1, "decision")


def test_a_file_has_lost_what_it_does_not_say_any_more() -> None:
    assert alignment().has_lost()
    whole = read_document("x.yaml", BEFORE.encode(), "x")
    assert not Alignment(whole, whole).has_lost()
    more = read_document("x.yaml", BEFORE.replace("names: [one, two]", "names: [three, one, two]").encode(), "x")
    assert not Alignment(whole, more).has_lost()
    blank = read_document("x.yaml", BEFORE.replace("names: [one, two]", "names: [one, -]").encode(), "x")
    assert Alignment(whole, blank).has_lost()
    assert Alignment(whole, blank).has_lost(("names",))
    assert not Alignment(whole, blank).has_lost(("reviews",))
