"""Addition of a value to those recorded: another entry of a list, or another time of a recurring fact."""

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final

from kpf.document import Document, read_document
from kpf.edit.belonging import among
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.blocks import Value
from kpf.edit.text.edit import Addition, Edit, added, proven
from kpf.edit.text.placing import Among
from kpf.edit.text.scalars import scalar_text
from kpf.edit.text.splicing import Splice
from kpf.finding import Trail

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def one_more(document: Document, content: bytes, trail: Trail, value: Value, among_names: Among) -> Edit:
    """Return `content`, which was read as `document`, with `value` added to those recorded at `trail`.

    A single value becomes a list of two. Raises `CannotEdit` if it is recorded already, or cannot be added.
    """
    recorded = document.value(trail)
    if isinstance(recorded, list) and recorded:
        at = _place(document, trail, recorded, value)
        return added(document, content, [Addition((*trail, at), value)], among_names)
    place, _ = document.root.towards(trail) if document.root else (None, ())
    if not isinstance(recorded, str) or place is None:
        raise CannotEdit(f"`{trail[-1]}` holds nothing that one more could be added to.")
    text = document.text[place.start.index : place.end.index]
    if "\n" in text:
        raise CannotEdit(f"`{trail[-1]}` is written in several lines. Change it in {document.path}.")
    both = [text, scalar_text(value if isinstance(value, str) else str(value), in_braces=True)]
    expected = deepcopy(document.data)
    here: Any = expected
    for step in trail[:-1]:
        here = here[step]
    here[trail[-1]] = [recorded, str(value)]
    if _place(document, trail, [recorded], value) == 0:
        both.reverse()
        here[trail[-1]].reverse()
    splice = Splice(place.start.index, place.end.index, f"[{', '.join(both)}]")
    new = proven(document, content, [splice], expected)
    return Edit(document, read_document(document.path, new, document.partnership), content, new)


def _place(document: Document, trail: Trail, recorded: Sequence[Any], value: Value) -> int:
    """Return the position of a new entry among those `recorded`: by date if they are days, else at the end.

    Raises `CannotEdit` if it is there already.
    """
    if str(value) in recorded:
        where = (*trail, recorded.index(str(value))) if isinstance(document.value(trail), list) else trail
        line = document.locate(where).line
        raise CannotEdit(f"`{trail[-1]}` holds that already, in line {line} of {document.path}.")
    days = [one if isinstance(one, str) and _DAY.fullmatch(one) else None for one in recorded]
    return among(days, str(value)) if any(days) else len(recorded)
