"""Tables in Markdown and in CSV, in which no cell is more than text."""

from collections.abc import Iterable, Sequence
from typing import TextIO

from kpf.render.inert import as_cell, as_posted


def write_markdown_table(out: TextIO, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table in Markdown."""
    out.write(f"| {' | '.join(map(as_posted, titles))} |\n|{'---|' * len(titles)}\n")
    out.writelines(f"| {' | '.join(map(as_posted, row))} |\n" for row in rows)


def write_csv_table(out: TextIO, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table in CSV, marked as UTF-8 for Excel."""
    import csv  # noqa: PLC0415 - a check in the usual format has no need of it

    out.write("\ufeff")
    csv.writer(out, lineterminator="\r\n").writerows([as_cell(cell) for cell in row] for row in (titles, *rows))
