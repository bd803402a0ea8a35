"""The files of a new register put on disk: all of them or none, and nothing that is there is touched."""

import json
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit

from kpf.edit.start.council import Host, NewFile, PackageSource
from kpf.git.program import ask, way_to
from kpf.register.on_disk import create


def in_the_way(folder: Path, made: Sequence[NewFile]) -> list[str]:
    """The ways of those files that are there already and hold something else."""
    return [new.way for new in made if _is_there(folder / new.way) and not _is_the_same(folder / new.way, new)]


def _is_there(file: Path) -> bool:
    return file.exists() or file.is_symlink()


def _is_the_same(file: Path, new: NewFile) -> bool:
    try:
        return file.is_file() and file.read_bytes() == new.content
    except OSError:
        return False


def lay(folder: Path, made: Sequence[NewFile]) -> list[NewFile]:
    """Make those files that are not there yet, in this order, and say which; the folders they need as well.

    Raises `OSError`; then what was made is gone again. What a run that was killed has left, the next one passes over.
    """
    files: list[NewFile] = []
    folders: list[Path] = []
    try:
        for new in made:
            target = folder / new.way
            if _is_there(target):
                continue
            missing = [parent for parent in (target.parent, *target.parent.parents) if not parent.exists()]
            for parent in reversed(missing):
                parent.mkdir()
                folders.append(parent)
            create(target, new.content)
            files.append(new)
    except BaseException:
        for new in files:
            (folder / new.way).unlink(missing_ok=True)
        for parent in reversed(folders):
            with suppress(OSError):  # somebody else has put something there in the meantime
                parent.rmdir()
        raise
    return files


# -- what is around ------------------------------------------------------------------------------------


def is_below_the_top(folder: Path) -> bool:
    """Whether `folder` lies in a git repository, and not at the top of it."""
    nearest = _nearest(folder)
    way = way_to(nearest)
    return bool(way) or (way == "" and nearest != folder.absolute())


def host_of(folder: Path) -> Host | None:
    """The service where the repository around `folder` is kept, by the address that git knows; None where none is."""
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
    """The folder itself, or the first above it that is there."""
    here = folder.absolute()
    return next(parent for parent in (here, *here.parents) if parent.is_dir())


def installed_from() -> PackageSource | None:
    """Where this kpf was installed from, where that is a git repository that others can reach too."""
    try:
        held = json.loads(distribution("kpf").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return None
    address, commit = held.get("url", ""), held.get("vcs_info", {}).get("commit_id", "")
    return PackageSource(address, commit) if commit and address.startswith("https://") and "@" not in address else None
