"""Slips that spoil one value: quotation marks, brackets, colons and signs with a meaning of their own."""

from dataclasses import replace
from typing import Final

from kpf.document.scene import NOT_HERE, Line, Scene, Slip
from kpf.document.swallowing import SWALLOWED
from kpf.document.wording import of_name, quoted, shortened

_SIGNS: Final = frozenset("*&!>|%@`?]},")
"""Characters that a text may not start with. Opening brackets are not among them: they have slips of their own."""


def _put_in_quotes(scene: Scene, line: Line, message: str) -> Slip:
    fix = f"Put the whole text in quotation marks: {line.rewritten(quoted(line.text))}"
    return scene.slip(line.text_at, message, fix, blank=scene.value_from(line.text_at))


def unclosed_quote(scene: Scene) -> Slip | None:
    """A quotation mark without its partner, or with the partner of another text far below."""
    if "escape" in scene.problem or "hexdecimal" in scene.problem:
        return scene.slip(
            scene.at,
            "Inside double quotation marks a backslash has a special meaning.",
            "Use single quotation marks around the text: '…'",
            blank=scene.value_from(scene.opened),
        )
    opened = scene.opened
    if "scanning a quoted scalar" not in scene.context and scene.problem != SWALLOWED:
        last = scene.last
        runs_on = last and last.style in ("'", '"') and last.start_mark.line != last.end_mark.line
        if not runs_on or scene.text[last.end_mark.index : scene.at].strip():
            return None
        opened = last.start_mark.index
    _, line = scene.line_at(opened)
    fix = "Close it at the end of the text, or delete it."
    if scene.text[opened] == "'" and line.count("'") > 1:
        fix += " Inside the text the same mark is written twice: ''."
    message = "The quotation mark that opens here is never closed."
    return scene.slip(opened, message, fix, blank=scene.value_around(opened))


def lone_sign(scene: Scene) -> Slip | None:
    """A lone dash or question mark for "nothing known yet"; a list that starts in the line of its name."""
    line = scene.read(scene.at)
    if not line or line.text_at != scene.at or not scene.problem.endswith("not allowed in this context"):
        return None
    value = line.text.partition(" #")[0].rstrip()
    if value in {"-", "?"}:
        fix = f"Leave it empty where nothing is known yet: {line.rewritten('').rstrip()}"
        message = f"{f'`{shortened(line.name)}`' if line.name else 'This entry'} holds only {value}."
        return replace(scene.slip(line.text_at, message, fix, blank=(scene.at, scene.at + 1)), harmless=True)
    if value.startswith(("- ", "-\t")):
        return scene.slip(
            scene.at,
            f"The list under `{shortened(line.name)}` starts in the same line as its name.",
            f"Start the list in the next line, two spaces further in: {quoted(value[:60])[1:-1]}",
            blank=scene.value_from(scene.at),
        )
    return None


def colon_in_text(scene: Scene) -> Slip | None:
    """`remit: Waste: collection`."""
    line = scene.read(scene.at)
    if scene.problem != NOT_HERE or not line or line.text_at > scene.at:
        return None
    words = shortened(scene.text[line.text_at : scene.at])
    message = (
        f"The text{of_name(line.name)} holds a colon and a space, so “{words}” reads as a name."
        if words
        else f"The text{of_name(line.name)} starts with a colon and a space, which have a meaning of their own."
    )
    return _put_in_quotes(scene, line, message)


def special_start(scene: Scene) -> Slip | None:
    """A text that starts with a sign YAML keeps for itself, seen there or only after it."""
    for at in (scene.at, scene.opened) if scene.context.startswith("while scanning") else (scene.at,):
        line = scene.read(at)
        if line and line.text_at <= scene.at and line.text[0] in _SIGNS:
            message = f"The text{of_name(line.name)} starts with “{line.text[0]}”, which has a special meaning."
            return _put_in_quotes(scene, line, message)
    return None


def after_the_end(scene: Scene) -> Slip | None:
    """Words after a closing quotation mark or bracket: `"Best" service`."""
    line = scene.read(scene.at)
    if not scene.problem.startswith("did not find expected") or not line or line.text_at >= scene.at:
        return None
    ending = {"'": "quotation mark", '"': "quotation mark", "[": "bracket", "{": "bracket"}.get(line.text[0])
    if ending is None:
        return None
    mark, inner = line.text[0], line.text[1:-1]
    if mark in "'\"" and line.text[-1] == mark and inner.count(mark) == 1:
        fix = f"Write it like this: {line.rewritten(quoted(inner))}"
        message = f"The text{of_name(line.name)} is ended by the quotation mark inside it."
        return scene.slip(line.text_at, message, fix, blank=scene.value_from(line.text_at))
    return _put_in_quotes(scene, line, f"The text{of_name(line.name)} goes on after its closing {ending}.")
