"""What an edit makes of the files of a register, put on disk: all of it or nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kpf.disk.applying import ChangedMeanwhile, Workplace
from kpf.disk.folder import OpenFolder
from kpf.disk.journal import BadJournal, RelativePath
from kpf.disk.together import (
    EndedChange,
    Ending,
    FileChange,
    HalfDone,
    ReadOnly,
    change_all,
    end_earlier,
)
from kpf.document.wording import some
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.edit import Edit
from kpf.register.content import display_path, refusal
from kpf.register.register import FOLDER, PAPERS, STAGING
from kpf.schema import FOLDER as SCHEMAS

_FOLDERS: Final = {FOLDER, SCHEMAS, PAPERS, ".vscode", ".github"}
_AT_THE_TOP: Final = {"README.md", ".yamllint", ".pre-commit-config.yaml", ".gitlab-ci.yml", "azure-pipelines.yml"}


def is_written(path: RelativePath) -> bool:
    """Whether kpf writes a file of this way from the folder that holds partnerships/."""
    if len(path) == 1:
        return path[0] in _AT_THE_TOP
    return path[0] in _FOLDERS and not any(name.startswith(".") for name in path[1:])


def change_by(name: str, edit: Edit) -> FileChange:
    """The change that `edit` makes of the file `name` in partnerships/."""
    return FileChange((FOLDER, name), edit.old, edit.new)


def write_all(register: Path, changes: Sequence[FileChange]) -> tuple[str, ...]:
    """Make all `changes` of files in the folder `register`, and say what could not be kept of those replaced.

    Raises `CannotEdit`; then every file is as it was.
    """
    try:
        return change_all(_place(register), changes)
    except OSError as error:
        raise CannotEdit(_why_not(register, changes, error)) from error


def end_earlier_change(register: Path) -> str:
    """Finish or undo a change of the folder `register` that an earlier run left unfinished, and say so.

    Empty where there is none. Raises `CannotEdit` where that cannot be done.
    """
    try:
        ended = end_earlier(_place(register))
    except OSError as error:
        raise CannotEdit(_stuck(register, error)) from error
    return _how_it_ended(register, ended) if ended else ""


def _place(register: Path) -> Workplace:
    top = OpenFolder(register)
    return Workplace(top, top.inside(FOLDER), STAGING, is_written)


def _why_not(register: Path, changes: Sequence[FileChange], error: OSError) -> str:
    path = Path(error.filename) if isinstance(error.filename, str) else register.joinpath(*changes[0].path)
    if isinstance(error, BadJournal | HalfDone):
        return _stuck(register, error)
    if isinstance(error, ChangedMeanwhile):
        return f"{display_path(path)} was changed by somebody else meanwhile, so nothing was written. Try again."
    as_before = "It is as it was." if len(changes) == 1 else "Nothing was changed."
    if isinstance(error, ReadOnly):
        said = f"{display_path(path)} may not be changed: it is marked as read-only."
        return said if len(changes) == 1 else f"{said} {as_before}"
    if isinstance(error, FileExistsError):
        return refusal(path, "written", error)
    return f"{refusal(_file_meant(path, register, changes), 'written', error)} {as_before}"


def _file_meant(path: Path, register: Path, changes: Sequence[FileChange]) -> Path:
    """The file that somebody knows: not one that was being prepared in its place."""
    number = path.name.partition(".")[0]
    if path.parent.name == STAGING:
        return register.joinpath(*changes[int(number) if number.isdecimal() else 0].path)
    return path


def _stuck(register: Path, error: OSError) -> str:
    left = f"{display_path(register / FOLDER / STAGING)}/"
    if isinstance(error, BadJournal):
        return (
            f"{left} says that an earlier kpf command was stopped part-way, but it is not what kpf writes there. "
            "Nothing was done. Find out who put it there, and remove it."
        )
    why = refusal(Path(error.filename) if isinstance(error.filename, str) else register, "written", error)
    return (
        f"An earlier change was stopped part-way, and kpf can neither finish nor undo it yet. {why} "
        f"Its files are in {left}. Put that right and run the command again."
    )


def _how_it_ended(register: Path, ended: EndedChange) -> str:
    paths = [display_path(register.joinpath(*path)) for path in ended.paths]
    files = "1 file" if len(paths) == 1 else f"{len(paths)} files"
    match ended.ending:
        case Ending.NOT_BEGUN:
            return "An earlier kpf command was stopped before it had changed any file. What it had prepared is removed."
        case Ending.COMPLETE:
            return "An earlier kpf command was stopped after it had changed its files. What it had prepared is removed."
        case Ending.FINISHED:
            return f"An earlier kpf command was stopped while it changed {files}. That is finished now: {some(paths)}."
    others = [display_path(register.joinpath(*path)) for path in ended.left_alone]
    but = f" Somebody has changed {some(others)} since, so that is left as it is." if others else ""
    return f"An earlier kpf command was stopped while it changed {files}. That is undone now: {some(paths)}.{but}"
