"""Recording a true fact never makes more errors: what was taken from the complete example can be written again."""

from copy import deepcopy
from typing import Any, Final

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kpf.finding import Finding, Severity, Trail
from kpf.register.entries import ORGANISATIONS
from tests.rules.laying import AS_AT, FILES, OWN, Files, at, checked, good, trails

_DEPTHS: Final = 5


def errors(files: Files) -> list[Finding]:
    return [finding for finding in checked(files).findings if finding.severity is Severity.ERROR]


def taken_away(files: dict[str, Any], data: st.DataObject) -> tuple[str, Trail, Any]:
    """One value taken from `files`: a field, or the last entry of a list."""
    name = data.draw(st.sampled_from(FILES))
    depth = data.draw(st.integers(1, _DEPTHS))
    paths = [path for path in trails(files[name]) if len(path) <= depth and _is_last(files[name], path)]
    assume(paths)
    path = data.draw(st.sampled_from(paths))
    return name, path, at(files[name], path[:-1]).pop(path[-1])


def _is_last(data: Any, path: Trail) -> bool:
    holder = at(data, path[:-1])
    return isinstance(holder, dict) or path[-1] == len(holder) - 1


@settings(max_examples=40)
@given(st.data())
def test_what_was_taken_away_can_be_recorded_again(data: st.DataObject) -> None:
    files = good()
    for _ in range(data.draw(st.integers(0, 5))):
        name, path, _value = taken_away(files, data)
        assume(path[-1] not in {"measures", "objectives", "partners"} and path[:1] != ("measures",))  # others name them
    name, path, value = taken_away(files, data)
    assume(value not in ({}, []))  # all of it was taken before: to write nothing down is no fact
    before = errors(files)
    holder = at(files[name], path[:-1])
    if isinstance(holder, list):
        holder.append(value)
    else:
        holder[path[-1]] = value
    new = [f"{finding.rule}: {finding.message}" for finding in errors(files)]
    assert len(new) <= len(before), f"{name}: {'.'.join(map(str, path))} was recorded; now: {new}"


_DATES: Final = {"on", "date", "half_year", "completed"}
"""What makes an entry a fact at all: without its day, it is none."""


def in_part(value: Any, data: st.DataObject) -> Any:
    """Some of what `value` holds, at all depths; what is nothing but a list of single values as a whole."""
    if isinstance(value, dict):
        names = [name for name in value if name in _DATES or data.draw(st.booleans())]
        kept = {name: in_part(value[name], data) for name in names}
        return {name: inner for name, inner in kept.items() if inner not in ({}, [])}
    if isinstance(value, list):
        return [part for inner in value if (part := in_part(inner, data)) not in ({}, [])]
    return value


_PARTS: Final = [
    (OWN, ("agreement",)),
    (OWN, ("agreement", "exit")),
    (OWN, ("agreement", "roles")),
    (OWN, ("agreement", "business_continuity")),
    (OWN, ("risks",)),
    (OWN, ("monitoring",)),
    (OWN, ("objectives", "children-swim")),
    (OWN, ("half_years", "2025/26 H2")),
    (OWN, ("proposal",)),
    (OWN, ("on_the_list",)),
    (ORGANISATIONS, ("Fellbrook Leisure Trust",)),
    (ORGANISATIONS, ("Fellbrook Leisure Trust", "strength_and_stability")),
]
"""Groups of the complete example that the framework asks for."""


@settings(max_examples=30)
@given(st.sampled_from(_PARTS), st.data())
def test_a_part_of_what_is_true_can_be_recorded(place: tuple[str, Trail], data: st.DataObject) -> None:
    """Also where another group is blank as a whole."""
    name, path = place
    files = good()
    for other, gone in data.draw(st.lists(st.sampled_from(_PARTS), max_size=1)):
        whether_it_began = {"on_the_list", "agreement"}  # what is asked of the one follows from the other
        if gone[0] not in {path[0], "on_the_list"} and {gone[0], path[0]} != whether_it_began:
            at(files[other], gone[:-1]).pop(gone[-1], None)
    holder = at(files[name], path[:-1])
    whole = holder.pop(path[-1])
    before = errors(files)
    holder[path[-1]] = in_part(whole, data)
    assume(holder[path[-1]])
    new = [f"{finding.rule}: {finding.message}" for finding in errors(files)]
    assert len(new) <= len(before), f"{name}: a part of {'.'.join(map(str, path))} was recorded; now: {new}"


def test_what_a_section_lacks_is_told_once_with_the_lines_to_write() -> None:
    files = good()
    exit_ = files[OWN]["agreement"]["exit"]
    files[OWN]["agreement"]["exit"] = {name: exit_[name] for name in list(exit_)[:1]}
    (finding,) = errors(files)
    assert finding.rule == "not-recorded"
    assert finding.trail == ("agreement", "exit")
    assert finding.message.startswith("Nothing is recorded for `")
    assert finding.message.endswith(" in `exit`.")
    assert finding.fix.startswith("In `exit` write, for example: ")
    assert {one.trail[:-1] for one in finding.blanks} == {("agreement", "exit")}
    assert set(finding.duties) == {duty for one in finding.blanks for duty in one.duties}
    assert all(f"`{one.trail[-1]}`" in finding.message for one in finding.blanks)


def test_what_is_missing_in_several_groups_of_a_section_is_told_by_group() -> None:
    files = good()
    files[OWN]["agreement"]["exit"].pop("notice")
    files[OWN]["agreement"]["disputes"].pop("variation_clause")
    (finding,) = errors(files)
    assert finding.message == (
        "2 answers are missing in `agreement`: in `disputes`: `variation_clause`; in `exit`: `notice`."
    )
    assert finding.location == finding.blanks[0].location


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
