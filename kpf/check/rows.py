"""The verdicts on all statements of the framework in a row: one byte for each, for as many partnerships as there are.

A register of a hundred thousand files has nine million verdicts. Who only counts them needs no more than this. The
statements of the packaged edition come first, so that what a council has added is counted apart.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from kpf.finding import WORST_FIRST, Judgement, Verdict
from kpf.framework import Framework, framework

_CODES: Final = {verdict: place for place, verdict in enumerate(WORST_FIRST, start=1)}
"""The worse, the smaller; 0 stands where nothing was judged."""
_NOT_JUDGED: Final = 99
_PACKAGED: Final = len(framework().statements)


def row_of(judgements: Iterable[Judgement], in_force: Framework | None = None) -> bytes:
    """The verdict on each statement of `in_force`, else of the packaged edition: the worst judgement under it.

    What was judged under a duty that it does not have is left out.
    """
    in_force = in_force or framework()
    places = _places(in_force)
    none = len(places)
    row = bytearray((_NOT_JUDGED,)) * (none + 1)
    for judgement in judgements:
        code = _CODES[judgement.verdict]
        for duty in judgement.duties:
            place = places.get(duty, none)
            if code < row[place]:  # noqa: PLR1730 - min() takes twice as long, and this runs for every verdict
                row[place] = code
    return bytes(row[:none]).replace(bytes((_NOT_JUDGED,)), b"\0")


def only_duties(row: bytes, duties: Iterable[str], in_force: Framework | None = None) -> bytes:
    """`row` without the verdicts on any but these `duties`."""
    chosen = bytearray(len(row))
    for duty in duties:
        place = _places(in_force or framework())[duty]
        chosen[place] = row[place]
    return bytes(chosen)


def with_verdict(row: bytes, duty: str, verdict: Verdict) -> bytes:
    """`row` with this `verdict` on `duty`, one of the packaged edition."""
    place = _places(framework())[duty]
    return row[:place] + bytes((_CODES[verdict],)) + row[place + 1 :]


def verdicts_in(row: bytes, in_force: Framework | None = None) -> Iterator[tuple[str, Verdict]]:
    """The duties that were judged, each with its verdict, in the order of the framework `in_force`."""
    for duty, code in zip(_places(in_force or framework()), row, strict=False):
        if code:
            yield duty, WORST_FIRST[code - 1]


def is_own(duty: str) -> bool:
    """Whether a council has added `duty`: no statement of the packaged edition has that id."""
    return duty not in _places(framework())


def tally(rows: Iterable[bytes]) -> dict[Verdict, int]:
    """How many verdicts of each kind there are on statements of the packaged edition."""
    return _counted(row[:_PACKAGED] for row in rows)


def tally_added(rows: Iterable[bytes]) -> dict[Verdict, int]:
    """How many verdicts of each kind there are on duties that the council has added."""
    return _counted(row[_PACKAGED:] for row in rows)


def _counted(rows: Iterable[bytes]) -> dict[Verdict, int]:
    counted: Counter[int] = Counter()
    for row in rows:
        counted.update(row)
    return {verdict: counted[_CODES[verdict]] for verdict in Verdict}


def verdict_counts(rows: Iterable[bytes], duty: str, in_force: Framework | None = None) -> dict[Verdict, int]:
    """How many verdicts of each kind there are on one duty."""
    place = _places(in_force or framework())[duty]
    counted = Counter(row[place] for row in rows if place < len(row))
    return {verdict: counted[_CODES[verdict]] for verdict in Verdict}


@cache
def _places(in_force: Framework) -> dict[str, int]:
    """The place of each statement: all of the packaged edition, even those left out, then the council's own."""
    return {duty: place for place, duty in enumerate(dict.fromkeys((*framework().statements, *in_force.statements)))}
