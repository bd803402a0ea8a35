"""Slips between brackets: what ends too early, what starts with the wrong sign, and brackets that never close."""

import re
from dataclasses import replace
from typing import Final

from kpf.document.scene import Scene, Slip
from kpf.document.wording import quoted, shortened

_CLOSING: Final = {"[": "]", "{": "}"}


def in_brackets(scene: Scene) -> Slip | None:
    """Anything wrong between brackets, or brackets that never close."""
    if scene.problem == "found unexpected ':'":
        return _colon_without_space(scene)
    if scene.problem == "found character that cannot start any token" and scene.text[scene.at] in "@`%":
        return _sign(scene) if _is_inside(scene) else None
    if scene.context == "while parsing a flow node":
        return _nothing_there(scene)
    if not scene.context.startswith("while parsing a flow"):
        return None
    return _goes_on(scene) or _never_closed(scene)


def _colon_without_space(scene: Scene) -> Slip:
    """`{at: 14:30}`, which libyaml does not read in brackets; or `{at:noon}`."""
    words = _up_to_comma(scene, scene.opened)
    if scene.text[: scene.opened].rstrip(" ").endswith(":"):
        message = "Inside brackets, a text with a colon needs quotation marks."
        fix = f"Put the whole text in quotation marks: {quoted(words)}"
    else:
        message = "This colon has no space after it."
        name, _, rest = words.partition(":")
        fix = f"If a value follows, put a space after the colon: {shortened(f'{name}: {rest}')}".rstrip()
        fix += f". If it is a text, put it in quotation marks: {quoted(words)}"
    return scene.slip(scene.at, message, fix, blank=scene.value_around(scene.opened))


def _is_inside(scene: Scene) -> bool:
    """Whether the place is inside brackets that opened in the same line."""
    line = scene.read(scene.at)
    return line is not None and line.text_at < scene.at and line.text[0] in _CLOSING


def _nothing_there(scene: Scene) -> Slip | None:
    """Return the slip of a comma or colon with nothing before it, or of a sign at the start of a text, or None."""
    found = scene.text[scene.at : scene.at + 1]
    if found == ",":
        fix = "Delete the comma, or write before it what belongs there."
        return scene.slip(scene.at, "There is nothing before this comma.", fix, blank=(scene.at, scene.at + 1))
    if found == ":" and scene.text[scene.at + 1 : scene.at + 2].isspace():
        message, fix = "The name before the colon is missing.", "Write a name before the colon."
        return scene.slip(scene.at, message, fix, blank=scene.value_around(scene.at))
    before = scene.text[: scene.at].rstrip()
    if found in {"]", "}"} and _CLOSING.get(before[-1:], found) != found:
        return _closed_by(scene, len(before) - 1, found)
    if found not in {"-", "?", ":"}:
        return None
    if _up_to_comma(scene, scene.at) == found:
        message, fix = f"There is only {found} here.", "Leave it empty where nothing is known yet."
        return replace(scene.slip(scene.at, message, fix, blank=(scene.at, scene.at + 1)), harmless=True)
    return _sign(scene)


def _sign(scene: Scene) -> Slip:
    words = _up_to_comma(scene, scene.at)
    message = f"This text starts with “{words[0]}”, which has a special meaning."
    fix = f"Put the whole text in quotation marks: {quoted(words)}"
    return scene.slip(scene.at, message, fix, blank=scene.value_around(scene.at))


def _goes_on(scene: Scene) -> Slip | None:
    """A value that goes on after its end: words after a closing quotation mark, a second colon or a question mark."""
    last, found = scene.last, scene.text[scene.at : scene.at + 1]
    if not last or not scene.opened < last.start_mark.index < last.end_mark.index <= scene.at:
        return None
    start, gap = last.start_mark.index, scene.text[last.end_mark.index : scene.at]
    if gap.strip(" \t") or start < scene.line_at(scene.at)[0]:
        return None
    text = quoted(_up_to_comma(scene, start))
    fix = f"Put the whole text in quotation marks: {text}"
    if last.style:
        message = "This text goes on after its closing quotation mark."
    elif found == "?":
        message = "Inside brackets, a text with a question mark needs quotation marks."
    elif found == ":":
        message = f"“{shortened(scene.text[start : scene.at])}” reads as a name, because a colon and a space follow it."
        fix = (
            f"If it belongs to a text, put the text in quotation marks: {text}. If it is a name, put a comma before it."
        )
    else:
        return None
    return scene.slip(start, message, fix, blank=scene.value_around(scene.opened))


def _never_closed(scene: Scene) -> Slip:
    whole = scene.value_around(scene.opened)
    opened, found = scene.opened, scene.text[scene.at : scene.at + 1]
    bracket = scene.text[opened : opened + 1]
    closing = _CLOSING[bracket]
    if found in {"]", "}"}:
        return _closed_by(scene, opened, found)
    start, line = scene.line_at(opened)
    note = re.compile(r" #(?=[^\s#])").search(line, opened - start)
    if note and note.start() < line.rfind(closing):
        message = f"A # starts a note, so the {closing} behind it is not read."
        words = _up_to_comma(scene, _piece_start(scene.text, opened, start + note.start()))
        fix = f"If the # belongs to the text, put the text in quotation marks: {quoted(words)}"
        return scene.slip(start + note.start() + 1, message, fix, blank=whole)
    if start <= scene.at and line.find(closing, scene.at - start) >= 0:
        message = f"There is no comma before “{shortened(_up_to_comma(scene, scene.at))}”."
        fix = "Put a comma between two values. If they are one text, put it in quotation marks."
        return scene.slip(scene.at, message, fix, blank=whole)
    message = f"The {bracket} that opens here is never closed by {closing}."
    fix = f"Close it with {closing}. Put a text that starts with {bracket} in quotation marks."
    return scene.slip(opened, message, fix, blank=whole)


def _closed_by(scene: Scene, opened: int, found: str) -> Slip:
    """A bracket of one kind that is closed by one of the other."""
    bracket = scene.text[opened]
    message = f"The {bracket} that opened before is closed by {found} here."
    fix = f"Write {_CLOSING[bracket]} instead of {found}."
    return scene.slip(scene.at, message, fix, blank=scene.value_around(opened))


def _piece_start(text: str, opened: int, at: int) -> int:
    """Return the start of the text around `at`, after the last bracket, comma or colon."""
    start = max(opened, *(text.rfind(sign, opened, at) + 1 for sign in ("[", "{", ",", ": ")))
    return start + len(text[start:at]) - len(text[start:at].lstrip())


def _up_to_comma(scene: Scene, start: int) -> str:
    """The words from `start` to the comma or bracket that ends them, in one line."""
    line_start, line = scene.line_at(start)
    end = line_start + len(line.rstrip())
    for sign in ",]}":
        found = scene.text.find(sign, start, end)
        end = found if found >= 0 else end
    return scene.text[start:end].strip()
