"""Comments for missing answers. They do not count until somebody fills them in.

Without the first # of each line and the space after it, they are names without values, each followed by what it is for.

```
# scope:                               # Five yes-or-no answers that decide which duties apply.
#   involves_children:                 # Does the work give a partner access to children? For example: no
```
"""

import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from kpf.model.shapes import FieldOf, Shape, fields_of
from kpf.rules.presence import duties_within, settled_within

_NOTES_FROM: Final = 39
"""The column of the comment after a name, if there is room, as in the shipped files."""
_WIDTH: Final = 110
_INWARDS: Final = "  "
_NAMES_OF_ENTRIES: Final = {
    "party": "name-of-the-partner",
    "measure": "id-of-the-measure",
    "objective": "id-of-the-objective",
    "statement": "id-of-the-statement",
}
"""The placeholders for the names of entries."""

Keep = Callable[[FieldOf], bool]


def wanted(field: FieldOf) -> bool:
    """Return whether the framework asks for `field` or something in it, or it is the usual answer on a topic."""
    return field.about.wanted or field.about.key == "clause"


def duties_behind(field: FieldOf) -> tuple[str, ...]:
    """Return the duties that ask for `field` or for something in it, and those whose conditions depend on it."""
    about, inner = field.about, field.shape.record
    within = (*duties_within(inner), *settled_within(inner)) if inner else ()
    return (*about.asked_by, *about.settles, *within)


def wanted_without(gone: Collection[str]) -> Keep:
    """Return a function like `wanted`, without the fields that only duties in `gone` ask for."""

    def keep(field: FieldOf) -> bool:
        duties = duties_behind(field)
        return wanted(field) and (not duties or any(duty not in gone for duty in duties))

    return keep


def opening(field: FieldOf, indent: str = "", *, keep: Keep = wanted) -> list[str]:
    """Return the comment lines for `field`, each after `indent` and without a line end.

    A group has the names in it that `keep` selects, at all depths and in the framework's order. A list or a mapping of
    groups has one entry.
    """
    return [line for name, notes in _names(field, keep) for line in _lines(name, notes, indent)]


def opening_of_all(fields: Iterable[FieldOf], indent: str = "", *, keep: Keep = wanted) -> list[str]:
    """Return the comment lines for each of `fields`; see `opening`."""
    return [line for field in fields for line in opening(field, indent, keep=keep)]


def notes_on(field: FieldOf) -> tuple[str, str]:
    """Return two sentences on `field`: what it is for, and how to write it."""
    about, choices = field.about, field.shape.written.choices if field.shape.written else ()
    if choices and not all(choice in about.help.lower() for choice in choices):
        return about.help, f"Write {', '.join(choices[:-1])} or {choices[-1]}."
    return about.help, f"For example: {about.example}"


def _names(field: FieldOf, keep: Keep) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the indented name of each line, with the sentences on it."""
    inner = [one for one in fields_of(field.shape.record) if keep(one)] if field.shape.record else []
    name = f"{field.about.key}:"
    if not inner:
        yield name, notes_on(field)
        return
    yield name, (field.about.help,)
    if field.shape.holds == "mapping":
        yield f"{_INWARDS}{_name_of_an_entry(field.shape)}:", ()
    further = _INWARDS * (1 if field.shape.holds == "one" else 2)
    behind_a_dash = field.shape.holds == "list"
    for one in inner:
        for inner_name, notes in _names(one, keep):
            yield f"{f'{_INWARDS}- ' if behind_a_dash else further}{inner_name}", notes
            behind_a_dash = False


def _name_of_an_entry(shape: Shape) -> str:
    if shape.key_written and ", for example " in shape.key_written.wants:
        return shape.key_written.wants.partition(", for example ")[2]
    return _NAMES_OF_ENTRIES.get(shape.key_names.what if shape.key_names else "", "short-id")


def _lines(name: str, notes: tuple[str, ...], indent: str) -> Iterator[str]:
    start = f"{indent}# {name}"
    if not notes:
        yield start
        return
    column = max(_NOTES_FROM, len(start) + 2)
    width = max(_WIDTH - column - 2, 40)
    whole = " ".join(notes)
    parts = [whole] if len(whole) <= width else [part for note in notes for part in _wrapped(note, width)]
    yield f"{start:<{column}}# {parts[0]}"
    for part in parts[1:]:
        yield f"{f'{indent}#':<{column}}# {part}"


def _wrapped(note: str, width: int) -> list[str]:
    return textwrap.wrap(note, width, break_long_words=False, break_on_hyphens=False)
