"""Tables in HTML, each with a name, and with `scope` on each heading of a column or row."""

from typing import Final

from kpf.papers.blocks import Align, Line, Table, plain_text
from kpf.papers.page.markup import element, escaped
from kpf.papers.page.text import in_html

_PROSE: Final = 40
"""The number of letters from which a cell is prose and needs a minimum width, even on a phone."""


def table_in_html(table: Table, id_: str) -> str:
    """Return the table in a frame that scrolls sideways, with keys too, if it is too wide."""
    parts = [_caption(table, id_)]
    if table.head:
        parts.append(_head(table))
    parts += ["<tbody>", *(_row(table, row) for row in table.rows), "</tbody>"]
    whole = element("table", "\n".join(parts))
    return element("div", whole, class_="table", role="region", aria_labelledby=id_, tabindex="0")


def _caption(table: Table, id_: str) -> str:
    """Return the caption, visible if the paper has one, or else only for screen readers."""
    if table.caption:
        return element("caption", in_html(table.caption), id=id_)
    name = element("span", escaped(table.name or "Table"), class_="unseen")
    return element("caption", name, class_="mute", id=id_)


def _head(table: Table) -> str:
    """Return the row of column headings, with an empty cell for each missing one."""
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
