"""The ids of partnerships, which are file names valid on every system and in web addresses."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST: Final = 80
_WORDS: Final = 5
"""The greatest number of words in a short id."""
_DEVICES: Final = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
"""Matches names of devices on Windows, which cannot be file names, whatever their ending."""


class NoId(Exception):  # noqa: N818 - what it says is not an error of the program
    """A text cannot be the id of a new partnership. The message says why, and suggests one."""


def suggested_id(name: str) -> str:
    """Return an id made from `name`: its letters and digits, with hyphens between words. It may be empty."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ").replace("'", "").replace("\u2019", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    id_ = "-".join(words)[:_LONGEST].strip("-")
    return f"{id_}-partnership" if _DEVICES.fullmatch(id_) else id_


def short_name(text: str) -> str:
    """Return a short id for an entry, from the first words of `text`. It may be empty."""
    return "-".join(suggested_id(text).split("-")[:_WORDS])


def is_id(text: str) -> bool:
    """Return whether `text` can be the id of a partnership."""
    return bool(_ID.fullmatch(text)) and len(text) <= _LONGEST and not _DEVICES.fullmatch(text)


def new_id(given: str, taken: Collection[str]) -> str:
    """Return the id in `given`, which may end in .yaml. Raises `NoId` if it is not valid or is `taken`.

    Ids that differ only in capitals are the same, because on Windows and macOS both would be one file.
    """
    id_ = given.removesuffix(".yaml")
    if not is_id(id_):
        suggestion = suggested_id(id_)
        raise NoId(
            f"“{given}” cannot be the id of a partnership. Write words in small letters, with hyphens between them"
            + (f": {suggestion}" if suggestion else ", for example leisure-centres")
        )
    same = next((other for other in taken if other.casefold() == id_), None)
    if same is not None:
        raise NoId(f"There is a partnership {same} already. Give the new one another id.")
    return id_
