"""Turn a cell of a council's list into a value of a file, and report where it could be read in other ways."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from kpf.edit.refusal import Refused
from kpf.model.near_misses import day_meant

_NUMBERS: Final = re.compile(r"([0-9]{1,2})[./ -]([0-9]{1,2})[./ -]((?:[0-9]{2})?[0-9]{2})", re.ASCII)
_TWELVE: Final = 12
_A_YEAR: Final = re.compile(r"\s*(?:per|/|a|each)\s*(?:annum|year|yr)\s*$|\s*p\.?\s?a\.?\s*$", re.IGNORECASE)
_UNIT: Final = re.compile(
    r"(?:£|\bin|[(]) ?\W?(?:(?P<thousands>000s?|k|thousands?)|m|millions?)(?: of pounds)?\b", re.IGNORECASE
)
"""What a heading says of the sums below it: £000, £k, £m, in thousands, (millions)."""
_A_SUM: Final = re.compile(r"£? ?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)")
_PLUS: Final = re.compile(
    r"(?:[0-9]{1,2} ?(?P<unit>month|year)?s?)? ?(?P<more>(?:\+ ?[0-9]{1,2} ?)+)(?P<unit_after>month|year)?s?"
)
_TIMES: Final = re.compile(r"(?P<times>[0-9]{1,2}) ?x ?(?P<each>[0-9]{1,2}) ?(?P<unit>month|year)s?")


_TICKS: Final = {"TRUE", "FALSE"}
"""What Excel shows for a box that is ticked or not. A question that takes yes or no reads it as that."""
_TICKED: Final = "it says TRUE or FALSE, where words are wanted"


@dataclass(frozen=True, slots=True)
class Cell:
    """The result of reading one cell."""

    answer: str | tuple[str, ...] | None
    """None where the cell is blank or was not understood."""
    reading: str = ""
    """How it was read, where it could have been read otherwise."""
    why_not: str = ""
    """Why it was not understood."""


class Readable(Protocol):
    """A question that can be answered by a cell."""

    @property
    def many(self) -> bool:
        """Whether there may be more than one answer."""

    def read(self, text: str) -> str | None:
        """The answer as a file has it; None where `text` says that nothing is known. Raises `Refused`."""


def read_cell(question: Readable, text: str) -> Cell:
    """What the cell `text` answers to `question`."""
    if not question.many:
        return _read_one(question, text)
    answers, readings = [], []
    for part in re.split(r"[\n;]", text):
        cell = _read_one(question, part)
        if cell.why_not:
            return cell
        if isinstance(cell.answer, str):
            answers.append(cell.answer)
            if "," in cell.answer:
                readings.append(
                    f"“{cell.answer}” is read as one name. Between two names, put a semicolon or a new line"
                )
    return Cell(tuple(dict.fromkeys(answers)) or None, "; ".join(readings))


def meant_by(path: Sequence[str], heading: str, text: str, *, in_pounds: bool) -> str:
    """`text` as a list writes what belongs at `path`, brought nearer to what a file takes; unchanged where it is."""
    if tuple(path[-2:]) == ("extension", "up_to"):
        return _extension(heading, text)
    if path[-1] == "yearly":
        text = _A_YEAR.sub("", text)
    return _in_single_pounds(heading, text) if in_pounds else text


def _in_single_pounds(heading: str, text: str) -> str:
    """The sum `text` in pounds, where the heading says that it is in thousands or millions: 480 of “Value (£000)”."""
    unit, number = _UNIT.search(heading), _A_SUM.fullmatch(text)
    if not unit or not number:
        return text
    pounds = Decimal(number[1].replace(",", "")) * (1_000 if unit["thousands"] else 1_000_000)
    return f"{pounds.normalize():f}"


def _extension(heading: str, text: str) -> str:
    """What of a term is the right to extend it: 2 years of “3 years + 2”; nothing of a term alone."""
    plain = " ".join(text.casefold().split())
    is_extension = "exten" in heading.casefold() or "option" in heading.casefold()
    if is_extension and _PLUS.fullmatch(f"+{plain}"):
        plain = f"+{plain}"  # all of it is extension, the first part too
    sums = _PLUS.fullmatch(plain)
    if sums:
        more = sum(int(number) for number in re.findall(r"[0-9]+", sums["more"]))
        return _length(more, sums["unit_after"] or sums["unit"] or "year")
    times = _TIMES.fullmatch(plain)
    if times:
        return _length(int(times["times"]) * int(times["each"]), times["unit"])
    return text if is_extension else ""


def _length(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _read_one(question: Readable, text: str) -> Cell:
    text = " ".join(text.split())
    try:
        answer = question.read(text)
        return Cell(None, why_not=_TICKED) if answer in _TICKS else Cell(answer)
    except Refused as refusal:
        first = refusal
    day = day_meant(text, short_years=True)
    meant = day.iso if day else first.nearest
    if meant is None:
        return Cell(None, why_not=str(first))
    try:
        answer = question.read(meant)
    except Refused:
        return Cell(None, why_not=str(first))
    return Cell(answer, _reading(text, answer))


def _reading(text: str, answer: str | None) -> str:
    """The remark on `text` being read as `answer`; empty if there is no other likely reading."""
    day_first = _NUMBERS.fullmatch(text)
    if day_first:
        day, month = int(day_first[1]), int(day_first[2])
        if day <= _TWELVE and month <= _TWELVE and day != month:
            return f"“{text}” is read as {answer}: the day first, then the month"
        return "" if len(day_first[3]) > 2 else f"“{text}” is read as {answer}"  # noqa: PLR2004 - two digits of a year
    same = re.sub(r"[£,\s]", "", text) == answer or text.casefold() == (answer or "").casefold()
    return "" if same else f"“{text}” is read as {answer}"
