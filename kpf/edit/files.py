"""Files of a register as they lie on disk: found by their ids, and replaced only where nobody else changed them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kpf.disk.folder import OpenFolder
from kpf.disk.put import replace
from kpf.document import Document, read_document
from kpf.document.decoding import LARGEST_FILE
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.edit import Broken, Edit, read_for_editing
from kpf.register.content import display_path, refusal
from kpf.register.meant import entry_meant
from kpf.register.register import FOLDER, Register


@dataclass(frozen=True, slots=True)
class EditableFile:
    """A file that can be edited, with its bytes and what they say."""

    path: Path
    content: bytes
    document: Document


def partnership_file(register: Register, given: str) -> EditableFile:
    """The file of the partnership that was `given`: by its id, its file or its name.

    Raises `CannotEdit`, `NoSuchPartnership`.
    """
    return editable_file(register, register.read(entry_meant(given, register.entries, register.read)))


def organisations_file(register: Register) -> EditableFile:
    """_organisations.yaml. Raises `CannotEdit`."""
    return editable_file(register, register.organisations)


def editable_file(register: Register, document: Document) -> EditableFile:
    """The file that was read as `document`, read once more, if nothing is wrong with it. Raises `CannotEdit`."""
    file = opened_file(register, document)
    read_for_editing(document.path, file.content, document.partnership)
    return file


def opened_file(register: Register, document: Document) -> EditableFile:
    """The file that was read as `document`, read once more, whatever it says. Raises `CannotEdit`."""
    if not document.sha256:  # it was not opened, and says why
        raise Broken(document)
    path = register.folder / FOLDER / register.file_name(document)
    try:
        content = _folder_of(path).read(path.name, LARGEST_FILE)
    except OSError as error:
        raise CannotEdit(refusal(path, "read", error)) from error
    return EditableFile(path, content, read_document(document.path, content, document.partnership))


def put_in_place(path: Path, edit: Edit) -> tuple[str, ...]:
    """Write the file anew, if it still is what the edit was made from, and say what could not be kept of it.

    Raises `CannotEdit`; then it is as it was.
    """
    try:
        folder = _folder_of(path)
        with _alone_in(folder):
            if folder.read(path.name, LARGEST_FILE) != edit.old:
                raise CannotEdit(
                    f"{display_path(path)} was changed by somebody else meanwhile, so nothing was written. Try again."
                )
            if not folder.may_be_written(path.name):
                raise CannotEdit(f"{display_path(path)} may not be changed: it is marked as read-only.")
            return replace(folder, path.name, edit.new)
    except OSError as error:
        raise CannotEdit(f"{refusal(path, 'written', error)} It is as it was.") from error


def _folder_of(path: Path) -> OpenFolder:
    """The folder partnerships/ that holds the file `path`. Raises `OSError`."""
    home = path.parent
    return OpenFolder(home.parent, (home.name,))


@contextmanager
def _alone_in(folder: OpenFolder) -> Iterator[None]:
    """Hold a lock on `folder` against other runs of kpf, where the system has locks."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none: there the comparison just before writing has to do
    except ImportError:
        yield
        return
    held = folder.lockable()
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)
