"""Records limited to what a part of a paper may show. The public part may show only fields marked public."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from kpf.check.stream import Judge, JudgedFile
from kpf.document import Document
from kpf.framework import Framework, framework
from kpf.model import Council, Organisation, Partnership, Record
from kpf.model.shapes import FieldOf, fields_of, has_public
from kpf.papers.wanted import Part
from kpf.register.records import Records

if TYPE_CHECKING:
    from kpf.edition.edition import Edition

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Shown:
    """The shared records that a part of a paper may show, and the limits for each partnership."""

    part: Part
    day: date
    council: Council
    organisations: Mapping[str, Organisation]
    council_document: Document
    organisations_document: Document
    edition: "Edition | None" = None
    """The council's own edition of the framework, if any."""

    @property
    def framework(self) -> Framework:
        """The framework in force on the day."""
        in_force = self.edition.framework if self.edition else framework()
        return in_force.of_council(self.council.council)

    @classmethod
    def of(cls, judge: Judge, part: Part) -> Self:
        """Return what `part` may show of the register of `judge`."""
        records = judge.records
        return cls(
            part,
            records.day,
            cut_for(part, records.council),
            {name: cut_for(part, organisation) for name, organisation in records.organisations.items()},
            records.council_document,
            records.organisations_document,
            judge.shared.edition,
        )

    def partnership(self, file: JudgedFile) -> Partnership:
        """Return the partnership in `file` with only what the part may show."""
        return cut_for(self.part, file.case.partnership)


def cut_for(part: Part, record: R) -> R:
    """Return a copy of `record` with only what `part` may show, and with blanks for unreadable values.

    `kpf check` reports unreadable values. In a paper they are blanks like any other.
    """
    return _cut(record, whole=part is not Part.PUBLIC)


def records_for(part: Part, records: Records) -> Records:
    """Return `records` with each record limited to what `part` may show."""
    return replace(
        records,
        partnerships={id_: cut_for(part, partnership) for id_, partnership in records.partnerships.items()},
        organisations={name: cut_for(part, organisation) for name, organisation in records.organisations.items()},
        council=cut_for(part, records.council),
    )


def _cut(record: R, *, whole: bool) -> R:
    """Return `record` with only its public fields, or all if `whole`, and with blanks for unreadable values."""
    values = vars(record)
    kept = {
        field.attribute: _kept(values.get(field.attribute, field.blank), field, whole=whole)
        if whole or has_public(field)
        else field.blank
        for field in fields_of(type(record))
    }
    return record.model_copy(update=kept)


def _kept(value: Any, field: FieldOf, *, whole: bool) -> Any:
    if field.shape.record is None or value is field.blank:
        return value
    if field.shape.holds == "list":
        return tuple(_entry(entry, whole=whole) for entry in value)
    if field.shape.holds == "mapping":
        return {name: _entry(entry, whole=whole) for name, entry in value.items()}
    return _entry(value, whole=whole)


def _entry(entry: Any, *, whole: bool) -> Any:
    return _cut(entry, whole=whole) if isinstance(entry, Record) else entry
