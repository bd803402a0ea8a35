"""Where something new belongs among what is there."""

import pytest

from kpf.edit.belonging import among, among_organisations, at_trail, day_of, in_a_partnership
from kpf.model import Partnership
from kpf.model.monitoring import Meeting
from kpf.model.organisations import Stability
from kpf.model.performance import Measure


@pytest.mark.parametrize(
    ("days", "new", "place"),
    [
        ([], "b", 0),
        ([None], "b", 1),
        (["a", "c"], "b", 1),
        (["a", "b"], "b", 2),
        (["c", "a"], "b", 1),
        (["c", "b"], "a", 2),
        (["c"], "a", 0),
        (["a", None, "c"], "b", 1),
        ([None, "c"], "b", 1),
        (["c", "a", "d"], "b", 2),  # in no order: behind the last that is earlier
    ],
)
def test_by_the_calendar(days: list[str | None], new: str, place: int) -> None:
    assert among(days, new) == place


def test_names() -> None:
    assert in_a_partnership((), ["name", "ours", "reviews"], "monitoring") == 1
    assert in_a_partnership((), ["reviews"], "name") == 0
    assert in_a_partnership((), ["name"], "not-known") == 1
    assert in_a_partnership(("objectives",), ["b", "a"], "c") == 2
    assert in_a_partnership(("half_years",), ["2026/27 H2", "a note"], "2026/27 H1") == 0
    assert in_a_partnership(("half_years",), ["2026/27 H2"], "nonsense") == 1
    assert among_organisations((), ["B", "A"], "C") == 2
    assert among_organisations(("A",), ["sector", "strength_and_stability"], "number") == 1


def test_the_record_on_the_way() -> None:
    assert at_trail(Partnership, ("measures", "visits")) == (Measure, None)
    assert at_trail(Partnership, ("nothing", "here")) == (None, None)


def test_days() -> None:
    assert day_of(Meeting, "2026-11-12") == "2026-11-12"
    assert day_of(Meeting, {"on": "2026-11-12", "came": ["x"]}) == "2026-11-12"
    assert day_of(Stability, {"assessed": {"on": "2026-09-22"}}) == "2026-09-22"
    assert day_of(Meeting, {"came": ["x"]}) is None
    assert day_of(Measure, {"name": "x"}) is None
    assert day_of(Meeting, "soon") is None
