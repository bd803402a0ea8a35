"""Open judgements, and which questions and tables of a form can answer them."""

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
    """An open judgement with its place in the file."""

    path: FieldPath
    trail: Trail
    duties: frozenset[str]
    missing: bool
    """Whether nothing is recorded at the place. False if a rule found fault with a value."""
    by_calendar: bool
    """Whether the recorded value is too old."""
    message: str

    @classmethod
    def of(cls, model: type[Record], judgement: Judgement) -> Self:
        """Return the gap for an open `judgement` of a file of `model`."""
        return cls(
            path_of(model, judgement.trail),
            judgement.trail,
            frozenset(judgement.duties),
            judgement.rule == NOT_RECORDED,
            judgement.kind is FindingKind.CLOCK,
            judgement.message,
        )

    def duties_behind(self, part: FormPart) -> Collection[str]:
        """Return the duties for which the gap makes a form ask `part`; empty if `part` cannot answer the gap."""
        if self._is_missing_in(part):
            return part.duties or self.duties
        return self.duties & served_by(part) or self.duties if self._is_looked_at(part) else ()

    def _is_missing_in(self, part: FormPart) -> bool:
        """Return whether the missing value is `part`, contains it, or is one of its columns."""
        if not self.missing:
            return False
        if leads(self.path, part.path):
            wanted = part.field.about.wanted or opens_with_a_half_year(part.path)
            return wanted or (isinstance(part, FormField) and is_clause(part))
        return isinstance(part, FormTable) and any(self.path == column.path for column in part.columns)

    def _is_looked_at(self, part: FormPart) -> bool:
        """Return whether `part` can answer a judgement of a rule on a value, or on a value inside it."""
        serves = bool(self.duties & served_by(part)) and bool(self.path)
        if isinstance(part, FormTable):
            inside = part.path[:-1]
            return serves and (leads(self.path, inside) or self.is_in_a_row_of(part) or self._is_beside(inside))
        return self.path == part.path or (serves and not self.missing and self.path == part.path[:-1])

    def is_in_a_row_of(self, table: FormTable) -> bool:
        """Return whether the gap is about an entry of `table` or a value in one of its columns."""
        return self.path == table.path or any(leads(column.path, self.path) for column in table.columns)

    def is_answered_in_a_row_of(self, table: FormTable) -> bool:
        """Return whether a blank in an entry of `table` answers the gap. An entry that is too old needs a new one."""
        return self.is_in_a_row_of(table) and not (self.by_calendar and self.path == table.path)

    def _is_beside(self, inside: FieldPath) -> bool:
        """Return whether the gap is about the entry that contains the table at `inside`."""
        entry = len(inside) - inside[::-1].index(EACH) if EACH in inside else 0
        return bool(entry) and not (self.missing or self.by_calendar) and self.path[:entry] == inside[:entry]


def served_by(part: FormPart) -> frozenset[str]:
    """Return the duties that `part` or any of its columns answers for."""
    fields = [part.field.about, *(one.field.about for one in (part.columns if isinstance(part, FormTable) else ()))]
    return frozenset(duty for about in fields for duty in (*about.asked_by, *about.serves))


def leads(path: FieldPath | Trail, to: FieldPath | Trail) -> bool:
    """Return whether `to` is `path` or a path inside it."""
    return to[: len(path)] == path
