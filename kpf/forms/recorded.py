"""Comparison of recorded values with answers, and the place of new list entries."""

from collections.abc import Iterable, Sequence
from typing import Any

from kpf.edit.belonging import among, day_of
from kpf.edit.text.blocks import Value
from kpf.forms.fields import FieldPath, FormTable


def nested_entry(values: Iterable[tuple[FieldPath, Value]]) -> dict[str, Value]:
    """Return a list entry with `values`, each at its path."""
    entry: dict[str, Value] = {}
    for path, value in values:
        here: Any = entry
        for step in path[:-1]:
            here = here.setdefault(step, {})
        here[path[-1]] = value
    return entry


def place_among(table: FormTable, entries: Sequence[Any], plain: Any) -> int | None:
    """Return the index for the new entry `plain` in `entries`, or None if one of them says the same."""
    record = table.field.shape.record
    if all(one is None for one in entries):
        return 0
    days = [day_of(record, one) if record else None for one in entries]
    day = day_of(record, plain) if record else None
    for one, its_day in zip(entries, days, strict=True):
        if holds(one, plain) or (isinstance(one, str) and its_day == day):
            return None
    return among(days, day) if day else len(entries)


def says_the_same(recorded: Any, value: Value) -> bool:
    """Return whether the `recorded` value equals `value`, or is a list that contains it."""
    plain = bare_value(value)
    if isinstance(recorded, list):
        return set(plain if isinstance(plain, list) else [plain]) <= {str(one) for one in recorded}
    return str(recorded) == str(plain[0] if isinstance(plain, list) and len(plain) == 1 else plain)


def holds(entry: Any, plain: Any) -> bool:
    """Return whether `entry` of the file has all values of `plain`."""
    if isinstance(plain, dict):
        return isinstance(entry, dict) and all(holds(entry.get(name), value) for name, value in plain.items())
    return entry is not None and says_the_same(entry, plain)


def bare_value(value: Value) -> Any:
    """Return `value` as it is read from a file, with scalars as plain strings."""
    if isinstance(value, dict):
        return {name: bare_value(inner) for name, inner in value.items()}
    return [bare_value(inner) for inner in value] if isinstance(value, list) else value and str(value)


def texts_of(recorded: Any) -> tuple[str, ...]:
    """Return the text of a `recorded` value, or of each value of a list, without blanks."""
    return tuple(str(one) for one in (recorded if isinstance(recorded, list) else [recorded]) if one is not None)


def words_of_value(value: Any) -> str:
    """Return `value` as one line of text for people."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {words_of_value(inner)}" for name, inner in value.items())
    return "; ".join(map(words_of_value, value)) if isinstance(value, list) else str(value)
