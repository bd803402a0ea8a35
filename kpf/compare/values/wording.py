"""How values stand in a sentence that is read aloud."""

from collections.abc import Iterable

from kpf.dates import HalfYear


def half_in_words(half: HalfYear) -> str:
    """The first half of 2026/27."""
    return f"the {'first' if half.half == 1 else 'second'} half of {str(half).partition(' ')[0]}"


def joined_with_and(words: Iterable[str]) -> str:
    """A, B and C."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def with_minute(minute: str | None) -> str:
    """The minute in brackets, or nothing where none is recorded."""
    return f" (minute {minute})" if minute else ""
