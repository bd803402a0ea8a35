"""The place of a new name, value or entry in a file.

Only new text is inserted. All other text keeps every space, comment and quotation mark, except that a value that means
blank (TBC, to follow, an empty pair of brackets) is replaced.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, NoReturn

from kpf.document import Document
from kpf.document.places import Place
from kpf.document.wording import shortened
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.blocks import Value, in_braces, lines_of_entry, lines_of_name, name_in_braces
from kpf.edit.text.filling import ODD, filled
from kpf.edit.text.page import EditedText
from kpf.edit.text.splicing import Splice
from kpf.finding import Step, Trail
from kpf.model.answers import says_nothing

Among = Callable[[Trail, Sequence[str], str], int]
"""Returns the position of a new name. The arguments are the trail of the group, its names and the new name."""

_NONE: Final = "none"


def placed(document: Document, trail: Trail, value: Value, among: Among) -> list[Splice]:
    """Return the splices that put `value` at `trail`: under a blank or missing name, or among the entries of a list.

    An entry is inserted before the one at its position. Raises `CannotEdit`.
    """
    page = EditedText(document)
    data: Any = document.data
    place, flow = document.root or _nothing(document), False
    for depth, step in enumerate(trail):
        flow = flow or page.in_braces(place)
        rest = trail[depth + 1 :]
        if not isinstance(data, list if isinstance(step, int) else dict):
            raise CannotEdit(_wrong_shape(trail[:depth], data, step))
        if isinstance(step, int) and not rest:
            return [_entry(page, place, step, value, flow=flow)]
        inside = place.inside or {}
        if step not in inside:
            at = among(trail[:depth], list(data), str(step))
            return [_name(page, place, at, (str(step), grown(rest, value)), flow=flow)]
        data, place = data[step], inside[step]  # type: ignore[index] # a list is asked for a number, as was seen
        before_an_entry = bool(rest) and isinstance(rest[0], int)
        if can_be_replaced(data, before_an_entry=before_an_entry):
            if isinstance(data, list) and data:  # dashes with nothing after them
                return filled(page, _first(place), grown(rest[1:], value), flow=flow or page.in_braces(place))
            return filled(page, place, grown(rest, value), flow=flow)
    raise CannotEdit(f"`{trail[-1]}` is recorded already: {_in_words(data)}. If that is wrong, correct it in the file.")


def _nothing(document: Document) -> NoReturn:
    raise CannotEdit(f"{document.path} holds no names with values, so nothing can be added to it.")


def can_be_replaced(value: Any, *, before_an_entry: bool = False) -> bool:
    """Return whether `value` means blank and can be replaced; `before_an_entry`, the word none can be, too."""
    if isinstance(value, list):
        return (before_an_entry and all(entry is None for entry in value)) or not value
    if before_an_entry and isinstance(value, str):
        return value.lower() == _NONE
    return value is None or value == {} or (isinstance(value, str) and says_nothing(value))


def grown(steps: Sequence[Step], value: Value) -> Value:
    """Return `value` nested in the groups and lists along `steps`."""
    for step in reversed(steps):
        value = [value] if isinstance(step, int) else {step: value}
    return value


# -- a name --------------------------------------------------------------------------------------------


def _name(page: EditedText, group: Place, at: int, new: tuple[str, Value], *, flow: bool) -> Splice:
    """Return the splice that inserts the `new` name with its value at position `at` of a group."""
    name, value = new
    names = list((group.inside or {}).values())
    if flow:
        return _between(page, group, names, at, name_in_braces(name, value))
    column = names[0].key[0].column if names[0].key else group.start.column
    lines = [f"{' ' * column}{line}" for line in lines_of_name(name, value, page.indents)]
    at = at or _after_all_where_none_is_before(page, names)
    if at:
        before = page.line_after(names[at - 1])
        opened = page.opening_of(name, before, column)
        line = opened if opened is not None else page.past_notes(before, column + (1 if at < len(names) else 0))
        apart = _stands_apart(page, names[at - 1], column, is_group=isinstance(value, dict | list))
        return page.lines.inserted(line, ["", *lines] if apart else lines)
    first = page.lines.at(_start(names[0]))
    line = page.first_of_notes(first, column)
    return page.lines.inserted(line or first, lines)


def _after_all_where_none_is_before(page: EditedText, names: Sequence[Place]) -> int:
    """Return 0 if the first name starts its line; else nothing can be put before it, so return the last position."""
    start = _start(names[0])
    return 0 if not page.text[page.lines.starts[page.lines.at(start)] : start].strip() else len(names)


def _stands_apart(page: EditedText, before: Place, column: int, *, is_group: bool) -> bool:
    """Return whether a blank line goes after the item `before`, as elsewhere in the file."""
    line = page.first_of_notes(page.lines.at(_start(before)), column)
    if page.lines.is_blank(line - 1):
        return True
    return column == 0 and is_group and any(page.lines.is_blank(other) for other in range(page.lines.count))


# -- an entry ------------------------------------------------------------------------------------------


def _entry(page: EditedText, around: Place, at: int, value: Value, *, flow: bool) -> Splice:
    """Return the splice that inserts `value` at position `at` of a list."""
    entries = list((around.inside or {}).values())
    if flow:
        return _between(page, around, entries, at, in_braces(value))
    column = around.start.column
    gap = entries[max(at - 1, 0)].start.column - column - 1 if entries[max(at - 1, 0)].inside else 1
    lines = [f"{' ' * column}{line}" for line in lines_of_entry(value, page.indents, max(gap, 1))]
    if at:
        below = page.line_after(entries[at - 1])
        under_its_name = around.key is not None and around.key[0].column == column
        line = page.past_notes(below, column + (1 if at < len(entries) or under_its_name else 0))
        apart = at > 1 and page.lines.is_blank(page.first_of_notes(_line_of_dash(page, entries[at - 1]), column) - 1)
        return page.lines.inserted(line, ["", *lines] if apart else lines)
    return page.lines.inserted(page.first_of_notes(page.lines.at(around.start.index), column), lines)


def _line_of_dash(page: EditedText, entry: Place) -> int:
    return page.lines.at(page.text.rindex("-", 0, max(entry.start.index, 1)))


def behind_a_dash(document: Document, trail: Trail) -> list[Splice]:
    """Return the splices that make the single group at `trail` the only entry of a list."""
    page, (place, _) = EditedText(document), (document.root or _nothing(document)).towards(trail)
    if page.in_braces(place):
        return [Splice(place.start.index, place.start.index, "["), Splice(place.end.index, place.end.index, "]")]
    lines, first = page.lines, page.lines.at(place.start.index)
    further = range(first + 1, page.line_after(place))
    inwards = [Splice(lines.starts[line], lines.starts[line], "  ") for line in further if not lines.is_blank(line)]
    return [Splice(place.start.index, place.start.index, "- "), *inwards]


# -- in braces -----------------------------------------------------------------------------------------


def _between(page: EditedText, around: Place, inside: Sequence[Place], at: int, put: str) -> Splice:
    """Return the splice that inserts `put` into braces or brackets at position `at`."""
    if not page.in_braces(around):
        raise CannotEdit(f"Line {around.start.line + 1} is in brackets in an unusual way. {ODD}")
    if at:
        end = inside[at - 1].end.index
        return Splice(end, end, f", {put}")
    start = _start(inside[0])
    return Splice(start, start, f"{put}, ")


def _start(place: Place) -> int:
    return place.key[0].index if place.key else place.start.index


def _first(place: Place) -> Place:
    return next(iter((place.inside or {}).values()))


def _wrong_shape(trail: Trail, data: Any, step: Step) -> str:
    expected = "a list" if isinstance(step, int) else "names with values"
    where = f"`{trail[-1]}` holds" if trail else "The file holds"
    return f"{where} {_in_words(data)}, where {expected} should be. Mend that in the file first."


def _in_words(data: Any) -> str:
    if isinstance(data, str):
        return f"“{shortened(data)}”"
    return "a list" if isinstance(data, list) else "names with values"
