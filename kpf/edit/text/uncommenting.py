"""Uncommenting of names, as a person would who fills in the comments of a new file.

Such comments have names without values, each followed by what it is for:

```
# agreement:                           # The memorandum or contract.
#   exit:                              # Topic 15: how it can be left.
#     notice:                          # The period of notice. For example: 12 months
```

Only the lines of names that get a value change. All other lines stay, so no comment that somebody wrote is lost.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from kpf.document import Document
from kpf.document.places import Place
from kpf.edit.text.blocks import Value, name_written
from kpf.edit.text.page import EditedText
from kpf.edit.text.placing import Among, grown
from kpf.edit.text.splicing import Splice, spliced
from kpf.finding import Trail

_NAME: Final = re.compile(r"(?P<in> +)(?P<dash>- )?(?P<name>[a-z_]+):(?P<rest>\s.*)?")
_ANY_NAME: Final = re.compile(r"(?P<in> +)(?P<name>[\w/-]+(?: [\w/-]+)*):\s*")
"""Matches the placeholder for the name of an entry, such as short-id or a half-year."""


class Uncommented(NamedTuple):
    """The changes that uncomment names in a file."""

    splices: list[Splice]
    data: Any
    """The data of the changed file, in which the names are blank."""
    values: list[tuple[Trail, Value]]
    """The values for the names, each with its trail."""


def uncommented(document: Document, trail: Trail, value: Value, among: Among) -> Uncommented | None:
    """Return how to uncomment the name at `trail` and the names inside it that `value` has.

    None if there is no such comment, or if it does not fit `value`.
    """
    page = EditedText(document)
    depth, place = _present(page, trail)
    if place is None or depth == len(trail) or not isinstance(trail[depth], str):
        return None
    group = document.value(trail[:depth]) if depth else document.data
    tree: dict[str, Value] = {str(trail[depth]): grown(trail[depth + 1 :], value)}
    if place.inside:
        names = list(place.inside.values())
        if names[0].key is None:
            return None
        column, at = names[0].key[0].column, among(trail[:depth], list(group), str(trail[depth]))
        line = page.line_after(names[at - 1]) if at else page.lines.at(place.key[0].index) + 1 if place.key else 0
        found = _Notes(page).names(line, column - 1, column, tree)
    elif group is None and place.key:
        found = _Notes(page).names(page.lines.at(place.key[0].index) + 1, place.key[0].column, None, tree)
    else:
        return None
    if not found.data or not found.fits:
        return None
    data = _with(document.data, trail[:depth], found.data)
    return Uncommented(found.splices, data, list(_values(trail[:depth], tree, found.data)))


def _present(page: EditedText, trail: Trail) -> tuple[int, Place | None]:
    """Return the number of steps of `trail` in the file, and the place of the last; no place if that is in braces."""
    place = page.document.root
    for depth, step in enumerate(trail):
        if place is None or page.in_braces(place):
            return depth, None
        if step not in (place.inside or {}):
            return depth, place
        place = (place.inside or {})[step]
    return len(trail), place


def _with(data: Any, trail: Trail, names: Mapping[str, Any]) -> Any:
    data = deepcopy(data)
    if not trail:
        return {**data, **names}
    here = data
    for step in trail[:-1]:
        here = here[step]
    here[trail[-1]] = {**(here[trail[-1]] or {}), **names}
    return data


def _values(trail: Trail, value: Value, blank: Any) -> Iterator[tuple[Trail, Value]]:
    """Yield the parts of `value` to fill in, each with its trail, if the names in `blank` exist already."""
    if isinstance(value, dict) and isinstance(blank, dict):
        for name, inner in value.items():
            yield from _values((*trail, name), inner, blank[name]) if name in blank else iter([((*trail, name), inner)])
    elif isinstance(value, list) and isinstance(blank, list):
        yield from _values((*trail, 0), value[0], blank[0])
    elif value is not None:
        yield trail, value


@dataclass
class _Found:
    """The splices that uncomment some names, and these names as data, each blank."""

    splices: list[Splice] = field(default_factory=list)
    data: Any = None
    fits: bool = True


class _Opener(NamedTuple):
    """A comment with a name."""

    column: int
    """The column of the name without the # and the space after it."""
    name: str
    dash: bool
    blank: bool


class _Notes:
    """The comments of a file, read as names."""

    def __init__(self, page: EditedText) -> None:
        self._page: Final = page

    def names(self, line: int, floor: int, column: int | None, tree: Mapping[str, Value]) -> _Found:
        """Find the names of `tree` in the comments from `line` on, up to a name at column `floor` or less.

        They are at `column`, by default that of the first name found.
        """
        found = _Found(data={})
        for at, opener in self._openers(line, floor):
            column = opener.column if column is None else column
            if opener.column == column and opener.blank and not opener.dash and opener.name in tree:
                self._add(found, at, opener, tree[opener.name])
        return found

    def _openers(self, line: int, floor: int) -> Iterator[tuple[int, _Opener]]:
        while self._page.lines.note(line) or self._page.lines.is_blank(line):
            opener = self._opener(line)
            if opener and opener.column <= floor:
                return
            if opener:
                yield line, opener
            line += 1

    def _opener(self, line: int) -> _Opener | None:
        note = self._page.lines.note(line)
        found = _NAME.fullmatch(note[1]) if note else None
        if not note or not found:
            return None
        column = note[0] + len(found["in"]) - 1 + len(found["dash"] or "")
        rest = (found["rest"] or "").strip()
        return _Opener(column, found["name"], bool(found["dash"]), not rest or rest.startswith("#"))

    def _add(self, found: _Found, line: int, opener: _Opener, value: Value) -> None:
        inside = self._inside(line, opener.column, value)
        found.splices += [*self._without_sign(line), *inside.splices]
        found.data[opener.name] = inside.data
        found.fits = found.fits and inside.fits

    def _without_sign(self, line: int) -> list[Splice]:
        """Return the splices that uncomment `line`. A comment after the name keeps its column."""
        note = self._page.lines.note(line) or (0, "")
        start = self._page.lines.starts[line] + note[0]
        behind = note[1].find("#")
        moved = [Splice(start + 1 + behind, start + 1 + behind, "  ")] if behind > 0 else []
        return [Splice(start, start + 2, ""), *moved]

    def _inside(self, line: int, floor: int, value: Value) -> _Found:
        """Find the names for `value` below the name in `line`, which is at column `floor`."""
        first = next(self._openers(line + 1, floor), None)
        if isinstance(value, list) and value and isinstance(value[0], dict) and len(value) == 1:
            return self._entry(line + 1, floor, value[0]) if first and first[1].dash else _Found(fits=not first)
        if not isinstance(value, dict) or not value:
            return _Found(fits=not first)
        named = _ANY_NAME.fullmatch((self._page.lines.note(line + 1) or (0, ""))[1])
        if named and not self._opener(line + 1) and len(value) == 1:
            return self._first_of_a_mapping(line + 1, *next(iter(value.items())))
        found = self.names(line + 1, floor, None, value)
        return _Found(found.splices, found.data or None, found.fits and not (first and first[1].dash))

    def _first_of_a_mapping(self, line: int, name: str, value: Value) -> _Found:
        """Find the entry in `line`, whose placeholder becomes `name`."""
        note = self._page.lines.note(line) or (0, "")
        inwards = len(note[1]) - len(note[1].lstrip())
        start = self._page.lines.starts[line] + note[0]
        inside = self._inside(line, note[0] + inwards - 1, value)
        put = f"{' ' * (inwards - 1)}{name_written(name)}:"
        splice = Splice(start, start + 1 + len(note[1].rstrip()), put)
        return _Found([splice, *inside.splices], {name: inside.data}, inside.fits)

    def _entry(self, line: int, floor: int, value: Mapping[str, Value]) -> _Found:
        """Find the names of a list entry. The dash moves to the first name that has a value."""
        (top, first), *_ = self._openers(line, floor)
        found = _Found(data={})
        if first.name in value and first.blank:
            self._add(found, top, first, value[first.name])
        rest = self.names(top + 1, floor, first.column, value)
        if found.data:
            splices, data = [*found.splices, *rest.splices], {**found.data, **rest.data}
            return _Found(splices, [data], found.fits and rest.fits)
        leads = next(
            (name for name in rest.data if rest.data[name] is None and not isinstance(value[name], dict)), None
        )
        if leads is None:
            return _Found(fits=False)
        others = self.names(top + 1, floor, first.column, {name: one for name, one in value.items() if name != leads})
        at = next(at for at, opener in self._openers(top + 1, floor) if opener[:2] == (first.column, leads))
        data = {leads: None, **others.data}
        return _Found([*self._moved_up(at, top, first.column), *others.splices], [data], rest.fits)

    def _moved_up(self, line: int, top: int, column: int) -> list[Splice]:
        """Return the splices that move the name in `line`, with its comments, to `top` and give it the dash."""
        lines, end = self._page.lines, line + 1
        while lines.note(end) and not self._opener(end):
            end += 1
        start = lines.starts[line]
        here = [Splice(one.start - start, one.end - start, one.put) for one in self._without_sign(line)]
        text = spliced(self._page.text[start : lines.starts[end]], here)
        dash = self._page.text.index("- ", lines.starts[top])
        return [
            Splice(lines.starts[top], lines.starts[top], f"{text[: column - 2]}- {text[column:]}"),
            Splice(dash, dash + 2, "  "),
            Splice(start, lines.starts[end], ""),
        ]
