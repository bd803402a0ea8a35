"""The fields that checks of added duties use: those under `own`, and other single values of a partnership's file."""

from datetime import date
from typing import Any, NamedTuple

from kpf.dates import When
from kpf.finding import Trail
from kpf.model import Record, is_recorded
from kpf.model.shapes import field_named


class FieldValue(NamedTuple):
    """The value of a field, and the path to it in its file."""

    value: Any
    trail: Trail


def field_at(record: Record, name: str) -> FieldValue:
    """Look up the field `name`: one under `own`, or a path with dots from the top of the file. Raises `Unreadable`."""
    own = getattr(record, "own", None)
    field = field_named(type(own), name) if own is not None else None
    if field:
        return FieldValue(getattr(own, field.attribute), ("own", name))
    if "." not in name and field_named(type(record), name) is None:
        return FieldValue(None, ("own", name))
    here: Any = record
    path = tuple(name.split("."))
    for step in path:
        found = field_named(type(here), step) if isinstance(here, Record) else None
        here = getattr(here, found.attribute) if found else None
    return FieldValue(here if is_recorded(here) else None, path)


def days_in(field: FieldValue) -> list[tuple[Trail, date, date]]:
    """The path, first and last day of each date in a field. First and last differ if only a month is known."""
    value, trail = field
    if isinstance(value, tuple):
        return [((*trail, position), day, day) for position, day in enumerate(value) if day]
    if isinstance(value, When):
        return [(trail, value.earliest, value.latest)]
    return [(trail, value, value)] if isinstance(value, date) else []
