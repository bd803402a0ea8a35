"""The names of files in partnerships/: the ids of partnerships, and names that are equal on some systems."""

import os
import unicodedata
from collections.abc import Collection, Iterable, Mapping


def as_text(name: str) -> str:
    """Return `name` as text, with escapes for bytes that are not UTF-8."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def stem_of(name: str) -> str:
    """Return `name` as text without its ending, which is the id of the partnership."""
    return as_text(os.path.splitext(name)[0])  # noqa: PTH122 - names that are not UTF-8 must come through


def is_for_one(name: str) -> bool:
    """Return whether a file of this name is meant to be a partnership."""
    return name.lower().endswith((".yaml", ".yml")) and not name.startswith((".", "_"))


def sorted_names(names: Iterable[str]) -> list[str]:
    """Return `names` sorted by their bytes, which gives the same order in every locale."""
    return sorted(names, key=os.fsencode)


def ids_of(names: Iterable[str]) -> dict[str, str]:
    """Return a unique id for each of `names`. Those that end in .yaml come first."""
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
    """Return those of `names` that equal an earlier one on Windows or macOS, each with that one."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for name in sorted_names(names):
        other = first.setdefault(_as_seen(name), name)
        if other != name:
            found[name] = other
    return found


def meant(wanted: str, names: Collection[str]) -> str | None:
    """Return the one of `names` probably meant as `wanted`, in another case or with .yml for .yaml, or None."""
    for name in sorted_names(names):
        stem, ending = os.path.splitext(_as_seen(name))  # noqa: PTH122 - likewise
        if name != wanted and ending in {".yaml", ".yml"} and f"{stem}.yaml" == _as_seen(wanted):
            return name
    return None


def _as_seen(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", as_text(name)).casefold())


def renamed_ids(renamed: Mapping[str, str]) -> dict[str, str]:
    """Return the old ids of partnerships whose files were `renamed`, by their new ids."""
    return {stem_of(new): stem_of(old) for new, old in renamed.items()}
