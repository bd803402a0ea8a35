"""What the names of files in partnerships/ say: the ids of partnerships, and which names are one to some computers."""

import os
import unicodedata
from collections.abc import Collection, Iterable, Mapping


def as_text(name: str) -> str:
    """`name` as text, with bytes that are not UTF-8 written as escapes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def stem_of(name: str) -> str:
    """`name` as text without its ending: the id of the partnership in it."""
    return as_text(os.path.splitext(name)[0])  # noqa: PTH122 - names that are not UTF-8 must come through


def is_for_one(name: str) -> bool:
    """Whether a file of this name is meant to be a partnership."""
    return name.lower().endswith((".yaml", ".yml")) and not name.startswith((".", "_"))


def sorted_names(names: Iterable[str]) -> list[str]:
    """`names` sorted by their bytes, so that the order is the same in every locale."""
    return sorted(names, key=os.fsencode)


def ids_of(names: Iterable[str]) -> dict[str, str]:
    """The id of each of `names`, no two alike; those that end in .yaml come before those that should."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(names, key=lambda name: (not name.endswith(".yaml"), os.fsencode(name))):
        id_ = stem_of(name)
        if id_ in taken:
            id_ = as_text(name)
        while id_ in taken:
            id_ += "'"
        taken.add(id_)
        ids[name] = id_
    return ids


def alike(names: Iterable[str]) -> dict[str, str]:
    """Those of `names` that Windows or macOS takes for another of them, with that one: the first of them in order."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for name in sorted_names(names):
        other = first.setdefault(_as_seen(name), name)
        if other != name:
            found[name] = other
    return found


def meant(wanted: str, names: Collection[str]) -> str | None:
    """The one of `names` that was probably meant to be `wanted`: other capitals, or .yml for .yaml."""
    for name in sorted_names(names):
        stem, ending = os.path.splitext(_as_seen(name))  # noqa: PTH122 - likewise
        if name != wanted and ending in {".yaml", ".yml"} and f"{stem}.yaml" == _as_seen(wanted):
            return name
    return None


def _as_seen(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", as_text(name)).casefold())


def renamed_ids(renamed: Mapping[str, str]) -> dict[str, str]:
    """The ids of the partnerships in files that were `renamed`, each new one with its old one."""
    return {stem_of(new): stem_of(old) for new, old in renamed.items()}
