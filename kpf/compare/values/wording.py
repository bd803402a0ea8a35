"""How values stand in a sentence that is read aloud."""

from collections.abc import Iterable
from decimal import Decimal

from kpf.dates import HalfYear


def pounds(amount: Decimal) -> str:
    """£1,250,000, or £99.50 where there are pence."""
    whole = amount == amount.to_integral_value()
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.{0 if whole else 2}f}"


def figure(number: Decimal) -> str:
    """A target: 230,000 or 0.6."""
    return f"{number:,f}"


def half_in_words(half: HalfYear) -> str:
    """The first half of 2026/27."""
    return f"the {'first' if half.half == 1 else 'second'} half of {str(half).partition(' ')[0]}"


def in_quotation_marks(text: str) -> str:
    """Text that somebody wrote, in quotation marks and without a full stop of its own."""
    return f"“{text.strip().removesuffix('.')}”"


def joined_with_and(words: Iterable[str]) -> str:
    """A, B and C."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def with_minute(minute: str | None) -> str:
    """The minute in brackets, or nothing where none is recorded."""
    return f" (minute {minute})" if minute else ""
