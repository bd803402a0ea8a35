"""Recorded values compared with those that somebody has given: whether they say the same, and where they belong."""

from collections.abc import Iterable, Sequence
from typing import Any

from kpf.edit.belonging import among, day_of
from kpf.edit.text.blocks import Value
from kpf.forms.fields import FieldPath, FormTable


def nested_entry(values: Iterable[tuple[FieldPath, Value]]) -> dict[str, Value]:
    """An entry of a list that holds `values`, each at its path."""
    entry: dict[str, Value] = {}
    for path, value in values:
        here: Any = entry
        for step in path[:-1]:
            here = here.setdefault(step, {})
        here[path[-1]] = value
    return entry


def place_among(table: FormTable, entries: Sequence[Any], plain: Any) -> int | None:
    """Where a new entry goes among the recorded `entries`; None where one of them says the same already."""
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
    """Whether the `recorded` value says what `value` does."""
    plain = bare_value(value)
    if isinstance(recorded, list):
        return set(plain if isinstance(plain, list) else [plain]) <= {str(one) for one in recorded}
    return str(recorded) == str(plain[0] if isinstance(plain, list) and len(plain) == 1 else plain)


def holds(entry: Any, plain: Any) -> bool:
    """Whether an entry of the file says all that is said of a new one."""
    if isinstance(plain, dict):
        return isinstance(entry, dict) and all(holds(entry.get(name), value) for name, value in plain.items())
    return entry is not None and says_the_same(entry, plain)


def bare_value(value: Value) -> Any:
    """`value` as a file gives it back: bare text."""
    if isinstance(value, dict):
        return {name: bare_value(inner) for name, inner in value.items()}
    return [bare_value(inner) for inner in value] if isinstance(value, list) else value and str(value)


def texts_of(recorded: Any) -> tuple[str, ...]:
    """Each `recorded` value, alone or in a list, as the file has it; none of a blank."""
    return tuple(str(one) for one in (recorded if isinstance(recorded, list) else [recorded]) if one is not None)


def words_of_value(value: Any) -> str:
    """`value` in one line, for people."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {words_of_value(inner)}" for name, inner in value.items())
    return "; ".join(map(words_of_value, value)) if isinstance(value, list) else str(value)
