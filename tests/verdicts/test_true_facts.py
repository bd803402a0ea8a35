"""Recording a true fact never makes more errors: what was taken from the complete example can be written again."""

from copy import deepcopy
from typing import Any, Final

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kpf.finding import Finding, Severity, Trail
from tests.rules.laying import AS_AT, FILES, OWN, Files, at, checked, good, trails

_DEPTHS: Final = 5


def errors(files: Files) -> list[Finding]:
    return [finding for finding in checked(files).findings if finding.severity is Severity.ERROR]


def taken_away(files: dict[str, Any], data: st.DataObject) -> tuple[str, Trail, Any]:
    """One value taken from `files`: a field, or the last entry of a list."""
    name = data.draw(st.sampled_from(FILES))
    depth = data.draw(st.integers(1, _DEPTHS))
    ways = [way for way in trails(files[name]) if len(way) <= depth and _is_last(files[name], way)]
    assume(ways)
    way = data.draw(st.sampled_from(ways))
    return name, way, at(files[name], way[:-1]).pop(way[-1])


def _is_last(data: Any, way: Trail) -> bool:
    holder = at(data, way[:-1])
    return isinstance(holder, dict) or way[-1] == len(holder) - 1


@settings(max_examples=40)
@given(st.data())
def test_what_was_taken_away_can_be_recorded_again(data: st.DataObject) -> None:
    files = good()
    for _ in range(data.draw(st.integers(0, 5))):
        name, way, _value = taken_away(files, data)
        assume(way[-1] not in {"measures", "objectives", "partners"} and way[:1] != ("measures",))  # others name them
    name, way, value = taken_away(files, data)
    assume(value not in ({}, []))  # all of it was taken before: to write nothing down is no fact
    before = errors(files)
    holder = at(files[name], way[:-1])
    if isinstance(holder, list):
        holder.append(value)
    else:
        holder[way[-1]] = value
    new = [f"{finding.rule}: {finding.message}" for finding in errors(files)]
    assert len(new) <= len(before), f"{name}: {'.'.join(map(str, way))} was recorded; now: {new}"


def test_what_a_review_lacks_is_told_by_the_review_alone() -> None:
    """A review that was made in time and is recorded in part was not missed."""
    files = good()
    files[OWN]["reviews"] = [{"completed": "2026-10-15", "decision": {"outcome": "continue"}}]
    files[OWN]["proposal"]["decision"]["effective"] = "2023-11-20"
    run = checked(files, AS_AT)
    assert "review-overdue" not in {finding.rule for finding in run.findings}
    part = deepcopy(files)
    part[OWN]["reviews"][0]["completed"] = "2022-10-15"
    assert "review-overdue" in {finding.rule for finding in checked(part, AS_AT).findings}
