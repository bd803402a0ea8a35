"""What a field of a record is made of, read once from its annotation: for reading, as-at, presence and documents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from kpf.model.record import About, Record, abouts
from kpf.model.values import Happens, Names, NoneRecorded, OneOrMore, OrNone, Recurs
from kpf.model.written import Written

Holds = Literal["one", "list", "mapping"]


@dataclass(frozen=True, slots=True)
class Shape:
    """One value, a list of them or a mapping to them; each a record, or a text with a way of writing."""

    holds: Holds
    record: type[Record] | None
    written: Written | None
    names: Names | None
    happens: bool
    key_written: Written | None = None
    key_names: Names | None = None
    recurs: bool = False
    """Each value is written once for each time: alone, or as a list of the times."""
    says_none: bool = False
    """The word "none" stands for a list of which it is known that it is empty."""
    takes_none: bool = False
    """The word "none" is an answer: there is nothing to record, be it a text or a list."""
    one_alone: bool = False
    """One entry of the list may stand alone, without a dash."""


@dataclass(frozen=True, slots=True)
class FieldOf:
    """A field of a record: its attribute, what it says of itself, and its shape."""

    attribute: str
    about: About
    shape: Shape
    blank: Record | None
    """What the attribute holds where nothing is written: None, or the blank group of its kind."""


@cache
def fields_of(record: type[Record]) -> tuple[FieldOf, ...]:
    """The fields of `record`, in the order of the file."""
    infos = record.model_fields
    return tuple(
        FieldOf(name, about, _shape(infos[name]), infos[name].default) for name, about in abouts(record).items()
    )


@cache
def has_public(field: FieldOf) -> bool:
    """Whether the field is public; a group, whether anything inside is."""
    record = field.shape.record
    return any(map(has_public, fields_of(record))) if record else field.about.public


def field_named(record: type[Record], key: object) -> FieldOf | None:
    """The field that stands in a file under `key`."""
    return next((field for field in fields_of(record) if field.about.key == key), None)


def fields_on(record: type[Record], trail: Iterable[object]) -> tuple[tuple[FieldOf, ...], int]:
    """The fields of `record` on the way of `trail`, outermost first, and how many of its steps they do not explain.

    After a list or a mapping the step that names an entry is explained by it.
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


@lru_cache(4096)  # as many as a few files hold: the names of entries are part of a trail
def is_exempt(record: type[Record], trail: tuple[object, ...], *, blank: bool = False) -> bool:
    """Whether what stands at `trail` is exempt information.

    A `blank` is so only where the path to it names an entry of an exempt list or mapping: it tells nothing else.
    """
    fields, _ = fields_on(record, trail)
    at = next((number for number, field in enumerate(fields) if field.about.exempt), None)
    if at is None or fields[-1].about.public:
        return False
    return not blank or any(field.shape.holds != "one" for field in fields[at:-1])


@lru_cache(4096)
def is_public(record: type[Record], trail: tuple[object, ...]) -> bool:
    """Whether what stands at `trail`, and all that is inside, is public."""
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
    """All fields at all depths, each with its path from the top; entries of lists and mappings stand as `*`."""
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
    """The bare type behind `| None` and `Annotated`, whose marks are collected."""
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
