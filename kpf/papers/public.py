"""What of the records a part of a paper may draw on: in the public part, only fields from a list of allowed ones."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from kpf.model import Record
from kpf.model.shapes import FieldOf, fields_of
from kpf.papers.wanted import Part
from kpf.register.records import Records

R = TypeVar("R", bound=Record)
Way = tuple[str, ...]

_LIST: Final = Path(__file__).with_name("public_fields.toml")


@cache
def public_fields() -> Mapping[str, frozenset[Way]]:
    """The ways to the fields that may be public: of a partnership, an organisation, the council."""
    listed = tomllib.loads(_LIST.read_text("utf-8"))
    return {record: frozenset(tuple(way.split(".")) for way in ways) for record, ways in listed.items()}


def records_for(part: Part, records: Records) -> Records:
    """`records` with nothing that `part` may not show, and nothing that raises when it is asked for.

    What could not be read is told by `kpf check`; in a paper it is a blank like any other.
    """
    allowed = public_fields() if part is Part.PUBLIC else {}
    of_partnership, of_organisation, of_council = map(allowed.get, ("partnership", "organisation", "council"))
    return replace(
        records,
        partnerships={id_: _cut(held, of_partnership) for id_, held in records.partnerships.items()},
        organisations={name: _cut(held, of_organisation) for name, held in records.organisations.items()},
        council=_cut(records.council, of_council),
    )


def _cut(record: R, allowed: frozenset[Way] | None, way: Way = ()) -> R:
    """`record` with only the `allowed` fields (None: all), and nothing in place of what could not be read."""
    held = vars(record)
    kept = {
        field.attribute: _kept(held.get(field.attribute), field, allowed, (*way, field.about.key))
        for field in fields_of(type(record))
    }
    return record.model_copy(update=kept)


def _kept(value: Any, field: FieldOf, allowed: frozenset[Way] | None, way: Way) -> Any:
    if field.shape.record is None:
        return value if allowed is None or way in allowed else None
    if field.shape.holds == "one":
        inside = _entry(value, allowed, way)
        return inside if allowed is None or any(known[: len(way)] == way for known in allowed) else None
    below = (*way, "*")
    if value is None or (allowed is not None and not any(known[: len(below)] == below for known in allowed)):
        return None
    if field.shape.holds == "list":
        return tuple(_entry(entry, allowed, below) for entry in value)
    return {name: _entry(entry, allowed, below) for name, entry in value.items()}


def _entry(entry: Any, allowed: frozenset[Way] | None, way: Way) -> Any:
    return _cut(entry, allowed, way) if isinstance(entry, Record) else entry
