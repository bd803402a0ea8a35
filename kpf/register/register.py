"""Where files come from: a folder on disk, an unsaved buffer, a revision that git keeps.

Paths in, documents out; nothing here knows what a file says.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kpf.document import Document, read_document
from kpf.document.decoding import LARGEST_FILE
from kpf.document.faults import NAMED_ALIKE
from kpf.git.history import Leads, NoHistory, contents, kept_in
from kpf.register.bounds import too_many_files, too_much
from kpf.register.content import A_FOLDER, LED, Content, display_path, on_disk, reason
from kpf.register.entries import (
    COUNCIL,
    ORGANISATIONS,
    SHARED,
    ListedFile,
    Understood,
    list_files,
    partnership_in,
    shared_files,
    with_no_partnership,
)
from kpf.register.file_names import stem_of

FOLDER: Final = "partnerships"


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
            f"There is no folder {FOLDER}/ in {display_path(given)}. "
            "Give the folder that holds it: kpf check --register DIR"
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


@dataclass(frozen=True)
class FolderListing:
    """What lies in partnerships/, before any of it is read."""

    folder: Path
    """The folder that holds partnerships/."""
    entries: tuple[ListedFile, ...]
    """In the order of the ids."""
    names: frozenset[str]
    skipped: tuple[str, ...]
    """Paths of what is no partnership: notes, folders, hidden files."""
    held: Mapping[str, Content]
    """What is known already of some files, by name: what an editor has not saved, what was read before."""
    is_empty: bool
    """Whether there is no partnership at all."""

    def with_shared_held(self) -> "FolderListing":
        """The same, with what the two shared files hold: so that all who read them from here on read the same."""
        shared = {name: self._content(name) for name in (COUNCIL, ORGANISATIONS)}
        return replace(self, held={**shared, **self.held})

    def without_entries(self) -> "FolderListing":
        """The same for one who is told of the files one by one."""
        return replace(self, entries=(), skipped=())

    def read(self, entry: ListedFile) -> Document:
        """The partnership of `entry`; a file that cannot be read becomes a document that says so."""
        return partnership_in(self.folder / FOLDER, entry, self._content, read_document)

    def read_shared(self) -> tuple[Document, Document]:
        """_council.yaml and _organisations.yaml."""
        home = self.folder / FOLDER
        council, organisations = shared_files(home, self.names, self._content, read_document)
        return with_no_partnership(council, home) if self.is_empty else council, organisations

    def _content(self, name: str) -> Content:
        if name in self.held:
            return self.held[name]
        home = self.folder / FOLDER
        return on_disk(home / name, home)


def list_register(folder: Path, unsaved: Unsaved | None = None) -> FolderListing:
    """What lies in `folder`, and what is `unsaved` in place of its file.

    Where there is no partnership yet, the council's own file will say so. Raises `NoRegister` where partnerships/
    itself cannot be listed, or holds neither.
    """
    home = folder / FOLDER
    try:
        names = set(os.listdir(home))  # noqa: PTH208 - names that are not UTF-8 must come through
    except OSError as error:
        raise NoRegister(f"The folder {display_path(home)} cannot be opened: {reason(error)}.") from error
    refusal = too_many_files(display_path(home), len(names))
    if refusal:
        raise NoRegister(refusal)
    held = {unsaved.name: unsaved.content} if unsaved else {}
    entries, skipped = list_files(home, names | held.keys())
    if not entries and COUNCIL not in names:
        raise NoRegister(
            f"There is no partnership in {display_path(home)}, so nothing was checked. "
            "kpf looks for files that end in .yaml. A new register begins with: kpf init"
        )
    return FolderListing(folder, entries, frozenset(names), skipped, held, is_empty=not entries)


def read_register(folder: Path, unsaved: Unsaved | None = None) -> Register:
    """Read all files below `folder`, and what is `unsaved` in place of its file. Raises `NoRegister`."""
    return read_all(list_register(folder, unsaved))


def read_all(listing: FolderListing) -> Register:
    """Read all files of `listing`, to have them all at once. Raises `NoRegister` where they are too much for that."""
    home = listing.folder / FOLDER
    refusal = too_much(display_path(home), (_size(home / name) for name in listing.names if is_read(name)))
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
    refusal = too_many_files(display_path(home), len(kept)) or too_much(
        display_path(home), (entry.size or 0 for entry in small.values())
    )
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


def _register(folder: Path, names: Collection[str], read: Callable[[str], Content], understood: Understood) -> Register:
    """The register of the files `names`, each as `read` gives it and as it is `understood`."""
    home = folder / FOLDER
    entries, skipped = list_files(home, names)
    partnerships = tuple(partnership_in(home, entry, read, understood) for entry in entries)
    return Register(folder, partnerships, *shared_files(home, names, read, understood), skipped)


def is_read(name: str) -> bool:
    """Whether a file of this name in partnerships/ is one of the register's."""
    return name in SHARED or (name.endswith(".yaml") and not name.startswith((".", "_")))
