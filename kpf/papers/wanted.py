"""What can be asked for: the kinds of paper, their parts, and the half-year that a paper is about."""

import re
from datetime import date
from enum import StrEnum
from typing import Final

from kpf.dates import HalfYear, in_words

_HALF_ALONE: Final = re.compile(r"H([12])", re.ASCII | re.IGNORECASE)
TEMPLATES: Final = "templates"
"""The folder beside partnerships/ in which a council keeps templates of its own."""
_EXAMPLE: Final = "--period H1, or --period “2026/27 H1”"


class PaperKind(StrEnum):
    """A kind of paper."""

    PERFORMANCE = "performance"
    PROPOSAL = "proposal"
    REVIEW = "review"


class Part(StrEnum):
    """A part of a paper."""

    PUBLIC = "public"
    EXEMPT = "exempt"


class NoPaper(Exception):  # noqa: N818 - what it says is not an error of the program
    """No paper can be made of what was asked for; the message says why, and what to ask for."""


def period_of(text: str, day: date) -> HalfYear:
    """The half-year that `text` names as at `day`; H1 alone is the latest first half that has begun by then.

    Raises `NoPaper` for one that is none, or has not begun.
    """
    alone = _HALF_ALONE.fullmatch(text.strip())
    if alone:
        return _latest(int(alone[1]), day)
    try:
        half = HalfYear.read(text.strip().upper())
    except ValueError:
        raise NoPaper(f"--period {_refusal(text)} Write it as: {_EXAMPLE}") from None
    if half.starts > day:
        now = HalfYear.around(day)
        raise NoPaper(
            f"--period {half} begins on {in_words(half.starts)}, after the day of the paper, {in_words(day)}. "
            f"The half-year of that day is: --period “{now}”"
        )
    return half


def _latest(number: int, day: date) -> HalfYear:
    now = HalfYear.around(day)
    return now if now.half == number else now.preceding


def _refusal(text: str) -> str:
    years = re.match(r"\s*([0-9]{4})[/-]([0-9]{2,4})", text, re.ASCII)
    if years and not str(int(years[1]) + 1).endswith(years[2]):
        return f"“{text}” is no half-year: the year after {years[1]} is {int(years[1]) + 1}, not {years[2]}."
    return f"“{text}” is not a half of a financial year."
