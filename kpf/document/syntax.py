"""Broken syntax in plain words: which slip of punctuation it was, and how the line reads without it.

libyaml stops at the first slip and speaks of tokens. Here each common slip is known by what libyaml says and by the
look of the line. Where the slip spoils only one value, the value is blanked out and the rest is read, so that
one run tells all slips. What was read that way serves for telling more slips, never for a verdict.
"""

from collections.abc import Callable
from typing import Any, Final

from ruamel.yaml.error import YAMLError

from kpf.document import slips_in_brackets as brackets
from kpf.document import slips_of_lines as lines
from kpf.document import slips_of_values as values
from kpf.document.scene import Scene, Slip, scene

_SLIPS: Final[tuple[Callable[[Scene], Slip | None], ...]] = (
    lines.tab,
    lines.percent_sign,
    lines.dash_too_far_in,
    values.unclosed_quote,
    brackets.in_brackets,
    lines.no_colon,
    values.lone_sign,
    values.colon_in_text,
    lines.part_of_the_text_above,
    values.special_start,
    values.after_the_end,
    lines.note_inside_a_text,
    lines.first_line_too_far_in,
    lines.after_the_dots,
    lines.out_of_column,
)


def explain_syntax_error(error: YAMLError, text: str, last: Any = None) -> Slip:
    """The slip behind libyaml's `error` over `text`, of which `last` is the last scalar that could be read."""
    found = scene(error, text, last)
    for slip_in in _SLIPS:
        slip = slip_in(found)
        if slip:
            return slip
    message = "The punctuation of the file breaks here."
    fix = "Compare this line and the one above with a line that works: name, colon, space, text."
    return found.slip(found.at, message, fix)
