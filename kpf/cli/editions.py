"""Editions of the framework named on the command line."""

from pathlib import Path
from typing import Final

from kpf.cli.status import CannotDo
from kpf.disk.given import read_given
from kpf.document import Document, read_document
from kpf.document.decoding import LARGEST_FILE
from kpf.register.content import refusal
from kpf.register.register import FOLDER, read_framework_of

PACKAGED: Final = "packaged"
NOW: Final = "now"
NO_EDITION: Final = (
    "The register has no edition of its own. To start one: kpf framework new. docs/framework.md leads from nothing to "
    "a checked one."
)


def edition_given(which: str, folder: Path) -> Document | None:
    """Return the edition that `which` names: the register's own, a file, a commit, or None for the packaged one.

    `folder` is the folder of the register. Raises `CannotDo` and `NoHistory`.
    """
    if which == PACKAGED:
        return None
    if which == NOW:
        found = read_framework_of(folder)
        if found is None:
            raise CannotDo(NO_EDITION)
        return found
    if which.endswith((".yaml", ".yml")):
        try:
            return read_document(which, read_given(Path(which), LARGEST_FILE + 1))
        except OSError as error:
            raise CannotDo(refusal(Path(which), "read", error)) from error
    from kpf.git.history import commit_named  # noqa: PLC0415 - git, only where it is asked for
    from kpf.register.committed import list_committed  # noqa: PLC0415 - likewise

    commit = commit_named(folder / FOLDER, which)
    return list_committed(folder, commit.id).at_hand((), ()).read_framework()
