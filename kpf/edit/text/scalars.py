"""One text as it stands in a file: with quotation marks where any reader of YAML might take it for something else."""

import re
from typing import Final
from unicodedata import normalize

from kpf.document.composing import BLANKS
from kpf.document.decoding import LOST, UNSEEN
from kpf.document.refusing import LONGEST_TEXT


class Plain(str):
    """A day, a number, a yes, a half-year: written as it is, for what other readers make of it is what is meant."""

    __slots__ = ()


_PLAIN: Final = re.compile(r"(?:[^\W_]|[£(])(?:[^\s:#]|:(?=[^\s])|(?<! )#| (?=[^\s#]))*")
"""Starts with a letter, a digit or a pound sign, and holds nothing that ends a text or starts a note."""
_ENDS_IN_BRACES: Final = re.compile(r"[,\[\]{}:?]")
_LIKE_A_NUMBER: Final = re.compile(r"[0-9][0-9a-fox_.,:+/\sTZ-]*", re.IGNORECASE)
"""Numbers of all bases, times, days, and whatever older readers make of digits with colons and lines between them."""
_WORDS: Final = BLANKS | {"y", "n", "yes", "no", "on", "off", "true", "false", "nan", "inf"}
"""What YAML 1.1 or 1.2, or a reader that is looser than both, takes for something else than text."""


def scalar_text(text: str, *, in_braces: bool = False) -> str:
    """`text` for a place where a value or a name stands, inside braces or brackets or not.

    `text` has no line end and no space at its ends (`unfit` says why a text cannot be written).
    """
    if isinstance(text, Plain) or _is_plain(text, in_braces=in_braces):
        return str(text)
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _is_plain(text: str, *, in_braces: bool) -> bool:
    if not _PLAIN.fullmatch(text) or text.endswith(":") or text.lower() in _WORDS:
        return False
    return not (_LIKE_A_NUMBER.fullmatch(text) or (in_braces and _ENDS_IN_BRACES.search(text)))


def unfit(text: str) -> str | None:
    """Why `text` cannot be written as a value, in words that go on from “it”; None where it can."""
    if not text.strip():
        return "is blank"
    if re.search(r"[\r\n]", text):
        return "has more than one line; write it in one"
    if text.strip().lower() in BLANKS:
        return "means a blank, which records nothing"
    if UNSEEN.search(text) or LOST in text:
        return "holds a character that cannot be seen; type it again"
    return "is longer than kpf reads" if len(text) > LONGEST_TEXT else None


def tidied(text: str) -> str:
    """`text` as kpf would read it back: trimmed, with ordinary spaces, and accents on their letters."""
    return normalize("NFC", text.strip().replace("\xa0", " ").strip())
