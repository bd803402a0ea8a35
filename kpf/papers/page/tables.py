"""Tables in HTML: each has a name, and each of its titles says whether it heads a column or a row."""

from typing import Final

from kpf.papers.blocks import Align, Line, Table, plain_text
from kpf.papers.page.markup import element, escaped
from kpf.papers.page.text import in_html

_PROSE: Final = 40
"""From so many letters on, a cell is read line by line and wants lines of some length, on a telephone too."""


def table_in_html(table: Table, id_: str) -> str:
    """The table, in a frame that can be moved sideways, by keys as well, where there is no room for all of it."""
    parts = [_caption(table, id_)]
    if table.head:
        parts.append(_head(table))
    parts += ["<tbody>", *(_row(table, row) for row in table.rows), "</tbody>"]
    whole = element("table", "\n".join(parts))
    return element("div", whole, class_="table", role="region", aria_labelledby=id_, tabindex="0")


def _caption(table: Table, id_: str) -> str:
    """What the table is called: for all to see where the paper says so above it, else for those who only hear it."""
    if table.caption:
        return element("caption", in_html(table.caption), id=id_)
    name = element("span", escaped(table.name or "Table"), class_="unseen")
    return element("caption", name, class_="mute", id=id_)


def _head(table: Table) -> str:
    """The titles of the columns. Where one is missing there is no title, only an empty cell."""
    cells = [
        _cell("th", line, align, scope="col") if line else _cell("td", line, align)
        for line, align in zip(table.head, table.aligns, strict=True)
    ]
    return element("thead", element("tr", "".join(cells)))


def _row(table: Table, row: tuple[Line, ...]) -> str:
    cells = [_cell("td", line, align) for line, align in zip(row, table.aligns, strict=True)]
    if table.named_rows:
        cells[0] = _cell("th", row[0], table.aligns[0], scope="row")
    return element("tr", "".join(cells))


def _cell(name: str, line: Line, align: Align, **attributes: str) -> str:
    classes = [] if align is Align.LEFT else [str(align)]
    if len(plain_text(line)) > _PROSE:
        classes.append("prose")
    if classes:
        attributes["class_"] = " ".join(classes)
    return element(name, in_html(line), **attributes)
