"""Runs of plain text in a paragraph, without fields, links or markup."""

from docx.text.paragraph import Paragraph

from kpf.papers.blocks import Line


def add_line(paragraph: Paragraph, line: Line) -> None:
    """Add a line of a paper to a paragraph, with its formats."""
    for words in line:
        run = paragraph.add_run(words.text)
        if words.blank or words.code:
            run.style = "Paper Blank" if words.blank else "Paper Code"
        run.bold = words.bold or None
        run.italic = words.italic or None
