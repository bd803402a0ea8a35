"""The position of new names and entries: names in the framework's order, half-years and dated entries by date."""

import re
from collections.abc import Sequence
from typing import Any, Final

from kpf.finding import Trail
from kpf.model import Council, Organisation, Partnership, Record
from kpf.model.paper import PaperAnswers
from kpf.model.periods import half_year_named
from kpf.model.shapes import Shape, field_named, fields_of

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


def in_a_partnership(trail: Trail, names: Sequence[str], name: str) -> int:
    """Return the position of a new `name` among `names`, at `trail` in a partnership's file."""
    return _among(Partnership, trail, names, name)


def among_organisations(trail: Trail, names: Sequence[str], name: str) -> int:
    """Return the position in _organisations.yaml, which lists organisations in the order of their addition."""
    return _among(Organisation, trail[1:], names, name) if trail else len(names)


def in_the_council(trail: Trail, names: Sequence[str], name: str) -> int:
    """Return the position in _council.yaml."""
    return _among(Council, trail, names, name)


def in_an_answers_file(trail: Trail, names: Sequence[str], name: str) -> int:
    """Return the position in the answers file of a paper."""
    return _among(PaperAnswers, trail, names, name)


def _among(model: type[Record], trail: Trail, names: Sequence[str], name: str) -> int:
    record, entries = at_trail(model, trail)
    if record:
        order = [field.about.key for field in fields_of(record)]
        before = order[: order.index(name)] if name in order else names
        return max((at + 1 for at, other in enumerate(names) if other in before), default=0)
    half = half_year_named(name) if entries and entries.key_written else None
    return among([half_year_named(other) for other in names], half) if half else len(names)


def at_trail(model: type[Record], trail: Trail) -> tuple[type[Record] | None, Shape | None]:
    """Return the record at `trail` of a `model`, or the shape of the list or mapping there."""
    here: type[Record] | None = model
    entries: Shape | None = None
    for step in trail:
        if entries is not None:
            here, entries = entries.record, None
            continue
        field = field_named(here, step) if here else None
        if field is None:
            return None, None
        here, entries = (field.shape.record, None) if field.shape.holds == "one" else (None, field.shape)
    return here, entries


def among(values: Sequence[Any], new: Any) -> int:
    """Return the position of `new` among `values` by date, in the order that they have: oldest or newest first.

    None stands for an entry without a readable date.
    """
    known = [value for value in values if value is not None]
    newest_first = len(known) > 1 and known[0] > known[-1] and known == sorted(known, reverse=True)
    if newest_first:
        return next((at for at, value in enumerate(values) if value is not None and value <= new), len(values))
    earlier = [at for at, value in enumerate(values) if value is not None and value <= new]
    later = (at for at, value in enumerate(values) if value is not None and value > new)
    return earlier[-1] + 1 if earlier else next(later, len(values))


def day_of(record: type[Record], entry: Any) -> str | None:
    """Return the day of a list entry as written in the file, or None if none can be read."""
    while isinstance(entry, dict):
        field = next((field for field in fields_of(record) if field.attribute == record.dated_by), None)
        if field is None:
            return None
        entry = entry.get(field.about.key)
        record = field.shape.record or record
    return entry if isinstance(entry, str) and _DAY.fullmatch(entry) else None
