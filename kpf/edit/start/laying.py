"""Put the files of a new register on disk: all of them or none, and no existing file is touched."""

import json
import subprocess
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit

from kpf.disk.folder import IsLink, IsLinkedFolder, NotOrdinary, OpenFolder
from kpf.disk.together import FileChange
from kpf.edit.start.council import Host, NewFile, PackageSource
from kpf.edit.writing import write_all
from kpf.git.program import ask, path_to
from kpf.register.register import FOLDER


def in_the_way(folder: Path, made: Sequence[NewFile]) -> list[str]:
    """Return the paths of files that exist with another content. Raises `OSError` and `IsLink`."""
    try:
        top = OpenFolder(folder)
    except FileNotFoundError:
        return []
    return [new.path for new in made if _is_in_the_way(top, new)]


def _is_in_the_way(top: OpenFolder, new: NewFile) -> bool:
    *names, name = new.path.split("/")
    try:
        return top.inside(*names).read(name, len(new.content) + 1) != new.content
    except FileNotFoundError:
        return False
    except IsLinkedFolder:
        raise
    except (IsADirectoryError, IsLink, NotADirectoryError, NotOrdinary):
        return True


def lay(folder: Path, made: Sequence[NewFile]) -> list[NewFile]:
    """Create the files that do not exist, with their folders, and return them.

    Raises `CannotEdit` and `OSError`; then nothing was created.
    """
    undo: list[Callable[[], None]] = []
    try:
        top = _made_with_those_above(folder.absolute(), undo)
        if top.make_folder(FOLDER):
            undo.append(partial(top.remove_folder, FOLDER))
        missing = [new for new in made if not _is_there(top, new)]
        write_all(folder, [FileChange(tuple(new.path.split("/")), None, new.content) for new in missing])
    except BaseException:
        for step in reversed(undo):
            step()
        raise
    return missing


def _is_there(top: OpenFolder, new: NewFile) -> bool:
    *names, name = new.path.split("/")
    try:
        return top.inside(*names).is_there(name)
    except FileNotFoundError:
        return False


def _made_with_those_above(folder: Path, undo: list[Callable[[], None]]) -> OpenFolder:
    """Open `folder`, after creating it and its parents if needed."""
    nearest = _nearest(folder)
    here = OpenFolder(nearest)
    for part in folder.relative_to(nearest).parts:
        if here.make_folder(part):
            undo.append(partial(here.remove_folder, part))
        here = here.inside(part)
    return here


# -- what is around ------------------------------------------------------------------------------------


def is_below_the_top(folder: Path) -> bool:
    """Return whether `folder` is inside a git repository, below its top."""
    nearest = _nearest(folder)
    path = path_to(nearest)
    return bool(path) or (path == "" and nearest != folder.absolute())


def host_of(folder: Path) -> Host | None:
    """Return the service that hosts the repository of `folder`, by its remote address; None if unknown."""
    try:
        status, answer, _ = ask(_nearest(folder), "remote", "get-url", "origin")
    except (OSError, subprocess.TimeoutExpired):
        return None
    address = answer.decode("utf-8", "replace").strip().lower() if status == 0 else ""
    name = (urlsplit(address).hostname or "") if "://" in address else address.partition(":")[0].rpartition("@")[2]
    if "github" in name:
        return "github"
    if "gitlab" in name:
        return "gitlab"
    return "azure" if name.endswith(("dev.azure.com", ".visualstudio.com")) else None


def _nearest(folder: Path) -> Path:
    """Return the folder, or its nearest parent that exists."""
    here = folder.absolute()
    return next(parent for parent in (here, *here.parents) if parent.is_dir())


def installed_from() -> PackageSource | None:
    """Return the git repository that this kpf was installed from, if others can reach it."""
    try:
        origin = json.loads(distribution("kpf").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return None
    address, commit = origin.get("url", ""), origin.get("vcs_info", {}).get("commit_id", "")
    return PackageSource(address, commit) if commit and address.startswith("https://") and "@" not in address else None
