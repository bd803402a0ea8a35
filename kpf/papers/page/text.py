"""Runs of text in HTML, always escaped."""

import re
from typing import Final

from kpf.papers.blocks import Line
from kpf.papers.page.markup import element, escaped

_LONG: Final = re.compile(r"\S{24}(?=\S)")
"""A part of a word so long that a line break must be possible after it."""

_MAY_BREAK: Final = "\0"
"""The placeholder for a possible line break before the text is escaped. No text of a paper contains it."""


def in_html(line: Line) -> str:
    """Return a line of a paper with its formats."""
    pieces = []
    for words in line:
        piece = escaped(_LONG.sub(rf"\g<0>{_MAY_BREAK}", words.text)).replace("\n", "<br>").replace(_MAY_BREAK, "<wbr>")
        for name, is_so in (
            ("code", words.code),
            ("em", words.italic),
            ("mark", words.blank),
            ("strong", words.bold and not words.blank),
        ):
            piece = element(name, piece) if is_so else piece
        pieces.append(piece)
    return "".join(pieces)
