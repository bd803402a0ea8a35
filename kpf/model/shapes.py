"""The shape of each field of a record, derived once from its annotation; used wherever kpf walks over records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from kpf.finding import Trail
from kpf.model.record import About, Record, about_fields
from kpf.model.values import Happens, Names, NoneRecorded, OneOrMore, OrNone, Recurs
from kpf.model.written import Written

Holds = Literal["one", "list", "mapping"]


@dataclass(frozen=True, slots=True)
class Shape:
    """Whether a field has one value, a list or a mapping; and whether its values are records, or text of some form."""

    holds: Holds
    record: type[Record] | None
    written: Written | None
    names: Names | None
    happens: bool
    key_written: Written | None = None
    key_names: Names | None = None
    recurs: bool = False
    """There is one value for each time that something took place: a single one, or a list."""
    says_none: bool = False
    """"none" is read as an empty list."""
    takes_none: bool = False
    """"none" is an answer, for a text or a list: there is nothing to record."""
    one_alone: bool = False
    """A single entry of the list may be written without a dash."""


@dataclass(frozen=True, slots=True)
class FieldOf:
    """A field of a record: its attribute name, metadata and shape."""

    attribute: str
    about: About
    shape: Shape
    blank: Record | None
    """The value of the attribute if nothing is written: None, or the blank group of its type."""


@cache
def fields_of(record: type[Record]) -> tuple[FieldOf, ...]:
    """The fields of `record`, in the order of the file."""
    infos = record.model_fields
    return tuple(
        FieldOf(name, about, _shape(infos[name]), infos[name].default) for name, about in about_fields(record).items()
    )


@cache
def has_public(field: FieldOf) -> bool:
    """Whether the field, or for a group any field inside it, is public."""
    record = field.shape.record
    return any(map(has_public, fields_of(record))) if record else field.about.public


def field_named(record: type[Record], key: object) -> FieldOf | None:
    """The field of `record` that is written as `key` in a file; None if there is none."""
    return next((field for field in fields_of(record) if field.about.key == key), None)


def fields_on(record: type[Record], trail: Iterable[object]) -> tuple[tuple[FieldOf, ...], int]:
    """Return the fields of `record` along `trail`, outermost first, and how many steps at its end match no field.

    The id or position of an entry counts as matched by its list or mapping.
    """
    found: list[FieldOf] = []
    steps = list(trail)
    inside: type[Record] | None = record
    at = 0
    while at < len(steps):
        field = field_named(inside, steps[at]) if inside else None
        if field is None:
            break
        found.append(field)
        inside = field.shape.record
        at += 1 if field.shape.holds == "one" else 2
    return tuple(found), max(0, len(steps) - at)


@lru_cache(4096)  # enough for a few files: trails contain the ids of entries
def is_exempt(record: type[Record], trail: tuple[object, ...], *, blank: bool = False) -> bool:
    """Whether the value at `trail` is exempt information.

    A `blank` is exempt only if its path names an entry of an exempt list or mapping; otherwise it reveals nothing.
    """
    fields, _ = fields_on(record, trail)
    at = next((number for number, field in enumerate(fields) if field.about.exempt), None)
    if at is None or fields[-1].about.public:
        return False
    return not blank or any(field.shape.holds != "one" for field in fields[at:-1])


@lru_cache(4096)
def is_public(record: type[Record], trail: tuple[object, ...]) -> bool:
    """Whether the value at `trail`, and everything inside it, is public."""
    fields, unexplained = fields_on(record, trail)
    return (
        bool(fields)
        and not unexplained
        and _wholly_public(fields[-1])
        and not any(field.about.exempt for field in fields)
    )


def _wholly_public(field: FieldOf) -> bool:
    record = field.shape.record
    return all(map(_wholly_public, fields_of(record))) if record else field.about.public


def every_field(record: type[Record], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], FieldOf]]:
    """Yield all fields at all depths, each with its path from the top, where `*` is any entry of a list or mapping."""
    for field in fields_of(record):
        here = (*path, field.about.key)
        yield here, field
        if field.shape.record:
            yield from every_field(field.shape.record, here if field.shape.holds == "one" else (*here, "*"))


def _shape(info: FieldInfo) -> Shape:
    marks: list[Any] = []
    inner = _strip(info.annotation, marks)
    holds: Holds = "one"
    keys: list[Any] = []
    recurs = _first([*info.metadata, *marks], Recurs) is not None
    if recurs:
        inner = _strip(get_args(inner)[0], marks)
    elif get_origin(inner) is tuple:
        holds = "list"
        inner = _strip(get_args(inner)[0], marks)
    elif get_origin(inner) is dict:
        holds = "mapping"
        key, value = get_args(inner)
        _strip(key, keys)
        inner = _strip(value, marks)
        recurs = _first(marks, Recurs) is not None
        if recurs:
            inner = _strip(get_args(inner)[0], marks)
    record = inner if isinstance(inner, type) and issubclass(inner, Record) else None
    return Shape(
        holds,
        record,
        _first(marks, Written),
        _first(marks, Names),
        _first(marks, Happens) is not None,
        _first(keys, Written),
        _first(keys, Names),
        recurs=recurs,
        says_none=NoneRecorded in info.metadata,
        takes_none=NoneRecorded in info.metadata or OrNone in (*info.metadata, *marks),
        one_alone=OneOrMore in info.metadata,
    )


def _strip(annotation: Any, marks: list[Any]) -> Any:
    """The type without `| None` and `Annotated`; the annotations are added to `marks`."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *found = get_args(annotation)
            marks += found
        elif get_origin(annotation) in {Union, UnionType}:
            annotation = next(part for part in get_args(annotation) if part is not NoneType)
        else:
            return annotation


def _first(marks: list[Any], kind: type[Any]) -> Any:
    return next((mark for mark in marks if isinstance(mark, kind)), None)


def record_at(model: type[Record], place: Trail) -> type[Record] | None:
    """The record type at `place` of a `model`."""
    return shape_at(model, place)[0]


def field_of_place(model: type[Record], place: Trail) -> FieldOf | None:
    """The field at `place` of a `model`; None if the last step is the id or the position of an entry."""
    fields, left = fields_on(model, place)
    return fields[-1] if fields and not left and fields[-1].about.key == place[-1] else None


def shape_at(model: type[Record], place: Trail) -> tuple[type[Record] | None, FieldOf | None]:
    """The record type at `place` of a `model`, and the field if that is a mapping from names to such records."""
    here: type[Record] | None = model
    table: FieldOf | None = None
    inside = False
    for step in place:
        if inside:  # the id or the position of an entry
            inside, table = False, None
            continue
        field = field_named(here, step) if here else None
        if field is None:
            return None, None
        here, inside = field.shape.record, field.shape.holds != "one"
        table = field if field.shape.holds == "mapping" else None
    return here, table
