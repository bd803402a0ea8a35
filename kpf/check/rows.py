"""Rows of verdicts: one byte for each statement of the framework, for counting.

A register of a hundred thousand files has nine million verdicts. The statements of the packaged edition come first,
so that duties added by a council can be counted separately.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from kpf.finding import WORST_FIRST, Judgement, Verdict
from kpf.framework import Framework, framework

_CODES: Final = {verdict: place for place, verdict in enumerate(WORST_FIRST, start=1)}
"""The byte of each verdict, smaller if worse. 0 means not judged."""
_NOT_JUDGED: Final = 99
_PACKAGED: Final = len(framework().statements)


def row_of(judgements: Iterable[Judgement], in_force: Framework | None = None) -> bytes:
    """Return the row for `judgements`: the worst on each statement of `in_force`, by default the packaged edition.

    Judgements under duties that the framework does not have are ignored.
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
    """Return `row` with only the verdicts on `duties`."""
    chosen = bytearray(len(row))
    for duty in duties:
        place = _places(in_force or framework())[duty]
        chosen[place] = row[place]
    return bytes(chosen)


def with_verdict(row: bytes, duty: str, verdict: Verdict) -> bytes:
    """Return `row` with `verdict` on `duty`, which must be in the packaged edition."""
    place = _places(framework())[duty]
    return row[:place] + bytes((_CODES[verdict],)) + row[place + 1 :]


def verdicts_in(row: bytes, in_force: Framework | None = None) -> Iterator[tuple[str, Verdict]]:
    """Yield the judged duties with their verdicts, in the order of the framework `in_force`."""
    for duty, code in zip(_places(in_force or framework()), row, strict=False):
        if code:
            yield duty, WORST_FIRST[code - 1]


def is_own(duty: str) -> bool:
    """Return whether a council has added `duty`: it is not in the packaged edition."""
    return duty not in _places(framework())


def tally(rows: Iterable[bytes]) -> dict[Verdict, int]:
    """Return the number of each verdict on statements of the packaged edition."""
    return _counted(row[:_PACKAGED] for row in rows)


def tally_added(rows: Iterable[bytes]) -> dict[Verdict, int]:
    """Return the number of each verdict on duties that the council has added."""
    return _counted(row[_PACKAGED:] for row in rows)


def _counted(rows: Iterable[bytes]) -> dict[Verdict, int]:
    counted: Counter[int] = Counter()
    for row in rows:
        counted.update(row)
    return {verdict: counted[_CODES[verdict]] for verdict in Verdict}


def verdict_counts(rows: Iterable[bytes], duty: str, in_force: Framework | None = None) -> dict[Verdict, int]:
    """Return the number of each verdict on one duty."""
    place = _places(in_force or framework())[duty]
    counted = Counter(row[place] for row in rows if place < len(row))
    return {verdict: counted[_CODES[verdict]] for verdict in Verdict}


@cache
def _places(in_force: Framework) -> dict[str, int]:
    """Return the index of each statement: all of the packaged edition, even those taken out, then the added ones."""
    return {duty: place for place, duty in enumerate(dict.fromkeys((*framework().statements, *in_force.statements)))}
