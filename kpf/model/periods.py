"""Half-years as names in a file: 2026/27 H1, 2026-27 H1 and 2026/2027 H1 are the same."""

from typing import Any

from pydantic import ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from kpf.dates import HalfYear
from kpf.document import Document
from kpf.finding import Trail


def as_written(half: HalfYear, document: Document, trail: Trail = ("half_years",)) -> str:
    """Return the spelling of `half` among the names at `trail` of the file; the usual one if it is not there."""
    written = document.value(trail)
    names = written if isinstance(written, dict) else ()
    return next((name for name in names if half_year_named(name) == half), str(half))


def half_year_named(name: str) -> HalfYear | None:
    """Return the half-year that `name` means, in any of the accepted spellings; None if it is not a half-year."""
    try:
        return HalfYear.read(name)
    except ValueError:
        return None


def _each_once(written: Any, read: ValidatorFunctionWrapHandler) -> Any:
    halves = read(written)
    if isinstance(halves, dict) and len(halves) < len(written):
        spellings: dict[HalfYear, str] = {}
        for name in written:
            first = spellings.setdefault(HalfYear.read(name), name)
            if first != name:
                raise PydanticCustomError("same_period_twice", "", {"first": first, "second": name})
    return halves


EachPeriodOnce = WrapValidator(_each_once)
"""For mappings by half-year: refuses two spellings of one half-year, because one value would hide the other."""
