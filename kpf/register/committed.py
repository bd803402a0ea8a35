"""The files of a register in git, either at a commit or staged."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from kpf.document import Document, read_document
from kpf.document.decoding import LARGEST_FILE
from kpf.document.faults import NAMED_ALIKE
from kpf.git.history import (
    Kept,
    NoGit,
    NoHistory,
    Staged,
    commit_or_none,
    contents,
    is_staged,
    judged_by_pre_commit,
    kept_as_staged,
    kept_elsewhere,
    kept_in,
    last_commit,
    staged_below,
    staged_for,
)
from kpf.git.program import short
from kpf.git.working_tree import FileState, WorkingTreeState
from kpf.register.content import A_FOLDER, A_LINK, Content, display_path, too_many_files
from kpf.register.entries import (
    COUNCIL,
    FRAMEWORK,
    ORGANISATIONS,
    ListedFile,
    framework_file,
    list_files,
    partnership_in,
    shared_files,
    with_no_partnership,
)
from kpf.register.home import find_register
from kpf.register.register import FOLDER, NoRegister, is_read
from kpf.register.settings import NO_SETTINGS, OWN_FILE, PROJECT_FILE, Settings, settings_in


@dataclass(frozen=True)
class Committed:
    """The contents of partnerships/ in git, listed but not read."""

    folder: Path
    """The folder that contains partnerships/."""
    commit: str
    """The full hash of the commit; empty for what is staged."""
    entries: tuple[ListedFile, ...]
    """The files of partnerships, by id."""
    skipped: tuple[str, ...]
    kept: Mapping[str, Kept]
    """The entry of each file in git, by name."""
    fetched: Mapping[str, bytes] = field(default_factory=dict)
    """The contents of the files that are read next, by name."""
    known: Mapping[tuple[str, str], Document] = field(default_factory=dict)
    """The documents read before, by path and checksum."""
    staged: Staged | None = None
    """The index for what is staged; None for a commit."""
    is_judged: bool = False
    """Whether it is the register to judge, which must contain a partnership, and not one to compare with."""

    @property
    def home(self) -> Path:
        """The folder partnerships/ itself."""
        return self.folder / FOLDER

    def read(self, entry: ListedFile) -> Document:
        """Return the partnership of `entry`. Raise `NoHistory`."""
        return partnership_in(self.home, entry, self._content, self._document)

    def read_shared(self) -> tuple[Document, Document]:
        """Return _council.yaml and _organisations.yaml. Raise `NoHistory`."""
        council, organisations = shared_files(self.home, self.kept, self._content, self._document)
        empty = self.is_judged and not self.entries
        return with_no_partnership(council, self.home) if empty else council, organisations

    def settings(self) -> Settings:
        """Return the committed or staged settings. Raise `BadSettings` or `NoHistory`."""
        if self.staged is None and not self.commit:
            return NO_SETTINGS
        beside = kept_in(self.folder, self.commit) if self.staged is None else kept_as_staged(self.folder, self.staged)
        named = {name: beside[name].object for name in (OWN_FILE, PROJECT_FILE) if name in beside and beside[name].size}
        return settings_in(contents(self.folder, named), display_path(self.folder))

    def read_framework(self) -> Document | None:
        """Return _framework.yaml, or None if there is none. Raise `NoHistory`."""
        return framework_file(self.home, self._content, self._document)

    def state(self, judged: Mapping[str, str]) -> WorkingTreeState:
        """Return the commit, and the state of the staged files in `judged`. Raise `NoHistory`."""
        last = self.commit if self.staged is None else last_commit(self.home)
        if self.staged is None or last is None:
            found = FileState.AS_COMMITTED if last else FileState.IN_NO_COMMIT
            return WorkingTreeState(short(last or ""), not last, dict.fromkeys(judged, found), staged=not last)
        before = kept_in(self.home, last)
        states = {name: _state_of(before.get(name), self.kept.get(name)) for name in judged}
        return WorkingTreeState(short(last), is_staged(self.home, self.staged), states, staged=True)

    def at_hand(self, entries: Sequence[ListedFile], known: Iterable[Document]) -> Self:
        """Return a copy with the contents of `entries` and the shared files, fetched at once. Raise `NoHistory`.

        For a file with the path and content of one of the `known` documents, that document is reused.
        """
        names = {COUNCIL, ORGANISATIONS, FRAMEWORK, *(entry.name for entry in entries)}
        small = {name: kept.object for name in names if (kept := self.kept.get(name)) and _is_small(name, kept)}
        found = contents(self.home, small)
        same = {
            (document.path, document.sha256): document
            for document in known
            if not any(fault.rule == NAMED_ALIKE for fault in document.faults)  # depends on the other files
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


def _state_of(before: Kept | None, now: Kept | None) -> FileState:
    if before is None:
        return FileState.IN_NO_COMMIT
    return FileState.AS_COMMITTED if now and now.object == before.object else FileState.CHANGED


def _is_small(name: str, kept: Kept) -> bool:
    return kept.size is not None and not kept.is_link and kept.size <= LARGEST_FILE and is_read(name)


def list_committed(folder: Path, commit: str, *, is_judged: bool = False) -> Committed:
    """Return the files of the register of `folder` at `commit`, at which it need not exist.

    If the folder of the register has been moved since, its former folder is used. Raise `NoHistory`.
    """
    home = folder / FOLDER
    kept = kept_in(home, commit) or kept_elsewhere(home, commit)
    _refuse(commit, too_many_files(display_path(home), len(kept)))
    entries, skipped = list_files(home, kept)
    return Committed(folder, commit, entries, skipped, kept, is_judged=is_judged)


def list_staged(folder: Path, staged: Staged) -> Committed:
    """Return the `staged` files of the register of `folder`. Raise `NoHistory`."""
    home = folder / FOLDER
    kept = kept_as_staged(home, staged)
    _refuse("", too_many_files(display_path(home), len(kept)))
    entries, skipped = list_files(home, kept)
    if not entries and COUNCIL not in kept:
        raise NoHistory(
            f"Nothing of {display_path(home)} is staged, so nothing was checked. Stage it: git add {FOLDER}"
        )
    return Committed(folder, "", entries, skipped, kept, staged=staged, is_judged=True)


def list_to_come(given: Path | None, working_folder: Path, environment: Mapping[str, str]) -> Committed:
    """Return the register as it will be in the next commit, or as it is in pre-commit's PRE_COMMIT_TO_REF.

    Raise `NoRegister` or `NoHistory`.
    """
    folder, staged = find_staged(given, working_folder, environment)
    if not judged_by_pre_commit(environment):
        return list_staged(folder, staged)
    commit = commit_or_none(folder / FOLDER, judged_by_pre_commit(environment))
    return list_committed(folder, commit, is_judged=True) if commit else list_staged(folder, staged)


def find_staged(given: Path | None, working_folder: Path, environment: Mapping[str, str]) -> tuple[Path, Staged]:
    """Return the folder that contains partnerships/, and its index.

    It is the result of `find_register`, or else the only such folder below the working folder with staged files,
    because hooks run at the top of a repository. Raise `NoRegister` or `NoHistory`.
    """
    try:
        folder = find_register(given, working_folder)
    except NoRegister as nowhere:
        if given is not None:
            raise
        try:
            staged = staged_for(working_folder, environment)
            folder = _below(working_folder, staged)
        except NoGit:
            raise nowhere from None
    else:
        staged = staged_for(folder / FOLDER, environment)
    return folder, staged


def _below(working_folder: Path, staged: Staged) -> Path:
    paths = [Path(path) for path in staged_below(working_folder, FOLDER, staged)]
    found = sorted({path.parents[1] for path in paths if is_read(path.name)})
    if not found:
        raise NoRegister(f"There is no folder {FOLDER}/ here, in a folder above or among the staged files below.")
    if len(found) > 1:
        named = ", ".join(display_path(working_folder / folder) for folder in found)
        raise NoRegister(f"There are several registers here: {named}. Say which: --register DIR")
    return working_folder / found[0]


def _refuse(commit: str, why: str) -> None:
    if why:
        raise NoHistory(f"{f'At commit {short(commit)}' if commit else 'Staged'}: {why}")
