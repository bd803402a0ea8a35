"""Slips of a whole line: its indentation, and missing parts."""

import re
from typing import Final

from kpf.document.scene import LINE_END, NOT_HERE, Scene, Slip, indent, taken_apart
from kpf.document.swallowing import SWALLOWED_DASH
from kpf.document.wording import quoted, shortened

_NO_COLON: Final = "could not find expected ':'"


def tab(scene: Scene) -> Slip | None:
    """A tab where only spaces may stand."""
    start, line = scene.line_at(scene.at)
    before = line[: len(line) - len(line.lstrip())]
    if "\t" not in before:
        return None
    message = "This line starts with a tab." if before[0] == "\t" else "There is a tab at the start of this line."
    fix = "Use spaces at the start of a line: two for each level."
    return scene.slip(start + before.index("\t"), message, fix, blank=(start, start + len(line)))


def percent_sign(scene: Scene) -> Slip | None:
    """A line that starts with %, which is an instruction for YAML."""
    start, line = scene.line_at(scene.at)
    if not line.startswith("%") and "<document start>" in scene.problem:
        start, line = scene.first_line()
    if not line.startswith("%"):
        return None
    return scene.slip(
        start,
        "A line that starts with % is an instruction to a program.",
        "Delete the line. If it goes on with the text above, start it two spaces further in.",
        blank=(start, start + len(line)),
    )


def no_colon(scene: Scene) -> Slip | None:
    """A line that is neither a name with a value nor a part of a list."""
    if scene.problem == _NO_COLON:
        return _without_colon(scene, scene.opened)
    above = scene.line_above(scene.at)
    if scene.problem != NOT_HERE or not above:
        return None
    _, line = scene.line_at(scene.at)
    inner = above[1].lstrip(" -") if above[1].lstrip().startswith("- ") else above[1].lstrip()
    column = len(above[1]) - len(inner)
    if _has_colon(above[1]) or column != indent(line) or not taken_apart(line + " ?"):
        return None
    return _without_colon(scene, above[0] + column)


def _has_colon(line: str) -> bool:
    """Whether `line` holds a colon that ends a name."""
    return ": " in line or line.rstrip().endswith(":")


def _begins_a_group(below: str) -> bool:
    """Whether the first line of `below` that says anything is a name or an entry of a list."""
    first = LINE_END.split(below.lstrip(), maxsplit=1)[0]
    return first.startswith("- ") or _has_colon(first)


def _without_colon(scene: Scene, at: int) -> Slip:
    start, line = scene.line_at(at)
    words, blank = line.strip(), scene.whole_line(at)
    name = re.match(r"(?:- +)?[\w-][\w -]*:(?=\S)", words)
    if name:
        fix = f"Put a space after the colon: {shortened(f'{name.group()} {words[name.end() :]}', 160)}"
    elif _begins_a_group(scene.text[start + len(line) : blank[1]]):
        fix = f"If it is the name of the lines below, put a colon after it: {shortened(words)}:"
    else:
        fix = (
            "Write a name, a colon, a space and the text. "
            "If it goes on with the text above, start it two spaces further in."
        )
    message = f"“{shortened(words)}” has no colon followed by a space, so it is neither a name nor a value."
    return scene.slip(start + indent(line), message, fix, blank=blank)


def part_of_the_text_above(scene: Scene) -> Slip | None:
    """A name that stands further in than its neighbours, under a name that holds a text already."""
    if scene.problem != NOT_HERE:
        return None
    start, line = scene.line_at(scene.at)
    return scene.slip(
        start + indent(line),
        "This line is further in than its neighbours, so it reads as part of the text above.",
        "Start the line in the same column as the names it belongs with.",
        blank=scene.value_above(scene.at),
        of_indent=True,
    )


def dash_too_far_in(scene: Scene) -> Slip | None:
    """An entry of a list that reads as part of the one above."""
    if scene.problem != SWALLOWED_DASH:
        return None
    at = re.compile(r"[\r\n] *(?=- )").search(scene.text, scene.opened)
    assert at is not None  # noqa: S101 - it was found when this was raised
    return scene.slip(
        at.end(),
        "This dash is further in than the one above, so the line reads as part of the text above.",
        "Start the line in the same column as the other dashes.",
        blank=scene.whole_line(at.end()),
        of_indent=True,
    )


def note_inside_a_text(scene: Scene) -> Slip | None:
    """A text over several lines that a # ended before its last."""
    if not scene.problem.startswith("did not find expected") or not scene.last or scene.last.style:
        return None
    between = scene.text[scene.last.end_mark.index : scene.at]
    sign = between.find("#")
    start, line = scene.line_at(scene.at)
    if sign < 0 or between[:sign].strip() or start + indent(line) != scene.at:
        return None
    begins = scene.last.start_mark.index
    if not scene.read(begins) and scene.last.start_mark.column == indent(line):
        return _without_colon(scene, begins)
    at = scene.last.end_mark.index + sign
    note_start, note_line = scene.line_at(at)
    if note_start <= begins:
        read = scene.text[begins : note_start + len(note_line)]
        fix = f"If it belongs to the text, put the whole in quotation marks: {quoted(f'{read} {line.strip()}')}. "
    else:
        fix = ""
    return scene.slip(
        at,
        "A # starts a note and ends the text before it, so the line below belongs to nothing.",
        f"{fix}If it is a note, put it on its own line above the text.",
        blank=(begins, scene.whole_line(scene.at)[1]),
    )


def first_line_too_far_in(scene: Scene) -> Slip | None:
    """The file's own first line does not start at the left edge, and a later one does."""
    start, line = scene.first_line()
    if "<document start>" not in scene.problem or not indent(line) or start + indent(line) >= scene.at:
        return None
    message = "This line starts further in than the names below that belong with it."
    return scene.slip(start, message, "Delete the spaces at the start of the line.")


def after_the_dots(scene: Scene) -> Slip | None:
    """Three dots end a file."""
    above = scene.line_above(scene.at)
    if "<document start>" not in scene.problem or not above or not above[1].startswith("..."):
        return None
    start, line = above
    message = "Three dots at the start of a line end the file, and there is more below."
    return scene.slip(start, message, "Delete the dots.", blank=(start, start + len(line)))


def out_of_column(scene: Scene) -> Slip | None:
    """A line whose indentation, or kind, is different from that of its neighbours."""
    if not scene.problem.startswith("did not find expected"):
        return None
    start, line = scene.line_at(scene.at)
    at, blank = start + indent(line), scene.whole_line(scene.at)
    words = line.strip()
    if words.startswith(": ") or words == ":":
        return scene.slip(at, "The name before the colon is missing.", "Write a name before the colon.", blank=blank)
    if words.startswith("- ") and "'-'" not in scene.problem:
        message = "This line starts with a dash, and the lines around it are names with values."
        fix = "Put the list under a name of its own, two spaces further in than the name."
    elif "'-'" in scene.problem:
        message = "This line should start with a dash, in line with those above."
        fix = "Start an entry of the list with a dash, and a name in the same column as the names it belongs with."
    else:
        message = "This line should start with a name, in line with those above."
        fix = "Start the line in the same column as the other names it belongs with."
    return scene.slip(at, message, fix, blank=blank, of_indent=True)
