"""The id of a partnership: the name of its file, in words that every system and every address takes."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST: Final = 80
_WORDS: Final = 5
"""Of which a short id is made at the most."""
_DEVICES: Final = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
"""Windows takes these for devices, whatever follows the full stop."""


class NoId(Exception):  # noqa: N818 - what it says is not an error of the program
    """This cannot be the id of a new partnership; the message says why, and which could be."""


def suggested_id(name: str) -> str:
    """An id made from `name`: its letters and figures, in words with hyphens; empty where it has none."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ").replace("'", "").replace("\u2019", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    id_ = "-".join(words)[:_LONGEST].strip("-")
    return f"{id_}-partnership" if _DEVICES.fullmatch(id_) else id_


def short_name(text: str) -> str:
    """A short id for an entry, of the first words of `text`; empty where it has none."""
    return "-".join(suggested_id(text).split("-")[:_WORDS])


def is_id(text: str) -> bool:
    """Whether `text` can be the id of a partnership as it stands."""
    return bool(_ID.fullmatch(text)) and len(text) <= _LONGEST and not _DEVICES.fullmatch(text)


def new_id(given: str, taken: Collection[str]) -> str:
    """The id that `given` names, which may end in .yaml. Raises `NoId` where it cannot be one, or is `taken`.

    An id is taken by one that only differs in its capitals: on Windows and macOS both would be one file.
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
