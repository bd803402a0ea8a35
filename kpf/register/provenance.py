"""Where an answer came from: the day, the files, their commit, and the version of kpf that gave it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import kpf
from kpf.document import Document
from kpf.git.program import way_to
from kpf.git.working_tree import state
from kpf.register.content import display_path
from kpf.register.register import FOLDER, Register


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


def files_of(register: Register) -> tuple[RegisterFile, ...]:
    """The files of `register`, in its order."""
    return tuple(map(register_file, register.documents))


def register_file(document: Document) -> RegisterFile:
    """The file that `document` was read from."""
    return RegisterFile(document.path, document.partnership, document.sha256)


def provenance_of_files(
    folder: Path, files: tuple[RegisterFile, ...], skipped: tuple[str, ...], day: date, narrowed: tuple[str, ...] = ()
) -> Provenance:
    """Where an answer comes from that rests on the `files` of the register in `folder`, as at `day`."""
    home = folder / FOLDER
    commit = state(home)
    return Provenance(
        as_at=day,
        register=display_path(home),
        files=files,
        skipped=skipped,
        narrowed=narrowed,
        version=kpf.__version__,
        commit=commit.commit if commit else None,
        uncommitted=bool(commit and commit.uncommitted),
        home=way_to(home) if commit else None,
    )
