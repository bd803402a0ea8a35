"""The files of a repository that decide how a change is judged, and which of them the change edits."""

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, Final

from kpf.disk.folder import OpenFolder
from kpf.git.history import Staged, contents
from kpf.git.history.asking import git_output
from kpf.git.working_tree import is_as_kept, tree_entries

_BUILD: Final = "what the build server runs"
_CONSENT: Final = "who must agree to a change"
_SETTINGS: Final = "kpf's settings"
_ANYWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".github/CODEOWNERS": _CONSENT,
        ".gitlab/CODEOWNERS": _CONSENT,
        "docs/CODEOWNERS": _CONSENT,
        "CODEOWNERS": _CONSENT,
        ".github/workflows/": _BUILD,
        ".github/actions/": _BUILD,
        ".gitlab-ci.yml": _BUILD,
        ".gitlab/": _BUILD,
        "azure-pipelines.yml": _BUILD,
        "azure-pipelines.yaml": _BUILD,
        ".azure-pipelines/": _BUILD,
        ".pre-commit-config.yaml": "what runs before a commit",
    }
)
"""What each file or folder decides, by its path from the top of the repository. The first match counts."""
_BESIDE: Final[Mapping[str, str]] = MappingProxyType(
    {"kpf.toml": _SETTINGS, "pyproject.toml": _SETTINGS, "templates/": "what papers say"}
)
"""What each file beside partnerships/ decides, by its name."""
_OF_KPF: Final = ("kpf/", "tools/", "action.yml", "requirements.txt", ".pre-commit-hooks.yaml")
"""The files of kpf itself, in a repository that contains it."""
_HOLDS_KPF: Final = "kpf/cli/check.py"
_PYPROJECT: Final = "pyproject.toml"
_LARGEST: Final = 1_000_000

_Kept = Mapping[str, tuple[bytes, bytes]]
"""The mode and object of each file, by its path from the top."""


@dataclass(frozen=True, slots=True)
class EditedJudge:
    """A file that decides how a change is judged and that the change edits."""

    path: str
    """The path from the top of the repository."""
    what: str
    """A phrase that says what the file decides."""


def edited_judges(home: Path, before: str, staged: Staged | None, commit: str | None) -> tuple[EditedJudge, ...]:
    """Return those that differ from the commit `before`: in `commit`, in what is `staged`, or on disk.

    `home` is the folder partnerships/. Raise `NoHistory`.
    """
    path, top = _texts(git_output(home, "rev-parse", "--show-prefix", "--show-toplevel"))
    beside = {_beside(path, name): what for name, what in _BESIDE.items()}
    decides = {**_ANYWHERE, **beside, **dict.fromkeys(_OF_KPF, "kpf itself")}
    then = _committed(home, before, list(decides))
    if commit:
        now, changed = _committed(home, commit, list(decides)), set[str]()
    else:
        now = _staged(home, staged, list(decides))
        changed = set() if staged else set(_on_disk(home, Path(top), now, list(decides)))
    changed |= {name for name in then.keys() | now.keys() if then.get(name) != now.get(name)}
    with_kpf = _HOLDS_KPF in then or _HOLDS_KPF in now
    edited = (EditedJudge(name, what) for name in sorted(changed) if (what := _what(name, decides, with_kpf=with_kpf)))
    pyproject = _beside(path, _PYPROJECT)
    on_disk = None if commit or staged else Path(top)
    same = pyproject in changed and _settings(home, pyproject, then) == _settings(home, pyproject, now, on_disk)
    return tuple(judge for judge in edited if not (same and judge.path == pyproject))


def _beside(path: str, name: str) -> str:
    """Return the path of `name` from the top of the repository, given the `path` of partnerships/."""
    folder = str(PurePosixPath(path).parent)
    return name if folder == "." else f"{folder}/{name}"


def _what(path: str, decides: Mapping[str, str], *, with_kpf: bool) -> str:
    for place, what in decides.items():
        if path == place or (place.endswith("/") and path.startswith(place)):
            return "" if place in _OF_KPF and not with_kpf else what
    return ""


# -- which files there are -----------------------------------------------------------------------------


def _committed(home: Path, commit: str, places: Sequence[str]) -> _Kept:
    return _by_path(git_output(home, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *places))


def _staged(home: Path, staged: Staged | None, places: Sequence[str]) -> _Kept:
    listed = ("ls-files", "--stage", "-t", "-z", "--full-name", "--", *_from_the_top(places))
    return _by_path(git_output(home, *listed, index=staged.index if staged else None))


def _on_disk(home: Path, top: Path, kept: _Kept, places: Sequence[str]) -> Iterator[str]:
    """Yield the paths of files on disk that differ from those `kept` in git, or are not in git."""
    yield from (path for path, (mode, object_) in kept.items() if not is_as_kept(top / path, mode, object_))
    listed = ("ls-files", "--others", "--exclude-standard", "-z", "--full-name", "--", *_from_the_top(places))
    yield from (os.fsdecode(path) for path in git_output(home, *listed).split(b"\0")[:-1])


def _from_the_top(places: Sequence[str]) -> list[str]:
    return [f":(top,literal){place}" for place in places]


def _by_path(output: bytes) -> _Kept:
    return {os.fsdecode(path): kept for path, kept in tree_entries(output.split(b"\0")[:-1])}


def _texts(output: bytes) -> list[str]:
    return os.fsdecode(output).removesuffix("\n").split("\n")


# -- settings in a file that is about more -------------------------------------------------------------


def _settings(home: Path, path: str, kept: _Kept, on_disk: Path | None = None) -> Any:
    """Return kpf's settings in the file, its bytes if they cannot be read, or None if there is no file."""
    if on_disk:
        try:
            content = OpenFolder((on_disk / path).parent).read(PurePosixPath(path).name, _LARGEST)
        except OSError:
            return None
    elif path in kept:
        content = contents(home, {path: kept[path][1]})[path]
    else:
        return None
    try:
        return tomllib.loads(content.decode("utf-8")).get("tool", {}).get("kpf")
    except (ValueError, AttributeError):
        return content
