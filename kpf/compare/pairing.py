"""Which partnership of one register is which of another."""

from collections.abc import Mapping

from kpf.model import Partnership


def paired(before: Mapping[str, str], now: Mapping[str, str], renamed: Mapping[str, str]) -> dict[str, str | None]:
    """Each id of `now` with the one it had `before`: the same, that of a renamed file, or that of the same name.

    Both hold names by ids. None stands for a partnership that was not there. `renamed` has the old id of each new one,
    as git sees it.
    """
    pairs: dict[str, str | None] = {id_: id_ if id_ in before else None for id_ in now}
    left = {id_ for id_ in before if id_ not in now}
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
