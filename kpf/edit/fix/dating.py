"""Days that were written in another way than kpf reads, and can mean only one day."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any, Final

from kpf.document import Document
from kpf.edit.belonging import at_trail
from kpf.edit.fix.mending import Mended, replaced
from kpf.finding import Finding, Trail
from kpf.model import Record
from kpf.model.shapes import field_named, fields_of
from kpf.model.values import Written

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES: Final = (
    "january february march april may june july august september october november december sept".split()  # noqa: SIM905
)
_YEARS: Final = range(1900, 2200)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_NAMED: Final = re.compile(
    rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<month>[a-z]+)\.?,?[\s-]+(?P<year>[0-9]{{4}})",
    re.IGNORECASE | re.ASCII,
)
_NUMBERS: Final = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<by>[./-])(?P<month>[0-9]{1,2})(?P=by)(?P<year>[0-9]{4})", re.ASCII
)
_YEAR_FIRST: Final = re.compile(
    r"(?P<year>[0-9]{4})(?P<by>[./-])(?P<month>[0-9]{1,2})(?P=by)(?P<day>[0-9]{1,2})", re.ASCII
)
_MONTH: Final = re.compile(r"(?P<month>[a-z]+)\.?,?\s+(?P<year>[0-9]{4})", re.IGNORECASE | re.ASCII)
_LATEST_MONTH: Final = 12


def day_meant(text: str) -> str | None:
    """The one day that `text` can mean, as kpf reads it; None where it can mean two, or none."""
    named = _NAMED.fullmatch(text.strip())
    if named:
        return _day(named["year"], _month(named["month"]), named["day"])
    first = _YEAR_FIRST.fullmatch(text.strip())
    if first:
        return _day(first["year"], int(first["month"]), first["day"])
    numbers = _NUMBERS.fullmatch(text.strip())
    if not numbers:
        return None
    day, month = int(numbers["day"]), int(numbers["month"])
    clear = day > _LATEST_MONTH or day == month  # 03/04/2026 may be March or April
    return _day(numbers["year"], month, numbers["day"]) if clear else None


def month_meant(text: str) -> str | None:
    """The month that `text` means, where it names no day."""
    found = _MONTH.fullmatch(text.strip())
    month = _month(found["month"]) if found else 0
    return f"{found['year']}-{month:02}" if found and month and int(found["year"]) in _YEARS else None


def _month(name: str) -> int:
    name = name.lower()
    known = name in _NAMES or name in _MONTHS
    return _MONTHS.index(name[:3]) + 1 if known else 0


def _day(year: str, month: int, day: str) -> str | None:
    with suppress(ValueError):
        if int(year) in _YEARS:
            return date(int(year), month, int(day)).isoformat()
    return None


def days_mended(model: type[Record], above: int, document: Document, refused: list[Finding]) -> Iterator[Mended]:
    """Each of the `refused` values that is a day in other words, as kpf reads it."""
    for finding in refused:
        value: Any = document.value(finding.trail)
        written = _wanted(model, finding.trail[above:])
        if not (isinstance(value, str) and written and written.pattern.startswith("[0-9]{4}-[0-9]{2}")):
            continue
        meant = day_meant(value) or month_meant(value)
        if meant and re.fullmatch(written.pattern, meant, re.ASCII):
            mended = replaced(document, finding.trail, meant)
            if mended:
                yield mended


def _wanted(model: type[Record], trail: Trail) -> Written | None:
    """How the value at `trail` is to be written; of a group that can be written as its day alone, how the day is."""
    if not trail:  # it is the whole record that is refused
        return None
    *above, last = trail
    record, entries = at_trail(model, tuple(above))
    if record:
        field = field_named(record, last)
        if field is None or field.shape.holds != "one":
            return None
        shape = field.shape
    elif entries:
        shape = entries
    else:
        return None
    if shape.record and shape.record.dated_by:
        inner = next(field for field in fields_of(shape.record) if field.attribute == shape.record.dated_by)
        return inner.shape.written
    return shape.written
