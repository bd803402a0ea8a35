"""What of one register is which of another: partnerships by their ids and names, entries by what they say."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

from kpf.model import Partnership

Key = TypeVar("Key")

_MOST_PAIRS: Final = 10_000
"""Above so many pairs of entries that differ, no likeness is looked for."""


class IdPair(NamedTuple):
    """The ids of one partnership in two registers; None where it was not there."""

    old: str | None
    new: str | None

    @property
    def id(self) -> str:
        """The one it has after, or had before where it is gone."""
        return self.new or self.old or ""


def paired_ids(before: Mapping[str, str], now: Mapping[str, str], renamed: Mapping[str, str]) -> list[IdPair]:
    """Each partnership of two registers, which hold names by ids, in the order of the ids; see `paired`."""
    pairs = paired(before, now, renamed)
    gone = (IdPair(id_, None) for id_ in before.keys() - set(pairs.values()))
    return sorted((*(IdPair(old, new) for new, old in pairs.items()), *gone), key=lambda pair: pair.id)


def paired(before: Mapping[str, str], now: Mapping[str, str], renamed: Mapping[str, str]) -> dict[str, str | None]:
    """Each id of `now` with the one it had `before`: the same, that of a renamed file, or that of the same name.

    Both hold names by ids. None stands for a partnership that was not there. `renamed` has the old id of each new one,
    as git sees it. Where a file has the name that another one had, it is that partnership, whatever the file is called.
    """
    other = {id_ for id_ in now if id_ in before and before[id_].casefold() != now[id_].casefold()}
    names = {before[id_].casefold() for id_ in before if id_ in other or id_ not in now}
    moved = {id_ for id_ in other if now[id_] and now[id_].casefold() in names}
    theirs = {now[id_].casefold() for id_ in moved}
    pairs: dict[str, str | None] = {
        id_: id_
        if id_ in before and id_ not in moved and not (id_ in other and before[id_].casefold() in theirs)
        else None
        for id_ in now
    }
    left = before.keys() - set(pairs.values())
    of_name = {before[id_].casefold(): id_ for id_ in sorted(left)}
    for id_ in (id_ for id_, known in pairs.items() if known is None):
        for candidate in (renamed.get(id_), of_name.get(now[id_].casefold())):
            if candidate in left:
                pairs[id_] = candidate
                left.discard(candidate)
                break
    return pairs


def names_of(partnerships: Mapping[str, Partnership]) -> dict[str, str]:
    """The names by which `paired` knows partnerships again."""
    return {id_: name_of(partnerships, id_) for id_ in partnerships}


def name_of(partnerships: Mapping[str, Partnership], id_: str) -> str:
    """The name people use for a partnership; where none can be read, that of its file."""
    return str(vars(partnerships[id_]).get("name") or id_)


def most_alike(
    before: Sequence[Key], now: Sequence[Key], likeness: Callable[[Key, Key], float], least: float
) -> Iterator[tuple[Key, Key]]:
    """The keys of entries that are alike, each in one pair, the most alike pair first.

    `likeness` says how alike two entries are, of which the one was there `before` and the other is there `now`; below
    `least` they are not. Lists too long to hold each against each have no such pairs.
    """
    if len(before) * len(now) > _MOST_PAIRS:
        return
    found = [(likeness(was, is_), was, is_) for was in before for is_ in now]
    old, new = set(before), set(now)
    for alike, was, is_ in sorted(found, key=lambda pair: -pair[0]):
        if alike >= least and was in old and is_ in new:
            old.remove(was)
            new.remove(is_)
            yield was, is_
