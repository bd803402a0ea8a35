"""The verdicts on all statements of the framework in a row: one byte for each, for as many partnerships as there are.

A register of a hundred thousand files has nine million verdicts. Who only counts them needs no more than this.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from kpf.finding import WORST_FIRST, Judgement, Verdict
from kpf.framework import framework

_CODES: Final = {verdict: place for place, verdict in enumerate(WORST_FIRST, start=1)}
"""The worse, the smaller; 0 stands where nothing was judged."""
_NOT_JUDGED: Final = 99


def row_of(judgements: Iterable[Judgement]) -> bytes:
    """The verdict on each statement: the worst of the `judgements` under it."""
    row = bytearray(_NOT_JUDGED for _ in framework().statements)
    places = _places()
    for judgement in judgements:
        code = _CODES[judgement.verdict]
        for duty in judgement.duties:
            place = places[duty]
            if code < row[place]:  # noqa: PLR1730 - min() takes twice as long, and this runs for every verdict
                row[place] = code
    return bytes(row).replace(bytes((_NOT_JUDGED,)), b"\0")


def only(row: bytes, duties: Iterable[str]) -> bytes:
    """`row` without the verdicts on any but these `duties`."""
    told = bytearray(len(row))
    for duty in duties:
        place = _places()[duty]
        told[place] = row[place]
    return bytes(told)


def with_verdict(row: bytes, duty: str, verdict: Verdict) -> bytes:
    """`row` with this `verdict` on `duty`."""
    place = _places()[duty]
    return row[:place] + bytes((_CODES[verdict],)) + row[place + 1 :]


def verdicts_in(row: bytes) -> Iterator[tuple[str, Verdict]]:
    """The duties that were judged, each with its verdict, in the order of the framework."""
    for duty, code in zip(framework().statements, row, strict=True):
        if code:
            yield duty, WORST_FIRST[code - 1]


def tally(rows: Iterable[bytes]) -> dict[Verdict, int]:
    """How many verdicts there are of each kind."""
    counted: Counter[int] = Counter()
    for row in rows:
        counted.update(row)
    return {verdict: counted[_CODES[verdict]] for verdict in Verdict}


def spread(rows: Iterable[bytes], duty: str) -> dict[Verdict, int]:
    """How many verdicts of each kind there are on one duty."""
    place = _places()[duty]
    counted = Counter(row[place] for row in rows)
    return {verdict: counted[_CODES[verdict]] for verdict in Verdict}


@cache
def _places() -> dict[str, int]:
    return {duty: place for place, duty in enumerate(framework().statements)}
