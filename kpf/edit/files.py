"""Files of a register as they lie on disk, found by their ids and read to be edited."""

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


def councils_own_file(register: Register) -> EditableFile:
    """_council.yaml. Raises `CannotEdit`."""
    return editable_file(register, register.council)


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


def _folder_of(path: Path) -> OpenFolder:
    """The folder partnerships/ that holds the file `path`. Raises `OSError`."""
    home = path.parent
    return OpenFolder(home.parent, (home.name,))
