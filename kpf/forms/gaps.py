"""Open judgements as they bear on a form: which of its parts can answer them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from kpf.edit.record.half_years import opens_with_a_half_year
from kpf.finding import FindingKind, Judgement, Trail
from kpf.forms.fields import EACH, FieldPath, FormField, FormPart, FormTable, is_clause, path_of
from kpf.model import Record
from kpf.rules.presence import NAME as NOT_RECORDED


@dataclass(frozen=True, slots=True)
class FormGap:
    """An open judgement, and the place that it is about."""

    path: FieldPath
    trail: Trail
    duties: frozenset[str]
    missing: bool
    """Whether nothing is recorded there, and not something that has to be looked at."""
    by_calendar: bool
    """Whether it came with the calendar: what is recorded is too old."""
    message: str

    @classmethod
    def of(cls, model: type[Record], judgement: Judgement) -> Self:
        """What `judgement` leaves open in a file that holds a `model`."""
        return cls(
            path_of(model, judgement.trail),
            judgement.trail,
            frozenset(judgement.duties),
            judgement.rule == NOT_RECORDED,
            judgement.kind is FindingKind.CLOCK,
            judgement.message,
        )

    def duties_behind(self, part: FormPart) -> Collection[str]:
        """The duties for which `part` is asked because of this; none where it would not answer it."""
        if self._is_missing_in(part):
            return part.duties or self.duties
        return self.duties & served_by(part) or self.duties if self._is_looked_at(part) else ()

    def _is_missing_in(self, part: FormPart) -> bool:
        """Whether what is missing is `part`, or holds it, or is a cell of it."""
        if not self.missing:
            return False
        if leads(self.path, part.path):
            wanted = part.field.about.wanted or opens_with_a_half_year(part.path)
            return wanted or (isinstance(part, FormField) and is_clause(part))
        return isinstance(part, FormTable) and any(self.path == column.path for column in part.columns)

    def _is_looked_at(self, part: FormPart) -> bool:
        """Whether what a rule found fault with, or what lies inside of it, can be answered by `part`."""
        serves = bool(self.duties & served_by(part)) and bool(self.path)
        if isinstance(part, FormTable):
            inside = part.path[:-1]
            return serves and (leads(self.path, inside) or self.is_in_a_row_of(part) or self._is_beside(inside))
        return self.path == part.path or (serves and not self.missing and self.path == part.path[:-1])

    def is_in_a_row_of(self, table: FormTable) -> bool:
        """Whether it is about an entry of `table` as a whole, or about a value in one of its columns."""
        return self.path == table.path or any(leads(column.path, self.path) for column in table.columns)

    def is_answered_in_a_row_of(self, table: FormTable) -> bool:
        """Whether a blank in the entry itself answers it: what took place too long ago wants an entry of its own."""
        return self.is_in_a_row_of(table) and not (self.by_calendar and self.path == table.path)

    def _is_beside(self, inside: FieldPath) -> bool:
        """Whether it is about the same entry that holds a table `inside` of it."""
        entry = len(inside) - inside[::-1].index(EACH) if EACH in inside else 0
        return bool(entry) and not (self.missing or self.by_calendar) and self.path[:entry] == inside[:entry]


def served_by(part: FormPart) -> frozenset[str]:
    """The duties that `part`, or a column of it, answers for."""
    fields = [part.field.about, *(one.field.about for one in (part.columns if isinstance(part, FormTable) else ()))]
    return frozenset(duty for about in fields for duty in (*about.asked_by, *about.serves))


def leads(path: FieldPath | Trail, to: FieldPath | Trail) -> bool:
    """Whether `to` is at `path` or inside of it."""
    return to[: len(path)] == path
