"""Where an answer came from: the day, the files, their commit, and the version of kpf that gave it."""

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
    """One file that was read, or should have been."""

    path: str
    partnership: str | None
    sha256: str
    """Empty where it could not be opened."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Everything that is needed to reproduce an answer."""

    as_at: date
    register: str
    files: tuple[RegisterFile, ...]
    skipped: tuple[str, ...]
    narrowed: tuple[str, ...]
    """What was narrowed, in words; empty where everything is shown."""
    version: str
    commit: str | None
    """The commit of the files; None outside git, empty before the first commit."""
    uncommitted: bool
    home: str | None = None
    """The path of the files from the top of the git repository, ending with a slash; None outside git."""
    states: Mapping[str, FileState] = field(default_factory=dict)
    """How each file stands to the commit, by path; empty outside git."""
    staged: bool = False
    """Whether what is staged was read, and not the files on disk."""
    framework: str = ""
    """The framework in force, where that is the council's own edition; empty for the packaged one."""

    def paths(self, state: FileState) -> tuple[str, ...]:
        """The paths of the files that stand so to the commit."""
        return tuple(path for path, found in self.states.items() if found is state)


def files_of(register: Register) -> tuple[RegisterFile, ...]:
    """The files of `register`, in its order."""
    return tuple(map(register_file, register.documents))


def register_file(document: Document) -> RegisterFile:
    """The file that `document` was read from."""
    return RegisterFile(document.path, document.partnership, document.sha256)


def provenance_of_files(
    register: Files, files: tuple[RegisterFile, ...], day: date, narrowed: tuple[str, ...] = (), framework: str = ""
) -> Provenance:
    """Where an answer comes from that rests on the `files` of `register`, as at `day`.

    `framework` names the one in force, where that is not the packaged one alone.
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
    """Each of `files` by its name on disk, which may hold bytes that no path shows."""
    names = {entry.id: entry.name for entry in register.entries}
    return {names.get(file.partnership or "", file.path.rpartition("/")[2]): file for file in files}
