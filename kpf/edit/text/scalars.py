"""A text as a YAML scalar, with quotation marks if any YAML reader might read it as something else."""

import re
from typing import Final
from unicodedata import normalize

from kpf.document.composing import BLANKS
from kpf.document.decoding import LOST, UNSEEN
from kpf.document.refusing import LONGEST_TEXT


class Plain(str):
    """A day, a number, a yes or a half-year, which is written without quotation marks."""

    __slots__ = ()


_PLAIN: Final = re.compile(r"(?:[^\W_]|[£(])(?:[^\s:#]|:(?=[^\s])|(?<! )#| (?=[^\s#]))*")
"""Matches texts that start with a letter, digit, pound sign or bracket and need no quotation marks."""
_ENDS_IN_BRACES: Final = re.compile(r"[,\[\]{}:?]")
_LIKE_A_NUMBER: Final = re.compile(r"[0-9][0-9a-fox_.,:+/\sTZ-]*", re.IGNORECASE)
"""Matches what some readers take for numbers, times or days."""
_WORDS: Final = BLANKS | {"y", "n", "yes", "no", "on", "off", "true", "false", "nan", "inf"}
"""The words that some YAML readers do not take for text."""


def scalar_text(text: str, *, in_braces: bool = False) -> str:
    """Return `text` as a value or a name, in braces or not.

    `text` must have no line end and no space at its ends. See `unfit` for texts that cannot be written.
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
    """Return why `text` cannot be written as a value, in words that continue “it”; None if it can."""
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
    """Return `text` as kpf reads it back: trimmed, with ordinary spaces and combined accents."""
    return normalize("NFC", text.strip().replace("\xa0", " ").strip())
