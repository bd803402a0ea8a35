"""Matching of the entries of two lists or mappings by content."""

from collections.abc import Iterator, Mapping
from typing import Any

from kpf.compare.pairing import most_alike
from kpf.model import Record

Pairs = Iterator[tuple[Any, Any]]


def as_entries(entries: Mapping[Any, Any], record: type[Record]) -> dict[Any, Any]:
    """The entries of a mapping to records; one that is only named holds nothing."""
    return {name: record() if entry is None else entry for name, entry in entries.items()}


def matched(before: Mapping[Any, Any], after: Mapping[Any, Any], *, by_name: bool = False) -> Pairs:
    """The keys of each entry before and after, in the order after; None where it was not there, or went.

    Entries belong together that have the same key, if `by_name`; then those that are equal; then those of which at
    least half of the values are equal, the most alike first. Where keys are names, the same first text is enough.
    """
    pairs: dict[Any, Any] = {key: key for key in after if key in before} if by_name else {}
    new = [key for key in after if key not in pairs]
    old = [key for key in before if key not in pairs]
    for key in list(new):
        same = next((other for other in old if before[other] == after[key]), None)
        if same is not None:
            _pair(pairs, old, new, same, key)

    def likeness(was: Any, now: Any) -> float:
        return _likeness(before[was], after[now], by_text=by_name)

    for was, now in list(most_alike(old, new, likeness, 1 / 2)):
        _pair(pairs, old, new, was, now)
    for key in after:
        yield pairs.get(key), key
    yield from ((key, None) for key in old)


def _pair(pairs: dict[Any, Any], old: list[Any], new: list[Any], was: Any, now: Any) -> None:
    pairs[now] = was
    old.remove(was)
    new.remove(now)


def _likeness(one: Any, other: Any, *, by_text: bool) -> float:
    """The share of the values of two records that is equal in both; at least half where the same text begins both."""
    if not (isinstance(one, Record) and isinstance(other, Record)):
        return 0
    ours, theirs = dict(_named(one)), dict(_named(other))
    most = max(len(ours), len(theirs))
    share = sum(value == theirs.get(name) for name, value in ours.items()) / most if most else 0
    first = next(iter(ours.values()), None)
    known = by_text and isinstance(first, str) and first == next(iter(theirs.values()), None)
    return max(share, 1 / 2) if known else share


def _named(record: Record, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in vars(record).items():
        if isinstance(value, Record):
            yield from _named(value, (*path, name))
        elif value is not None:
            yield (*path, name), value
