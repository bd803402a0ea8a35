"""The questions and tables that a form can have about a file, derived from the metadata of the models' fields.

A form never asks for a decision. Whoever has the power makes it, and `kpf record` records it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kpf.edition.edition import Edition
from kpf.finding import Step, Trail
from kpf.model import Council, Organisation, Partnership, Record
from kpf.model.decision import Decision
from kpf.model.shapes import FieldOf, Shape, fields_of
from kpf.model.topics import Covered
from kpf.model.values import HALF_YEAR
from kpf.register.records import partnership_model

EACH: Final = "*"
"""The step of a path that matches the name or position of any entry."""
FieldPath = tuple[str, ...]
_MOST_COLUMNS: Final = 9
_ON_IDS: Final = re.compile(
    r",? each(?: \w+)? under a short id|,? by (?:its|their) (?:id|names?)(?: in (?:_\w+\.yaml|this file))?\b"
)
_FILE: Final = re.compile(r"_\w+\.yaml")
_BY_ID: Final = {"assurance", "statement"}
"""Kinds of names known only to readers of the files."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One value that a form asks for."""

    path: FieldPath
    """The path from the top of the file, with `EACH` for entries."""
    field: FieldOf
    shape: Shape
    """The shape of the value, or of one entry of a list."""
    duties: tuple[str, ...]
    """The duties that ask for the field or for a group that contains it."""
    above: FieldOf | None = None
    """The group that contains it, if the field's own name is not enough."""

    @property
    def many(self) -> bool:
        """Whether there may be more than one answer."""
        return self.field.shape.holds == "list"

    @property
    def label(self) -> str:
        """The label of the question, for example "Exit: notice period"."""
        noun = self.field.about.noun
        words = f"{self.above.about.noun}: {noun}" if self.above else noun
        return words[:1].upper() + words[1:]

    @property
    def help(self) -> str:
        """The help text, in a sentence or two."""
        about = self.field.about
        own = "Which clause or schedule of the agreement is on it?" if about.key == "clause" else about.help
        return _without_files(f"{self.above.about.help} {own}" if self.above else about.help)

    @property
    def example(self) -> str:
        """An example answer."""
        about = self.field.about
        if self.shape.written and self.shape.written.choices:
            return " or ".join(self.shape.written.choices)
        return about.example.strip("[]{}").rpartition(": ")[2] if self.field.shape.holds != "one" else about.example


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table in a form, with one row for each entry."""

    path: FieldPath
    """The path of a row; its last step is `EACH`."""
    field: FieldOf
    """The field that holds the list or mapping."""
    columns: tuple[FormField, ...]
    duties: tuple[str, ...]

    @property
    def named(self) -> bool:
        """Whether each row is an entry of a mapping, with its own name."""
        return self.field.shape.holds == "mapping"

    @property
    def by_half_year(self) -> bool:
        """Whether the names of the rows are half-years."""
        return self.field.shape.key_written == HALF_YEAR

    @property
    def label(self) -> str:
        """The label of the table."""
        noun = self.field.about.noun
        return noun[:1].upper() + noun[1:]

    @property
    def help(self) -> str:
        """The help text, in a sentence or two."""
        return _without_files(self.field.about.help)

    @property
    def above(self) -> int:
        """The number of entries that contain the table."""
        return self.path.count(EACH) - 1


FormPart = FormField | FormTable


def _without_files(text: str) -> str:
    """Return `text` without its remarks on ids and file names, for people who never see a file."""
    return _FILE.sub("the register", _ON_IDS.sub("", text))


@cache
def parts_of(model: type[Record]) -> tuple[FormPart, ...]:
    """Return the questions and tables for a file of `model`, in the order of its fields."""
    if model is Organisation:
        return tuple(_entry_parts(Organisation))
    return tuple(_parts(model, (), (), None))


def _entry_parts(model: type[Record]) -> Iterator[FormPart]:
    """Yield a table with the fields of each organisation, then a table for each of its lists."""
    parts = list(_parts(model, (EACH,), (), None))
    names = Shape("mapping", model, None, None, happens=False)
    about = replace(next(field for field in fields_of(Partnership) if field.attribute == "partners").about)
    columns = tuple(part for part in parts if isinstance(part, FormField))
    duties = tuple(dict.fromkeys(duty for column in columns for duty in column.duties))
    yield FormTable((EACH,), FieldOf("partners", about, names, None), columns, duties)
    yield from (part for part in parts if isinstance(part, FormTable))


def _parts(record: type[Record], path: FieldPath, duties: tuple[str, ...], above: FieldOf | None) -> Iterator[FormPart]:
    for field in fields_of(record):
        shape, inner = field.shape, field.shape.record
        names = shape.names.what if shape.names else ""
        if is_decision(field) or names in _BY_ID or field.about.key == "not_applicable":
            continue
        here = (*path, field.about.key)
        asked_by = field.about.asked_by or duties
        single = replace(shape, holds="one")
        vague = above if field.about.key in {"clause", "reason"} else None
        if inner is None and shape.holds != "mapping":
            yield FormField(here, field, single, asked_by, vague)
        elif inner is None:
            value = FormField((*here, EACH), field, single, asked_by)
            yield FormTable((*here, EACH), field, (value,), asked_by)
        elif shape.holds == "one":
            yield from _parts(inner, here, asked_by, field)
        else:
            yield from _table(field, inner, (*here, EACH), asked_by)


def _table(field: FieldOf, inner: type[Record], path: FieldPath, duties: tuple[str, ...]) -> Iterator[FormPart]:
    parts = list(_parts(inner, path, duties, None))
    columns = [part for part in parts if isinstance(part, FormField) and _belongs_in_a_row(part)]
    if len(columns) > _MOST_COLUMNS:  # they have to fit a sheet of paper
        columns = [column for column in columns if column.field.about.wanted]
    yield FormTable(path, field, tuple(columns), duties)
    yield from (part for part in parts if isinstance(part, FormTable))


def _belongs_in_a_row(column: FormField) -> bool:
    """Return whether a duty asks for `column` or uses it. Other columns would only make the row longer."""
    return column.field.about.wanted or bool(column.field.about.serves)


def is_decision(field: FieldOf) -> bool:
    """Return whether the value of `field` is a decision or part of one."""
    record = field.shape.record
    return field.about.decision or (record is not None and issubclass(record, Decision))


def is_clause(part: FormField) -> bool:
    """Return whether `part` is the clause on a topic, the simplest way to answer for the topic."""
    holder = part.above.shape.record if part.above else None
    return part.field.about.key == "clause" and holder is not None and issubclass(holder, Covered)


def path_of(model: type[Record], trail: Trail) -> FieldPath:
    """Return `trail` in a file of `model` with `EACH` for the name or position of each entry."""
    path: list[str] = [EACH] if model is Organisation and trail else []
    here: type[Record] | None = model
    entries = False
    for step in trail[len(path) :]:
        if entries:
            path.append(EACH)
            entries = False
            continue
        field = next((one for one in fields_of(here) if one.about.key == step), None) if here else None
        path.append(str(step))
        here, entries = (field.shape.record, field.shape.holds != "one") if field else (None, False)
    return tuple(path)


def trail_at(path: FieldPath, entries: tuple[Step, ...]) -> Trail:
    """Return `path` with each `EACH` replaced by the next name or position in `entries`."""
    left = iter(entries)
    return tuple(next(left) if step == EACH else step for step in path)


FormModels = Mapping[str, type[Record]]
"""The models by kind of file."""
MODELS: Final[FormModels] = {"partnership": Partnership, "organisations": Organisation, "council": Council}
"""The models under the packaged edition."""


def models_under(edition: Edition | None) -> FormModels:
    """Return the models of a register, with the fields of the council's own `edition`, if any."""
    return {**MODELS, "partnership": partnership_model(edition)}
