"""Which partnerships and entries of two registers belong together: by ids and names, or by similar content."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

from kpf.model import Partnership

Key = TypeVar("Key")

_MOST_PAIRS: Final = 10_000
"""The greatest number of pairs of entries that are compared for similarity."""


class IdPair(NamedTuple):
    """The ids of one partnership in two registers; None if it is not in that one."""

    old: str | None
    new: str | None

    @property
    def id(self) -> str:
        """The later id, or the earlier one if the partnership was removed."""
        return self.new or self.old or ""


def paired_ids(before: Mapping[str, str], now: Mapping[str, str], renamed: Mapping[str, str]) -> list[IdPair]:
    """Return each partnership of two registers, given as names by ids, in the order of the ids; see `paired`."""
    pairs = paired(before, now, renamed)
    gone = (IdPair(id_, None) for id_ in before.keys() - set(pairs.values()))
    return sorted((*(IdPair(old, new) for new, old in pairs.items()), *gone), key=lambda pair: pair.id)


def paired(before: Mapping[str, str], now: Mapping[str, str], renamed: Mapping[str, str]) -> dict[str, str | None]:
    """Map each id of `now` to the one it had `before`: the same, that of a renamed file, or that with the same name.

    Both arguments map ids to names. The value is None for a new partnership. `renamed` maps new ids to old ones, as git
    reports them. A file with the name that another one had before is that partnership, whatever its id.
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
    """Return the names of `partnerships` by their ids, for `paired`."""
    return {id_: name_of(partnerships, id_) for id_ in partnerships}


def name_of(partnerships: Mapping[str, Partnership], id_: str) -> str:
    """Return the name of a partnership; its id if the name cannot be read."""
    return str(vars(partnerships[id_]).get("name") or id_)


def most_alike(
    before: Sequence[Key], now: Sequence[Key], likeness: Callable[[Key, Key], float], least: float
) -> Iterator[tuple[Key, Key]]:
    """Yield pairs of keys of similar entries, the most similar first, each key once.

    `likeness` returns how similar an entry `before` is to one `now`; below `least` they are no pair. There are no pairs
    in lists that are too long to compare each entry with each.
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
