"""Values as YAML: in block style with one name or entry on each line, or in flow style within braces."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kpf.edit.text.scalars import Plain, scalar_text
from kpf.model import Council, Organisation, Partnership
from kpf.model.shapes import every_field

Value = str | None | dict[str, "Value"] | list["Value"]
"""A value to write into a file: a text, a blank, names with values, or a list of entries."""


@dataclass(frozen=True, slots=True)
class Indents:
    """The indentation that a file uses below a name, for names and for dashes."""

    names: int = 2
    dashes: int = 2


def lines_of_name(name: str, value: Value, indents: Indents) -> list[str]:
    """Return the lines for `name` with its `value`, without indentation."""
    start = f"{name_written(name)}:"
    if isinstance(value, dict | list) and value:
        return [start, *_further_in(lines_inside(value, indents), _inwards(value, indents))]
    return [start if value is None else f"{start} {_on_one_line(value)}"]


def lines_of_entry(value: Value, indents: Indents, gap: int = 1) -> list[str]:
    """Return the lines for `value` as an entry, with `gap` spaces after the dash, without indentation."""
    if value is None:
        return ["-"]
    lines = lines_inside(value, indents) if isinstance(value, dict | list) and value else [_on_one_line(value)]
    first, *more = _further_in(lines, gap + 1)
    return [f"-{first[1:]}", *more]


def lines_inside(value: dict[str, Value] | list[Value], indents: Indents) -> list[str]:
    """Return the lines for the names or entries of `value`, without indentation."""
    if isinstance(value, dict):
        return [line for name, inner in value.items() for line in lines_of_name(name, inner, indents)]
    return [line for entry in value for line in lines_of_entry(entry, indents)]


def in_braces(value: Value) -> str:
    """Return `value` in flow style, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(name_in_braces(name, inner) for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_braces, value)) + "]"
    return "~" if value is None else scalar_text(value, in_braces=True)


def name_in_braces(name: str, value: Value) -> str:
    """Return `name` with its `value` in flow style, on one line."""
    return f"{name_written(name, in_braces=True)}: {in_braces(value)}"


def name_written(name: str, *, in_braces: bool = False) -> str:
    """Return `name` as written in a file. Names of the format are never quoted, although `on` means yes in YAML 1.1."""
    return scalar_text(Plain(name) if name in _names_of_the_format() else name, in_braces=in_braces)


@cache
def _names_of_the_format() -> frozenset[str]:
    models = (Partnership, Organisation, Council)
    return frozenset(field.about.key for model in models for _, field in every_field(model))


def _on_one_line(value: Value) -> str:
    return scalar_text(value) if isinstance(value, str) else in_braces(value)


def _inwards(value: dict[str, Value] | list[Value], indents: Indents) -> int:
    return indents.names if isinstance(value, dict) else indents.dashes


def _further_in(lines: Sequence[str], by: int) -> Iterator[str]:
    return (f"{' ' * by}{line}" for line in lines)
