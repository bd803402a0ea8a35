"""Where files come from: a folder on disk. Paths in, documents out; nothing here knows what a file says."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpf.document import Document, missing_document, read_document, unread_document
from kpf.document.decoding import LARGEST_FILE

FOLDER: Final = "partnerships"
COUNCIL: Final = "_council.yaml"
ORGANISATIONS: Final = "_organisations.yaml"
_SHARED: Final = {COUNCIL: "what all partnerships share", ORGANISATIONS: "the partners, each once"}


class NoRegister(Exception):  # noqa: N818 - what it says is not an error of the program
    """There is no register to work on; the message says where kpf looked and what to do."""


@dataclass(frozen=True)
class Register:
    """The files of one council."""

    folder: Path
    """The folder that holds partnerships/."""
    partnerships: tuple[Document, ...]
    """In the order of their ids."""
    council: Document
    organisations: Document
    skipped: tuple[str, ...]
    """Paths of what lies in partnerships/ and is no partnership: notes, folders, hidden files."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """All files that were read or should have been."""
        return (self.council, self.organisations, *self.partnerships)


def find_register(given: Path | None, working_folder: Path) -> Path:
    """The folder that holds partnerships/: the one given, else the nearest upwards of the working folder.

    Raises `NoRegister`.
    """
    if given is not None:
        if (given / FOLDER).is_dir():
            return given
        if Path(os.path.abspath(given)).name == FOLDER and given.is_dir():  # noqa: PTH100 - a link keeps its own name
            return given / ".." if given.name != FOLDER else given.parent
        raise NoRegister(
            f"There is no folder {FOLDER}/ in {shown(given)}. Give the folder that holds it: kpf check --register DIR"
        )
    here = working_folder.absolute()
    for folder in (here, *here.parents):
        if (folder / FOLDER).is_dir():
            return folder
    raise NoRegister(
        f"There is no folder {FOLDER}/ here or in any folder above. "
        "Change to your register, or say where it is: kpf check --register DIR"
    )


def read_register(folder: Path) -> Register:
    """Read all files below `folder`. A file that cannot be read becomes a document that says so.

    Raises `NoRegister` where partnerships/ itself cannot be listed or holds no partnership.
    """
    home = folder / FOLDER
    try:
        names = sorted(os.listdir(home))  # noqa: PTH208 - names that are not UTF-8 must come through
    except OSError as error:
        raise NoRegister(f"The folder {shown(home)} cannot be opened: {reason(error)}.") from error
    partnerships: list[Document] = []
    skipped: list[str] = []
    taken = {name for name in names if name.endswith(".yaml")}
    for name in names:
        path = home / name
        stem, ending = os.path.splitext(name)  # noqa: PTH122 - as above
        if name in {COUNCIL, ORGANISATIONS}:
            continue
        if ending.lower() not in {".yaml", ".yml"} or name.startswith((".", "_")):
            skipped.append(shown(path))
        elif ending != ".yaml":
            partnerships.append(
                unread_document(
                    shown(path),
                    _text(name if f"{stem}.yaml" in taken else stem),
                    f"The name of this file ends in {ending}, so it was not read.",
                    f"Rename it to {_text(stem)}.yaml",
                )
            )
        else:
            partnerships.append(_read(path, _text(stem), home))
    if not partnerships:
        raise NoRegister(
            f"There is no partnership in {shown(home)}, so nothing was checked. kpf looks for files that end in .yaml."
        )
    council, organisations = (_read(home / name, None, home) for name in (COUNCIL, ORGANISATIONS))
    return Register(folder, tuple(partnerships), council, organisations, tuple(skipped))


def _read(path: Path, partnership: str | None, home: Path) -> Document:
    where = shown(path)
    try:
        odd = _odd(path, home)
        if odd:
            return unread_document(where, partnership, *odd)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return _missing(path.name, where, partnership)
    except OSError as error:
        message = f"This file cannot be opened: {reason(error)}."
        return unread_document(where, partnership, message, "See who may open it, and where it was meant to be.")
    return read_document(where, content, partnership)


def _odd(path: Path, home: Path) -> tuple[str, str] | None:
    """What is wrong with `path`, and what to do, where it is no file of the register's own."""
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(home.parent)):
        message = "This file is a link to a place outside the register, so it was not read."
        return message, "Put the file itself here."
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        message = "This is a folder, though its name ends in .yaml."
        return message, "Give the folder another name, or put the file that belongs here in its place."
    if not stat.S_ISREG(kind):
        return "This is not an ordinary file, so it was not read.", "Put an ordinary file here."
    return None


def _missing(name: str, where: str, partnership: str | None) -> Document:
    if name in _SHARED:
        message = f"The register has no {name}, which holds {_SHARED[name]}."
        return missing_document(where, message, f"Make one as {where}; examples/aldermere shows what stands in it.")
    return unread_document(where, partnership, "This file is missing.", f"kpf looks for it as {where}")


def shown(path: Path) -> str:
    """`path` as people and CI systems read it: relative to the working folder, with slashes."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        relative = str(path)
    return _text(relative).replace(os.sep, "/")


def _text(name: str) -> str:
    """`name` as text: a byte of it that is not UTF-8 is written out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def reason(error: OSError) -> str:
    """Why the system refused, in its own words without codes and paths."""
    return (error.strerror or "the system gives no reason").lower()
