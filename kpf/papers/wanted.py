"""Requests for papers: the kinds, the parts and the period."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kpf.dates import HALF_YEARS, HalfYear, ReportingPeriods, financial_year, in_words

_HALF_ALONE: Final = re.compile(r"H([12])", re.ASCII | re.IGNORECASE)
_EXAMPLE: Final = "--period H1, or --period “2026/27 H1”"


class PaperKind(StrEnum):
    """A kind of paper."""

    PERFORMANCE = "performance"
    PROPOSAL = "proposal"
    REVIEW = "review"
    REGISTER = "register"
    PROFILE = "profile"
    GOVERNANCE = "governance"
    STATEMENT = "statement"
    ASSURANCE = "assurance"
    TRANSFER = "transfer"

    @property
    def is_of_one(self) -> bool:
        """Whether the paper is about one partnership."""
        return self in {PaperKind.PROPOSAL, PaperKind.REVIEW, PaperKind.PROFILE}

    @property
    def has_exempt_part(self) -> bool:
        """Whether the paper has an exempt part."""
        return self in {PaperKind.PERFORMANCE, PaperKind.PROPOSAL, PaperKind.REVIEW, PaperKind.TRANSFER}

    @property
    def usual_part(self) -> "Part":
        """The part that is written by default."""
        return Part.EXEMPT if self is PaperKind.TRANSFER else Part.PUBLIC


class Part(StrEnum):
    """A part of a paper."""

    PUBLIC = "public"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """A request for a paper."""

    kind: PaperKind
    part: Part
    partnership: str | None
    period: str | None
    year: str | None
    service: str | None

    def check(self) -> None:
        """Raise `NoPaper` if an option is missing, or one is given that this kind of paper does not have."""
        kind, one = self.kind, self.partnership or "ID"
        if self.part is Part.PUBLIC and kind is PaperKind.TRANSFER:
            raise NoPaper(
                "The transfer pack is internal: it holds exempt information, and has no public part. Leave out: --part"
            )
        if self.part is Part.EXEMPT and not kind.has_exempt_part:
            raise NoPaper(f"The paper {kind} has no exempt part: it shows only what is public. Leave out: --part")
        if kind.is_of_one and self.partnership is None:
            raise NoPaper(f"Say which partnership the paper is about: kpf report ID --kind {kind}")
        if not kind.is_of_one and self.partnership is not None:
            named = "performance report" if kind is PaperKind.PERFORMANCE else f"paper {kind}"
            raise NoPaper(
                f"The {named} is on all partnerships. "
                f"Leave out {one}, or ask for another paper: kpf report {one} --kind review"
            )
        if kind is PaperKind.PERFORMANCE and self.period is None:
            raise NoPaper(
                "Say what the report is about, a half-year or a year: kpf report --period H1, or --period 2026/27"
            )
        if kind is not PaperKind.PERFORMANCE and self.period is not None:
            named = f"{one} " if kind.is_of_one else ""
            raise NoPaper(f"--period is for the performance report. Leave it out: kpf report {named}--kind {kind}")
        if kind is not PaperKind.ASSURANCE and self.year is not None:
            raise NoPaper("--year is for the assurance paper: kpf report --kind assurance --year 2025/26")
        if kind is PaperKind.STATEMENT and self.service is None:
            raise NoPaper("Say which service signs the statement: kpf report --kind statement --service NAME")
        if kind is not PaperKind.STATEMENT and self.service is not None:
            raise NoPaper("--service is for the statement of a service: kpf report --kind statement --service NAME")


def year_of(text: str | None, day: date) -> tuple[HalfYear, HalfYear]:
    """Return the half-years of the financial year `text`, or if None of the last complete year before `day`.

    Raise `NoPaper` if `text` is not a year, or the year has not begun.
    """
    if text is None:
        now = HalfYear.around(day)
        last = now.preceding if now.half == 1 else now.preceding.preceding
        return last.preceding, last
    half = period_of(f"{text.strip()} H1" if text.strip() else "", day, HALF_YEARS)
    return half, half.following


def answers_name(kind: PaperKind, id_: str = "", half: HalfYear | None = None, year: str = "") -> str:
    """Return the name of the answers file of a paper without its ending: 2026-27-H1, or warm-homes-proposal."""
    about = re.sub(r"[/ ]", "-", str(half or year or id_))
    return about if half else "-".join(filter(None, (about, kind)))


class NoPaper(Exception):  # noqa: N818 - what it says is not an error of the program
    """The requested paper cannot be made. The message says why, and what to request."""


def period_of(text: str, day: date, periods: ReportingPeriods) -> HalfYear:
    """Return the half-year named by `text` as at `day`. H1 alone means the latest first half that has begun.

    If the `periods` are years, return the second half of the year `text`, for example "2026/27". Raise `NoPaper` if
    `text` names no period, or one that has not begun.
    """
    if periods.yearly:
        return _year_named(text, day)
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


def _year_named(text: str, day: date) -> HalfYear:
    example = f"--period “{financial_year(day)}”"
    given = text.strip().upper()
    if given == "H2":
        return _latest(2, day)
    try:
        half = HalfYear.read(given if given.endswith("H2") else f"{given.removesuffix('H1').strip()} H2")
    except ValueError:
        if given != "H1":
            raise NoPaper(f"--period “{text}” is not a financial year. Write it as: {example}") from None
        half = HalfYear.around(day)
    if given.endswith("H1"):
        raise NoPaper(f"--period {given} is a half-year, and this council reports on each year. Write: {example}")
    if half.preceding.starts > day:
        begins = in_words(half.preceding.starts)
        raise NoPaper(
            f"--period {financial_year(half.starts)} begins on {begins}, after the day of the paper, {in_words(day)}. "
            f"The year of that day is: {example}"
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
