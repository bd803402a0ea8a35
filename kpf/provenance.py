"""Where an answer came from: the day, the files, their commit, and the version of kpf that gave it."""

from dataclasses import dataclass
from datetime import date

import kpf
from kpf.git import way_to
from kpf.register import FOLDER, Register, shown
from kpf.working_tree import state


@dataclass(frozen=True, slots=True)
class File:
    """One file that was read, or should have been."""

    path: str
    partnership: str | None
    sha256: str
    """Empty where it could not be opened."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What has to be known to get the same answer again."""

    as_at: date
    register: str
    files: tuple[File, ...]
    skipped: tuple[str, ...]
    narrowed: tuple[str, ...]
    """What was narrowed, in words; empty where everything is shown."""
    version: str
    commit: str | None
    """The commit of the files; None outside git, empty before the first commit."""
    uncommitted: bool
    home: str | None = None
    """The way from the top of the git repository to the files, a slash at its end; None outside git."""


def files_of(register: Register) -> tuple[File, ...]:
    """The files of `register`, in its order."""
    return tuple(File(document.path, document.partnership, document.sha256) for document in register.documents)


def provenance_of(register: Register, day: date, narrowed: tuple[str, ...] = ()) -> Provenance:
    """Where an answer about `register` as at `day` comes from."""
    commit = state(register.folder / FOLDER)
    return Provenance(
        as_at=day,
        register=shown(register.folder / FOLDER),
        files=files_of(register),
        skipped=register.skipped,
        narrowed=narrowed,
        version=kpf.__version__,
        commit=commit.commit if commit else None,
        uncommitted=bool(commit and commit.uncommitted),
        home=way_to(register.folder / FOLDER) if commit else None,
    )
