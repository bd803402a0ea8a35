"""The provenance of a result: the day, the files, their commit and the version of kpf."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import kpf
from kpf.document import Document
from kpf.git.program import path_to
from kpf.git.working_tree import FileState
from kpf.register.content import display_path
from kpf.register.register import FOLDER, Files, Register


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A file that was read, or could not be opened."""

    path: str
    partnership: str | None
    sha256: str
    """The hash of the content; empty if the file could not be opened."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """The data needed to reproduce a result."""

    as_at: date
    register: str
    files: tuple[RegisterFile, ...]
    skipped: tuple[str, ...]
    narrowed: tuple[str, ...]
    """Phrases for the limits set on the result; empty if everything is shown."""
    version: str
    commit: str | None
    """The commit of the files; None outside git, and empty before the first commit."""
    uncommitted: bool
    home: str | None = None
    """The path of the files from the top of the git repository, ending with a slash; None outside git."""
    states: Mapping[str, FileState] = field(default_factory=dict)
    """The state of each file relative to the commit, by path; empty outside git."""
    staged: bool = False
    """Whether the staged files were read, and not those on disk."""
    framework: str = ""
    """The framework in force if it is the council's own edition; empty for the packaged one."""

    def paths(self, state: FileState) -> tuple[str, ...]:
        """Return the paths of the files with this state."""
        return tuple(path for path, found in self.states.items() if found is state)


def files_of(register: Register) -> tuple[RegisterFile, ...]:
    """Return the files of `register`, in its order."""
    return tuple(map(register_file, register.documents))


def register_file(document: Document) -> RegisterFile:
    """Return the file that `document` was read from."""
    return RegisterFile(document.path, document.partnership, document.sha256)


def provenance_of_files(
    register: Files, files: tuple[RegisterFile, ...], day: date, narrowed: tuple[str, ...] = (), framework: str = ""
) -> Provenance:
    """Return the provenance of a result from the `files` of `register`, as at `day`.

    `framework` names the framework in force if it is not just the packaged one.
    """
    home = register.folder / FOLDER
    paths = _by_name(register, files)
    commit = register.state({name: file.sha256 for name, file in paths.items() if file.sha256})
    return Provenance(
        as_at=day,
        register=display_path(home),
        files=files,
        skipped=register.skipped,
        narrowed=narrowed,
        version=kpf.__version__,
        commit=commit.commit if commit else None,
        uncommitted=bool(commit and commit.uncommitted),
        home=path_to(home) if commit else None,
        states={paths[name].path: found for name, found in commit.files.items()} if commit else {},
        staged=bool(commit and commit.staged),
        framework=framework,
    )


def _by_name(register: Files, files: tuple[RegisterFile, ...]) -> dict[str, RegisterFile]:
    """Return `files` by their names on disk, which can contain bytes that are not UTF-8."""
    names = {entry.id: entry.name for entry in register.entries}
    return {names.get(file.partnership or "", file.path.rpartition("/")[2]): file for file in files}
