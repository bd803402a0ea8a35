"""Files of a register on disk, found by their ids and read for editing."""

from dataclasses import dataclass
from pathlib import Path

from kpf.disk.folder import OpenFolder
from kpf.document import Document, read_document
from kpf.document.decoding import LARGEST_FILE
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.edit import Broken, read_for_editing
from kpf.register.content import refusal
from kpf.register.meant import entry_meant
from kpf.register.register import FOLDER, Register


@dataclass(frozen=True, slots=True)
class EditableFile:
    """A file that can be edited, with its bytes and its document."""

    path: Path
    content: bytes
    document: Document


def partnership_file(register: Register, given: str) -> EditableFile:
    """Return the file of the partnership `given` by its id, file or name.

    Raises `CannotEdit` and `NoSuchPartnership`.
    """
    return editable_file(register, register.read(entry_meant(given, register.entries, register.read)))


def organisations_file(register: Register) -> EditableFile:
    """Return _organisations.yaml. Raises `CannotEdit`."""
    return editable_file(register, register.organisations)


def councils_own_file(register: Register) -> EditableFile:
    """Return _council.yaml. Raises `CannotEdit`."""
    return editable_file(register, register.council)


def editable_file(register: Register, document: Document) -> EditableFile:
    """Read the file of `document` again. Raises `CannotEdit`, also if the file has faults."""
    file = opened_file(register, document)
    read_for_editing(document.path, file.content, document.partnership)
    return file


def opened_file(register: Register, document: Document) -> EditableFile:
    """Read the file of `document` again, with or without faults. Raises `CannotEdit`."""
    if not document.sha256:  # it could not be opened, and has a fault that says why
        raise Broken(document)
    path = register.folder / FOLDER / register.file_name(document)
    try:
        content = _folder_of(path).read(path.name, LARGEST_FILE)
    except OSError as error:
        raise CannotEdit(refusal(path, "read", error)) from error
    return EditableFile(path, content, read_document(document.path, content, document.partnership))


def _folder_of(path: Path) -> OpenFolder:
    """Open the folder of the file `path`. Raises `OSError`."""
    home = path.parent
    return OpenFolder(home.parent, (home.name,))
