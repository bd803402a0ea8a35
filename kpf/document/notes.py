"""Names that stand in a file behind a #: opened for an answer, and never counted, whatever is written after them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

_NOTE: Final = re.compile(r"^(?P<in>[ ]*)#(?P<more>.*)$", re.MULTILINE)
_NAMED: Final = re.compile(r"(?P<in> *)(?:- )?(?P<name>[a-z_]+):(?P<rest>[ \t].*|)")
_BEHIND: Final = re.compile(r"(?:^|\s)#(?:\s.*)?$")
"""The remark on a name after a second #."""


CELLS_BEHIND: Final = "After each value, a note names the cell that it comes from."
"""The sentence in a file that was started from a list, after the name of the list."""
_CELLS: Final = (CELLS_BEHIND, "Behind each value stands the cell that it comes from.")
"""As this kpf writes it, and as earlier versions did."""
_FROM: Final = re.compile(
    rf"^# From (?P<list>.+), rows? [0-9, ]+\. (?:{'|'.join(map(re.escape, _CELLS))})\r?$", re.MULTILINE
)
_CELL: Final = re.compile(r"\s#\s+(?P<cells>[A-Z]{1,3}[1-9][0-9]*(?:, [A-Z]{1,3}[1-9][0-9]*)*)\s*$")


def list_behind(text: str) -> str:
    """Return the list that a file with this `text` was started from; empty if there is none."""
    found = _FROM.search(text) if any(said in text for said in _CELLS) else None
    return found["list"] if found else ""


def cell_named_in(line: str) -> str:
    """The cell, or the cells, that the end of `line` names; else empty."""
    found = _CELL.search(line)
    return found["cells"] if found else ""


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A name behind a #, and what somebody wrote after it or after one of the names further in."""

    name: str
    column: int
    """The column of its #, counted from 0."""
    line: int
    """From 0."""
    start: int
    """The index of the # in the text."""
    end: int
    answer: str = ""
    """The answer; empty if there is none."""
    answer_line: int = 0


def opened_notes(text: str) -> Iterator[OpenedNote]:
    """Each name that `text` opens behind a #, with the first answer in it or further in."""
    opened: OpenedNote | None = None
    inwards = 0
    line, counted = 0, 0
    for found in _NOTE.finditer(text):
        line += text.count("\n", counted, found.start())
        counted = found.start()
        column, named = len(found["in"]), _NAMED.fullmatch(found["more"].rstrip("\r"))
        depth = len(named["in"]) if named else len(found["more"]) - len(found["more"].lstrip(" "))
        follows = opened is not None and column == opened.column and not text[opened.end : found.start()].strip("\r\n ")
        if named is None:
            if not follows and opened:
                yield opened
                opened = None
            elif opened:
                opened = _with_end(opened, found.end())
            continue
        answer = _BEHIND.sub("", named["rest"]).strip()
        if opened and follows and depth > inwards:
            opened = _with_end(opened, found.end(), answer, line)
            continue
        if opened:
            yield opened
        start = found.start() + column
        opened, inwards = OpenedNote(named["name"], column, line, start, found.end(), answer, line), depth
    if opened:
        yield opened


def _with_end(note: OpenedNote, end: int, answer: str = "", line: int = 0) -> OpenedNote:
    """`note` with one more line, and the answer in it if there was none before."""
    if note.answer or not answer:
        return replace(note, end=end)
    return replace(note, end=end, answer=answer, answer_line=line)
