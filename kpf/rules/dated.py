"""Dated facts in a partnership's file, found by their paths."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from kpf.dates import HalfYear, When
from kpf.document import Document
from kpf.finding import Step, Trail
from kpf.model import Partnership, Record
from kpf.model.shapes import FieldOf, field_named

EACH: Final = "*"
"""The step of a path that stands for each entry of a list or a mapping."""
_BEGINNINGS: Final = (
    ("on_the_list", "from"),
    ("proposal", "decision", EACH, "decided"),
    ("agreement", "signed"),
    ("agreement", "starts"),
)


class FactPlace(NamedTuple):
    """A value in a file, with its trail."""

    trail: Trail
    value: Any
    key: Any = None


class DatedFact(NamedTuple):
    """A fact with its day. A period has the day on which it ends; a month has its first and last day."""

    trail: Trail
    earliest: date
    latest: date


def beginning(partnership: Partnership) -> list[DatedFact]:
    """Return the start of the partnership: the earliest dated fact that shows it. Empty if none is recorded."""
    again = vars(partnership).get("listed_again")
    beginnings = (*_BEGINNINGS, ("listed_again", EACH, "from")) if again else _BEGINNINGS
    shown = [fact for path in beginnings for fact in dated_facts(FactPlace((), partnership), path)]
    return [min(shown, key=lambda fact: fact.earliest)] if shown else []


def proposal_decided(partnership: Partnership) -> list[DatedFact]:
    """Return the day of the last decision on the proposal, if there is one. Earlier ones may be refusals."""
    proposal = vars(partnership).get("proposal")
    if proposal is None or "decision" not in vars(proposal):
        return []
    position, decision = proposal.last_decision() or (0, None)
    day = vars(decision).get("on") if decision else None
    return [DatedFact(("proposal", "decision", position, "decided"), day, day)] if day else []


def trail_in(document: Document, trail: Trail) -> Trail:
    """Return `trail` without positions that `document` lacks, because an entry is written without a list."""
    found: Trail = ()
    for step in trail:
        if not isinstance(step, int) or isinstance(document.value(found), list):
            found = (*found, step)
    return found


def dated_facts(place: FactPlace, path: tuple[str, ...]) -> list[DatedFact]:
    """Return the dated facts at `path` below `place`. Values that cannot be read are left out; others report them."""
    found: list[DatedFact] = []
    for trail, value, key in places(place, path):
        if isinstance(value, tuple):  # a recurring fact, with several days
            found += dated_facts(FactPlace(trail, value), (EACH,))
        elif isinstance(value, date):
            found.append(DatedFact(trail, value, value))
        elif isinstance(value, When):
            found.append(DatedFact(trail, value.earliest, value.latest))
        elif isinstance(half := value if isinstance(value, HalfYear) else key, HalfYear):
            found.append(DatedFact(trail, half.ends, half.ends))
    return found


def places(place: FactPlace, path: tuple[str, ...]) -> Iterator[FactPlace]:
    """Yield all values at `path` below `place`."""
    for depth, step in enumerate(path):
        here = place.value
        if isinstance(here, Record):
            field = _field(type(here), step)
            value = vars(here).get(field.attribute, field.blank)
            if value is field.blank:
                return
            place = FactPlace((*place.trail, step), value)
            continue
        if step == EACH:
            for key, value in here.items() if isinstance(here, dict) else enumerate(here):
                if value is not None:
                    name: Step = key if isinstance(key, int) else str(key)
                    yield from places(FactPlace((*place.trail, name), value, key), path[depth + 1 :])
        return
    yield place


@cache
def _field(record: type[Record], key: str) -> FieldOf:
    """Return the field of `record` with the name `key` in files. Raises ValueError if there is none."""
    field = field_named(record, key)
    if field is None:
        raise ValueError(f"{record.__name__} has no field {key}")
    return field
