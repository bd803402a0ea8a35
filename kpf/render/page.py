"""Lines, paragraphs and tables for people; in colour on a terminal, plain everywhere else.

Widths are counted in the columns of a terminal: an ideograph takes two, a combining accent none.
"""

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TextIO

from kpf.finding import Severity
from kpf.render.inert import inert

if TYPE_CHECKING:
    from rich.console import Console

WIDTH: Final = 88
"""The width in columns if there is no terminal."""

_NARROWEST: Final = 24
"""The least width of the prose column of a table, even if lines then get too long."""

_WIDEST: Final = 48
"""The greatest width of any other column of a table."""

_ONE_COLUMN_EACH: Final = re.compile("[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u20a0-\u20bf]*")
"""Matches text with one column for each character. For other text, rich knows the widths."""

STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


class TextOutput:
    """A text stream with the width and the colours of its terminal."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._console = _console(out)
        columns = shutil.get_terminal_size((WIDTH, 24)).columns if out.isatty() else WIDTH
        self.width = max(60, min(columns, 110))

    def line(self, text: str = "", style: str = "") -> None:
        """Write one line without wrapping."""
        safe = inert(text).rstrip()
        if self._console is None or not style:
            self._out.write(safe + "\n")
            return
        from rich.text import Text  # noqa: PLC0415 - only where something is coloured

        self._console.print(Text(safe, style=style), soft_wrap=True)

    def paragraph(self, text: str, indent: int = 0, style: str = "", hanging: int = 0) -> None:
        """Write `text` wrapped to the width, with all lines but the first indented by `hanging` more columns."""
        lead = " " * indent
        for line in wrapped(inert(text), self.width, lead, lead + " " * hanging):
            self.line(line, style)

    def apart(self, left: str, right: str, indent: int = 0, style: str = "") -> None:
        """Write `left` at the left edge and `right` at the right, in one line if there is room."""
        left, right = inert(left), inert(right)
        gap = self.width - indent - width_of(left) - width_of(right)
        if gap < 2:  # noqa: PLR2004 - two spaces, or they read as one
            self.line(" " * indent + left, style)
            self.line(" " * (indent + 2) + right)
        else:
            self.line(" " * indent + left + " " * gap + right, style)

    def table(self, titles: Sequence[str], rows: Sequence[Sequence[str]], indent: int = 2, prose: int = 0) -> None:
        """Write a table. The column number `prose` takes the width that the others leave, and is wrapped."""
        cells = [[inert(cell) if at == prose else _cut(inert(cell)) for at, cell in enumerate(row)] for row in rows]
        widths = [max([width_of(title), *(width_of(row[at]) for row in cells)]) for at, title in enumerate(titles)]
        room = self.width - indent - 2 * (len(widths) - 1) - sum(widths) + widths[prose]
        widths[prose] = max(min(widths[prose], room), _NARROWEST)
        self._row(titles, widths, indent)
        self._row(["-" * width for width in widths], widths, indent)
        for row in cells:
            lines = wrapped(row[prose], widths[prose]) or [""]
            for at, line in enumerate(lines):
                self._row(
                    [line if column == prose else "" if at else cell for column, cell in enumerate(row)], widths, indent
                )

    def _row(self, cells: Sequence[str], widths: Sequence[int], indent: int) -> None:
        self.line(" " * indent + "  ".join(map(padded, cells, widths)))


def count(number: int, thing: str) -> str:
    """Return the number with its noun: 1 error, 2 errors."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def width_of(text: str) -> int:
    """Return the number of columns that `text` takes on a terminal."""
    if _ONE_COLUMN_EACH.fullmatch(text):
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - few texts need it

    return cell_len(text)


def padded(text: str, width: int) -> str:
    """Return `text` with spaces added up to `width` columns."""
    return text + " " * (width - width_of(text))


def cut(text: str, width: int) -> str:
    """Return the start of `text` that fits in `width` columns."""
    if width_of(text) <= width:
        return text
    if _ONE_COLUMN_EACH.fullmatch(text):
        return text[:width]
    from rich.cells import set_cell_size  # noqa: PLC0415 - as above

    return set_cell_size(text, width).rstrip()


def wrapped(text: str, width: int, lead: str = "", further: str = "") -> list[str]:
    """Return `text` in lines of at most `width` columns. The first starts with `lead`, all others with `further`."""
    if _ONE_COLUMN_EACH.fullmatch(text):
        return textwrap.wrap(text, width, initial_indent=lead, subsequent_indent=further, break_on_hyphens=False)
    from rich.cells import chop_cells  # noqa: PLC0415 - as above

    room = max(2, width - max(len(lead), len(further)))
    lines: list[str] = []
    for piece in (piece for word in text.split(" ") if word for piece in chop_cells(word, room)):
        if lines and width_of(lines[-1]) + 1 + width_of(piece) <= width:
            lines[-1] += f" {piece}"
        else:
            lines.append(f"{further if lines else lead}{piece}")
    return lines


def _cut(cell: str) -> str:
    return cell if width_of(cell) <= _WIDEST else f"{cut(cell, _WIDEST - 1)}…"


def _console(out: TextIO) -> "Console | None":
    forced = bool(os.environ.get("FORCE_COLOR")) and out is sys.stdout
    if os.environ.get("NO_COLOR") or not (out.isatty() or forced):
        return None
    from rich.console import Console  # noqa: PLC0415 - slow to load, and only a terminal is worth it

    return Console(file=out, highlight=False, markup=False, emoji=False, force_terminal=True)
