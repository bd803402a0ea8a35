"""Where files come from: a folder on disk, or an unsaved buffer.

Paths in, documents out; nothing here knows what a file says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Final, Protocol, Self

from kpf.disk.folder import IsLinkedFolder, OpenFolder
from kpf.document import Document, read_document
from kpf.git.working_tree import WorkingTreeState, state
from kpf.register.content import Content, content_of, display_path, reason, refusal, too_many_files, too_much
from kpf.register.entries import (
    COUNCIL,
    SHARED,
    ListedFile,
    framework_file,
    list_files,
    partnership_in,
    shared_files,
    with_no_partnership,
)
from kpf.register.settings import Settings, read_settings

FOLDER: Final = "partnerships"
TEMPLATES: Final = "templates"
"""The folder beside partnerships/ in which a council keeps templates of its own."""
PAPERS: Final = "papers"
"""Beside partnerships/ the folder of what papers need besides the register, a file each."""
STAGING: Final = ".kpf-unfinished"
"""In partnerships/ the folder in which a change of several files is prepared; it stays there where kpf was killed."""


class NoRegister(Exception):  # noqa: N818 - what it says is not an error of the program
    """No register was found. The message says where kpf looked and what to do."""


class Files(Protocol):
    """The files of one council: listed, and each read when it is asked for."""

    @property
    def folder(self) -> Path:
        """The folder that holds partnerships/."""

    @property
    def entries(self) -> Sequence[ListedFile]:
        """One for each partnership, in the order of the ids."""

    @property
    def skipped(self) -> tuple[str, ...]:
        """Paths of what lies in partnerships/ and is no partnership: notes, folders, hidden files."""

    def read(self, entry: ListedFile, /) -> Document:
        """The partnership of `entry`; a file that cannot be read becomes a document that says so."""

    def read_shared(self) -> tuple[Document, Document]:
        """_council.yaml and _organisations.yaml."""

    def settings(self) -> Settings:
        """What kpf.toml or pyproject.toml, beside partnerships/, sets for every run. Raises `BadSettings`."""

    def read_framework(self) -> Document | None:
        """_framework.yaml; None where there is none."""

    def state(self, judged: Mapping[str, str], /) -> WorkingTreeState | None:
        """How the files stand to their commit, those `judged` given by name with the SHA-256 of what was read.

        None outside git.
        """

    def at_hand(self, entries: Sequence[ListedFile], known: Iterable[Document], /) -> Self:
        """The same files, ready to read `entries` one after another.

        A file of the same path and bytes as one of the `known` documents is that document.
        """


@dataclass(frozen=True)
class Register:
    """The files of one council, all of them read."""

    folder: Path
    """The folder that holds partnerships/."""
    partnerships: tuple[Document, ...]
    """In the order of their ids."""
    council: Document
    organisations: Document
    skipped: tuple[str, ...]
    """Paths of what lies in partnerships/ and is no partnership: notes, folders, hidden files."""
    file_names: Mapping[str, str] = field(default_factory=dict)
    """The name of each partnership's file, by id. It may hold bytes that are not UTF-8, which no path shows."""
    framework: Document | None = None
    """The council's own edition; None where it has none."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """All files that were read or should have been."""
        shared = (self.council, self.organisations, *((self.framework,) if self.framework else ()))
        return (*shared, *self.partnerships)

    @cached_property
    def entries(self) -> tuple[ListedFile, ...]:
        """One for each partnership, in the order of the ids."""
        return tuple(
            ListedFile(self.file_name(document), document.partnership or "", None) for document in self.partnerships
        )

    def file_name(self, document: Document) -> str:
        """The name of the file that was read as `document`."""
        return self.file_names.get(document.partnership or "") or document.path.rpartition("/")[2]

    @cached_property
    def _by_id(self) -> Mapping[str, Document]:
        return {document.partnership or "": document for document in self.partnerships}

    def read(self, entry: ListedFile) -> Document:
        """The partnership of `entry`."""
        return self._by_id[entry.id]

    def read_shared(self) -> tuple[Document, Document]:
        """_council.yaml and _organisations.yaml."""
        return self.council, self.organisations

    def settings(self) -> Settings:
        """Those on disk. Raises `BadSettings`."""
        return read_settings(self.folder)

    def read_framework(self) -> Document | None:
        """_framework.yaml; None where there is none."""
        return self.framework

    def state(self, judged: Mapping[str, str]) -> WorkingTreeState | None:
        """How the files that are on disk stand to their commit; None outside git."""
        return state(self.folder / FOLDER, judged)

    def at_hand(self, entries: Sequence[ListedFile], known: Iterable[Document]) -> Self:
        """The same files."""
        del entries, known
        return self


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What an editor holds of one file of the register and has not saved."""

    name: str
    """The file's name, within partnerships/."""
    content: bytes


@dataclass(frozen=True)
class FolderListing:
    """The contents of partnerships/, listed but not read."""

    folder: Path
    """The folder that holds partnerships/."""
    home: OpenFolder
    """The folder partnerships/ itself."""
    entries: tuple[ListedFile, ...]
    """In the order of the ids."""
    names: frozenset[str]
    skipped: tuple[str, ...]
    """Paths of what is no partnership: notes, folders, hidden files."""
    unsaved: Mapping[str, Content]
    """The text of files that are open in an editor and not saved, by name."""
    is_empty: bool
    """Whether there is no partnership at all."""

    def read(self, entry: ListedFile) -> Document:
        """The partnership of `entry`; a file that cannot be read becomes a document that says so."""
        return partnership_in(self.folder / FOLDER, entry, self._content, read_document)

    def read_shared(self) -> tuple[Document, Document]:
        """_council.yaml and _organisations.yaml."""
        home = self.folder / FOLDER
        council, organisations = shared_files(home, self.names, self._content, read_document)
        return with_no_partnership(council, home) if self.is_empty else council, organisations

    def settings(self) -> Settings:
        """Those on disk. Raises `BadSettings`."""
        return read_settings(self.folder)

    def read_framework(self) -> Document | None:
        """_framework.yaml; None where there is none."""
        return framework_file(self.folder / FOLDER, self._content, read_document)

    def state(self, judged: Mapping[str, str]) -> WorkingTreeState | None:
        """How the files stand to their commit; None outside git."""
        return state(self.folder / FOLDER, judged)

    def at_hand(self, entries: Sequence[ListedFile], known: Iterable[Document]) -> Self:
        """The same files."""
        del entries, known
        return self

    def _content(self, name: str) -> Content:
        if name in self.unsaved:
            return self.unsaved[name]
        return content_of(self.home, name)


def list_register(folder: Path, unsaved: Unsaved | None = None) -> FolderListing:
    """What lies in `folder`, and what is `unsaved` in place of its file.

    Where there is no partnership yet, the council's own file will say so. Raises `NoRegister` where partnerships/
    itself cannot be listed, or holds neither.
    """
    home = folder / FOLDER
    try:
        opened = OpenFolder(folder, (FOLDER,))
        names = set(opened.names())
    except IsLinkedFolder as error:
        raise NoRegister(refusal(home, "opened", error)) from error
    except OSError as error:
        raise NoRegister(f"The folder {display_path(home)} cannot be opened: {reason(error)}.") from error
    beyond = too_many_files(display_path(home), len(names))
    if beyond:
        raise NoRegister(beyond)
    unsaved_files = {unsaved.name: unsaved.content} if unsaved else {}
    entries, skipped = list_files(home, names | unsaved_files.keys())
    if not entries and COUNCIL not in names:
        raise NoRegister(
            f"There is no partnership in {display_path(home)}, so nothing was checked. "
            "kpf looks for files that end in .yaml. A new register begins with: kpf init"
        )
    return FolderListing(folder, opened, entries, frozenset(names), skipped, unsaved_files, is_empty=not entries)


def read_framework_of(folder: Path) -> Document | None:
    """_framework.yaml of the register in `folder`; None where there is none, or the folder cannot be opened."""
    try:
        home = OpenFolder(folder, (FOLDER,))
        return framework_file(folder / FOLDER, partial(content_of, home), read_document)
    except OSError:
        return None


def read_register(folder: Path, unsaved: Unsaved | None = None) -> Register:
    """Read all files below `folder`, and what is `unsaved` in place of its file. Raises `NoRegister`."""
    return read_all(list_register(folder, unsaved))


def read_all(listing: FolderListing) -> Register:
    """Read all files of `listing`, to have them all at once. Raises `NoRegister` where they are too much for that."""
    home = listing.folder / FOLDER
    beyond = too_much(display_path(home), (_size(listing.home, name) for name in listing.names if is_read(name)))
    if beyond:
        raise NoRegister(beyond)
    partnerships = tuple(map(listing.read, listing.entries))
    names = {entry.id: entry.name for entry in listing.entries}
    shared = listing.read_shared()
    return Register(listing.folder, partnerships, *shared, listing.skipped, names, listing.read_framework())


def _size(home: OpenFolder, name: str) -> int:
    try:
        return home.look(name).st_size
    except OSError:  # reported where it is opened
        return 0


def register_of(folder: Path, contents: Mapping[str, bytes]) -> Register:
    """A register of the files in `contents`, by name, and no others: those that one commit touched."""
    home = folder / FOLDER
    entries, skipped = list_files(home, contents)
    partnerships = tuple(partnership_in(home, entry, contents.get, read_document) for entry in entries)
    shared = shared_files(home, contents, contents.get, read_document)
    own = framework_file(home, contents.get, read_document)
    return Register(folder, partnerships, *shared, skipped, {entry.id: entry.name for entry in entries}, own)


def is_read(name: str) -> bool:
    """Whether a file of this name in partnerships/ is one of the register's."""
    return name in SHARED or (name.endswith(".yaml") and not name.startswith((".", "_")))
