"""`kpf set`: find a field of a file by its name, and add or replace its value."""

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final

from kpf.document import Document, read_document
from kpf.document.wording import shortened, some, trail_in_words
from kpf.edit.adding import one_more
from kpf.edit.record.facts import Fact, Known, value_of
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.blocks import Value
from kpf.edit.text.edit import Addition, Edit, added, proven
from kpf.edit.text.page import EditedText
from kpf.edit.text.placing import Among, can_be_replaced
from kpf.edit.text.scalars import Plain, scalar_text, tidied, unfit
from kpf.edit.text.splicing import Splice
from kpf.finding import Step, Trail
from kpf.model import Record
from kpf.model.shapes import FieldOf, Shape, every_field, field_named, fields_of
from kpf.spelling import did_you_mean, reads_alike, same_name

_BETWEEN: Final = re.compile(r"\s*(?:[.:/]|\s>\s)\s*")
_ALL: Final = "*"
_NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class SettableField:
    """A field of a file, its trail, and the shape of the value to write."""

    trail: Trail
    field: FieldOf
    shape: Shape
    """The shape of a single value, if the field can have several."""

    @property
    def in_words(self) -> str:
        """The path to the field, as people write it: agreement.exit.notice."""
        return trail_in_words(self.trail)


def field_given(model: type[Record], document: Document, given: str, above: Trail = ()) -> SettableField:
    """Return the field that `given` names, by its path or by a name that only one field has. Raises `CannotEdit`.

    The value at `above` in `document` is a `model`.
    """
    steps = [step for step in _BETWEEN.split(given.strip()) if step]
    if not steps:
        raise CannotEdit("Which field? For example: kpf set veolia manager “Leisure Contracts Manager”")
    if _key(model, steps[0]) is None:
        steps = list(_only_path(model, given))
    return _followed(model, document, above, steps)


def _only_path(model: type[Record], given: str) -> tuple[str, ...]:
    """Return the path of the only field with the name or noun `given`. Raises `CannotEdit`."""
    paths = {path: field for path, field in every_field(model) if reads_alike(given, path[-1])}
    if not paths:
        paths = {path: field for path, field in every_field(model) if reads_alike(given, field.about.noun)}
    free = [path for path in paths if _ALL not in path]
    if len(free) == 1:
        return free[0]
    if paths:
        shown = ", ".join(".".join(path) for path in list(free or paths)[:6])
        entries = f" For {_ALL}, write the name of an entry." if not free else ""
        raise CannotEdit(f"“{given}” could be any of several fields. Write one of: {shown}.{entries}")
    known = [".".join(path) for path, _ in every_field(model) if _ALL not in path]
    hint = did_you_mean(given, [*known, *(name.rpartition(".")[2] for name in known)])
    top = some([field.about.key for field in fields_of(model)])
    holds = f" There are: {top}. Name a group, such as agreement, to see its own fields."
    raise CannotEdit(f"There is no field “{given}”.{hint or holds}")


def _key(record: type[Record], written: str) -> str | None:
    return same_name(written, [field.about.key for field in fields_of(record)])


def _followed(model: type[Record], document: Document, above: Trail, steps: Sequence[str]) -> SettableField:
    here, trail, left = model, above, list(steps)
    while True:
        key = _key(here, left[0])
        if key is None:
            known = [field.about.key for field in fields_of(here)]
            holds = f"It holds: {', '.join(known)}." if known else here.where_to_add
            hint = did_you_mean(left[0], known) or f" {holds}"
            raise CannotEdit(f"`{trail[-1] if trail else 'the file'}` has no field “{left[0]}”.{hint}")
        field = field_named(here, key)
        if field is None:  # cannot happen: `key` is one of the names
            raise ValueError(key)
        trail, left = (*trail, key), left[1:]
        shape = field.shape
        if left and shape.one_alone and shape.record and not isinstance(document.value(trail), list):
            left, shape = left[1:] if left[0] == "1" else left, replace(shape, holds="one")
        elif shape.holds != "one" and left:
            step, used = _entry(document, trail, left, shape)
            trail, left = (*trail, step), left[used:]
            shape = replace(shape, holds="one")
        if not left:
            return _settable(trail, field, shape)
        if shape.record is None:
            raise CannotEdit(f"`{key}` holds a single value, so there is no “{left[0]}” inside it.")
        here = shape.record


def _entry(document: Document, trail: Trail, left: Sequence[str], shape: Shape) -> tuple[Step, int]:
    """Return the entry that the first steps of `left` name, and their number: names may contain full stops."""
    recorded = document.value(trail)
    if shape.holds == "list":
        entries = recorded if isinstance(recorded, list) else []
        number = int(left[0]) if left[0].isdecimal() else 0
        if not 1 <= number <= len(entries):
            there_are = f"It has {len(entries)}" if entries else "It has none"
            raise CannotEdit(f"`{trail[-1]}` has no entry {left[0]}. {there_are}; count them from 1.")
        return number - 1, 1
    names = list(recorded) if isinstance(recorded, dict) else []
    for used in range(len(left), 0, -1):
        for sign in (". ", ".", ": ", "/"):
            name = same_name(sign.join(left[:used]), names)
            if name is not None:
                return name, used
    return left[0], 1


def _settable(trail: Trail, field: FieldOf, shape: Shape) -> SettableField:
    if shape.record is None or (shape.holds == "list" and shape.says_none):
        return SettableField(trail, field, shape)
    name = str(trail[-1])
    if shape.holds == "list":
        raise _is_a_list(name)
    above = f"{name}.NAME" if shape.holds == "mapping" else name
    inside = some([f"{above}.{inner.about.key}" for inner in fields_of(shape.record)])
    raise CannotEdit(f"`{name}` is a group of fields. Write one of: {inside}.")


def _is_a_list(name: str) -> CannotEdit:
    return CannotEdit(f"`{name}` is a list of groups. kpf record adds an entry to it; kpf fix opens one in the file.")


def put_value(  # noqa: PLR0913, PLR0917 - a file, a field of it, what to write there, and how
    document: Document,
    content: bytes,
    target: SettableField,
    text: str,
    known: Known,
    among_names: Among,
    *,
    over: bool = False,
) -> Edit:
    """Return `content`, which was read as `document`, with `text` as the value of `target`.

    With `over`, it may replace another value. Raises `CannotEdit` if the value cannot be read or is recorded already,
    or if another value is recorded and it is not `over`.
    """
    trail, value = _value(target, text, known)
    old = document.value(trail)
    recorded = old if isinstance(old, list) else target.shape.recurs and isinstance(old, str) and not over
    if recorded and value != _NONE and not can_be_replaced(old):
        return one_more(document, content, trail, value, among_names)
    if can_be_replaced(old):
        alone = target.shape.holds != "list" or value == _NONE
        return added(document, content, [Addition(trail, value if alone else [value])], among_names)
    where = f"in line {document.locate(trail).line} of {document.path}"
    if str(old) == str(value):
        raise CannotEdit(f"`{trail[-1]}` says so already, {where}.")
    if not isinstance(old, str):
        raise CannotEdit(f"`{trail[-1]}` holds more than one value, {where}. Change it there.")
    if not over:
        raise CannotEdit(
            f"`{trail[-1]}` is recorded already, {where}: “{shortened(old)}”. "
            "To write the new value in its place: --replace"
        )
    return _overwritten(document, content, trail, str(value), isinstance(value, Plain))


def _value(target: SettableField, text: str, known: Known) -> tuple[Trail, Value]:
    """Where the value goes, and what is written there."""
    about, shape = target.field.about, target.shape
    if shape.says_none and text.strip().lower() == _NONE:
        return target.trail, _NONE
    if shape.record:
        raise _is_a_list(about.key)
    of = shape.key_names if shape.holds == "mapping" else shape.names
    example = about.example.strip("{}[]").replace(": ", "=", 1 if shape.holds == "mapping" else 0)
    fact = Fact(about.key, about.help, example, shape, names=of.what if of else None)
    try:
        value = value_of(fact, [text], known)
    except CannotEdit as refusal:
        raise CannotEdit(str(refusal).removeprefix("--")) from refusal
    if isinstance(value, dict):
        ((entry, inner),) = value.items()
        return (*target.trail, entry), inner
    return target.trail, value[0] if isinstance(value, list) else value


def _overwritten(document: Document, content: bytes, trail: Trail, text: str, plain: bool) -> Edit:  # noqa: FBT001
    """`content` with `text` in the place of the one at `trail`. Raises `CannotEdit`."""
    page = EditedText(document)
    place, flow = document.root, False
    for step in trail:
        flow = flow or (place is not None and page.in_braces(place))
        place = (place.inside or {}).get(step) if place else None
    if place is None or page.lines.at(place.start.index) != page.lines.at(max(place.start.index, place.end.index - 1)):
        raise CannotEdit(f"`{trail[-1]}` is written in several lines. Change it in {document.path}.")
    expected = deepcopy(document.data)
    here: Any = expected
    for step in trail[:-1]:
        here = here[step]
    here[trail[-1]] = text
    written = scalar_text(Plain(text) if plain else text, in_braces=flow)
    start, end = place.start.index, place.end.index
    behind = re.match(r"[ \t]+(?=#)", document.text[end:])
    if behind:  # a note keeps its column where there is room
        end += len(behind[0])
        written += " " * max(end - start - len(written), 2)
    new = proven(document, content, [Splice(start, end, written)], expected)
    return Edit(document, read_document(document.path, new, document.partnership), content, new)


def with_reason(edit: Edit, trail: Trail, reason: str) -> Edit:
    """`edit` with `reason` as a note behind the value at `trail`, or above its line where there is no room behind it.

    Raises `CannotEdit` where the reason cannot be written.
    """
    why = unfit(reason)
    if why:
        raise CannotEdit(f"--because {why}.")
    after, page = edit.after, EditedText(edit.after)
    place, _ = after.root.towards(trail) if after.root else (None, ())
    if place is None:
        raise CannotEdit(f"There is no place for a note on `{trail[-1]}`.")
    line = page.lines.at(max(place.start.index, place.end.index - 1))
    behind = after.text[place.end.index : page.lines.starts[line + 1]].strip("\r\n")
    if behind.strip() or not place.holds_text:
        first = page.lines.at(place.key[0].index if place.key else place.start.index)
        indent = page.lines[first][: len(page.lines[first]) - len(page.lines[first].lstrip())]
        splice = page.lines.inserted(first, [f"{indent}# {tidied(reason)}"])
    else:
        splice = Splice(place.end.index, place.end.index + len(behind), f"  # {tidied(reason)}")
    new = proven(after, edit.new, [splice], after.data)
    return Edit(edit.before, read_document(after.path, new, after.partnership), edit.old, new)
