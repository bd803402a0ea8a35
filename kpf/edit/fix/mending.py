"""Correct one name or value of a file in place."""

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from kpf.document import Document
from kpf.document.places import Mark, Place
from kpf.edit.text.splicing import Splice
from kpf.finding import Trail


@dataclass(frozen=True, slots=True)
class Mended:
    """A splice, with the old and the new text for people."""

    splice: Splice
    expected: Any
    was: str
    now: str


def replaced(document: Document, trail: Trail, now: str) -> Mended | None:
    """Return the correction of the text at `trail` to `now`; None if it is not on one line."""
    place = _placed(document, trail)
    if place is None or not place.holds_text or _in_several_lines(document, place.start, place.end):
        return None
    start, end = place.start.index, place.end.index
    expected = deepcopy(document.data)
    _at(expected, trail[:-1])[trail[-1]] = now
    return Mended(Splice(start, end, now), expected, str(document.value(trail)), now)


def with_key_renamed(document: Document, trail: Trail, now: str) -> Mended | None:
    """Return the correction of the name at `trail` to `now`; None if it is not on one line."""
    place = _placed(document, trail)
    if place is None or place.key is None or _in_several_lines(document, *place.key):
        return None
    start, end = place.key[0].index, place.key[1].index
    expected = deepcopy(document.data)
    group = _at(expected, trail[:-1])
    group[now] = group.pop(str(trail[-1]))
    return Mended(Splice(start, end, now), expected, str(trail[-1]), now)


def _placed(document: Document, trail: Trail) -> Place | None:
    place, rest = document.root.towards(trail) if document.root else (None, trail)
    return None if rest else place


def _in_several_lines(document: Document, start: Mark, end: Mark) -> bool:
    return re.search(r"[\r\n]", document.text[start.index : end.index]) is not None


def _at(data: Any, trail: Trail) -> Any:
    for step in trail:
        data = data[step]
    return data
