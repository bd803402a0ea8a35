"""Lines, paragraphs and tables for people; in colour on a terminal, plain everywhere else."""

import os
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
        """Text wrapped to the width; further lines stand `hanging` columns further in."""
        lead = " " * indent
        lines = textwrap.wrap(
            inert(text), self.width, initial_indent=lead, subsequent_indent=lead + " " * hanging, break_on_hyphens=False
        )
        for line in lines:
            self.line(line, style)

    def apart(self, left: str, right: str, indent: int = 0, style: str = "") -> None:
        """Write `left` at the left edge and `right` at the right, in one line if there is room."""
        gap = self.width - indent - len(left) - len(right)
        if gap < 2:  # noqa: PLR2004 - two spaces, or they read as one
            self.line(" " * indent + left, style)
            self.line(" " * (indent + 2) + right)
        else:
            self.line(" " * indent + left + " " * gap + right, style)

    def table(self, titles: Sequence[str], rows: Sequence[Sequence[str]], indent: int = 2, prose: int = 0) -> None:
        """Columns as wide as they need to be; the column number `prose` takes what is left, and is wrapped in it."""
        cells = [[inert(cell) if at == prose else _cut(inert(cell)) for at, cell in enumerate(row)] for row in rows]
        widths = [max([len(title), *(len(row[at]) for row in cells)]) for at, title in enumerate(titles)]
        room = self.width - indent - 2 * (len(widths) - 1) - sum(widths) + widths[prose]
        widths[prose] = max(min(widths[prose], room), _NARROWEST)
        self._row(titles, widths, indent)
        self._row(["-" * width for width in widths], widths, indent)
        for row in cells:
            lines = textwrap.wrap(row[prose], widths[prose], break_on_hyphens=False) or [""]
            for at, line in enumerate(lines):
                self._row(
                    [line if column == prose else "" if at else cell for column, cell in enumerate(row)], widths, indent
                )

    def _row(self, cells: Sequence[str], widths: Sequence[int], indent: int) -> None:
        self.line(" " * indent + "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)))


def count(number: int, thing: str) -> str:
    """The number with its noun: 1 error, 2 errors."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _cut(cell: str) -> str:
    return cell if len(cell) <= _WIDEST else cell[: _WIDEST - 1] + "…"


def _console(out: TextIO) -> "Console | None":
    forced = bool(os.environ.get("FORCE_COLOR")) and out is sys.stdout
    if os.environ.get("NO_COLOR") or not (out.isatty() or forced):
        return None
    from rich.console import Console  # noqa: PLC0415 - slow to load, and only a terminal is worth it

    return Console(file=out, highlight=False, markup=False, emoji=False, force_terminal=True)
