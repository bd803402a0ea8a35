"""Stretches of text in HTML. Each is text and nothing else, whatever it looks like."""

import re
from typing import Final

from kpf.papers.blocks import Line
from kpf.papers.page.markup import element, escaped

_LONG: Final = re.compile(r"\S{24}(?=\S)")
"""So much of a word that it may have to go on in the next line of a narrow column."""

_MAY_BREAK: Final = "\0"
"""Stands for such a place while the text is not yet markup, which no text of a paper holds."""


def in_html(line: Line) -> str:
    """A line of a paper, in the looks that it has."""
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
