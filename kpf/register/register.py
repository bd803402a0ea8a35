"""The files of a register, from a folder on disk or an unsaved buffer.

Paths go in and documents come out. The content of the files is not interpreted here.
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
"""The folder beside partnerships/ with the council's own templates."""
PAPERS: Final = "papers"
"""The folder beside partnerships/ with the answers files of papers."""
STAGING: Final = ".kpf-unfinished"
"""The folder in partnerships/ where a change of several files is prepared. It remains if kpf is killed."""


class NoRegister(Exception):  # noqa: N818 - what it says is not an error of the program
    """No register was found. The message says where kpf looked and what to do."""


class Files(Protocol):
    """The files of one council, listed and read on demand."""

    @property
    def folder(self) -> Path:
        """The folder that contains partnerships/."""

    @property
    def entries(self) -> Sequence[ListedFile]:
        """The entries of the partnerships, by id."""

    @property
    def skipped(self) -> tuple[str, ...]:
        """The paths of other entries of partnerships/: notes, folders, hidden files."""

    def read(self, entry: ListedFile, /) -> Document:
        """Return the partnership of `entry`. An unreadable file gives a document that says so."""

    def read_shared(self) -> tuple[Document, Document]:
        """Return _council.yaml and _organisations.yaml."""

    def settings(self) -> Settings:
        """Return the settings in kpf.toml or pyproject.toml beside partnerships/. Raise `BadSettings`."""

    def read_framework(self) -> Document | None:
        """Return _framework.yaml, or None if there is none."""

    def state(self, judged: Mapping[str, str], /) -> WorkingTreeState | None:
        """Return the state of the files relative to their commit, or None outside git.

        `judged` gives the files that were read, by name with the SHA-256 of their content.
        """

    def at_hand(self, entries: Sequence[ListedFile], known: Iterable[Document], /) -> Self:
        """Return the same files, prepared for reading `entries` in turn.

        For a file with the path and content of one of the `known` documents, that document is reused.
        """


@dataclass(frozen=True)
class Register:
    """The files of one council, all read."""

    folder: Path
    """The folder that contains partnerships/."""
    partnerships: tuple[Document, ...]
    """The files of partnerships, by id."""
    council: Document
    organisations: Document
    skipped: tuple[str, ...]
    """Paths of what lies in partnerships/ and is no partnership: notes, folders, hidden files."""
    file_names: Mapping[str, str] = field(default_factory=dict)
    """The name of each partnership's file, by id. It can contain bytes that are not UTF-8."""
    framework: Document | None = None
    """The council's own edition, if any."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of all files, including those that could not be read."""
        shared = (self.council, self.organisations, *((self.framework,) if self.framework else ()))
        return (*shared, *self.partnerships)

    @cached_property
    def entries(self) -> tuple[ListedFile, ...]:
        """The entries of the partnerships, by id."""
        return tuple(
            ListedFile(self.file_name(document), document.partnership or "", None) for document in self.partnerships
        )

    def file_name(self, document: Document) -> str:
        """Return the name of the file of `document`."""
        return self.file_names.get(document.partnership or "") or document.path.rpartition("/")[2]

    @cached_property
    def _by_id(self) -> Mapping[str, Document]:
        return {document.partnership or "": document for document in self.partnerships}

    def read(self, entry: ListedFile) -> Document:
        """Return the partnership of `entry`."""
        return self._by_id[entry.id]

    def read_shared(self) -> tuple[Document, Document]:
        """Return _council.yaml and _organisations.yaml."""
        return self.council, self.organisations

    def settings(self) -> Settings:
        """Return the settings on disk. Raise `BadSettings`."""
        return read_settings(self.folder)

    def read_framework(self) -> Document | None:
        """Return _framework.yaml, or None if there is none."""
        return self.framework

    def state(self, judged: Mapping[str, str]) -> WorkingTreeState | None:
        """Return the state of the files on disk relative to their commit, or None outside git."""
        return state(self.folder / FOLDER, judged)

    def at_hand(self, entries: Sequence[ListedFile], known: Iterable[Document]) -> Self:
        """Return the register itself."""
        del entries, known
        return self


@dataclass(frozen=True, slots=True)
class Unsaved:
    """The unsaved text of one file of the register in an editor."""

    name: str
    """The name of the file in partnerships/."""
    content: bytes


@dataclass(frozen=True)
class FolderListing:
    """The contents of partnerships/, listed but not read."""

    folder: Path
    """The folder that contains partnerships/."""
    home: OpenFolder
    """The folder partnerships/."""
    entries: tuple[ListedFile, ...]
    """The files of partnerships, by id."""
    names: frozenset[str]
    skipped: tuple[str, ...]
    """The paths of other entries: notes, folders, hidden files."""
    unsaved: Mapping[str, Content]
    """The unsaved text of files that are open in an editor, by name."""
    is_empty: bool
    """Whether there is no partnership."""

    def read(self, entry: ListedFile) -> Document:
        """Return the partnership of `entry`. An unreadable file gives a document that says so."""
        return partnership_in(self.folder / FOLDER, entry, self._content, read_document)

    def read_shared(self) -> tuple[Document, Document]:
        """Return _council.yaml and _organisations.yaml."""
        home = self.folder / FOLDER
        council, organisations = shared_files(home, self.names, self._content, read_document)
        return with_no_partnership(council, home) if self.is_empty else council, organisations

    def settings(self) -> Settings:
        """Return the settings on disk. Raise `BadSettings`."""
        return read_settings(self.folder)

    def read_framework(self) -> Document | None:
        """Return _framework.yaml, or None if there is none."""
        return framework_file(self.folder / FOLDER, self._content, read_document)

    def state(self, judged: Mapping[str, str]) -> WorkingTreeState | None:
        """Return the state of the files relative to their commit, or None outside git."""
        return state(self.folder / FOLDER, judged)

    def at_hand(self, entries: Sequence[ListedFile], known: Iterable[Document]) -> Self:
        """Return the register itself."""
        del entries, known
        return self

    def _content(self, name: str) -> Content:
        if name in self.unsaved:
            return self.unsaved[name]
        return content_of(self.home, name)


def list_register(folder: Path, unsaved: Unsaved | None = None) -> FolderListing:
    """Return the files of the register in `folder`, with `unsaved` in place of its file.

    If there is no partnership yet, the council's file has a fault that says so. Raise `NoRegister` if partnerships/
    cannot be listed, or contains neither.
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
    """Return _framework.yaml of the register in `folder`, or None if there is none or the folder cannot be opened."""
    try:
        home = OpenFolder(folder, (FOLDER,))
        return framework_file(folder / FOLDER, partial(content_of, home), read_document)
    except OSError:
        return None


def read_register(folder: Path, unsaved: Unsaved | None = None) -> Register:
    """Read all files of the register in `folder`, with `unsaved` in place of its file. Raise `NoRegister`."""
    return read_all(list_register(folder, unsaved))


def read_all(listing: FolderListing) -> Register:
    """Read all files of `listing` into memory. Raise `NoRegister` if they are too large."""
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
    except OSError:  # reported when it is opened
        return 0


def register_of(folder: Path, contents: Mapping[str, bytes]) -> Register:
    """Return a register of only the files in `contents`, by name, such as those changed by one commit."""
    home = folder / FOLDER
    entries, skipped = list_files(home, contents)
    partnerships = tuple(partnership_in(home, entry, contents.get, read_document) for entry in entries)
    shared = shared_files(home, contents, contents.get, read_document)
    own = framework_file(home, contents.get, read_document)
    return Register(folder, partnerships, *shared, skipped, {entry.id: entry.name for entry in entries}, own)


def is_read(name: str) -> bool:
    """Return whether a file of this name in partnerships/ belongs to the register."""
    return name in SHARED or (name.endswith(".yaml") and not name.startswith((".", "_")))
