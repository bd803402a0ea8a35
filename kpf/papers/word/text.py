"""Stretches of text in a paragraph. Each is text and nothing else: no field, no link, no markup."""

from docx.text.paragraph import Paragraph

from kpf.papers.blocks import Line


def add_line(paragraph: Paragraph, line: Line) -> None:
    """Put a line of a paper into a paragraph, in the looks that it has."""
    for words in line:
        run = paragraph.add_run(words.text)
        if words.blank or words.code:
            run.style = "Paper Blank" if words.blank else "Paper Code"
        run.bold = words.bold or None
        run.italic = words.italic or None
