"""The files of a register as they stood at a commit."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from kpf.document import Document, read_document
from kpf.document.decoding import LARGEST_FILE
from kpf.document.faults import NAMED_ALIKE
from kpf.git.history import Kept, NoHistory, contents, kept_in
from kpf.register.content import A_FOLDER, A_LINK, Content, display_path
from kpf.register.entries import COUNCIL, ORGANISATIONS, ListedFile, list_files, partnership_in, shared_files
from kpf.register.register import FOLDER, Register, is_read, too_many_files, too_much


@dataclass(frozen=True)
class Committed:
    """What lay in partnerships/ at a commit, before any of it is read."""

    folder: Path
    """The folder that holds partnerships/."""
    commit: str
    entries: tuple[ListedFile, ...]
    """In the order of the ids."""
    skipped: tuple[str, ...]
    kept: Mapping[str, Kept]
    """What git keeps of each file, by name."""
    fetched: Mapping[str, bytes] = field(default_factory=dict)
    """What the files hold that are about to be read."""
    known: Mapping[tuple[str, str], Document] = field(default_factory=dict)
    """Documents that were read already, by path and checksum."""

    @property
    def home(self) -> Path:
        """The folder partnerships/ itself."""
        return self.folder / FOLDER

    def read(self, entry: ListedFile) -> Document:
        """The partnership of `entry`. Raises `NoHistory`."""
        return partnership_in(self.home, entry, self._content, self._document)

    def read_shared(self) -> tuple[Document, Document]:
        """_council.yaml and _organisations.yaml. Raises `NoHistory`."""
        return shared_files(self.home, self.kept, self._content, self._document)

    def at_hand(self, entries: Sequence[ListedFile], known: Iterable[Document]) -> Self:
        """The same files, with what `entries` and the shared files hold, fetched at once. Raises `NoHistory`.

        A file of the same path and bytes as one of the `known` documents is that document.
        """
        names = {COUNCIL, ORGANISATIONS, *(entry.name for entry in entries)}
        small = {name: kept.object for name in names if (kept := self.kept.get(name)) and _is_small(name, kept)}
        found = contents(self.home, small)
        same = {
            (document.path, document.sha256): document
            for document in known
            if not any(fault.rule == NAMED_ALIKE for fault in document.faults)  # which the others decide that lie there
        }
        return replace(self, fetched=found, known=same)

    def _content(self, name: str) -> Content:
        if name not in self.kept:
            return None
        if self.kept[name].is_link:
            return A_LINK
        if self.kept[name].size is None:
            return A_FOLDER
        return self.fetched[name] if name in self.fetched else bytes(LARGEST_FILE + 1)

    def _document(self, path: str, content: bytes, partnership: str | None) -> Document:
        known = self.known.get((path, hashlib.sha256(content).hexdigest()))
        return known or read_document(path, content, partnership)


def _is_small(name: str, kept: Kept) -> bool:
    return kept.size is not None and not kept.is_link and kept.size <= LARGEST_FILE and is_read(name)


def list_committed(folder: Path, commit: str) -> Committed:
    """What lay in the register of `folder` at `commit`, where it may not have been there yet. Raises `NoHistory`."""
    home = folder / FOLDER
    kept = kept_in(home, commit)
    _refuse(commit, too_many_files(display_path(home), len(kept)))
    entries, skipped = list_files(home, kept)
    return Committed(folder, commit, entries, skipped, kept)


def read_register_at(commit: str, now: Register) -> Register:
    """The whole register as it stood at `commit`; `now` is how it stands on disk.

    A file that is the same in both is read once. Raises `NoHistory`.
    """
    files = list_committed(now.folder, commit)
    sizes = (kept.size or 0 for name, kept in files.kept.items() if _is_small(name, kept))
    _refuse(commit, too_much(display_path(files.home), sizes))
    files = files.at_hand(files.entries, now.documents)
    return Register(files.folder, tuple(map(files.read, files.entries)), *files.read_shared(), files.skipped)


def _refuse(commit: str, why: str) -> None:
    if why:
        raise NoHistory(f"At commit {commit[:7]}: {why}")
