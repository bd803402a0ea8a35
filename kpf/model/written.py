"""How each type of value is written. One description serves reading, help, the editor's schema and messages.

pydantic's own types guess (0 becomes 1 January 1970) or refuse text altogether, so kpf has its own.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kpf.dates import Interval
from kpf.model.near_misses import nearest_interval, nearest_number
from kpf.spelling import nearest


@dataclass(frozen=True)
class Written:
    """The form of a value. `wants` completes "Write ..."; `mend` turns a near miss into the right form or None."""

    wants: str
    pattern: str
    convert: Callable[[str], object] = str
    mend: Callable[[str], str | None] = lambda _: None
    editor: tuple[str, ...] = ()
    """The types that an editor's YAML parser gives such text; for kpf it stays text."""
    choices: tuple[str, ...] = ()
    """The words that can be written, if there are only a few."""
    in_words: Callable[[Any], str] = str
    """Formats a value for use in a sentence."""
    bounds: tuple[int, int] | None = None
    """The smallest and the greatest number allowed, for the editor."""

    def nearest(self, text: str) -> str | None:
        """What `text` was probably meant to be, in the right form; None if no accepted form is near."""
        mended = self.mend(text)
        return mended if mended is not None and self._accepts(mended) else None

    @cached_property
    def _fits(self) -> Callable[[str], object]:
        """Whether a text has the right form. Compiled on first use, as most forms are not needed in a run."""
        if self.choices:
            return frozenset(self.choices).__contains__
        return re.compile(self.pattern, re.ASCII).fullmatch

    def read(self, text: str) -> object:
        """Convert `text` to a value. Raises `ValueError` if it does not have the right form."""
        if not self._fits(text):
            raise ValueError(text)
        return self.convert(text)

    def _accepts(self, text: str) -> bool:
        try:
            return self.read(text) is not None
        except ValueError:
            return False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A plain validator with this pattern and conversion, whose error has the help in its context."""

        def parse(text: object) -> object:
            if isinstance(text, str):
                if self._fits(text):
                    try:
                        return self.convert(text)
                    except ValueError:  # 2026-02-30, 2026/28
                        pass
                raise PydanticCustomError("written", "{wants}", {"wants": self.wants, "nearest": self.nearest(text)})
            raise PydanticCustomError("not_text", "{wants}", {"wants": self.wants})

        return core_schema.no_info_plain_validator_function(parse)


def pounds(amount: Decimal) -> str:
    """Format an amount: £1,250,000, or £99.50 if there are pence."""
    whole = amount == amount.to_integral_value()
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.{0 if whole else 2}f}"


def figure(number: Decimal) -> str:
    """Format a number: 230,000 or 0.6."""
    return f"{number:,f}"


def in_quotation_marks(text: str) -> str:
    """Return somebody's text in quotation marks, without its own full stop."""
    return f"“{text.strip().removesuffix('.')}”"


ANY_TEXT: Final = Written("a text", r"[\s\S]*\S[\s\S]*", editor=("number", "boolean"), in_words=in_quotation_marks)


ANYTHING: Final = Written("a value", r"[\s\S]*")
"""A value of any type, including a group or a list."""


def one_of(*choices: str) -> Written:
    """The form of a value that is one of a few words."""
    wants = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else f"the word {choices[0]}"
    return Written(wants, "|".join(map(re.escape, choices)), mend=lambda text: nearest(text, choices), choices=choices)


def length_up_to(most: str) -> Written:
    """The form of a length of time that is no longer than `most`."""
    longest = Interval.read(most)

    def convert(text: str) -> Interval:
        interval = Interval.read(text)
        if not interval.fits_in(longest):
            raise ValueError(text)
        return interval

    wants = f"a number and a unit of time, {most} at most, for example 3 months"
    return Written(wants, "[1-9][0-9]{0,3} (day|week|month|year)s?", convert, nearest_interval)


def number_up_to(most: int, wants: str, unit: str = "") -> Written:
    """The form of a whole number from 1 to `most`, described by `wants`; `unit` is the pattern of what follows it."""
    number = f"0*({'|'.join(map(str, range(1, most + 1)))})"
    if unit:
        return Written(wants, number + unit, lambda text: int(re.split("[^0-9]", text)[0]), nearest_number)
    return Written(wants, number, int, nearest_number, ("integer",), bounds=(1, most))
