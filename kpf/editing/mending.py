"""One thing in a file put right without changing what it is about."""

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from kpf.document import Document
from kpf.editing.splicing import Splice
from kpf.finding import Trail


@dataclass(frozen=True, slots=True)
class Mended:
    """A splice, what the file says after it, and both in a few words."""

    splice: Splice
    expected: Any
    was: str
    now: str


def replaced(document: Document, trail: Trail, now: str) -> Mended | None:
    """The text at `trail` written as `now`; None where it does not stand in one line."""
    if document.root is None:
        return None
    place, rest = document.root.towards(trail)
    start, end = place.start.index, place.end.index
    if rest or not place.holds_text or re.search(r"[\r\n]", document.text[start:end]):
        return None
    expected = deepcopy(document.data)
    _at(expected, trail[:-1])[trail[-1]] = now
    return Mended(Splice(start, end, now), expected, str(document.value(trail)), now)


def renamed(document: Document, trail: Trail, now: str) -> Mended | None:
    """The name at the end of `trail` written as `now`; None where it does not stand in one line."""
    if document.root is None:
        return None
    place, rest = document.root.towards(trail)
    if rest or place.key is None:
        return None
    start, end = place.key[0].index, place.key[1].index
    if re.search(r"[\r\n]", document.text[start:end]):
        return None
    expected = deepcopy(document.data)
    group = _at(expected, trail[:-1])
    group[now] = group.pop(str(trail[-1]))
    return Mended(Splice(start, end, now), expected, str(trail[-1]), now)


def _at(data: Any, trail: Trail) -> Any:
    for step in trail:
        data = data[step]
    return data
