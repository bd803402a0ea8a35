"""Where files come from: a folder on disk, an unsaved buffer, a revision that git keeps.

Paths in, documents out; nothing here knows what a file says.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kpf import on_disk
from kpf.bounds import too_much
from kpf.document import Document, missing_document, named_like, read_document, unread_document
from kpf.document.decoding import LARGEST_FILE
from kpf.document.faults import NAMED_ALIKE
from kpf.file_names import alike, as_text, ids_of, in_order, is_for_one, meant, stem_of
from kpf.history import Leads, NoHistory, contents, kept_in

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
_HIDDEN: Final = _NotRead("This file is a link to a hidden place, so it was not read.", "Put the file itself here.")
_IN_CIRCLES: Final = _NotRead(
    "This file is a link that leads back to itself, so there is nothing to read.", "Put the file itself here."
)
_NOT_ORDINARY: Final = _NotRead("This is not an ordinary file, so it was not read.", "Put an ordinary file here.")
_A_FOLDER: Final = _NotRead(
    "This is a folder, though its name ends in .yaml.",
    "Give the folder another name, or put the file that belongs here in its place.",
)


def _not_opened(why: str) -> _NotRead:
    return _NotRead(f"This file cannot be opened: {why}.", "See who may open it, and where it was meant to be.")


_LED: Final = MappingProxyType(
    {
        Leads.OUTSIDE: _OUTSIDE,
        Leads.HIDDEN: _HIDDEN,
        Leads.TO_A_FOLDER: _A_FOLDER,
        Leads.IN_CIRCLES: _IN_CIRCLES,
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

    A file that cannot be read becomes a document that says so. Raises `NoRegister` where partnerships/ itself cannot
    be listed or holds no partnership.
    """
    home = folder / FOLDER
    try:
        names = set(os.listdir(home))  # noqa: PTH208 - names that are not UTF-8 must come through
    except OSError as error:
        raise NoRegister(f"The folder {shown(home)} cannot be opened: {reason(error)}.") from error

    def read(name: str) -> _Content:
        return unsaved.content if unsaved and name == unsaved.name else _on_disk(home / name, home)

    refusal = too_much(shown(home), len(names), (_size(home / name) for name in names if is_read(name)))
    if refusal:
        raise NoRegister(refusal)
    register = _register(folder, names | ({unsaved.name} if unsaved else set()), read, read_document)
    if not register.partnerships:
        raise NoRegister(
            f"There is no partnership in {shown(home)}, so nothing was checked. kpf looks for files that end in .yaml."
        )
    return register


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # told where it is opened
        return 0


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
    refusal = too_much(shown(home), len(kept), (entry.size or 0 for entry in small.values()))
    if refusal:
        raise NoHistory(f"At commit {commit[:7]}: {refusal}")
    held = contents(home, commit, small, LARGEST_FILE)
    same = {
        (document.path, document.sha256): document
        for document in now.documents
        if not any(fault.rule == NAMED_ALIKE for fault in document.faults)  # which the others decide that lie there
    }

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
    return {stem_of(new): stem_of(old) for new, old in renamed.items()}


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
    named = {name for name in names if name not in _SHARED and is_for_one(name)}
    ids, like = ids_of(named), alike(named)

    def as_document(name: str, partnership: str | None) -> Document:
        where, content = shown(home / name), read(name)
        if content is None:
            return _missing(name, home, partnership, meant(name, names))
        if isinstance(content, _NotRead):
            return unread_document(where, partnership, content.message, content.fix)
        return document(where, content, partnership)

    for name in in_order(names):
        if name in _SHARED:
            continue
        if name not in named:
            skipped.append(shown(home / name))
            continue
        if name.endswith(".yaml"):
            found = as_document(name, ids[name])
        else:
            ending = os.path.splitext(name)[1]  # noqa: PTH122 - names that are not UTF-8 must come through
            message = f"The name of this file ends in {ending}, so it was not read."
            found = unread_document(shown(home / name), ids[name], message, f"Rename it to {stem_of(name)}.yaml")
        partnerships.append(named_like(found, shown(home / like[name])) if name in like else found)
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
        content = on_disk.read(path, LARGEST_FILE + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        return _IN_CIRCLES if error.errno == errno.ELOOP else _not_opened(reason(error))
    return _NOT_ORDINARY if content is None else content  # something else took its place just now


def _odd(path: Path, home: Path) -> _NotRead | None:
    """What is wrong with `path`, and what to do, where it is no file of the register's own."""
    if path.is_symlink():
        real, top = Path(os.path.realpath(path)), os.path.realpath(home.parent)
        if not real.is_relative_to(top):
            return _OUTSIDE
        if any(part.startswith(".") for part in real.relative_to(top).parts):  # .git holds what is nobody's to read
            return _HIDDEN
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        return _A_FOLDER
    return None if stat.S_ISREG(kind) else _NOT_ORDINARY


def _missing(name: str, home: Path, partnership: str | None, other: str | None) -> Document:
    where = shown(home / name)
    if name in _SHARED:
        message = f"The register has no {name}, which holds {_SHARED[name]}."
        fix = f"Make one as {where}; examples/aldermere shows what stands in it."
        return missing_document(where, message, f"Rename {shown(home / other)} to {name}" if other else fix)
    return unread_document(where, partnership, "This file is missing.", f"kpf looks for it as {where}")


def shown(path: Path) -> str:
    """`path` as people and CI systems read it: relative to the working folder, with slashes."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        relative = str(path)
    return as_text(relative).replace(os.sep, "/")


def reason(error: OSError) -> str:
    """Why the system refused, in its own words without codes and paths."""
    return (error.strerror or "the system gives no reason").lower()
