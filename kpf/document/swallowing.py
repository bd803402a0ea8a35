"""Find texts that run on over the names after them. libyaml accepts them, and the swallowed values would be lost."""

import re
from typing import Any, Final

from ruamel.yaml.error import MarkedYAMLError

from kpf.document.scene import LINE_END, indent

SWALLOWED: Final = "lines below are inside the quotation marks"
SWALLOWED_DASH: Final = "a dash below reads as part of the text"

_ENTRY: Final = re.compile(r"- |[^\s#][^:\r\n]*+:(?=[ \r\n]|$)")


def look_for_swallowed(text: str, event: Any, edge: int, *, in_list: bool) -> None:
    """Raise a libyaml error for an unclosed quotation mark, or for the dash of an entry indented too far.

    `event` is a scalar of several lines. `edge` is the column of the names or dashes around it.
    """
    quoted = event.style in {"'", '"'}
    if not quoted and (event.style or not in_list):
        return
    start, end = event.start_mark, event.end_mark
    for line in LINE_END.split(text[start.index : end.index])[1:]:
        column = indent(line)
        if quoted and column <= edge and _ENTRY.match(line, column):
            raise MarkedYAMLError(None, start, SWALLOWED, end)
        if not quoted and line.startswith("- ", column):
            raise MarkedYAMLError(None, start, SWALLOWED_DASH, end)
