"""The widths of the columns of a table."""

from collections.abc import Sequence
from math import sqrt
from typing import Final

_PADDING: Final = 3
"""The padding of a cell, in letters."""


def column_shares(letters: int, rows: Sequence[Sequence[str]]) -> list[float]:
    """Return the share of each column, with a sum of 1, in a table `letters` wide.

    Each column first gets the width of its longest word, if there is room. The rest is shared out until each text fits
    on one line, and columns with more text get more of it.
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
