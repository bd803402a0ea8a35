"""Comments in a partnership's file for missing answers. They never count as an answer."""

import re
from collections.abc import Iterable
from typing import Final

from kpf.document import Document
from kpf.document.places import Place
from kpf.edit.belonging import at_trail, in_a_partnership
from kpf.edit.start.opening import Keep, opening, wanted
from kpf.edit.text.page import EditedText
from kpf.edit.text.splicing import Splice
from kpf.finding import Finding, Trail
from kpf.model import Partnership
from kpf.model.shapes import FieldOf, field_named, fields_of

_INSIDE_AN_OPENING: Final = re.compile(r"#  +[^ #]")


def missing_in(document: Document, findings: Iterable[Finding], model: type[Partnership] = Partnership) -> list[Trail]:
    """Return the trails of names that findings ask for and the file lacks, in the framework's order."""
    paths: dict[Trail, None] = {}
    for finding in findings:
        for length in range(1, len(finding.trail) + 1):
            path = finding.trail[:length]
            if not document.holds(path):
                record, _ = at_trail(model, path[:-1])
                if record and field_named(record, path[-1]):
                    paths[path] = None
                break
    return sorted(paths, key=lambda path: _rank(path, model))


def _rank(path: Trail, model: type[Partnership]) -> tuple[tuple[int, str], ...]:
    """Return the sort key of a path in the framework's order."""
    ranks: list[tuple[int, str]] = []
    for depth, step in enumerate(path):
        record, _ = at_trail(model, path[:depth])
        keys = [field.about.key for field in fields_of(record)] if record else []
        ranks.append((keys.index(str(step)) if step in keys else step if isinstance(step, int) else 0, str(step)))
    return tuple(ranks)


def opened(
    document: Document, path: Trail, model: type[Partnership] = Partnership, keep: Keep = wanted
) -> Splice | None:
    """Return the splice that adds the comment for the name at `path`, with the names inside that `keep` selects.

    None if there is such a comment already, or if its group is in braces.
    """
    page = EditedText(document)
    group = _group(page, path[:-1])
    record, _ = at_trail(model, path[:-1])
    field = field_named(record, path[-1]) if record else None
    if group is None or record is None or field is None:
        return None
    present = list((group.inside or {}).items())
    column = present[0][1].key[0].column if present and present[0][1].key else group.start.column
    if field.about.key in _open_in(page, group, column, is_top=len(path) == 1):
        return None
    names = [str(name) for name, _ in present]
    at = in_a_partnership(path[:-1], names, field.about.key)
    earlier = _before(record, field.about.key)
    lines = opening(field, " " * column, keep=keep)
    is_top = column == 0 and len(path) == 1
    first = page.lines.at(present[0][1].key[0].index if present[0][1].key else 0)
    is_behind_a_dash = page.text[page.lines.starts[first] : page.lines.starts[first] + column].strip()
    if at == 0 and not is_behind_a_dash:
        line = _past_openings(page, _above(page, first, column), column, earlier)
    else:
        line = page.past_notes(page.line_after(present[max(at - 1, 0)][1]), column + 1)
        line = _past_openings(page, line, column, earlier)
    return page.lines.inserted(line, _set_apart(page, line, lines, field) if is_top else lines)


def shut_in(document: Document, path: Trail) -> str | None:
    """Return the group in braces that prevents a comment for the name at `path`, with its line; None if none does."""
    page = EditedText(document)
    place, _ = document.root.towards(path[:-1]) if document.root else (None, ())
    if place is None or not place.inside or _group(page, path[:-1]):
        return None
    names = [step for step in path[:-1] if isinstance(step, str)]
    return f"`{names[-1]}` in line {place.start.line + 1}" if names else "the file"


def _group(page: EditedText, trail: Trail) -> Place | None:
    """Return the group at `trail`, unless it is in braces."""
    place = page.document.root
    for step in trail:
        if place is None or page.in_braces(place):
            return None
        place = (place.inside or {}).get(step)
    return place if place and place.inside and not page.in_braces(place) else None


def _before(record: type, name: str) -> set[str]:
    keys = [field.about.key for field in fields_of(record)]
    return set(keys[: keys.index(name)])


def _open_in(page: EditedText, group: Place, column: int, *, is_top: bool) -> set[str]:
    """Return the names in comments within the lines of a group; at the top, in the whole file."""
    start = 0 if is_top else page.lines.at(group.key[0].index if group.key else group.start.index)
    end = page.lines.count if is_top else page.line_after(group)
    while not is_top and page.lines.note(end):
        end += 1
    found = (page.opens(line) for line in range(start, end))
    return {opens[1] for opens in found if opens and opens[0] == column}


def _past_openings(page: EditedText, line: int, column: int, earlier: set[str]) -> int:
    """Return the line below the comments for `earlier` names at `line`, or after a blank line there."""
    while True:
        at = line
        while page.lines.is_blank(at):
            at += 1
        opens = page.opens(at)
        if opens is None or opens[0] != column or opens[1] not in earlier:
            return line
        line = page.past_opening(at)


def _above(page: EditedText, first: int, column: int) -> int:
    """Return the line before which to insert what comes first, below the head of the file or group."""
    line = page.first_of_notes(first, column)
    return line or first


def _ends_a_section(page: EditedText, line: int) -> bool:
    """Return whether the comment that ends at `line` has names inside."""
    while page.lines[line].startswith("#  "):
        if _INSIDE_AN_OPENING.match(page.lines[line]):
            return True
        line -= 1
    return False


def _set_apart(page: EditedText, line: int, lines: list[str], field: FieldOf) -> list[str]:
    """Return `lines` with blank lines around them, as between sections."""
    above, below = page.lines[line - 1], page.lines[line]
    is_section = field.shape.record is not None or field.shape.holds != "one"
    after_section = above.startswith((" ", "-")) or _ends_a_section(page, line - 1)
    apart = bool(above.strip()) and (is_section or after_section)
    return [*([""] if apart else []), *lines, *([""] if is_section and below.strip() else [])]
