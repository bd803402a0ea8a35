"""Lines that say what belongs somewhere, as notes: they never count, and count as soon as somebody fills them in.

Taking the first # of each line away, with the space behind it, leaves the names with nothing after them, each with what
it is for.

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
"""The column in which what a name is for begins, where the name leaves room; as the shipped files have it."""
_WIDTH: Final = 110
_INWARDS: Final = "  "
_NAMES_OF_ENTRIES: Final = {
    "party": "name-of-the-partner",
    "measure": "id-of-the-measure",
    "objective": "id-of-the-objective",
    "statement": "id-of-the-statement",
}
"""What stands for the name of an entry until somebody gives it one."""

Keep = Callable[[FieldOf], bool]


def wanted(field: FieldOf) -> bool:
    """Whether the framework asks for `field`, or for something in it; or it is the plainest way to answer a topic."""
    return field.about.wanted or field.about.key == "clause"


def duties_behind(field: FieldOf) -> tuple[str, ...]:
    """The duties that ask for `field` or for something in it, and those that an answer there settles."""
    about, inner = field.about, field.shape.record
    within = (*duties_within(inner), *settled_within(inner)) if inner else ()
    return (*about.asked_by, *about.settles, *within)


def wanted_without(gone: Collection[str]) -> Keep:
    """As `wanted`, but for what only duties that are `gone` ask for: those that the council's own edition takes out."""

    def keep(field: FieldOf) -> bool:
        duties = duties_behind(field)
        return wanted(field) and (not duties or any(duty not in gone for duty in duties))

    return keep


def opening(field: FieldOf, indent: str = "", *, keep: Keep = wanted) -> list[str]:
    """The lines for `field`, each after `indent` and without its end.

    A group is opened with those names in it that `keep` wants, at all depths and in the framework's order, a list or a
    mapping of groups with one entry: so whatever is answered next has its place too.
    """
    return [line for name, notes in _names(field, keep) for line in _lines(name, notes, indent)]


def opening_of_all(fields: Iterable[FieldOf], indent: str = "", *, keep: Keep = wanted) -> list[str]:
    """The lines for each of `fields`, as `opening` has them."""
    return [line for field in fields for line in opening(field, indent, keep=keep)]


def notes_on(field: FieldOf) -> tuple[str, str]:
    """What belongs in `field`, in two sentences: what it is for, and how it may be written."""
    about, choices = field.about, field.shape.written.choices if field.shape.written else ()
    if choices and not all(choice in about.help.lower() for choice in choices):
        return about.help, f"Write {', '.join(choices[:-1])} or {choices[-1]}."
    return about.help, f"For example: {about.example}"


def _names(field: FieldOf, keep: Keep) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each line's name, as far in as it stands, and what is said of it."""
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
