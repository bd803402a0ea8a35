"""Records as at a day: later facts are hidden before any rule runs.

Facts without a date count as they are in the files. The record of a half-year is dated by its `recorded` day, else by
the last day of the half-year, never by the first. A half-year that was opened in advance and has no values yet is
hidden too, so that opening it does not change what is asked for.
"""

from collections.abc import Collection, Container, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar

from kpf.dates import HALF_YEARS, HalfYear, ReportingPeriods, When
from kpf.finding import Step, Trail
from kpf.model.periods import half_year_named
from kpf.model.record import Record
from kpf.model.shapes import FieldOf, fields_of

R = TypeVar("R", bound=Record)

_HALF_YEARS: Final = "half_years"


def as_at(record: R, day: date) -> R:
    """Return `record` without what happened after `day`; the same object if nothing did."""
    changed: dict[str, Any] = {}
    values = vars(record)
    for field in _dated_fields(type(record)):
        value = values.get(field.attribute, field.blank)  # what cannot be read stays so
        if value is not field.blank:
            kept = _kept(value, field, day)
            if kept is not value:
                changed[field.attribute] = kept
    return record.model_copy(update=changed) if changed else record


@cache
def _dated_fields(record: type[Record]) -> tuple[FieldOf, ...]:
    """The fields of `record` that have dated facts, at any depth."""
    return tuple(
        field
        for field in fields_of(record)
        if field.shape.happens
        or field.about.key == _HALF_YEARS
        or (field.shape.record and (field.shape.record.dated_by or _dated_fields(field.shape.record)))
    )


def _kept(value: Any, field: FieldOf, day: date) -> Any:
    if field.shape.holds == "one":
        kept = None if _is_later(value, day) else _inside(value, day)
        return field.blank if kept is None else kept
    if field.shape.holds == "list":
        return _kept_of_list(value, field, day)
    pairs = {
        key: kept
        for key, entry in value.items()
        if not (_is_later(entry, day) or (isinstance(key, HalfYear) and _is_not_reported_yet(key, entry, day)))
        and ((kept := _inside(entry, day)) is not None or entry is None)
    }
    if len(pairs) == len(value) and all(pairs[key] is entry for key, entry in value.items()):
        return value
    return pairs or None


def _kept_of_list(entries: tuple[Any, ...], field: FieldOf, day: date) -> tuple[Any, ...] | None:
    """`entries` without those after `day`; None in place of one that is followed by others, so that positions stay."""
    kept = [None if _is_later(entry, day) else _inside(entry, day) for entry in entries]
    if all(one is entry for one, entry in zip(kept, entries, strict=True)):
        return entries
    return _without_the_end(kept, field)


def _without_the_end(kept: list[Any], field: FieldOf) -> tuple[Any, ...] | None:
    while kept and kept[-1] is None:
        kept.pop()
    return tuple(kept) or (() if field.shape.says_none else None)


def _inside(value: Any, day: date) -> Any:
    """`value` without the later facts inside it: those of a record, or the later days of a recurring event.

    None for a record in which nothing else is recorded.
    """
    if isinstance(value, Record):
        kept = as_at(value, day)
        return kept if kept is value or _holds(kept) else None
    if isinstance(value, tuple) and any(_is_later(time, day) for time in value):
        return tuple(time for time in value if not _is_later(time, day))
    return value


def _is_later(value: Any, day: date) -> bool:
    """Whether `value` is dated after `day`: a month by its first day, a record by `dated_by`, a list if all are."""
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
    """Whether the `entry` for `half` is to be hidden as at `day`: it has no values, or was recorded later."""
    recorded = vars(entry).get("recorded") if isinstance(entry, Record) else None
    return not _holds(entry) or (recorded or half.ends) > day


def _holds(value: Any) -> bool:
    """Whether anything is recorded in `value`, whether it can be read or not."""
    if isinstance(value, Record):
        fields = vars(value)
        return len(fields) < len(fields_of(type(value))) or any(map(_holds, fields.values()))
    if isinstance(value, dict | tuple):
        return any(map(_holds, value.values() if isinstance(value, dict) else value))
    return value is not None


# -- without single entries ----------------------------------------------------------------------------


def without(record: R, entries: Iterable[Trail]) -> R:
    """Return `record` as if `entries`, given by their paths, were not recorded, just as `as_at` hides later ones."""
    changed: dict[str, Any] = {}
    values = vars(record)
    for field in fields_of(type(record)):
        inside = {trail[1:] for trail in entries if trail[0] == field.about.key}
        value = values.get(field.attribute)
        if inside and value is not None:
            changed[field.attribute] = _without_inside(value, inside, field)
    return record.model_copy(update=changed) if changed else record


def _without_inside(value: Any, entries: Collection[Trail], field: FieldOf) -> Any:
    if isinstance(value, Record):
        return without(value, entries)

    def kept(step: object, entry: Any) -> Any:
        inside = {trail[1:] for trail in entries if _is_named(trail[0], step)}
        return None if () in inside else without(entry, inside) if inside else entry

    if isinstance(value, dict):
        return {key: left for key, entry in value.items() if (left := kept(key, entry)) is not None} or None
    left = _without_the_end([kept(at, entry) for at, entry in enumerate(value)], field)
    if not left and not any(map(_holds, value)):
        return None  # entries that say nothing do not say that there are none
    return left


def _is_named(written: Step, key: object) -> bool:
    return written == key or (isinstance(key, HalfYear) and half_year_named(str(written)) == key)


# -- every day at all depths ----------------------------------------------------------------------------


class Happening(NamedTuple):
    """A dated fact: the day on which something happened (the first, if only the month is known), and its field."""

    trail: Trail
    day: date
    field: FieldOf


def happenings(record: Record, without: Container[str] = (), trail: Trail = ()) -> Iterator[Happening]:
    """Yield every dated fact of `record`, at all depths, with the path to it; fields named in `without` are skipped.

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
    """Yield each single value in `value`, a list or mapping of any depth, with the path to it; or `value` itself."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from _entries(entry, (*step, str(key)))
    elif isinstance(value, tuple):
        for position, entry in enumerate(value):
            yield from _entries(entry, (*step, position))
    else:
        yield step, value


def still_to_come(record: Record, day: date, periods: ReportingPeriods = HALF_YEARS) -> Iterator[Happening]:
    """Yield the dated facts of `record` after `day`, except those that can be known in advance (`known_ahead`).

    What is recorded for one of `periods` that has not begun is one of them, on its first day.
    """
    yield from (one for one in happenings(record) if one.day > day and not one.field.about.known_ahead)
    for field in fields_of(type(record)):
        if field.about.key == _HALF_YEARS:
            for half, entry in (vars(record).get(_HALF_YEARS) or {}).items():
                begins = periods.starts(half)
                if begins > day and _is_not_reported_yet(half, entry, day) and _holds(entry):
                    yield Happening((_HALF_YEARS, str(half)), begins, field)
