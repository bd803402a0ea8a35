"""Where files come from: a folder on disk, an unsaved buffer, a revision that git keeps.

Paths in, documents out; nothing here knows what a file says.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

from kpf.bounds import too_many, too_much
from kpf.content import A_FOLDER, LED, Content, NotRead, on_disk, reason
from kpf.document import Document, missing_document, named_like, read_document, unread_document
from kpf.document.decoding import LARGEST_FILE
from kpf.document.faults import NAMED_ALIKE, NO_PARTNERSHIP, Fault
from kpf.file_names import alike, as_text, ids_of, in_order, is_for_one, meant, stem_of
from kpf.history import Leads, NoHistory, contents, kept_in

FOLDER: Final = "partnerships"
COUNCIL: Final = "_council.yaml"
ORGANISATIONS: Final = "_organisations.yaml"
_SHARED: Final = {COUNCIL: "what all partnerships share", ORGANISATIONS: "the partners, each once"}


_Understood = Callable[[str, bytes, str | None], Document]
"""How a file is understood: its path, what it holds and the id of the partnership become a document."""


class NoRegister(Exception):  # noqa: N818 - what it says is not an error of the program
    """There is no register to work on; the message says where kpf looked and what to do."""


@dataclass(frozen=True)
class Register:
    """The files of one council."""

    folder: Path
    """The folder that holds partnerships/."""
    partnerships: tuple[Document, ...]
    """In the order of their ids."""
    council: Document
    organisations: Document
    skipped: tuple[str, ...]
    """Paths of what lies in partnerships/ and is no partnership: notes, folders, hidden files."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """All files that were read or should have been."""
        return (self.council, self.organisations, *self.partnerships)


def find_register(given: Path | None, working_folder: Path) -> Path:
    """The folder that holds partnerships/: the one given, else the nearest upwards of the working folder.

    Raises `NoRegister`.
    """
    if given is not None:
        if (given / FOLDER).is_dir():
            return given
        if Path(os.path.abspath(given)).name == FOLDER and given.is_dir():  # noqa: PTH100 - a link keeps its own name
            return given / ".." if given.name != FOLDER else given.parent
        raise NoRegister(
            f"There is no folder {FOLDER}/ in {shown(given)}. Give the folder that holds it: kpf check --register DIR"
        )
    here = working_folder.absolute()
    for folder in (here, *here.parents):
        if (folder / FOLDER).is_dir():
            return folder
    raise NoRegister(
        f"There is no folder {FOLDER}/ here or in any folder above. "
        "Change to your register, say where it is (kpf check --register DIR), or begin a new one: kpf init"
    )


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What an editor holds of one file of the register and has not saved."""

    name: str
    """The file's name, within partnerships/."""
    content: bytes


class Entry(NamedTuple):
    """A file in partnerships/ that stands for a partnership, listed and not read."""

    name: str
    id: str
    like: str | None
    """Another file that many computers take for this one."""


@dataclass(frozen=True)
class Listing:
    """What lies in partnerships/, before any of it is read."""

    folder: Path
    """The folder that holds partnerships/."""
    entries: tuple[Entry, ...]
    """In the order of the ids."""
    names: frozenset[str]
    skipped: tuple[str, ...]
    """Paths of what is no partnership: notes, folders, hidden files."""
    held: Mapping[str, Content]
    """What is known already of some files, by name: what an editor has not saved, what was read before."""
    is_empty: bool
    """Whether there is no partnership at all."""

    def with_shared_held(self) -> "Listing":
        """The same, with what the two shared files hold: so that all who read them from here on read the same."""
        shared = {name: self._content(name) for name in (COUNCIL, ORGANISATIONS)}
        return replace(self, held={**shared, **self.held})

    def without_entries(self) -> "Listing":
        """The same for one who is told of the files one by one."""
        return replace(self, entries=(), skipped=())

    def read(self, entry: Entry) -> Document:
        """The partnership of `entry`; a file that cannot be read becomes a document that says so."""
        return _partnership(self.folder / FOLDER, entry, self._content, read_document)

    def read_shared(self) -> tuple[Document, Document]:
        """_council.yaml and _organisations.yaml."""
        home = self.folder / FOLDER
        council, organisations = _shared_files(home, self.names, self._content, read_document)
        return _with_no_partnership(council, home) if self.is_empty else council, organisations

    def _content(self, name: str) -> Content:
        if name in self.held:
            return self.held[name]
        home = self.folder / FOLDER
        return on_disk(home / name, home)


def list_register(folder: Path, unsaved: Unsaved | None = None) -> Listing:
    """What lies in `folder`, and what is `unsaved` in place of its file.

    Where there is no partnership yet, the council's own file will say so. Raises `NoRegister` where partnerships/
    itself cannot be listed, or holds neither.
    """
    home = folder / FOLDER
    try:
        names = set(os.listdir(home))  # noqa: PTH208 - names that are not UTF-8 must come through
    except OSError as error:
        raise NoRegister(f"The folder {shown(home)} cannot be opened: {reason(error)}.") from error
    refusal = too_many(shown(home), len(names))
    if refusal:
        raise NoRegister(refusal)
    held = {unsaved.name: unsaved.content} if unsaved else {}
    entries, skipped = _listed(home, names | held.keys())
    if not entries and COUNCIL not in names:
        raise NoRegister(
            f"There is no partnership in {shown(home)}, so nothing was checked. kpf looks for files that end in .yaml. "
            "A new register begins with: kpf init"
        )
    return Listing(folder, entries, frozenset(names), skipped, held, is_empty=not entries)


def read_register(folder: Path, unsaved: Unsaved | None = None) -> Register:
    """Read all files below `folder`, and what is `unsaved` in place of its file. Raises `NoRegister`."""
    return read_all(list_register(folder, unsaved))


def read_all(listing: Listing) -> Register:
    """Read all files of `listing`, to have them all at once. Raises `NoRegister` where they are too much for that."""
    home = listing.folder / FOLDER
    refusal = too_much(shown(home), (_size(home / name) for name in listing.names if is_read(name)))
    if refusal:
        raise NoRegister(refusal)
    partnerships = tuple(map(listing.read, listing.entries))
    return Register(listing.folder, partnerships, *listing.read_shared(), listing.skipped)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # told where it is opened
        return 0


def read_register_at(commit: str, now: Register) -> Register:
    """The register as it stood at `commit`, where it may not have been there yet; `now` is how it stands on disk.

    A file that is the same in both is read once. Raises `NoHistory`.
    """
    home = now.folder / FOLDER
    kept = kept_in(home, commit)
    small = {
        name: entry
        for name, entry in kept.items()
        if entry.size is not None and entry.size <= LARGEST_FILE and is_read(name)
    }
    refusal = too_many(shown(home), len(kept)) or too_much(shown(home), (entry.size or 0 for entry in small.values()))
    if refusal:
        raise NoHistory(f"At commit {commit[:7]}: {refusal}")
    held = contents(home, commit, small, LARGEST_FILE)
    same = {
        (document.path, document.sha256): document
        for document in now.documents
        if not any(fault.rule == NAMED_ALIKE for fault in document.faults)  # which the others decide that lie there
    }

    def read(name: str) -> Content:
        if name not in kept:
            return None
        if name not in held:
            return A_FOLDER if kept[name].size is None else bytes(LARGEST_FILE + 1)
        content = held[name]
        return LED.get(content) if isinstance(content, Leads) else content

    def document(path: str, content: bytes, partnership: str | None) -> Document:
        known = same.get((path, hashlib.sha256(content).hexdigest()))
        return known or read_document(path, content, partnership)

    return _register(now.folder, kept, read, document)


def register_of(folder: Path, held: Mapping[str, bytes]) -> Register:
    """A register of no other files than those `held`, by name: what one commit touched of it."""
    return _register(folder, held, held.get, read_document)


def ids(renamed: Mapping[str, str]) -> dict[str, str]:
    """The ids of the partnerships in files that were `renamed`, each new one with its old one."""
    return {stem_of(new): stem_of(old) for new, old in renamed.items()}


def _register(
    folder: Path, names: Collection[str], read: Callable[[str], Content], understood: _Understood
) -> Register:
    """The register of the files `names`, each as `read` gives it and as it is `understood`."""
    home = folder / FOLDER
    entries, skipped = _listed(home, names)
    partnerships = tuple(_partnership(home, entry, read, understood) for entry in entries)
    return Register(folder, partnerships, *_shared_files(home, names, read, understood), skipped)


def _listed(home: Path, names: Collection[str]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Those of `names` that stand for partnerships, and the paths of what else lies there."""
    named = {name for name in names if name not in _SHARED and is_for_one(name)}
    ids, like = ids_of(named), alike(named)
    ordered = [name for name in in_order(names) if name not in _SHARED]
    entries = tuple(Entry(name, ids[name], like.get(name)) for name in ordered if name in named)
    return entries, tuple(shown(home / name) for name in ordered if name not in named)


def _partnership(home: Path, entry: Entry, read: Callable[[str], Content], understood: _Understood) -> Document:
    name, where = entry.name, shown(home / entry.name)
    if name.endswith(".yaml"):
        found = _as_document(where, entry.id, read(name), understood)
        if found is None:
            found = unread_document(where, entry.id, "This file is missing.", f"kpf looks for it as {where}")
    else:
        ending = os.path.splitext(name)[1]  # noqa: PTH122 - names that are not UTF-8 must come through
        message = f"The name of this file ends in {ending}, so it was not read."
        found = unread_document(where, entry.id, message, f"Rename it to {stem_of(name)}.yaml")
    return named_like(found, shown(home / entry.like)) if entry.like else found


def _shared_files(
    home: Path, names: Collection[str], read: Callable[[str], Content], understood: _Understood
) -> tuple[Document, Document]:
    council, organisations = (
        _as_document(shown(home / name), None, read(name), understood) or _missing(name, home, meant(name, names))
        for name in (COUNCIL, ORGANISATIONS)
    )
    return council, organisations


def _with_no_partnership(council: Document, home: Path) -> Document:
    """The council's file, saying that none of its partnerships is in `home`."""
    message = f"There is no partnership in {shown(home)}/ yet."
    fault = Fault(NO_PARTNERSHIP, 0, 0, message, "Start the first, for example: kpf new leisure-centres")
    return replace(council, faults=(*council.faults, fault))


def _as_document(where: str, partnership: str | None, content: Content, understood: _Understood) -> Document | None:
    """What a file of this `content` says; None where there is no such file."""
    if isinstance(content, NotRead):
        return unread_document(where, partnership, content.message, content.fix)
    return None if content is None else understood(where, content, partnership)


def _missing(name: str, home: Path, other: str | None) -> Document:
    where = shown(home / name)
    message = f"The register has no {name}, which holds {_SHARED[name]}."
    fix = f"Make one as {where}; examples/aldermere shows what stands in it."
    return missing_document(where, message, f"Rename {shown(home / other)} to {name}" if other else fix)


def is_read(name: str) -> bool:
    """Whether a file of this name in partnerships/ is one of the register's."""
    return name in _SHARED or (name.endswith(".yaml") and not name.startswith((".", "_")))


def shown(path: Path) -> str:
    """`path` as people and CI systems read it: relative to the working folder, with slashes."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        relative = str(path)
    return as_text(relative).replace(os.sep, "/")
