"""The rows of a table in a form: recorded entries with blanks, and empty rows for new entries."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from kpf.dates import HalfYear, ReportingPeriods
from kpf.document import Document
from kpf.edit.record.half_years import opens_with_a_half_year
from kpf.edit.text.placing import can_be_replaced
from kpf.finding import Step, Trail
from kpf.forms.fields import EACH, FieldPath, FormTable, trail_at
from kpf.forms.gaps import FormGap, leads
from kpf.forms.open_form import OpenRow
from kpf.model.periods import as_written, half_year_named

FREE_ROWS: Final = 5
"""The number of empty rows for new entries."""
_HALF_YEARS: Final = ("half_years",)
_MOST_HALF_YEARS: Final = 4
"""The greatest number of periods without figures in one form."""
_NAMED_AFTER: Final = {
    "party": ("partners",),
    "organisation": ("partners",),
    "measure": ("measures",),
    "objective": ("objectives",),
}


class TableRows:
    """The rows of the tables about one file, as at a day, that can answer its `gaps`."""

    def __init__(self, document: Document, day: date, gaps: Sequence[FormGap], periods: ReportingPeriods) -> None:
        self._document = document
        self._day = day
        self._periods = periods
        self._gaps = gaps

    def of(self, table: FormTable) -> Iterator[OpenRow]:
        """Yield the rows of `table`."""
        gaps = [gap for gap in self._gaps if gap.duties_behind(table)]
        for entries in self._holders(table.path[:-1], ()):
            trail = trail_at(table.path[:-1], entries)
            if not any(self._concerns(gap, trail, table) for gap in gaps):
                continue
            recorded = self._document.value(trail)
            yield from self._recorded(table, entries, recorded, gaps)
            yield from self._free(table, entries, recorded)

    def _holders(self, path: FieldPath, known: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
        """Yield the names or positions of the entries that lead to each value at `path`, after those `known`."""
        position = [at for at, step in enumerate(path) if step == EACH]
        if len(position) == len(known):
            yield known
            return
        above = trail_at(path[: position[len(known)]], known)
        holder = self._document.value(above)
        steps: Iterable[Step] = (
            holder if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        )
        if above == _HALF_YEARS and opens_with_a_half_year(path):
            steps = [*steps, *self._half_years(holder)]
        for step in steps:
            yield from self._holders(path, (*known, step))

    def _concerns(self, gap: FormGap, holder: Trail, table: FormTable) -> bool:
        """Return whether `gap` is about the entry at `holder`. In a recorded half-year, only gaps inside it count."""
        entry = holder[: 1 + max((at for at, step in enumerate(table.path[:-1]) if step == EACH), default=-1)]
        if leads(entry, gap.trail):
            return True
        is_recorded = bool(entry) and not can_be_replaced(self._document.value(entry))
        return leads(gap.trail, entry) and not (is_recorded and leads(_HALF_YEARS, entry))

    def _recorded(
        self, table: FormTable, entries: tuple[Step, ...], recorded: Any, gaps: Sequence[FormGap]
    ) -> Iterator[OpenRow]:
        pairs: Iterable[tuple[Step, Any]] = (
            recorded.items()
            if isinstance(recorded, dict)
            else enumerate(recorded)
            if isinstance(recorded, list)
            else ()
        )
        for key, entry in pairs:
            if isinstance(entry, str) and table.field.shape.record:  # a plain day is a complete entry
                continue
            row = trail_at(table.path, (*entries, key))
            values = tuple(self._shown(trail_at(column.path, (*entries, key))) for column in table.columns)
            wanted = [shown for shown, column in zip(values, table.columns, strict=True) if column.field.about.wanted]
            mine = (gap for gap in gaps if not gap.missing and leads(row, gap.trail))
            looked_at = not all(values) and any(gap.is_answered_in_a_row_of(table) for gap in mine)
            if not all(wanted) or not any(values) or looked_at:
                yield OpenRow(entries, key, values)

    def _shown(self, trail: Trail) -> str:
        value = self._document.value(trail)
        if can_be_replaced(value):
            return ""
        if isinstance(value, list):
            return "; ".join(str(one) for one in value if isinstance(one, str))
        return value if isinstance(value, str) else ""

    def _free(self, table: FormTable, entries: tuple[Step, ...], recorded: Any) -> Iterator[OpenRow]:
        blank = tuple("" for _ in table.columns)
        names = self._names(table, recorded)
        if names is not None:
            taken = recorded if isinstance(recorded, dict) else {}
            yield from (OpenRow(entries, name, blank) for name in names if name not in taken)
            return
        if table.path == (EACH,):  # new partners are added with a partnership
            return
        yield from (OpenRow(entries, None, blank) for _ in range(FREE_ROWS if table.above == 0 else FREE_ROWS - 2))

    def _names(self, table: FormTable, recorded: Any) -> list[str] | None:
        """Return the names of the rows of `table`, or None if they are not fixed."""
        names = table.field.shape.key_names
        if table.by_half_year and table.above:
            now = self._periods.around(self._day)
            return [str(half) for half in (now, self._periods.after(now))]
        if table.by_half_year:
            return self._half_years(recorded)
        path = _NAMED_AFTER.get(names.what) if names else None
        if path is None:
            return None
        of_file = self._document.value(path)
        found = [one for one in of_file if isinstance(one, str)] if isinstance(of_file, list | dict) else []
        return [*found, *(["the council"] if names and names.what == "party" and _of_all(table) else [])]

    def _half_years(self, recorded: Any) -> list[str]:
        """Return the complete periods without a record, since the first with one, in the order of time."""
        last = self._periods.last_over(self._day)
        known = {
            half for name in (recorded if isinstance(recorded, dict) else ()) if (half := half_year_named(str(name)))
        }
        missing: list[HalfYear] = []
        while len(missing) < _MOST_HALF_YEARS and (last >= min(known) if known else not missing):
            missing += [] if last in known else [last]
            last = self._periods.before(last)
        return [as_written(half, self._document) for half in reversed(missing)]


def _of_all(table: FormTable) -> bool:
    """Return whether the council itself is one of the parties in `table`."""
    return "the council" in table.field.about.help or "the council" in table.field.about.example
