"""Anything taken out of a complete register, and put back: what is held is what got worse, and nothing else."""

from copy import deepcopy
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpf.check.brief import CHANGE_RULE_NAMES
from kpf.check.checking import Checked
from kpf.check.comparison import Comparison
from kpf.compare.verdicts import compare
from kpf.finding import Finding, Step, Trail
from kpf.git.bases import Base
from tests.examples import TIMES
from tests.rules.laying import FILES, at, checked, good, trails

Place = tuple[str, Trail]
PARTS: Final = 8
"""So many parts of all that can be taken out: each run tries two of them, a long one (make fuzz) all."""


@cache
def places() -> list[Place]:
    """All that can be taken out, by file."""
    files = good()
    return [(name, trail) for name in FILES for trail in trails(files[name])]


def without(*taken: Place) -> Checked:
    """The register without some of what it says, entries of lists from the last to the first."""
    files = deepcopy(good())
    for name, trail in sorted(
        taken, key=lambda place: (len(place[1]), [str(step).zfill(6) for step in place[1]])[::-1], reverse=True
    ):
        try:
            holder = at(files[name], trail[:-1])
            del holder[trail[-1]]
        except (KeyError, IndexError, TypeError):  # what held it is gone already
            continue
    return checked(files)


def compared(before: Checked, now: Checked) -> Comparison:
    base = Base(("0" * 40,), "main", "commit 0000000")
    _, comparison = compare(
        before.register, now.register, now.judge.terms, ref="main", base=base, judged="now", renamed={}
    )
    return comparison


def known_by(findings: Any) -> set[tuple[str, Trail, tuple[str, ...]]]:
    return {(one.rule, one.trail, one.duties) for finding in findings for one in finding.each}


def all_worse(comparison: Comparison) -> list[Finding]:
    """What is held, and what that breaks in other places; without what is held for the change alone."""
    broken = [one for finding in comparison.regressions for one in comparison.detail(finding).breaks]
    return [*(finding for finding in comparison.regressions if finding.rule not in CHANGE_RULE_NAMES), *broken]


@pytest.mark.unmeasured
@pytest.mark.parametrize("part", range(PARTS if TIMES > 1 else 2))
def test_each_thing_taken_out_is_held_and_put_back_is_not(part: int) -> None:
    whole = without()
    for place in places()[part::PARTS]:
        less = without(place)
        comparison = compared(whole, less)
        held, open_ = known_by((*all_worse(comparison), *comparison.overdue)), known_by(less.findings)
        for rule, trail, duties in open_:  # of what comes of one thing, check reports one place under the duties of all
            assert any((rule, trail) == (one[0], one[1]) and {*one[2]} <= {*duties} for one in held), (
                place,
                rule,
                trail,
            )
        assert not comparison.not_counted, place
        assert comparison.regressions or not comparison.overdue, place  # what is taken away is no truth recorded
        back = compared(less, whole)
        assert not all_worse(back), place
        assert not back.overdue, place


@settings(max_examples=40)
@given(st.data())
def test_what_was_open_before_is_not_held(data: st.DataObject) -> None:
    """Whatever else goes: a finding that was told before, at the same place, is never told as new."""
    first = data.draw(st.lists(st.sampled_from(places()), min_size=1, max_size=4))
    second = data.draw(st.lists(st.sampled_from(places()), max_size=3))
    before, now = without(*first), without(*first, *second)
    comparison = compared(before, now)
    same = compared(before, before)
    assert not same.regressions
    assert not same.overdue
    open_before = [one for finding in before.findings for one in finding.each]
    known = {_named(finding) for finding in open_before if not any(isinstance(step, int) for step in finding.trail)}
    worse = {
        _named(finding) for finding in all_worse(comparison) if not any(isinstance(step, int) for step in finding.trail)
    }
    assert not known & worse
    every = known_by(now.findings)
    sorted_out = known_by((*all_worse(comparison), *comparison.overdue, *comparison.not_counted))
    assert {(rule, trail) for rule, trail, _ in every} <= {(rule, trail) for rule, trail, _ in sorted_out}


def _named(finding: Finding) -> tuple[str, str, str, Trail, tuple[str, ...]]:
    return finding.location.path, finding.rule, finding.subject, finding.trail, finding.duties


def test_entries_put_in_front_change_nothing_for_those_behind() -> None:
    """Each list of the file, with its first entry twice over: the copies answer for themselves alone."""
    whole = good()
    (name,) = [name for name in FILES if not name.startswith("_")]
    lists = [
        trail for trail in trails(whole[name]) if isinstance(at(whole[name], trail), list) and at(whole[name], trail)
    ]
    assert len(lists) > 10
    for trail in lists:
        files = deepcopy(whole)
        entries: list[Any] = at(files[name], trail)
        entries.insert(0, deepcopy(entries[0]))
        now = checked(files)
        for finding in compared(checked(whole), now).regressions:
            assert finding.trail[: len(trail)] != trail or _step(finding, trail) == 0, (trail, finding.message)


def _step(finding: Finding, trail: Trail) -> Step | None:
    return finding.trail[len(trail)] if len(finding.trail) > len(trail) else 0
