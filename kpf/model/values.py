"""How each kind of value is written in a file: one description reads the text, helps the writer and tells the editor.

pydantic's own types guess (0 becomes 1 January 1970) or refuse text altogether, so kpf has its own.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kpf.dates import HalfYear, Interval, When, in_words
from kpf.model.answers import says_none, says_nothing
from kpf.model.near_misses import nearest_day, nearest_interval, nearest_number, nearest_yes_or_no
from kpf.model.wording import figure, in_quotation_marks, pounds
from kpf.spelling import nearest


@dataclass(frozen=True)
class Written:
    """One way of writing. `wants` completes "Write ..."; `nearest` turns a near miss into the right form, or None."""

    wants: str
    pattern: str
    convert: Callable[[str], object] = str
    nearest: Callable[[str], str | None] = lambda _: None
    editor: tuple[str, ...] = ()
    """What an editor's YAML makes of such text; for kpf it stays text."""
    choices: tuple[str, ...] = ()
    """All that can be written, where it is one of a few words."""
    in_words: Callable[[Any], str] = str
    """How a value stands in a sentence."""
    bounds: tuple[int, int] | None = None
    """The least and the greatest number that can be written, for the editor."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A plain validator: our pattern, our conversion, and a refusal that carries the help."""
        matches = re.compile(self.pattern, re.ASCII).fullmatch

        def parse(text: object) -> object:
            if isinstance(text, str):
                if matches(text):
                    try:
                        return self.convert(text)
                    except ValueError:  # 2026-02-30, 2026/28
                        pass
                raise PydanticCustomError("written", "{wants}", {"wants": self.wants, "nearest": self.nearest(text)})
            raise PydanticCustomError("not_text", "{wants}", {"wants": self.wants})

        return core_schema.no_info_plain_validator_function(parse)


@dataclass(frozen=True)
class Names:
    """Marks text that names what stands elsewhere: in the council's lists, in the same file, in the framework."""

    what: Literal[
        "post",
        "office",
        "officer",
        "decider",
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
    """Marks a date of the past: as at an earlier day it does not exist yet."""


def one_of(*choices: str) -> Written:
    """A value that is one of a few words."""
    wants = f"{', '.join(choices[:-1])} or {choices[-1]}"
    return Written(
        wants, "|".join(map(re.escape, choices)), nearest=lambda text: nearest(text, choices), choices=choices
    )


_DAY = Written(
    "a day as year, month and day, for example 2026-11-23",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    date.fromisoformat,
    nearest_day,
    in_words=in_words,
)
_WHEN = Written(
    "a day or a month, for example 2026-11-23 or 2026-11", r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", When.read, nearest_day
)

ANY_TEXT: Final = Written("a text", r"[\s\S]*\S[\s\S]*", editor=("number", "boolean"), in_words=in_quotation_marks)


def _answer(text: str) -> str | None:
    return None if says_nothing(text) or says_none(text) else text


def _answer_or_none(text: str) -> str | None:
    return None if says_nothing(text) else text


Id = Annotated[str, ANY_TEXT]
"""A name that the file gives to something: of an entry, or in a reference to one."""
Text = Annotated[str, ANY_TEXT, AfterValidator(_answer)]
"""An answer in words; what is no answer yet is blank, and so is "none"."""
TextOrNone = Annotated[str, ANY_TEXT, AfterValidator(_answer_or_none)]
"""An answer in words, where "none" is one."""
Happened = Annotated[date, _DAY, Happens()]
"""The day on which something took place: a fact."""


class Recurs:
    """Marks a value that is written once for each time: alone, or as a list of the times."""


def _each_time(written: object) -> object:
    return [written] if isinstance(written, str) else written


HappenedEachTime = Annotated[tuple[Happened | None, ...], BeforeValidator(_each_time), Recurs()]
"""The days on which something took place that takes place again: one day alone, or a list of days."""
HappenedWhen = Annotated[When, _WHEN, Happens()]
"""A day, or a month where the day is not known, in which something took place."""
Planned = Annotated[date, _DAY]
"""A day that was set for something; it may lie ahead, and is known whatever the day."""
EndDay = Annotated[
    date,
    Written(
        f"{_DAY.wants}, or: no end date",
        f"{_DAY.pattern}|no end date",
        lambda text: date.max if text == "no end date" else date.fromisoformat(text),
        nearest_day,
        in_words=lambda day: "no end date" if day == date.max else in_words(day),
    ),
]
"""The day on which something ends; `date.max` where it is agreed that it has no end."""
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
_POUNDS: Final = Written(
    "an amount in pounds without commas or a pound sign, for example 1250000",
    r"[0-9]{1,12}(\.[0-9]{1,2})?",
    Decimal,
    nearest_number,
    ("number",),
    in_words=pounds,
)
Money = Annotated[Decimal, _POUNDS]
Balance = Annotated[Decimal, replace(_POUNDS, pattern=f"-?{_POUNDS.pattern}")]
"""An amount in pounds that is below nothing where more comes in than goes out."""
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


def length_up_to(most: str) -> Written:
    """A length of time that is no longer than `most`."""
    longest = Interval.read(most)

    def convert(text: str) -> Interval:
        held = Interval.read(text)
        if not held.fits_in(longest):
            raise ValueError(text)
        return held

    wants = f"a number and a unit of time, {most} at most, for example 3 months"
    return Written(wants, "[1-9][0-9]{0,3} (day|week|month|year)s?", convert, nearest_interval)


def number_up_to(most: int, wants: str, pattern: str, bare: str = "") -> Written:
    """A whole number from 1 to `most`, in the form that `wants` and `pattern` describe."""

    def convert(text: str) -> int:
        held = int(re.split(bare, text)[0] if bare else text)
        if not 1 <= held <= most:
            raise ValueError(text)
        return held

    return Written(wants, pattern, convert, nearest_number, () if bare else ("integer",))


Percent = Annotated[
    int,
    Written(
        "a percentage, for example 5 percent",
        "(100|[0-9]{1,2}) ?(percent|%)",
        lambda text: int(re.split("[ p%]", text)[0]),
        in_words="{} per cent".format,
    ),
]
Period = Annotated[
    HalfYear,
    Written(
        "a half of a financial year, for example 2026/27 H1", "[0-9]{4}[/-]([0-9]{2}|[0-9]{4}) H[12]", HalfYear.read
    ),
]

Post = Annotated[Text, Names("post")]
"""An officer's post or a member's office."""
OfficersPost = Annotated[Text, Names("officer")]
Office = Annotated[Text, Names("office")]
"""A member's office: Executive Member for Communities."""
Decider = Annotated[Text, Names("decider")]
"""Who decided: a body, an office or a post that the council lists."""
Service = Annotated[Text, Names("service")]
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
PartnerName = Annotated[Text, Names("organisation")]
Priority = Annotated[Text, Names("priority")]
Party = Annotated[Id, Names("party")]
"""A partner of this partnership, or: the council."""
ObjectiveId = Annotated[Id, Names("objective")]
MeasureId = Annotated[Id, Names("measure")]
AssuranceId = Annotated[Text, Names("assurance")]
StatementId = Annotated[Id, Names("statement")]


@dataclass(frozen=True, slots=True)
class NotStated:
    """The source says that something is regular, and not how often."""


NOT_STATED: Final = NotStated()


def _cadence(text: str) -> Interval | NotStated:
    return NOT_STATED if text == "not stated" else Interval.read(text)


Cadence = Annotated[
    Interval | NotStated,
    Written(
        "a number and a unit of time, for example 3 months, or: not stated",
        "[1-9][0-9]{0,3} (day|week|month|year)s?|not stated",
        _cadence,
        nearest_interval,
        in_words=lambda cadence: "not stated" if cadence == NOT_STATED else str(cadence),
    ),
]


def _one_alone(value: object) -> object:
    return value if value is None or isinstance(value, list | tuple) else (value,)


OneOrMore = BeforeValidator(_one_alone)
"""For lists of which one entry may stand alone, without a dash. In trails it is entry 0."""


def _none_recorded(value: object) -> object:
    return () if isinstance(value, str) and value.strip().lower() == "none" else value


NoneRecorded = BeforeValidator(_none_recorded)
"""For lists of events: the word "none" records that there were none, where a blank says nothing."""
