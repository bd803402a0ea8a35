"""How a kind of value is written: one description reads it, helps the writer, tells the editor and words sentences.

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
    """One way of writing. `wants` completes "Write ..."; `mend` turns a near miss into the right form, or None."""

    wants: str
    pattern: str
    convert: Callable[[str], object] = str
    mend: Callable[[str], str | None] = lambda _: None
    editor: tuple[str, ...] = ()
    """What an editor's YAML makes of such text; for kpf it stays text."""
    choices: tuple[str, ...] = ()
    """All that can be written, where it is one of a few words."""
    in_words: Callable[[Any], str] = str
    """How a value stands in a sentence."""
    bounds: tuple[int, int] | None = None
    """The least and the greatest number that can be written, for the editor."""

    def nearest(self, text: str) -> str | None:
        """What was probably meant by `text`, in the right form; None where nothing that is accepted is near."""
        mended = self.mend(text)
        return mended if mended is not None and self._accepts(mended) else None

    @cached_property
    def _fits(self) -> Callable[[str], object]:
        """Whether a text has the right form. Compiled for the first text: most forms never meet one in a run."""
        if self.choices:
            return frozenset(self.choices).__contains__
        return re.compile(self.pattern, re.ASCII).fullmatch

    def read(self, text: str) -> object:
        """The value that `text` is. Raises `ValueError`."""
        if not self._fits(text):
            raise ValueError(text)
        return self.convert(text)

    def _accepts(self, text: str) -> bool:
        try:
            return self.read(text) is not None
        except ValueError:
            return False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A plain validator: our pattern, our conversion, and a refusal that carries the help."""

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
    """£1,250,000, or £99.50 where there are pence."""
    whole = amount == amount.to_integral_value()
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.{0 if whole else 2}f}"


def figure(number: Decimal) -> str:
    """A target: 230,000 or 0.6."""
    return f"{number:,f}"


def in_quotation_marks(text: str) -> str:
    """Text that somebody wrote, in quotation marks and without a full stop of its own."""
    return f"“{text.strip().removesuffix('.')}”"


ANY_TEXT: Final = Written("a text", r"[\s\S]*\S[\s\S]*", editor=("number", "boolean"), in_words=in_quotation_marks)


ANYTHING: Final = Written("a value", r"[\s\S]*")
"""A value of any kind, a group or a list as well."""


def one_of(*choices: str) -> Written:
    """A value that is one of a few words."""
    wants = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else f"the word {choices[0]}"
    return Written(wants, "|".join(map(re.escape, choices)), mend=lambda text: nearest(text, choices), choices=choices)


def length_up_to(most: str) -> Written:
    """A length of time that is no longer than `most`."""
    longest = Interval.read(most)

    def convert(text: str) -> Interval:
        interval = Interval.read(text)
        if not interval.fits_in(longest):
            raise ValueError(text)
        return interval

    wants = f"a number and a unit of time, {most} at most, for example 3 months"
    return Written(wants, "[1-9][0-9]{0,3} (day|week|month|year)s?", convert, nearest_interval)


def number_up_to(most: int, wants: str, unit: str = "") -> Written:
    """A whole number from 1 to `most`, as `wants` describes it; `unit` is the pattern of what follows the number."""
    number = f"0*({'|'.join(map(str, range(1, most + 1)))})"
    if unit:
        return Written(wants, number + unit, lambda text: int(re.split("[^0-9]", text)[0]), nearest_number)
    return Written(wants, number, int, nearest_number, ("integer",), bounds=(1, most))
