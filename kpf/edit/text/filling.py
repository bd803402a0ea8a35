"""The replacement of a blank: nothing, a word that means blank, or an empty pair of brackets."""

import re
from collections.abc import Sequence
from typing import Final

from kpf.document.places import Place
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.blocks import Value, in_braces, lines_inside
from kpf.edit.text.page import EditedText
from kpf.edit.text.scalars import scalar_text
from kpf.edit.text.splicing import Splice

ODD: Final = "Write it into the file yourself, or lay this part out with each name on its own line."


def filled(page: EditedText, place: Place, value: Value, *, flow: bool) -> list[Splice]:
    """The splices that replace the blank at `place` with `value`; `flow` keeps it on one line.

    Raises `CannotEdit`.
    """
    start, end = place.start.index, place.end.index
    if re.search(r"[\r\n#]", page.text[start:end]):
        raise CannotEdit(f"The blank in line {place.start.line + 1} is written in an unusual way. {ODD}")
    if flow:
        return [_beside(page, start, end, in_braces(value))]
    if isinstance(value, dict | list):
        return _below(page, place, value)
    return [_beside(page, start, end, scalar_text(value or ""))]


def _beside(page: EditedText, start: int, end: int, put: str) -> Splice:
    """Return the splice that puts `put` after a colon or dash. A comment keeps its column if there is room."""
    behind = _past_spaces(page.text, end)
    if start == end:
        start = len(page.text[:start].rstrip(" \t"))  # in braces, the place of nothing is after the space
        put = f" {put}"
    if page.text[behind : behind + 1] == "#":
        put += " " * max(behind - start - len(put), 2)
    elif start < end:
        behind = end
    return Splice(start, behind, put)


def _below(page: EditedText, place: Place, value: dict[str, Value] | list[Value]) -> list[Splice]:
    """Return the splices that put `value` on its own lines, below the name or after the dash at `place`."""
    start, end = place.start.index, place.end.index
    lines = lines_inside(value, page.indents)
    line, behind = page.lines.at(start), _past_spaces(page.text, end)
    has_note = page.text[behind : behind + 1] == "#"
    if place.key is None:
        dash = len(page.text[:start].rstrip(" \t")) - 1
        around, inwards = dash - page.lines.starts[line], 2
        if not has_note:
            first, *more = lines
            rest = page.lines.inserted(line + 1, _indented(more, around + inwards))
            return [Splice(dash + 1, behind, f" {first}"), rest]
    else:
        around = place.key[0].column
        inwards = page.indents.names if isinstance(value, dict) else page.indents.dashes
    below = page.past_notes(line + 1, around + 1)
    splices = [page.lines.inserted(below, _indented(lines, around + inwards))]
    if start < end:
        splices.append(_emptied(page.text, start, end, behind, has_note=has_note))
    return splices


def _emptied(text: str, start: int, end: int, behind: int, *, has_note: bool) -> Splice:
    """Return the splice that removes a word for blank. A comment after it keeps its column."""
    if has_note:
        return Splice(start, end, " " * (end - start))
    return Splice(len(text[:start].rstrip(" \t")), behind, "")


def _past_spaces(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\t"}:
        at += 1
    return at


def _indented(lines: Sequence[str], by: int) -> list[str]:
    return [f"{' ' * by}{line}" for line in lines]
