"""Numbers, money and sentences in the words of a paper."""

from decimal import Decimal
from typing import Final

_SMALL: Final = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def words(number: int) -> str:
    """A count in words up to ninety-nine, in figures from there; nothing is "no"."""
    if not 0 <= number < 100:  # noqa: PLR2004 - from here on figures are easier to hear
        return f"{number:,}"
    if number < len(_SMALL):
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")


def count_in_words(number: int, thing: str, things: str = "") -> str:
    """A count in words with its noun: one measure, three measures, no duties."""
    return f"{words(number)} {thing if number == 1 else things or f'{thing}s'}"


def share(part: int, whole: int) -> str:
    """A share of things already mentioned: none, both, all five, three of them; "it" where there is only one."""
    if part == 0:
        return "none"
    if part < whole:
        return f"{words(part)} of them"
    return {1: "it", 2: "both"}.get(whole) or f"all {words(whole)}"


def out_of(part: int, whole: int, thing: str) -> str:
    """How many of a number of things: all five measures, both measures, the one measure, three of the five measures."""
    if part == whole == 0:
        return f"no {thing}s"
    if part < whole:
        return f"{words(part)} of the {count_in_words(whole, thing)}"
    return {1: f"the one {thing}", 2: f"both {thing}s"}.get(whole) or f"all {words(whole)} {thing}s"


def number(value: Decimal) -> str:
    """Return a figure with thousands separators and only the decimals it needs: 216,400 or 99.8."""
    plain = f"{value:,f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def money(value: Decimal) -> str:
    """An amount in pounds, with pence only where there are any: £11,600."""
    sign = "-" if value < 0 else ""
    return f"{sign}£{abs(value):,.0f}" if value == value.to_integral_value() else f"{sign}£{abs(value):,.2f}"


def percent(value: Decimal) -> str:
    """A share to one decimal, in words that can be read aloud: 5.9 per cent."""
    return f"{number(value.quantize(Decimal('0.1')))} per cent"


def sentence(text: str) -> str:
    """`text` with a full stop at its end, where it has no end of its own."""
    plain = text.strip()
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."


def capital(text: str) -> str:
    """`text` with its first letter as a capital."""
    return text[:1].upper() + text[1:]
