"""Stretches of text in HTML. Each is text and nothing else, whatever it looks like."""

from kpf.report.blocks import Line
from kpf.report.page.markup import element, escaped


def in_html(line: Line) -> str:
    """A line of a paper, in the looks that it has."""
    pieces = []
    for words in line:
        piece = escaped(words.text).replace("\n", "<br>")
        for name, is_so in (
            ("code", words.code),
            ("em", words.italic),
            ("mark", words.blank),
            ("strong", words.bold and not words.blank),
        ):
            piece = element(name, piece) if is_so else piece
        pieces.append(piece)
    return "".join(pieces)
