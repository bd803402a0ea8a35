"""The files in partnerships/ by name, and their documents: one for each partnership, and the shared ones."""

import os
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from kpf.document import Document, missing_document, named_like, unread_document
from kpf.document.faults import NO_PARTNERSHIP, Fault
from kpf.model import Council, Organisation, Partnership, Record
from kpf.model.shapes import FieldOf, fields_on, is_exempt, is_public
from kpf.register.content import Content, NotRead, display_path
from kpf.register.file_names import alike, ids_of, is_for_one, meant, sorted_names, stem_of

COUNCIL: Final = "_council.yaml"
ORGANISATIONS: Final = "_organisations.yaml"
FRAMEWORK: Final = "_framework.yaml"
SHARED: Final = {
    COUNCIL: "what all partnerships share",
    ORGANISATIONS: "the partners, each once",
    FRAMEWORK: "the council's own edition of the framework, where it has one",
}

Understood = Callable[[str, bytes, str | None], Document]
"""A function that makes a document of a file's path and content and the id of the partnership."""


def is_exempt_at(file: str, trail: tuple[object, ...], *, blank: bool = False) -> bool:
    """Return whether the value at `trail` of the `file` is exempt; see `is_exempt` for a `blank`."""
    return is_exempt(*_record_at(file, trail), blank=blank)


def is_public_at(file: str, trail: tuple[object, ...]) -> bool:
    """Return whether the value at `trail` of the `file`, with everything in it, is public."""
    return is_public(*_record_at(file, trail))


def field_of_trail(file: str, trail: tuple[object, ...]) -> FieldOf:
    """Return the field at `trail` of the `file`, or the field that contains the value there."""
    fields, _ = fields_on(*_record_at(file, trail))
    return fields[-1]


def _record_at(file: str, trail: tuple[object, ...]) -> tuple[type[Record], tuple[object, ...]]:
    """Return the type of the top record around `trail` in the `file`, and the path within it."""
    if file == ORGANISATIONS:
        return Organisation, trail[1:]
    return (Council if file == COUNCIL else Partnership), trail


class ListedFile(NamedTuple):
    """A file of a partnership in partnerships/, listed but not read."""

    name: str
    id: str
    like: str | None
    """Another file whose name is equal on many systems; None if there is none."""


def list_files(home: Path, names: Collection[str]) -> tuple[tuple[ListedFile, ...], tuple[str, ...]]:
    """Return the files of partnerships among `names`, and the paths of all other entries."""
    named = {name for name in names if name not in SHARED and is_for_one(name)}
    ids, like = ids_of(named), alike(named)
    ordered = [name for name in sorted_names(names) if name not in SHARED]
    entries = tuple(ListedFile(name, ids[name], like.get(name)) for name in ordered if name in named)
    return entries, tuple(display_path(home / name) for name in ordered if name not in named)


def partnership_in(home: Path, entry: ListedFile, read: Callable[[str], Content], understood: Understood) -> Document:
    """Return the partnership of `entry` in the folder `home`. An unreadable file gives a document that says so."""
    name, where = entry.name, display_path(home / entry.name)
    if name.endswith(".yaml"):
        found = _as_document(where, entry.id, read(name), understood)
        if found is None:
            found = unread_document(where, entry.id, "This file is missing.", f"kpf looks for it as {where}")
    else:
        ending = os.path.splitext(name)[1]  # noqa: PTH122 - names that are not UTF-8 must come through
        message = f"The name of this file ends in {ending}, so it was not read."
        found = unread_document(where, entry.id, message, f"Rename it to {stem_of(name)}.yaml")
    return named_like(found, display_path(home / entry.like)) if entry.like else found


def shared_files(
    home: Path, names: Collection[str], read: Callable[[str], Content], understood: Understood
) -> tuple[Document, Document]:
    """Return _council.yaml and _organisations.yaml in the folder `home`, which contains `names`."""
    council, organisations = (
        _as_document(display_path(home / name), None, read(name), understood)
        or _missing(name, home, meant(name, names))
        for name in (COUNCIL, ORGANISATIONS)
    )
    return council, organisations


def framework_file(home: Path, read: Callable[[str], Content], understood: Understood) -> Document | None:
    """Return _framework.yaml in the folder `home`, or None if the council has no edition of its own."""
    return _as_document(display_path(home / FRAMEWORK), None, read(FRAMEWORK), understood)


def with_no_partnership(council: Document, home: Path) -> Document:
    """Return the council's file with the fault that there is no partnership in `home`."""
    message = f"There is no partnership in {display_path(home)}/ yet."
    fault = Fault(NO_PARTNERSHIP, 0, 0, message, "Start the first, for example: kpf new leisure-centres")
    return replace(council, faults=(*council.faults, fault))


def _as_document(where: str, partnership: str | None, content: Content, understood: Understood) -> Document | None:
    """Return the document for a file with this `content`, or None if there is no file."""
    if isinstance(content, NotRead):
        return unread_document(where, partnership, content.message, content.fix)
    return None if content is None else understood(where, content, partnership)


def _missing(name: str, home: Path, other: str | None) -> Document:
    where = display_path(home / name)
    message = f"The register has no {name}, which holds {SHARED[name]}."
    fix = f"Make one as {where}; examples/aldermere shows how it looks."
    return missing_document(where, message, f"Rename {display_path(home / other)} to {name}" if other else fix)
