"""A register as it stood on a day: what happened later is hidden before any rule looks.

Facts without a date count as they stand in the files. What a half-year brought is dated by the day on which it was
recorded, else by the half-year's last day, and never by its first. A half-year that was opened beforehand, and in which
nothing is recorded yet, is hidden as well: opening it changes nothing about what is asked for.
"""

from collections.abc import Container, Iterator
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar

from kpf.dates import HalfYear, When
from kpf.finding import Trail
from kpf.model.record import Record
from kpf.model.shapes import FieldOf, fields_of

R = TypeVar("R", bound=Record)

_HALF_YEARS: Final = "half_years"


def as_at(record: R, day: date) -> R:
    """`record` without what happened after `day`; the same object where nothing did."""
    changed: dict[str, Any] = {}
    values = vars(record)
    for field in _dated_fields(type(record)):
        value = values.get(field.attribute)
        if value is not field.blank:
            kept = _kept(value, field, day)
            if kept is not value:
                changed[field.attribute] = kept
    return record.model_copy(update=changed) if changed else record


@cache
def _dated_fields(record: type[Record]) -> tuple[FieldOf, ...]:
    """The fields in which, at some depth, something can have happened."""
    return tuple(
        field
        for field in fields_of(record)
        if field.shape.happens
        or field.about.key == _HALF_YEARS
        or (field.shape.record and (field.shape.record.dated_by or _dated_fields(field.shape.record)))
    )


def _kept(value: Any, field: FieldOf, day: date) -> Any:
    if field.shape.holds == "one":
        return field.blank if _is_later(value, day) else _inside(value, day)
    if field.shape.holds == "list":
        return _kept_of_list(value, field, day)
    pairs = {
        key: _inside(entry, day)
        for key, entry in value.items()
        if not (_is_later(entry, day) or (isinstance(key, HalfYear) and _is_not_reported_yet(key, entry, day)))
    }
    if len(pairs) == len(value) and all(pairs[key] is entry for key, entry in value.items()):
        return value
    return pairs or None


def _kept_of_list(entries: tuple[Any, ...], field: FieldOf, day: date) -> tuple[Any, ...] | None:
    """`entries` without those of after `day`. Before one that is kept they are blank: so it keeps its place."""
    kept = [None if _is_later(entry, day) else _inside(entry, day) for entry in entries]
    if all(one is entry for one, entry in zip(kept, entries, strict=True)):
        return entries
    while kept and kept[-1] is None:
        kept.pop()
    return tuple(kept) or (() if field.shape.says_none else None)


def _inside(value: Any, day: date) -> Any:
    """`value` without what happened after `day` within it: in a record, or of the times of what recurs."""
    if isinstance(value, Record):
        return as_at(value, day)
    if isinstance(value, tuple) and any(_is_later(time, day) for time in value):
        return tuple(time for time in value if not _is_later(time, day))
    return value


def _is_later(value: Any, day: date) -> bool:
    """Whether `value` came to be after `day`: a month by its first day, a record when dated, all of several."""
    if isinstance(value, tuple):
        times = [time for time in value if time is not None]
        return bool(times) and all(_is_later(time, day) for time in times)
    if isinstance(value, date):
        return value > day
    if isinstance(value, When):
        return value.earliest > day
    dated_by = type(value).dated_by if isinstance(value, Record) else None
    return dated_by is not None and _is_later(vars(value).get(dated_by), day)


def _is_not_reported_yet(half: HalfYear, entry: Any, day: date) -> bool:
    """Whether nothing of `half` was written down on `day`; it counts from the day recorded in it, else from its end."""
    recorded = vars(entry).get("recorded") if isinstance(entry, Record) else None
    return not _holds(entry) or (recorded or half.ends) > day


def _holds(value: Any) -> bool:
    """Whether anything is recorded in `value`, be it something that cannot be read."""
    if isinstance(value, Record):
        fields = vars(value)
        return len(fields) < len(fields_of(type(value))) or any(map(_holds, fields.values()))
    if isinstance(value, dict | tuple):
        return any(map(_holds, value.values() if isinstance(value, dict) else value))
    return value is not None


# -- every day at all depths ----------------------------------------------------------------------------


class Happening(NamedTuple):
    """A day on which something happened, and the field that says so; of a month the first day."""

    trail: Trail
    day: date
    field: FieldOf


def happenings(record: Record, without: Container[str] = (), trail: Trail = ()) -> Iterator[Happening]:
    """Every day on which something happened, at all depths, with the path to it; not in fields called as in `without`.

    What cannot be read is left out.
    """
    values = vars(record)
    for field in fields_of(type(record)):
        value = values.get(field.attribute)
        if value is not field.blank and field.about.key not in without:
            for step, entry in _entries(value):
                here = (*trail, field.about.key, *step)
                if isinstance(entry, Record):
                    yield from happenings(entry, without, here)
                elif field.shape.happens and isinstance(entry, date | When):
                    yield Happening(here, entry if isinstance(entry, date) else entry.earliest, field)


def _entries(value: Any, step: Trail = ()) -> Iterator[tuple[Trail, Any]]:
    """`value` itself, or what it holds as a list or a mapping."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from _entries(entry, (*step, str(key)))
    elif isinstance(value, tuple):
        for position, entry in enumerate(value):
            yield from _entries(entry, (*step, position))
    else:
        yield step, value


def still_to_come(record: Record, day: date) -> Iterator[Happening]:
    """What `record` says happened after `day`, but for what can be known before it comes."""
    return (one for one in happenings(record) if one.day > day and not one.field.about.known_ahead)
