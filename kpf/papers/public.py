"""What of the records a part of a paper may draw on: in the public part, only fields that say they are public."""

from dataclasses import replace
from typing import Any, TypeVar

from kpf.model import Record
from kpf.model.shapes import FieldOf, fields_of, has_public
from kpf.papers.wanted import Part
from kpf.register.records import Records

R = TypeVar("R", bound=Record)


def records_for(part: Part, records: Records) -> Records:
    """`records` with nothing that `part` may not show, and nothing that raises when it is asked for.

    What could not be read is told by `kpf check`; in a paper it is a blank like any other.
    """
    whole = part is not Part.PUBLIC
    return replace(
        records,
        partnerships={id_: _cut(held, whole=whole) for id_, held in records.partnerships.items()},
        organisations={name: _cut(held, whole=whole) for name, held in records.organisations.items()},
        council=_cut(records.council, whole=whole),
    )


def _cut(record: R, *, whole: bool) -> R:
    """`record` with only its public fields (with all if `whole`), and nothing in place of what could not be read."""
    held = vars(record)
    kept = {
        field.attribute: _kept(held.get(field.attribute), field, whole=whole) if whole or has_public(field) else None
        for field in fields_of(type(record))
    }
    return record.model_copy(update=kept)


def _kept(value: Any, field: FieldOf, *, whole: bool) -> Any:
    if field.shape.record is None or value is None:
        return value
    if field.shape.holds == "list":
        return tuple(_entry(entry, whole=whole) for entry in value)
    if field.shape.holds == "mapping":
        return {name: _entry(entry, whole=whole) for name, entry in value.items()}
    return _entry(value, whole=whole)


def _entry(entry: Any, *, whole: bool) -> Any:
    return _cut(entry, whole=whole) if isinstance(entry, Record) else entry
