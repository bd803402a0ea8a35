"""How the columns of a table share the width of a page."""

from collections.abc import Sequence
from math import sqrt
from typing import Final

_PADDING: Final = 3
"""What a cell needs beside its text, in letters."""


def column_shares(letters: int, rows: Sequence[Sequence[str]]) -> list[float]:
    """The share of each column, together 1, on a page that has room for so many `letters`.

    No word is cut as long as there is room for the longest of each column. What is then left goes to all until what
    they hold fits in one line, and faster to those with more to say.
    """
    columns = list(zip(*rows, strict=True))
    widths = [float(_PADDING + max(_longest_word(text) for text in column)) for column in columns]
    wanted = [float(_PADDING + max(map(len, column))) for column in columns]
    short = {at for at, width in enumerate(widths) if width < wanted[at]}
    while short and (left := letters - sum(widths)) > 1:
        weight = sum(sqrt(wanted[at]) for at in short)
        for at in short:
            widths[at] = min(wanted[at], widths[at] + left * sqrt(wanted[at]) / weight)
        short = {at for at in short if widths[at] < wanted[at]}
    whole = sum(widths)
    return [width / whole for width in widths]


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)
