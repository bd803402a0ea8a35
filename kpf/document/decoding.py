"""From bytes to text: UTF-8 only, and only characters that a person can see or type."""

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from kpf.document.faults import NOT_READ, Fault

LARGEST_FILE: Final = 1024 * 1024
"""The size limit of a file in bytes. A complete partnership file has about 15,000."""

LOST: Final = "\ufffd"
"""Replaces each character that cannot be read. A value that contains it is refused."""

UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e00ff]"
)
"""Control characters, all line ends but the usual ones, and what is never seen or turns the direction of writing.

The two joiners of letters stay, for some languages and pictograms need them.
"""

_UNSEEN_OR_LOST: Final = f"{UNSEEN.pattern}|{LOST}"
_ODD_SPACE: Final = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_ODD_SPACES: Final = (  # not compiled beforehand, because hardly a file needs it
    # At the start of a line, after a dash there, or after the colon of a name: where spaces decide what a line means.
    rf"(?:^|(?<=\r))[ \t]*+(?:- *+)*+(?:[^\s:#'\"\[\]{{}},-][^:#\r\n]*+:)??-?[ \t]*+"
    rf"(?P<spaces>[{_ODD_SPACE}][ {_ODD_SPACE}]*+)"
)
_ZIPPED: Final = b"PK\x03\x04"
_MOST_REPORTED: Final = 20


def decode(content: bytes) -> tuple[str | None, list[Fault]]:
    """Return the text of a file, or None if it is not text, and its faults.

    Each character that cannot be decoded becomes `LOST`, so that places in the text are right.
    """
    refusal = _no_text(content)
    if refusal:
        return None, [refusal]
    text, faults = _as_utf8(content.removeprefix(codecs.BOM_UTF8))
    if UNSEEN.search(text) or LOST in text:
        pattern = UNSEEN if faults else _UNSEEN_OR_LOST  # what was lost in decoding is reported already, all at once
        faults += islice(map(_unseen, re.finditer(pattern, text)), _MOST_REPORTED)
        text = UNSEEN.sub(LOST, text)
    if any(space in text for space in _ODD_SPACE):
        odd = list(_odd_spaces(text))
        faults += odd[:_MOST_REPORTED]
        text = _with_plain_spaces(text, odd)
    return text, faults


def _no_text(content: bytes) -> Fault | None:
    if len(content) > LARGEST_FILE:
        return _whole_file(
            "This file is larger than 1 MiB, so it was not read.",
            "Split it, or take out what is not about the partnership.",
        )
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _every_second_is_zero(content[:64]):
        return _whole_file("This file is saved as UTF-16, which kpf does not read.", "Save it as UTF-8.")
    start = content[:1024]
    if start.startswith(_ZIPPED) or start.count(0) > _MOST_REPORTED + len(start) // 20:
        return _whole_file(
            "This file is not ordinary text. It may be a Word or Excel document under another name.",
            "Put an ordinary text file here, and name the document where it belongs.",
        )
    return None


def _every_second_is_zero(start: bytes) -> bool:
    return len(start) >= 4 and 0.4 < start.count(0) / len(start) < 0.6  # noqa: PLR2004 - more or less


def _as_utf8(content: bytes) -> tuple[str, list[Fault]]:
    try:
        return content.decode(), []
    except UnicodeDecodeError as error:
        text = content.decode(errors="replace")
        start = len(content[: error.start].decode())
        more = text.count(LOST, start) - 1
        others = f" {more} more like it {'follows' if more == 1 else 'follow'}." if more else ""
        message = f"A character here cannot be read, because the file is not saved as UTF-8.{others}"
        fix = "Save the file as UTF-8 and check that accents, dashes and pound signs are right."
        return text, [Fault(NOT_READ, start, start + 1, message, fix)]


def _unseen(found: re.Match[str]) -> Fault:
    code = f"U+{ord(found.group()):04X}"
    if found.group() == LOST:
        message = f"A character here was lost when the file was saved ({code})."
    else:
        message = f"A character here cannot be seen ({code}); it does not belong in a text."
    return Fault(NOT_READ, found.start(), found.end(), message, "Delete it and type the text again.")


def _odd_spaces(text: str) -> Iterator[Fault]:
    for found in re.finditer(_ODD_SPACES, text, re.MULTILINE):
        start, end = found.span("spaces")
        yield Fault(
            NOT_READ,
            start,
            end,
            f"The space here is not an ordinary one (U+{ord(text[start]):04X}); it was pasted in from elsewhere.",
            "Delete it and type a space.",
        )


def _with_plain_spaces(text: str, odd: list[Fault]) -> str:
    """Replace unusual spaces with plain ones, so that one of them does not break the rest of the file."""
    if not odd:
        return text
    pieces, done = [], 0
    for fault in odd:
        pieces += [text[done : fault.start], " " * (fault.end - fault.start)]
        done = fault.end
    return "".join([*pieces, text[done:]])


def _whole_file(message: str, fix: str) -> Fault:
    return Fault(NOT_READ, 0, 0, message, fix)
