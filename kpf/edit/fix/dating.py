"""Rewrite days in other notations that can mean only one day."""

import re
from collections.abc import Iterator
from typing import Any

from kpf.document import Document
from kpf.edit.belonging import at_trail
from kpf.edit.fix.mending import Mended, replaced
from kpf.finding import Finding, Trail
from kpf.model import Record
from kpf.model.near_misses import day_meant
from kpf.model.shapes import Shape, field_named, fields_of
from kpf.model.written import Written


def days_mended(model: type[Record], above: int, document: Document, refused: list[Finding]) -> Iterator[Mended]:
    """Yield a correction for each of the `refused` values that is a day in another notation."""
    for finding in refused:
        value: Any = document.value(finding.trail)
        written = _wanted(model, finding.trail[above:])
        if not (isinstance(value, str) and written and written.pattern.startswith("[0-9]{4}-[0-9]{2}")):
            continue
        meant = day_meant(value)
        if meant and meant.certain and re.fullmatch(written.pattern, meant.iso, re.ASCII):
            mended = replaced(document, finding.trail, meant.iso)
            if mended:
                yield mended


def _wanted(model: type[Record], trail: Trail) -> Written | None:
    """Return how to write the value at `trail`; for a group that can be written as its day alone, that of the day."""
    shape = _shape(model, trail)
    if shape is None and trail and isinstance(trail[-1], int):  # one of the times of what recurs
        times = _shape(model, trail[:-1])
        shape = times if times and times.recurs else None
    if shape is None:
        return None
    if shape.record and shape.record.dated_by:
        inner = next(field for field in fields_of(shape.record) if field.attribute == shape.record.dated_by)
        return inner.shape.written
    return shape.written


def _shape(model: type[Record], trail: Trail) -> Shape | None:
    """Return the shape of the value at `trail`; None if it is not a single value."""
    if not trail:
        return None
    *above, last = trail
    record, entries = at_trail(model, tuple(above))
    if record is None:
        return entries
    field = field_named(record, last)
    return field.shape if field and field.shape.holds == "one" else None
