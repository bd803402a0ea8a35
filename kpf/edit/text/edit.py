"""Edits of a file: values are added, and the result is proven to have the old data with only these additions."""

import codecs
from collections.abc import Iterable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from kpf.document import Document, read_document
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.blocks import Value
from kpf.edit.text.placing import Among, behind_a_dash, can_be_replaced, grown, placed
from kpf.edit.text.splicing import Splice, spliced
from kpf.edit.text.uncommenting import uncommented
from kpf.finding import Trail
from kpf.spelling import in_one_form


@dataclass(frozen=True, slots=True)
class Addition:
    """A value to add under a name that is blank or missing, or an entry to insert into a list at a position."""

    trail: Trail
    value: Value
    beside: bool = False
    """Whether it is an entry of a list whose first entry may be written alone, without a dash."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A file before and after."""

    before: Document
    after: Document
    old: bytes
    new: bytes

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        return self.old != self.new


def read_for_editing(path: str, content: bytes, partnership: str | None) -> Document:
    """Read the file. Raises `Broken` if any part of it cannot be read."""
    document = read_document(path, content, partnership)
    if document.faults or not document.sound:
        raise Broken(document)
    return document


class Broken(CannotEdit):
    """A file has faults, those of `document`, so it cannot be edited."""

    def __init__(self, document: Document) -> None:
        self.document = document
        slips = len(document.faults)
        them = "the slip in it" if slips == 1 else f"the {slips} slips in it"
        super().__init__(f"{document.path} cannot be changed before {them} {'is' if slips == 1 else 'are'} mended.")


def added(document: Document, content: bytes, additions: Iterable[Addition], among: Among) -> Edit:
    """Return `content`, which was read as `document`, with all `additions`. Raises `CannotEdit`."""
    after, new = document, content
    for addition in additions:
        if addition.beside and isinstance(after.value(addition.trail[:-1]), dict):
            after, new = _listed(after, new, addition.trail[:-1])
        after, new = _filled_in(after, new, addition, among) or _put_in(after, new, addition, among)
    return Edit(document, after, content, new)


def _put_in(document: Document, content: bytes, addition: Addition, among: Among) -> tuple[Document, bytes]:
    """Return the file with `addition` in new lines or in place of a blank. Raises `CannotEdit`."""
    splices = placed(document, addition.trail, addition.value, among)
    new = proven(document, content, splices, with_addition(document.data, addition))
    return read_document(document.path, new, document.partnership), new


def _filled_in(document: Document, content: bytes, addition: Addition, among: Among) -> tuple[Document, bytes] | None:
    """Return the file with `addition` filled into the comment for its name; None if there is no such comment."""
    found = uncommented(document, addition.trail, addition.value, among)
    if found is None:
        return None
    with suppress(CannotEdit):
        new = proven(document, content, found.splices, found.data)
        after = read_document(document.path, new, document.partnership)
        for trail, value in found.values:
            after, new = _put_in(after, new, Addition(trail, value), among)
        return (after, new) if after.data == with_addition(document.data, addition) else None
    return None


def _listed(document: Document, content: bytes, trail: Trail) -> tuple[Document, bytes]:
    """Return the file with the single group at `trail` as the first entry of a list. Raises `CannotEdit`."""
    data = deepcopy(document.data)
    *path, last = trail
    here: Any = data
    for step in path:
        here = here[step]
    here[last] = [here[last]]
    new = proven(document, content, behind_a_dash(document, trail), data)
    return read_document(document.path, new, document.partnership), new


def proven(document: Document, content: bytes, splices: Iterable[Splice], expected: Any) -> bytes:
    """Return `content` with `splices` applied. Raises `CannotEdit` if the result does not have the `expected` data."""
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    new = mark + spliced(document.text, splices).encode()
    read = read_document(document.path, new, document.partnership)
    if read.faults or not read.sound or read.data != expected:
        raise CannotEdit(
            f"{document.path} was left as it is, because adding this would change something else in it. "
            "Write it into the file yourself; kpf check then says whether it can be read."
        )
    return new


def with_addition(data: Any, addition: Addition) -> Any:
    """Return a copy of `data` with `addition`: the data expected of the edited file."""
    data = deepcopy(data)
    *path, last = addition.trail
    here: Any = data
    for depth, step in enumerate(path):
        rest = addition.trail[depth + 1 :]
        blank = can_be_replaced(
            here.get(step) if isinstance(here, dict) else here[step], before_an_entry=isinstance(rest[0], int)
        )
        if blank:
            _fill(here, step, rest, _as_read(addition.value))
            return data
        here = here[step]
    if isinstance(last, int):
        here.insert(last, _as_read(addition.value))
    else:
        here[_name_as_read(last)] = _as_read(addition.value)
    return data


def _fill(here: Any, step: Any, rest: Trail, value: Any) -> None:
    entries = here.get(step) if isinstance(here, dict) else here[step]
    if isinstance(entries, list) and entries:
        entries[0] = grown(rest[1:], value)
    else:
        here[step] = grown(rest, value)


def _as_read(value: Value) -> Any:
    """Return `value` as the reader returns it: as plain text."""
    if isinstance(value, dict):
        return {_name_as_read(str(name)): _as_read(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_read(inner) for inner in value]
    return None if value is None else normalize("NFC", str(value))


def _name_as_read(name: str) -> str:
    return name if name.isascii() else in_one_form(name)
