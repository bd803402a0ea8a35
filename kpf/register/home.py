"""Finding the folder of a register, which contains partnerships/."""

import errno
import os
import stat
from pathlib import Path

from kpf.disk.folder import IsLinkedFolder, is_link
from kpf.register.content import display_path, refusal
from kpf.register.register import FOLDER, STAGING, NoRegister


def find_register(given: Path | None, working_folder: Path) -> Path:
    """Return the folder that contains partnerships/: `given`, or else the nearest at or above the working folder.

    Raise `NoRegister` if there is none.
    """
    if given is not None:
        if _holds_register(given):
            return given
        if Path(os.path.abspath(given)).name == FOLDER:  # noqa: PTH100 - a link keeps its own name
            above = given / ".." if given.name != FOLDER else given.parent
            if _holds_register(above):
                return above
        raise NoRegister(
            f"There is no folder {FOLDER}/ in {display_path(given)}. "
            "Give the folder that holds it: kpf check --register DIR"
        )
    here = working_folder.absolute()
    for folder in (here, *here.parents):
        if _holds_register(folder):
            return folder
    raise NoRegister(
        f"There is no folder {FOLDER}/ here or in any folder above. "
        "Change to your register, say where it is (kpf check --register DIR), or begin a new one: kpf init"
    )


def _holds_register(folder: Path) -> bool:
    """Return whether `folder` contains partnerships/. Raise `NoRegister` if that is a link."""
    home = folder / FOLDER
    try:
        found = home.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    if is_link(found) and home.is_dir():
        raise NoRegister(refusal(home, "opened", IsLinkedFolder(errno.ELOOP, "", str(home))))
    return stat.S_ISDIR(found.st_mode)


def has_unfinished(folder: Path) -> bool:
    """Return whether a killed run of kpf has left an unfinished change in the register `folder`."""
    try:
        (folder / FOLDER / STAGING).lstat()
    except OSError:
        return False
    return True
