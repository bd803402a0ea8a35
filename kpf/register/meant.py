"""Look-up of a partnership by the path of its file, its id or its name."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kpf.document import Document
from kpf.document.wording import some, write_one_of
from kpf.register.entries import ListedFile
from kpf.register.register import FOLDER
from kpf.spelling import did_you_mean, reads_alike, same_name

_ENDING: Final = re.compile(r"\.ya?ml\Z", re.IGNORECASE)


class NoSuchPartnership(Exception):  # noqa: N818 - what it says is not an error of the program
    """The register has no such partnership. The message says which it has."""


def file_meant(given: str, files: Mapping[str, str]) -> str | None:
    """Return the path of the file that `given` means by its path, its name or the partnership's name.

    `files` gives the name of each partnership by the path of its file. Return None if there is no match, or several.
    """
    stems = {id_in(path).lstrip("_"): path for path in files}
    id_ = same_name(id_in(given), stems)
    if id_ is not None:
        return stems[id_]
    named = [path for path, name in files.items() if name and reads_alike(given, name)]
    return named[0] if len(named) == 1 else None


def entry_meant(given: str, entries: Sequence[ListedFile], read: Callable[[ListedFile], Document]) -> ListedFile:
    """Return the one of `entries` that `given` means by its id, its file name or the name in its file.

    Files are `read` only if no id matches. Raise `NoSuchPartnership` if there is no match.
    """
    by_id = {entry.id: entry for entry in entries}
    id_ = given if given in by_id else same_name(id_in(given), by_id)
    if id_ is not None:
        return by_id[id_]
    names = {entry.id: read(entry).value(("name",)) for entry in entries}
    named = [id_ for id_, name in names.items() if isinstance(name, str) and reads_alike(given, name)]
    if len(named) == 1:
        return by_id[named[0]]
    if named:
        raise NoSuchPartnership(f"{len(named)} partnerships are called “{given}”. {write_one_of(named)}")
    raise NoSuchPartnership(f"There is no partnership {given}.{hint(given, names)}")


def hint(given: str, names: Mapping[str, object]) -> str:
    """Return a suggestion for `given`, or the list of partnerships. `names` gives the name of each by its id."""
    others = (name for name in names.values() if isinstance(name, str) and same_name(name, names) is None)
    known = [*names, *others]
    written = id_in(given) or given.rpartition("/")[2]
    return did_you_mean(written, known) or f" There are: {some(list(names)) or 'none yet'}."


def id_in(given: str) -> str:
    """Return the id in `given`: partnerships/veolia.yaml gives veolia. It is empty for a path elsewhere."""
    above, _, name = given.strip().replace(os.sep, "/").rstrip("/").rpartition("/")
    return _ENDING.sub("", name) if not above or above.rpartition("/")[2] == FOLDER else ""
