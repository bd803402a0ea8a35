"""The sections of a file brought into the framework's order, each with the notes that stand above it.

Every line stays as it is; only the order of the sections changes. What heads the file stays at its top, and blank lines
stay between sections.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kpf.document import Document
from kpf.document.places import Place
from kpf.edit.text.page import EditedText
from kpf.model import Partnership
from kpf.model.shapes import fields_of

_MODELINE: Final = "yaml-language-server:"
_LAST_OF_THE_HEAD: Final = "partners"
"""The last section of the head of a file. The order of the sections up to here is left to the writer."""


@dataclass(frozen=True, slots=True)
class _Section:
    """The lines of one section, from the first note above it to before the blank lines that follow; and its rank."""

    start: int
    end: int
    rank: int


def in_framework_order(document: Document) -> str | None:
    """The text of a partnership's file in the framework's order; None where it is in order, or stands in braces."""
    page = EditedText(document)
    if document.root is None or page.in_braces(document.root) or not document.root.inside:
        return None
    sections = _sections(page, document.root)
    ordered = sorted(sections, key=lambda section: section.rank)
    if ordered == sections:
        return None
    lines, end = _whole_lines(page)
    pieces = lines[: sections[0].start]
    for place, section in enumerate(ordered):
        pieces += lines[section.start : section.end]
        following = sections[place + 1].start if place + 1 < len(sections) else len(lines)
        pieces += lines[sections[place].end : following]
    text = "".join(pieces)
    return text if end else text.removesuffix(page.lines.end_of(0))


def _whole_lines(page: EditedText) -> tuple[list[str], bool]:
    """The lines with their ends, the last one with one too, and whether it had it."""
    starts, text = page.lines.starts, page.text
    lines = [text[start:end] for start, end in pairwise(starts)]
    had = text.endswith(("\n", "\r"))
    if lines and not had:
        lines[-1] += page.lines.end_of(0)
    return lines, had


def _sections(page: EditedText, root: Place) -> list[_Section]:
    ranks = {field.about.key: rank for rank, field in enumerate(fields_of(Partnership))}
    ranks.update({name: 0 for name in ranks if ranks[name] <= ranks[_LAST_OF_THE_HEAD]})
    sections: list[_Section] = []
    start, rank = _head(page, root), 0
    for name, place in (root.inside or {}).items():
        rank = ranks.get(str(name), rank)  # a name that is not known stays behind what it follows
        while page.lines.is_blank(start):
            start += 1
        end = page.past_notes(page.line_after(place), root.start.column + 1)
        end = _past_notes_below(page, end, root.start.column)
        sections.append(_Section(start, end, rank))
        start = end
    return sections


def _past_notes_below(page: EditedText, line: int, column: int) -> int:
    """Skip comments that belong to the lines above: directly below them, or indented further."""
    below = page.past_notes(line, 0)
    if below > line and (page.lines.is_blank(below) or not page.lines.exists(below)):
        line = below
    at = line
    while page.lines.is_blank(at):
        at += 1
    further_in = page.past_notes(at, column + 1)
    return _past_notes_below(page, further_in, column) if further_in > at else line


def _head(page: EditedText, root: Place) -> int:
    """The first line below what heads the file: notes with a blank line below them, else only the line for editors."""
    first = page.lines.at(root.start.index)
    blanks = [line for line in range(first) if page.lines.is_blank(line)]
    if blanks:
        return blanks[-1] + 1
    heads = [
        line
        for line in range(first)
        if page.lines.note(line) is None or _MODELINE in page.lines[line] or page.lines[line].startswith("#!")
    ]
    return heads[-1] + 1 if heads else 0
