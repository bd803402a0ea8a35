"""The messages for YAML features that kpf refuses."""

import re
from collections.abc import Sequence
from typing import Any, Final

from kpf.document.faults import COMMA_IN_BRACES, CUT_SHORT, NOT_READ, NOT_USED_HERE, STANDS_TWICE, Fault
from kpf.document.places import Mark, Place
from kpf.document.wording import of_name, quoted, quoted_names, shortened

DEEPEST: Final = 64
"""Levels of nesting. A complete file has seven."""
MOST_VALUES: Final = 50_000
MOST_ENTRIES: Final = 5_000
"""The most entries of one list or group. Comparing each with the others would take too long."""
LONGEST_TEXT: Final = 20_000
"""Characters of one value."""
LONGEST_NAME: Final = 200

_THOUSANDS: Final = re.compile(r"-?£?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
"""A number as people group it: 1,000,000.00. In 1,5 the comma may be a point."""


class LimitExceeded(Exception):  # noqa: N818 - it reads as what is the matter
    """A limit was exceeded, so composing stopped and the file is not used."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


# -- limits --------------------------------------------------------------------------------------------


def too_deep(at: int) -> LimitExceeded:
    """Stop before libyaml goes on, because its time grows with the square of the depth."""
    message = f"More than {DEEPEST} levels are inside one another here, so the file was not read."
    return LimitExceeded(Fault(NOT_READ, at, at + 1, message, "Look for brackets that are never closed."))


def too_many_values(at: int) -> LimitExceeded:
    """Raised at the first value too many."""
    message = f"The file holds more than {MOST_VALUES:,} values, so it was not read."
    fix = "Split it, or take out what is not about the partnership."
    return LimitExceeded(Fault(NOT_READ, at, at + 1, message, fix))


def too_many_entries(place: Place, *, is_mapping: bool) -> Fault:
    """A list or group with too many entries. The rest of the file is read."""
    at = place.key[0].index if place.key else place.start.index
    what = "names are in this group" if is_mapping else "entries are in this list"
    message = f"More than {MOST_ENTRIES:,} {what}, so it was not read."
    return Fault(NOT_READ, at, at + 1, message, "Keep here what the framework asks for, and the rest in a document.")


def too_long(event: Any, *, is_name: bool = False) -> Fault:
    """A text or a name that is too long."""
    at = event.start_mark.index
    if is_name:
        message = f"This name is longer than {LONGEST_NAME} characters."
        return Fault(NOT_READ, at, at + 1, message, "Write a short name, a colon and the text.")
    message = f"This text is longer than {LONGEST_TEXT:,} characters."
    return Fault(NOT_READ, at, at + 1, message, "Put it into a document and name the document here.")


# -- YAML's own devices --------------------------------------------------------------------------------


def directive(event: Any, end: int) -> Fault:
    """%YAML or %TAG before the text."""
    return _not_used(
        event.start_mark.index,
        end,
        "A line that starts with % is an instruction to a program.",
        "Delete the line, and the line --- under it.",
    )


def second_document(at: int) -> Fault:
    """The start of a second document in the file. What follows is not read."""
    return _not_used(
        at,
        at + 3,
        "A second document starts at this line; kpf reads one for each file, and nothing from here on.",
        "Delete the line ---, or move what follows to its own file.",
    )


def mark_up(event: Any, text: str) -> Fault:
    """An anchor or a tag."""
    start = event.start_mark.index
    word = text[start : event.end_mark.index].split(maxsplit=1)[0]
    end = start + len(word)
    if event.anchor:
        anchor = shortened(event.anchor)
        message = f"&{anchor} marks a value to be used elsewhere."
        fix = (
            f"Delete &{anchor}, and write the value wherever it is needed. "
            "Put a text that starts with & in quotation marks."
        )
        return _not_used(start, end, message, fix)
    tag = shortened(word)
    message = f"{tag} tells a program the type of a value; kpf knows it."
    return _not_used(start, end, message, f"Delete {tag}. Put a text that starts with ! in quotation marks.")


def alias(event: Any) -> Fault:
    """The use of an anchor."""
    return _not_used(
        event.start_mark.index,
        event.end_mark.index,
        f"*{shortened(event.anchor)} repeats something written elsewhere in the file.",
        "Write the value itself here. Put a text that starts with * in quotation marks.",
    )


def merge_key(event: Any) -> Fault:
    """A merge key, which copies one mapping into another."""
    return _not_used(
        event.start_mark.index,
        event.end_mark.index,
        "<< copies values from elsewhere in the file.",
        "Write the values themselves here.",
    )


def no_name(event: Any, text: str) -> Fault:
    """Nothing before the colon; or a lone question mark, which opens a name for YAML."""
    start, end = event.start_mark.index, event.end_mark.index
    if start == end and text[start - 1 : start] == "?":
        return _not_used(
            start - 1,
            end,
            "A ? on its own has a special meaning.",
            "Leave the value empty where nothing is known yet: delete the ?.",
        )
    return _not_used(start, end, "The name before the colon is missing.", "Write a name before the colon.")


def group_as_name(event: Any) -> Fault:
    """Return the fault for a list or mapping in the place of a name."""
    fix = (
        "If it is a text that starts with { or [, put it in quotation marks."
        if event.flow_style
        else "Write a plain name before the colon."
    )
    message = "There is a list or a group of values where a name should be."
    return _not_used(event.start_mark.index, event.end_mark.index, message, fix)


def unseen_escape(event: Any) -> Fault:
    r"""Double quotation marks and a backslash make characters such as \0 that a file itself may not hold."""
    return _not_used(
        event.start_mark.index,
        event.end_mark.index,
        "Inside double quotation marks a backslash has a special meaning; here it makes a character that "
        "cannot be seen.",
        "Use single quotation marks around the text: '…'",
    )


# -- traps ---------------------------------------------------------------------------------------------


def twice(found: Sequence[tuple[str, int, Mark, Mark]]) -> Fault:
    """Consecutive names that their mapping has already: each with the line of the first, where it starts and ends."""
    name, first_line, start, end = found[0]
    message = f"`{shortened(name)}` is here a second time; the first is in line {first_line}."
    fix = "Keep the one that is true and delete the other."
    others = [other for other, *_ in found if other != name]
    if others:
        message += f" The same is so of {quoted_names(others)} below it."
        fix = (
            "If they belong to something else, write its name above them, in the column of names like it. "
            "If not, keep those that are true and delete the others."
        )
    return Fault(STANDS_TWICE, start.index, end.index, message, fix)


def cut_short(read: str, lost: str, name: str | None, start: int, end: int) -> Fault:
    """A text that a # with a space before it ended."""
    if read:
        taken = f"kpf reads “{shortened(read)}” and takes “{shortened(lost)}” for a note."
        message = f"The text{of_name(name)} ends before the #: {taken}"
        fix = f"If it belongs to the text, put the whole in quotation marks: {quoted(f'{read} {lost}')}."
    else:
        holder = f"`{shortened(name)}`" if name else "This entry"
        message = f"{holder} is empty: a # starts a note, so “{shortened(lost)}” is not read."
        fix = f"If it is the text, put it in quotation marks: {quoted(lost)}."
    return Fault(CUT_SHORT, start, end, message, f"{fix} If it is a note, put a space after the #.")


def comma(pieces: Sequence[str], before: tuple[str, str] | None, start: int, end: int) -> Fault:
    """What commas cut off: from the text of `before` (its name, its whole text), or from nothing."""
    names, one = quoted_names(pieces), len(pieces) == 1
    if before is None:
        message = f"Inside the braces {names} {'has' if one else 'have'} no colon and no value."
        fix = "Write each name with a colon and its value, and put a text that holds a comma in quotation marks."
        return Fault(COMMA_IN_BRACES, start, end, message, fix)
    name, whole = before
    message = (
        f"The comma ended the text{of_name(name)}: {names} {'is' if one else 'are'} lost, "
        "because inside braces a comma starts a new name."
    )
    number = "".join(whole.split())
    if _THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
        fix = f"Write the number without commas: {shortened(name)}: {shortened(number)}"
    else:
        fix = (
            f"Put the whole text in quotation marks: {shortened(name)}: {quoted(whole)}, "
            "or write each name on its own line without braces."
        )
    return Fault(COMMA_IN_BRACES, start, end, message, fix)


def _not_used(start: int, end: int, message: str, fix: str) -> Fault:
    return Fault(NOT_USED_HERE, start, end, message, fix)
