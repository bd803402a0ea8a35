"""All that a form can ask about a file, from what the models' fields say of themselves: single questions and tables.

A decision is never asked for: somebody with the power makes it, and `kpf record` writes it down.
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
"""Stands in a path for the name or the position of an entry."""
FieldPath = tuple[str, ...]
_MOST_COLUMNS: Final = 9
_ON_IDS: Final = re.compile(
    r",? each(?: \w+)? under a short id|,? by (?:its|their) (?:id|names?)(?: in (?:_\w+\.yaml|this file))?\b"
)
_FILE: Final = re.compile(r"_\w+\.yaml")
_BY_ID: Final = {"assurance", "statement"}
"""Names that only somebody who reads the files knows."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One value that a form asks for."""

    path: FieldPath
    """From the left edge of the file; entries stand as `EACH`."""
    field: FieldOf
    shape: Shape
    """That of the value; of an entry, where there may be several."""
    duties: tuple[str, ...]
    """Those that ask for it, by itself or through what holds it."""
    above: FieldOf | None = None
    """The group that holds it, where its own name says too little."""

    @property
    def many(self) -> bool:
        """Whether there may be more than one answer."""
        return self.field.shape.holds == "list"

    @property
    def label(self) -> str:
        """What people call it: Exit: notice period."""
        noun = self.field.about.noun
        words = f"{self.above.about.noun}: {noun}" if self.above else noun
        return words[:1].upper() + words[1:]

    @property
    def help(self) -> str:
        """What belongs there, in a sentence or two."""
        about = self.field.about
        own = "Which clause or schedule of the agreement is on it?" if about.key == "clause" else about.help
        return _without_files(f"{self.above.about.help} {own}" if self.above else about.help)

    @property
    def example(self) -> str:
        """An answer as somebody may write it."""
        about = self.field.about
        if self.shape.written and self.shape.written.choices:
            return " or ".join(self.shape.written.choices)
        return about.example.strip("[]{}").rpartition(": ")[2] if self.field.shape.holds != "one" else about.example


@dataclass(frozen=True, slots=True)
class FormTable:
    """Things of one kind that a form asks for in rows."""

    path: FieldPath
    """Ends with `EACH`, which stands for the row."""
    field: FieldOf
    """The list, or the group of names."""
    columns: tuple[FormField, ...]
    duties: tuple[str, ...]

    @property
    def named(self) -> bool:
        """Whether each row has a name of its own in the file."""
        return self.field.shape.holds == "mapping"

    @property
    def by_half_year(self) -> bool:
        """Whether the names of the rows are half-years."""
        return self.field.shape.key_written == HALF_YEAR

    @property
    def label(self) -> str:
        """What people call it."""
        noun = self.field.about.noun
        return noun[:1].upper() + noun[1:]

    @property
    def help(self) -> str:
        """What belongs there, in a sentence or two."""
        return _without_files(self.field.about.help)

    @property
    def above(self) -> int:
        """In how many entries further out it stands."""
        return self.path.count(EACH) - 1


FormPart = FormField | FormTable


def _without_files(text: str) -> str:
    """`text` for somebody who never sees a file: without what it says of ids and of where names stand."""
    return _FILE.sub("the register", _ON_IDS.sub("", text))


@cache
def parts_of(model: type[Record]) -> tuple[FormPart, ...]:
    """All that can be asked about a file of this `model`, in the order of the file."""
    if model is Organisation:
        return tuple(_entry_parts(Organisation))
    return tuple(_parts(model, (), (), None))


def _entry_parts(model: type[Record]) -> Iterator[FormPart]:
    """The fields of each organisation as one table, and its lists as others."""
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
    """Whether a duty asks for it or looks at it; what nobody asks for would only make the row longer."""
    return column.field.about.wanted or bool(column.field.about.serves)


def is_decision(field: FieldOf) -> bool:
    """Whether its value is decided by somebody with the power to."""
    record = field.shape.record
    return field.about.decision or (record is not None and issubclass(record, Decision))


def is_clause(part: FormField) -> bool:
    """Whether it is the clause on a topic: the plainest way to answer for it."""
    holder = part.above.shape.record if part.above else None
    return part.field.about.key == "clause" and holder is not None and issubclass(holder, Covered)


def path_of(model: type[Record], trail: Trail) -> FieldPath:
    """`trail` with `EACH` for the name or the position of each entry."""
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
    """`path` with the name or the position of an entry for each `EACH`."""
    left = iter(entries)
    return tuple(next(left) if step == EACH else step for step in path)


FormModels = Mapping[str, type[Record]]
"""By the kind of the file."""
MODELS: Final[FormModels] = {"partnership": Partnership, "organisations": Organisation, "council": Council}
"""Those of the packaged edition."""


def models_under(edition: Edition | None) -> FormModels:
    """The models of a register, with what the council's own `edition` asks for."""
    return {**MODELS, "partnership": partnership_model(edition)}
