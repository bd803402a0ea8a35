"""The text of values and entries of records in sentences."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from kpf.model import Record
from kpf.model.shapes import FieldOf, Shape, fields_of
from kpf.model.values import NOT_STATED
from kpf.model.written import ANY_TEXT

_LONGEST_LABEL: Final = 60


def with_values(record: Record) -> Iterator[tuple[FieldOf, Any]]:
    """The fields of `record` that have a value, at all depths but inside of lists and mappings."""
    for field, value in _directly(record):
        if isinstance(value, Record):
            yield from with_values(value)
        else:
            yield field, value


def value_in_words(value: Any, shape: Shape) -> str:
    """A value as `kpf diff` says it: names of posts and the like as they are, other text in quotation marks."""
    if isinstance(value, Record):
        said = (f"{field.about.noun} {value_in_words(inner, field.shape)}" for field, inner in with_values(value))
        return "; ".join(said) or "nothing recorded in it"
    if isinstance(value, tuple):
        return ", ".join(value_in_words(entry, shape) for entry in value if entry is not None) or "none"
    if isinstance(value, dict):
        return ", ".join(
            f"{name}" if entry is None else f"{name} ({value_in_words(entry, shape)})" for name, entry in value.items()
        )
    return str(value) if shape.names or shape.written is None else shape.written.in_words(value)


def list_label(entry: Record) -> str:
    """Return the label of a list entry: its first short value, and its day."""
    known = [(field, value) for field, value in with_values(entry) if field.shape.holds == "one"]
    dated = [pair for pair in known if pair[0].attribute == type(entry).dated_by]
    short = [words for words in (value_in_words(value, field.shape) for field, value in known) if _is_short(words)]
    on = [value_in_words(value, field.shape) for field, value in dated]
    return ", ".join(dict.fromkeys((*short[:1], *on))) or "one entry"


def mapping_label(name: Any, entry: Record, shape: Shape) -> str:
    """Return the label of a mapping entry: its first text if its name is only an id, or else its name."""
    if shape.key_written is ANY_TEXT and shape.key_names is None:
        field, value = next(with_values(entry), (None, None))
        if field and field.shape.written is ANY_TEXT and field.shape.names is None and field.shape.holds == "one":
            words = value_in_words(value, field.shape)
            return words if _is_short(words) else str(name)
    return str(name)


def _is_short(words: str) -> bool:
    return len(words) <= _LONGEST_LABEL


def as_data(value: Any) -> Any:
    """A value for a program: numbers and days as a file writes them, groups by their names there."""
    if isinstance(value, Record):
        return {field.about.key: as_data(inner) for field, inner in _directly(value)}
    if isinstance(value, dict):
        return {str(name): as_data(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return [as_data(inner) for inner in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    written = {date.max: "no end date", NOT_STATED: "not stated", None: None}
    return written[value] if value in written else str(value)


def _directly(record: Record) -> Iterator[tuple[FieldOf, Any]]:
    for field in fields_of(type(record)):
        value = vars(record).get(field.attribute, field.blank)
        if value is not field.blank:
            yield field, value
