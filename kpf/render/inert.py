"""Text from a file made safe to print: it moves no cursor, reverses no line and starts no command of a CI system."""

import re
from typing import Final

_BREAKS: Final = re.compile(r"[\r\n\t\u2028\u2029]+")
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufdd0-\ufdef\ufff0-\ufffb"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    # What is no character in any plane: XML and HTML refuse it.
    + "".join(f"{chr(plane << 16 | 0xFFFE)}-{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
_COMMANDS: Final = re.compile(r"(^\s*:)(?=:)|(##?)(?=\[|vso\[)", re.IGNORECASE)
_MARKDOWN: Final = re.compile(
    r"[\\`*{}\[\]#|~@]|(?<![0-9A-Z])_|_(?![0-9A-Z])|^[-+=]|(?<=:)/(?=/)|(?<=www)\.", re.IGNORECASE
)
"""What Markdown reads as markup. Parentheses and exclamation marks mean nothing where brackets are escaped."""
_ENTITY: Final = re.compile(r"&(?=#?[0-9A-Za-z]+;)")
_NUMBERED: Final = re.compile(r"^([0-9]+)([.)])(?=\s|$)")

_FORMULA: Final = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
"""Includes full-width forms, which some spreadsheets treat as the same."""


def inert(text: str) -> str:
    """`text` in one line, with what cannot be seen written out (U+202E) and what a CI log would act on broken up."""
    line = _UNSEEN.sub(lambda found: f"<U+{ord(found.group()):04X}>", _BREAKS.sub(" ", text))
    return _COMMANDS.sub(lambda found: found.group() + " ", line)


def as_markdown(text: str) -> str:
    """`text` as it can stand in a Markdown paragraph or table cell, where it means only itself."""
    line = _NUMBERED.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\g<0>", inert(text)))
    return _ENTITY.sub("&amp;", line).replace("<", "&lt;").replace(">", "&gt;")


def as_markdown_lines(text: str) -> str:
    """Markdown of several lines, with what cannot be seen written out and nothing that a CI log would act on."""
    return "\n".join(
        _COMMANDS.sub(
            lambda found: found.group() + " ",
            _UNSEEN.sub(lambda found: f"&lt;U+{ord(found.group()):04X}&gt;", _BREAKS.sub(" ", line)),
        )
        for line in text.split("\n")
    )


def as_folded(text: str) -> str:
    """`text` as it can stand where lines are broken anywhere: no line of it starts a command of a CI system."""
    return inert(text).replace("::", ": :").replace("::", ": :")


def as_cell(text: str) -> str:
    """`text` as a spreadsheet takes it for text: nothing starts a formula."""
    line = inert(text)
    return f"'{line}" if line.startswith(_FORMULA) else line
