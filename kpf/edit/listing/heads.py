"""The headings of a list, found among titles and notes: one row, or two where groups stand above them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kpf.edit.listing.grid import BLANK, Grid, ListCell, letter_of

_ABOVE: Final = 30
"""The number of filled rows among which the headings are looked for; titles may stand above them."""
_LEAST: Final = 2
"""So many cells a row of headings has, and a row of groups above one."""
_STOP_WORDS: Final = {"the", "of", "a", "an", "this", "council", "councils", "within", "s"}


@dataclass(frozen=True, slots=True)
class Heads:
    """The headings of a list, and the rows that they stand in."""

    score: int
    """How many different ones of them are known."""
    first: int
    """The row of the groups, or else of the headings, counted from 1."""
    last: int
    names: tuple[str, ...]
    """Column by column; blank where none stands."""


def plain(heading: str) -> str:
    """`heading` without capitals and signs, so that different spellings of it are the same."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in heading.casefold()).split())


def core(heading: str) -> str:
    """What `heading` is about: without brackets, and without words that say nothing of their own."""
    before, _, rest = heading.partition("(")
    words = plain(f"{before} {rest.partition(')')[2]}").split()
    return " ".join(word for word in words if word not in _STOP_WORDS)


def is_known(heading: str, known: Collection[str]) -> bool:
    """Whether `heading`, or what it is about, is one of the `known` ones."""
    return plain(heading) in known or core(heading) in known


def heads_of(grid: Grid, known: Collection[str]) -> Heads | None:
    """The headings of `grid`: of all rows near its top those with most of the `known` ones. None where it is blank."""
    filled = [number for number, row in enumerate(grid.rows, 1) if any(cell.has_own for cell in row)][:_ABOVE]
    found = [_of_one_row(grid, row, known) for row in filled]
    found += [_of_two_rows(grid, row, known) for row, after in pairwise(filled) if after == row + 1]
    best = max(
        found,
        key=lambda one: (one.score, one.first < one.last and _has_groups(grid, one.first), -one.last),
        default=None,
    )
    if best and not best.score:
        return next((one for one in found if sum(map(bool, one.names)) >= _LEAST), best)
    return best


def _of_one_row(grid: Grid, row: int, known: Collection[str]) -> Heads:
    names = tuple(_one_line(cell.text) for cell in grid.rows[row - 1])
    return Heads(_score(names, known), row, row, names)


def _of_two_rows(grid: Grid, row: int, known: Collection[str]) -> Heads:
    over, own = _spread(grid, row), grid.rows[row]
    width = max(len(own), len(over))
    names = [_joined(over.get(at, ""), own[at] if at < len(own) else BLANK, known) for at in range(width)]
    twice = {name for name in names if names.count(name) > 1}
    names = [f"{over[at]}: {name}" if name in twice and over.get(at) else name for at, name in enumerate(names)]
    upper = sum(cell.has_own for cell in grid.rows[row - 1])
    return Heads(_score(names, known) if upper >= _LEAST else -1, row, row + 1, tuple(names))


def _joined(over: str, own: ListCell, known: Collection[str]) -> str:
    """The name of a column of which the upper row says `over` and the lower `own`."""
    name = _one_line(own.text) if not own.lent else ""
    if not name:
        return over
    whole = f"{over} {name}"
    return whole if over and is_known(whole, known) and not is_known(name, known) else name


def _spread(grid: Grid, row: int) -> Mapping[int, str]:
    """The texts of `row` by column, those of merged cells in all their columns."""
    texts = {at: _one_line(cell.text) for at, cell in enumerate(grid.rows[row - 1]) if cell.text}
    for at_row, first, last in grid.across:
        if at_row == row and first in texts:
            texts |= dict.fromkeys(range(first, last + 1), texts[first])
    return texts


def _has_groups(grid: Grid, row: int) -> bool:
    return any(at_row == row for at_row, _, _ in grid.across)


def _score(names: Sequence[str], known: Collection[str]) -> int:
    return len({core(name) for name in names if name and is_known(name, known)})


def headings_for(names: Sequence[str], width: int) -> tuple[str, ...]:
    """`names` for as many columns as `width`: one without a heading is named after its letter."""
    wide = (*names, *[""] * (width - len(names)))
    return tuple(name or f"column {letter_of(at)}" for at, name in enumerate(wide))


def _one_line(text: str) -> str:
    return " ".join(text.split())
