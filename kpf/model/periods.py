"""Half-years as the names of things in a file: 2026/27 H1, 2026-27 H1 and 2026/2027 H1 are one."""

from typing import Any

from pydantic import ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from kpf.dates import HalfYear
from kpf.document import Document
from kpf.finding import Trail


def as_written(half: HalfYear, document: Document, trail: Trail = ("half_years",)) -> str:
    """`half` as the file writes it among the names at `trail`; in the usual way where it does not."""
    written = document.value(trail)
    return next((key for key in written if _reads_as(key, half)), str(half)) if isinstance(written, dict) else str(half)


def _reads_as(key: str, half: HalfYear) -> bool:
    try:
        return HalfYear.read(key) == half
    except ValueError:
        return False


def _each_once(written: Any, read: ValidatorFunctionWrapHandler) -> Any:
    held = read(written)
    if isinstance(held, dict) and len(held) < len(written):
        spellings: dict[HalfYear, str] = {}
        for name in written:
            first = spellings.setdefault(HalfYear.read(name), name)
            if first != name:
                raise PydanticCustomError("same_period_twice", "", {"first": first, "second": name})
    return held


EachPeriodOnce = WrapValidator(_each_once)
"""For mappings by half-year: 2026/27 H1 and 2026-27 H1 are one, and two values for it would hide one another."""
