"""Where files come from: a folder on disk, an unsaved buffer, a revision that git keeps.

Paths in, documents out; nothing here knows what a file says.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kpf.document import Document, missing_document, read_document, unread_document
from kpf.document.decoding import LARGEST_FILE
from kpf.document.faults import NO_PARTNERSHIP, Fault
from kpf.history import Leads, contents, kept_in

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
        "Change to your register, say where it is (kpf check --register DIR), or begin a new one: kpf init"
    )


@dataclass(frozen=True, slots=True)
class _NotRead:
    """Why a file was not opened, and what to do."""

    message: str
    fix: str


_Content = bytes | _NotRead | None
"""What a file holds; why that cannot be had; None where there is no such file."""
_OUTSIDE: Final = _NotRead(
    "This file is a link to a place outside the register, so it was not read.", "Put the file itself here."
)
_A_FOLDER: Final = _NotRead(
    "This is a folder, though its name ends in .yaml.",
    "Give the folder another name, or put the file that belongs here in its place.",
)


def _not_opened(why: str) -> _NotRead:
    return _NotRead(f"This file cannot be opened: {why}.", "See who may open it, and where it was meant to be.")


_LED: Final = MappingProxyType(
    {
        Leads.OUTSIDE: _OUTSIDE,
        Leads.TO_A_FOLDER: _A_FOLDER,
        Leads.IN_CIRCLES: _not_opened(os.strerror(errno.ELOOP).lower()),
    }
)


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What an editor holds of one file of the register and has not saved."""

    name: str
    """The file's name, within partnerships/."""
    content: bytes


def read_register(folder: Path, unsaved: Unsaved | None = None) -> Register:
    """Read all files below `folder`, and what is `unsaved` in place of its file.

    A file that cannot be read becomes a document that says so. Where there is no partnership yet, the council's own
    file says so. Raises `NoRegister` where partnerships/ itself cannot be listed, or holds neither.
    """
    home = folder / FOLDER
    try:
        names = set(os.listdir(home))  # noqa: PTH208 - names that are not UTF-8 must come through
    except OSError as error:
        raise NoRegister(f"The folder {shown(home)} cannot be opened: {reason(error)}.") from error

    def read(name: str) -> _Content:
        return unsaved.content if unsaved and name == unsaved.name else _on_disk(home / name, home)

    register = _register(folder, names | ({unsaved.name} if unsaved else set()), read, read_document)
    if register.partnerships:
        return register
    if COUNCIL not in names:
        raise NoRegister(
            f"There is no partnership in {shown(home)}, so nothing was checked. kpf looks for files that end in .yaml. "
            "A new register begins with: kpf init"
        )
    return replace(register, council=_with_no_partnership(register.council, home))


def _with_no_partnership(council: Document, home: Path) -> Document:
    """The council's file, saying that none of its partnerships is in `home`."""
    message = f"There is no partnership in {shown(home)}/ yet."
    fault = Fault(NO_PARTNERSHIP, 0, 0, message, "Start the first, for example: kpf new leisure-centres")
    return replace(council, faults=(*council.faults, fault))


def read_register_at(commit: str, now: Register) -> Register:
    """The register as it stood at `commit`, where it may not have been there yet; `now` is how it stands on disk.

    A file that is the same in both is read once. Raises `NoHistory`.
    """
    home = now.folder / FOLDER
    kept = kept_in(home, commit)
    small = {
        name: entry
        for name, entry in kept.items()
        if entry.size is not None and entry.size <= LARGEST_FILE and is_read(name)
    }
    held = contents(home, commit, small)
    same = {(document.path, document.sha256): document for document in now.documents}

    def read(name: str) -> _Content:
        if name not in kept:
            return None
        if name not in held:
            return _A_FOLDER if kept[name].size is None else bytes(LARGEST_FILE + 1)
        content = held[name]
        return _LED.get(content) if isinstance(content, Leads) else content

    def document(path: str, content: bytes, partnership: str | None) -> Document:
        known = same.get((path, hashlib.sha256(content).hexdigest()))
        return known or read_document(path, content, partnership)

    return _register(now.folder, kept, read, document)


def register_of(folder: Path, held: Mapping[str, bytes]) -> Register:
    """A register of no other files than those `held`, by name: what one commit touched of it."""
    return _register(folder, held, held.get, read_document)


def ids(renamed: Mapping[str, str]) -> dict[str, str]:
    """The ids of the partnerships in files that were `renamed`, each new one with its old one."""
    return {_stem(new): _stem(old) for new, old in renamed.items()}


def _stem(name: str) -> str:
    return _text(os.path.splitext(name)[0])  # noqa: PTH122 - names that are not UTF-8 must come through


def _register(
    folder: Path,
    names: Collection[str],
    read: Callable[[str], _Content],
    document: Callable[[str, bytes, str | None], Document],
) -> Register:
    """The register of the files `names`, each as `read` gives it and `document` understands it."""
    home = folder / FOLDER
    partnerships: list[Document] = []
    skipped: list[str] = []
    taken = {name for name in names if name.endswith(".yaml")}

    def as_document(name: str, partnership: str | None) -> Document:
        where, content = shown(home / name), read(name)
        if content is None:
            return _missing(name, where, partnership)
        if isinstance(content, _NotRead):
            return unread_document(where, partnership, content.message, content.fix)
        return document(where, content, partnership)

    for name in sorted(names):
        stem, ending = os.path.splitext(name)  # noqa: PTH122 - names that are not UTF-8 must come through
        if name in _SHARED:
            continue
        if ending.lower() not in {".yaml", ".yml"} or name.startswith((".", "_")):
            skipped.append(shown(home / name))
        elif ending != ".yaml":
            partnerships.append(
                unread_document(
                    shown(home / name),
                    _text(name if f"{stem}.yaml" in taken else stem),
                    f"The name of this file ends in {ending}, so it was not read.",
                    f"Rename it to {_text(stem)}.yaml",
                )
            )
        else:
            partnerships.append(as_document(name, _text(stem)))
    council, organisations = (as_document(name, None) for name in (COUNCIL, ORGANISATIONS))
    return Register(folder, tuple(partnerships), council, organisations, tuple(skipped))


def is_read(name: str) -> bool:
    """Whether a file of this name in partnerships/ is one of the register's."""
    return name in _SHARED or (name.endswith(".yaml") and not name.startswith((".", "_")))


def _on_disk(path: Path, home: Path) -> _Content:
    try:
        odd = _odd(path, home)
        if odd:
            return odd
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        return _not_opened(reason(error))


def _odd(path: Path, home: Path) -> _NotRead | None:
    """What is wrong with `path`, and what to do, where it is no file of the register's own."""
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(home.parent)):
        return _OUTSIDE
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        return _A_FOLDER
    if not stat.S_ISREG(kind):
        return _NotRead("This is not an ordinary file, so it was not read.", "Put an ordinary file here.")
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
