"""The kinds of value that a field can take: texts, names, days, numbers, answers, and lists of them."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator

from kpf.dates import HalfYear, Interval, When, in_words
from kpf.model.answers import BARE_YES, says_none, says_nothing
from kpf.model.near_misses import nearest_day, nearest_interval, nearest_number, nearest_yes_or_no
from kpf.model.written import ANY_TEXT, Written, figure, one_of, pounds
from kpf.spelling import in_one_form


@dataclass(frozen=True)
class Names:
    """Marks text that is a reference: to the council's lists, to the same file or to the framework."""

    what: Literal[
        "post",
        "office",
        "officer",
        "decider",
        "anybody",
        "service",
        "organisation",
        "priority",
        "party",
        "objective",
        "measure",
        "assurance",
        "statement",
    ]


class Happens:
    """Marks the date of a past event, which is hidden as at an earlier day."""


DAY: Final = Written(
    "a day as year, month and day, for example 2026-11-23",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    date.fromisoformat,
    nearest_day,
    in_words=in_words,
)
_WHEN = Written(
    "a day or a month, for example 2026-11-23 or 2026-11", r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", When.read, nearest_day
)


def _answer(text: str) -> str | None:
    return None if text in BARE_YES or says_nothing(text) or says_none(text) else text


def _name(text: str) -> str | None:
    if says_nothing(text) or says_none(text):
        return None
    return text if text.isascii() and "  " not in text else in_one_form(text)


def _answer_or_none(text: str) -> str | None:
    return None if text in BARE_YES or says_nothing(text) else text


Id = Annotated[str, ANY_TEXT]
"""The id of an entry in a file, or a reference to one."""
Text = Annotated[str, ANY_TEXT, AfterValidator(_answer)]
"""An answer in words. Placeholders such as "TBC", and "none", are read as blank."""
Item = Annotated[str, ANY_TEXT]
"""Text that is kept as it is written, such as an item of an agenda."""
Name = Annotated[str, ANY_TEXT, AfterValidator(_name)]
"""The name of a post, a service or a partner, with apostrophes, accents and spaces normalised."""
OrNone = AfterValidator(_answer_or_none)
"""Marks text in which "none" is an answer: there is nothing to record."""
TextOrNone = Annotated[str, ANY_TEXT, OrNone]
"""An answer in words, for which "none" is accepted."""
Happened = Annotated[date, DAY, Happens()]
"""The day on which something took place."""


def _one_alone(value: object) -> object:
    return value if value is None or isinstance(value, list | tuple) else (value,)


OneOrMore = BeforeValidator(_one_alone)
"""For lists in which a single entry may be written without a dash. In trails it is entry 0."""


class Recurs:
    """Marks a field that has one value for each time something took place."""


HappenedEachTime = Annotated[tuple[Happened | None, ...], OneOrMore, Recurs()]
"""The days on which a recurring event took place: one day, or a list of days."""
HappenedWhen = Annotated[When, _WHEN, Happens()]
"""The day on which something took place, or the month if the day is not known."""
Planned = Annotated[date, DAY]
"""A day that was set in advance. It may be in the future, and is never hidden by `as_at`."""
EndDay = Annotated[
    date,
    Written(
        f"{DAY.wants}, or: no end date",
        f"{DAY.pattern}|no end date",
        lambda text: date.max if text == "no end date" else date.fromisoformat(text),
        nearest_day,
        in_words=lambda day: "no end date" if day == date.max else in_words(day),
    ),
]
"""The day on which something ends; `date.max` if it is agreed that it has no end."""
Count = Annotated[int, Written("a whole number, for example 3", "[0-9]{1,9}", int, nearest_number, ("integer",))]
Score = Annotated[int, Written("a whole number from 0 to 3", "[0-3]", int, editor=("integer",), bounds=(0, 3))]
Number = Annotated[
    Decimal,
    Written(
        "a number without commas, for example 1250 or 0.6",
        r"-?[0-9]{1,12}(\.[0-9]{1,6})?",
        Decimal,
        nearest_number,
        ("number",),
        in_words=figure,
    ),
]
POUNDS: Final = Written(
    "an amount in pounds without commas or a pound sign, for example 1250000",
    r"[0-9]{1,12}(\.[0-9]{1,2})?",
    Decimal,
    nearest_number,
    ("number",),
    in_words=pounds,
)
Money = Annotated[Decimal, POUNDS]


def pounds_up_to(most: int) -> Written:
    """The form of an amount from £1 to `most` pounds."""

    def convert(text: str) -> Decimal:
        amount = Decimal(text)
        if not 1 <= amount <= most:
            raise ValueError(text)
        return amount

    wants = f"an amount from 1 to {most} pounds without commas or a pound sign, for example 25000"
    return replace(POUNDS, wants=wants, convert=convert, bounds=(1, most))


Balance = Annotated[Decimal, replace(POUNDS, pattern=f"-?{POUNDS.pattern}")]
"""An amount in pounds, negative if income is greater than spending."""
YesNo = Annotated[
    bool,
    Written(
        "yes or no",
        "[Yy]es|[Nn]o",
        lambda text: text.lower() == "yes",
        nearest_yes_or_no,
        in_words=lambda yes: "yes" if yes else "no",
    ),
]
Extent = Annotated[Literal["yes", "partly", "no"], one_of("yes", "partly", "no")]
Length = Annotated[
    Interval,
    Written(
        "a number and a unit of time, for example 3 months",
        "[1-9][0-9]{0,3} (day|week|month|year)s?",
        Interval.read,
        nearest_interval,
    ),
]


Percent = Annotated[
    int,
    Written(
        "a percentage, for example 5 percent",
        "(100|[0-9]{1,2}) ?(percent|%)",
        lambda text: int(re.split("[ p%]", text)[0]),
        in_words="{} per cent".format,
    ),
]
HALF_YEAR: Final = Written(
    "a half of a financial year, for example 2026/27 H1", "[0-9]{4}[/-]([0-9]{2}|[0-9]{4}) H[12]", HalfYear.read
)
Period = Annotated[HalfYear, HALF_YEAR]

Post = Annotated[Name, Names("post")]
"""An officer's post or a member's office."""
OfficersPost = Annotated[Name, Names("officer")]
Office = Annotated[Name, Names("office")]
"""A member's office, for example: Executive Member for Communities."""
Decider = Annotated[Name, Names("decider")]
"""The body, office or post that decided, as the council lists it."""
AnyPost = Annotated[Name, Names("anybody")]
"""A post or an office of the council's, or a partner's post with its organisation."""
Service = Annotated[Name, Names("service")]
TOPICS: Final = (
    "aims",
    "roles",
    "decision_making",
    "code_of_conduct",
    "whistleblowing",
    "anti_fraud",
    "equality",
    "data_quality",
    "risk_management",
    "procurement",
    "safeguarding_children",
    "safeguarding_adults",
    "business_continuity",
    "disputes",
    "exit",
)
"""The 15 governance topics in the framework's order, as the agreement names them."""

Topic = Annotated[str, one_of(*TOPICS)]
PartnerName = Annotated[Name, Names("organisation")]
Priority = Annotated[Name, Names("priority")]
Party = Annotated[Id, Names("party")]
"""The id of a partner of this partnership, or "the council"."""
ObjectiveId = Annotated[Id, Names("objective")]
MeasureId = Annotated[Id, Names("measure")]
AssuranceId = Annotated[Text, Names("assurance")]
StatementId = Annotated[Id, Names("statement")]


@dataclass(frozen=True, slots=True)
class NotStated:
    """The cadence of an arrangement whose source says "regular" or the like, and not how often."""


NOT_STATED: Final = NotStated()


_RAREST: Final = Interval.read("3 years")
"""The longest interval accepted: an arrangement less frequent than the framework's own review monitors nothing."""


def _cadence(text: str) -> Interval | NotStated:
    if text == "not stated":
        return NOT_STATED
    interval = Interval.read(text)
    if not interval.fits_in(_RAREST):
        raise ValueError(text)
    return interval


Cadence = Annotated[
    Interval | NotStated,
    Written(
        f"a number and a unit of time, {_RAREST} at most, for example 3 months, or: not stated",
        "[1-9][0-9]{0,3} (day|week|month|year)s?|not stated",
        _cadence,
        nearest_interval,
        in_words=lambda cadence: "not stated" if cadence == NOT_STATED else str(cadence),
    ),
]


def _none_recorded(value: object) -> object:
    return () if isinstance(value, str) and value.strip().lower() == "none" else value


NoneRecorded = BeforeValidator(_none_recorded)
"""For lists of events: "none" is read as an empty list, a record that there were none; a blank stays None."""
