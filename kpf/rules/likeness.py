"""Find the name that a misspelt one was probably meant to be, in bounded time even for long lists."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kpf.spelling import CLOSE, nearest

_LEGAL_FORMS: Final = re.compile(r"\b(limited|ltd|plc|llp|cic|the)\b|[^a-z0-9]+")
_LONGEST: Final = 200
"""The greatest length of a name in characters. Longer names are not compared."""
_EFFORT: Final = 20_000
"""The number of pairs of characters compared for one name: 32 names of 25 characters, or 8 of 50."""


def bare(name: str) -> str:
    """Return `name` without capitals, punctuation, spaces and legal forms, so that spellings of one name are equal."""
    return _LEGAL_FORMS.sub("", name.lower())


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """Return the entry of `known` that `name` was probably meant to be, or None.

    In a long list, only the names that begin or end most like it are compared.
    """
    if len(name) > _LONGEST:
        return None
    wanted, index = bare(name), _index(tuple(known))
    meant = nearest(wanted, index.around(wanted), CLOSE)
    return index.names[meant] if meant else None


@dataclass(frozen=True, slots=True)
class _Index:
    """Names by their `bare` forms, sorted by their beginnings and, reversed, by their ends."""

    names: dict[str, str]
    forwards: Sequence[str]
    backwards: Sequence[str]

    def around(self, wanted: str) -> list[str]:
        """Return the names to compare with `wanted`: all, or its neighbours in both orders if there are too many."""
        most = max(4, _EFFORT // max(1, len(wanted)) ** 2)
        if len(self.names) <= most:
            return list(self.names)
        ends = (entry[::-1] for entry in _beside(self.backwards, wanted[::-1], most // 2))
        return list(dict.fromkeys([*_beside(self.forwards, wanted, most // 2), *ends]))


def _beside(ordered: Sequence[str], wanted: str, most: int) -> Iterator[str]:
    at = bisect_left(ordered, wanted)
    yield from ordered[max(0, at - most // 2) : at + most // 2]


@lru_cache(maxsize=32)
def _index(known: tuple[str, ...]) -> _Index:
    names = {bare(entry): entry for entry in known if len(entry) <= _LONGEST}
    return _Index(names, sorted(names), sorted(name[::-1] for name in names))
