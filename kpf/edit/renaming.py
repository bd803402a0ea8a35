"""`kpf rename`: the files to rename with a partnership, and the lines that mention the old id.

No field names another partnership by its id, which a test ensures, so no value has to change. Comments and texts may
mention ids. They are listed for a person to change.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kpf.disk.folder import OpenFolder
from kpf.disk.journal import RelativePath
from kpf.disk.together import FileChange
from kpf.document.decoding import LARGEST_FILE
from kpf.edit.refusal import CannotEdit
from kpf.edit.start.ids import NoId, new_id
from kpf.register.content import display_path, refusal
from kpf.register.entries import ListedFile
from kpf.register.register import FOLDER, PAPERS, Register

_BROKEN_OFF: Final = r"(?<![\w-]){}(?![\w-])"
"""Matches an id that is not part of a longer one."""


@dataclass(frozen=True, slots=True)
class RenamedFile:
    """A file to rename."""

    old: RelativePath
    new: RelativePath
    content: bytes


@dataclass(frozen=True, slots=True)
class Mention:
    """A line that mentions the old id."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Renaming:
    """A partnership to rename."""

    old: str
    new: str
    files: tuple[RenamedFile, ...]
    """The files to rename, the partnership's own first."""
    mentions: tuple[Mention, ...]

    @property
    def changes(self) -> list[FileChange]:
        """The changes that rename all files: they create the new ones, then remove the old ones."""
        made = [FileChange(file.new, None, file.content, like=file.old) for file in self.files]
        return [*made, *(FileChange(file.old, file.content, None) for file in self.files)]


def renaming(register: Register, entry: ListedFile, given: str, papers: Iterable[str]) -> Renaming:
    """Return how to rename the partnership of `entry` to the id `given`. Raises `CannotEdit`.

    `papers` are the ends of the names of answers files, for each kind of paper on one partnership.
    """
    others = [other.id for other in register.entries if other.id != entry.id]
    try:
        new = new_id(given, others)
    except NoId as why:
        raise CannotEdit(str(why)) from why
    if new == entry.id:
        raise CannotEdit(f"The partnership has the id {new} already, so there is nothing to rename.")
    top = OpenFolder(register.folder)
    paths = [((FOLDER, entry.name), (FOLDER, f"{new}.yaml"))]
    paths += [((PAPERS, f"{entry.id}-{paper}.yaml"), (PAPERS, f"{new}-{paper}.yaml")) for paper in papers]
    files = [
        RenamedFile(old, new_path, content)
        for old, new_path in paths
        if (content := _read(register, top, old, needed=old[0] == FOLDER)) is not None
    ]
    for file in files:
        if _read(register, top, file.new) is not None and file.new[-1].lower() != file.old[-1].lower():
            there = display_path(register.folder.joinpath(*file.new))
            raise CannotEdit(f"{there} is there already, so nothing was renamed. Move it away, or choose another id.")
    return Renaming(entry.id, new, tuple(files), tuple(_mentions(register, top, entry.id)))


def _read(register: Register, top: OpenFolder, path: RelativePath, *, needed: bool = False) -> bytes | None:
    """Return the content of a file, or None if it does not exist and is not `needed`. Raises `CannotEdit`."""
    *names, name = path
    try:
        return top.inside(*names).read(name, LARGEST_FILE)
    except (FileNotFoundError, NotADirectoryError) as error:
        if not needed:
            return None
        raise CannotEdit(refusal(register.folder.joinpath(*path), "read", error)) from error
    except OSError as error:
        raise CannotEdit(refusal(register.folder.joinpath(*path), "read", error)) from error


def _mentions(register: Register, top: OpenFolder, id_: str) -> Iterator[Mention]:
    """Yield each line of the register's files, and of answers files, that mentions the id.

    An id that is a single word is only searched for as a file name, because it may be an ordinary word.
    """
    holds = re.compile(_BROKEN_OFF.format(re.escape(id_ if "-" in id_ else f"{id_}.yaml"))).search
    for document in register.documents:
        yield from _lines(document.path, document.text, holds)
    try:
        papers = top.inside(PAPERS)
        names = sorted(name for name in papers.names() if name.endswith(".yaml"))
    except OSError:  # there are none
        return
    for name in names:
        content = _read(register, top, (PAPERS, name)) or b""
        yield from _lines(display_path(register.folder / PAPERS / name), content.decode("utf-8", "replace"), holds)


def _lines(path: str, text: str, holds: Callable[[str], object]) -> Iterator[Mention]:
    for number, line in enumerate(text.splitlines(), 1):
        if holds(line):
            yield Mention(path, number, line.strip())
