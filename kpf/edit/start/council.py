"""A new council's register: which files it begins with, and their text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Literal

from kpf.edit.start.ids import suggested_id
from kpf.edit.start.opening import opening_of_all
from kpf.edit.start.questions import FieldPath, nested
from kpf.edit.start.starting import HOW_TO_FILL_IN, LEAVE_IT, MODELINE, council_file
from kpf.framework import framework
from kpf.model import Organisation
from kpf.model.shapes import fields_of
from kpf.register.entries import COUNCIL, ORGANISATIONS
from kpf.register.register import FOLDER
from kpf.schema import FOLDER as SCHEMAS_FOLDER
from kpf.schema import SCHEMAS, schema_file, schema_text

Host = Literal["github", "gitlab", "azure", "none"]
"""The service that checks each proposed change."""
HOSTS: Final[tuple[Host, ...]] = ("github", "gitlab", "azure", "none")

_ROLES: Final = ("Head of Governance", "Policy and Communications")
_OF_HOSTS: Final[Mapping[Host, tuple[str, str]]] = MappingProxyType(
    {
        "github": ("github.yml", ".github/workflows/register.yml"),
        "gitlab": ("gitlab.yml", ".gitlab-ci.yml"),
        "azure": ("azure.yml", "azure-pipelines.yml"),
    }
)
_ADDRESS: Final = "https://git.example.org/policy/kpf.git"
_VERSION: Final = "v0.1.0"
_ON_GITHUB: Final = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?", re.ASCII)
_ACTION: Final = "YOUR-ORGANISATION/kpf@COMMIT"
_REPOSITORY: Final = "YOUR-ORGANISATION/kpf"
_COMMIT: Final = "ref: COMMIT"
PUBLISHING: Final[tuple[Host, ...]] = ("github", "gitlab")
"""The services that can publish the register's pages."""
SITE: Final = ".github/workflows/site.yml"
_WHAT_ALL_SHARE: Final = (
    "# What all partnerships of the council share.",
    HOW_TO_FILL_IN,
)
_THE_PARTNERS: Final = (
    "# The council's partners, each once, however many partnerships they are in. Write each partner's name at the left",
    "# edge, with a colon after it, and what is known two spaces further in:",
    "#",
    "# Name of the partner:",
)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be made: its path from the register's folder, and its text."""

    path: str
    content: bytes
    to_put_in: str = ""
    """Words in it that somebody has to replace first."""


@dataclass(frozen=True, slots=True)
class PackageSource:
    """Where a build server and pre-commit get kpf from: the address of its repository, and the version."""

    address: str
    version: str


def fixed_files(
    host: Host, source: PackageSource | None, *, at_the_top: bool, publish: bool = False
) -> tuple[NewFile, ...]:
    """All files but `_council.yaml`: they are the same whatever was answered.

    If they are to `publish`, a host of `PUBLISHING` puts the public pages of the register on the web.
    What a build server and pre-commit read is made only `at_the_top` of a repository, where they look for it.
    """
    made = [NewFile(f"{SCHEMAS_FOLDER}/{schema_file(name)}", schema_text(name).encode()) for name in SCHEMAS]
    made += [NewFile(f".vscode/{name}", _packaged(name).encode()) for name in ("settings.json", "extensions.json")]
    made.append(NewFile("README.md", _packaged("README.md").encode()))
    made.append(NewFile(".yamllint", _packaged("yamllint.yaml").encode()))
    if at_the_top:
        made.append(_with_source(".pre-commit-config.yaml", "pre-commit.yaml", source))
        if host in _OF_HOSTS:
            name, path = _OF_HOSTS[host]
            made.append(_with_source(path, name, source))
            if publish and host == "github":
                made.append(_with_source(SITE, "site-github.yml", source))
            elif publish and host == "gitlab":
                made[-1] = replace(made[-1], content=made[-1].content + f"\n{_packaged('site-gitlab.yml')}".encode())
    made.append(NewFile(f"{FOLDER}/{ORGANISATIONS}", "".join(f"{line}\n" for line in _organisations()).encode()))
    return tuple(made)


def _packaged(name: str) -> str:
    return (files("kpf.edit.start") / "council_files" / name).read_text("utf-8")


def _with_source(path: str, name: str, source: PackageSource | None) -> NewFile:
    """The file `name` that comes with kpf, with the place where kpf is kept."""
    text = _packaged(name)
    if name.endswith("github.yml"):
        on_github = _ON_GITHUB.fullmatch(source.address) if source else None
        if source and on_github:
            text = text.replace(_ACTION, f"{on_github[1]}@{source.version}")
            text = text.replace(_REPOSITORY, on_github[1]).replace(_COMMIT, f"ref: {source.version}")
            return NewFile(path, text.encode())
        return NewFile(path, text.encode(), to_put_in=_ACTION if _ACTION in text else f"{_REPOSITORY} and COMMIT")
    if source:
        return NewFile(path, text.replace(_ADDRESS, source.address).replace(_VERSION, source.version).encode())
    return NewFile(path, text.encode(), to_put_in=f"{_ADDRESS} and {_VERSION}")


def _organisations() -> Iterator[str]:
    yield f"{MODELINE}../{SCHEMAS_FOLDER}/{schema_file('organisations')}"
    yield LEAVE_IT
    yield from _THE_PARTNERS
    yield from (f"#   {line.removeprefix('# ')}" for line in opening_of_all(fields_of(Organisation)))


def file_of_the_council(answers: Mapping[FieldPath, str | tuple[str, ...]]) -> NewFile:
    """`_council.yaml` with what was answered. Raises `NotAsMeant`."""
    modeline = f"{MODELINE}../{SCHEMAS_FOLDER}/{schema_file('council')}"
    text = council_file(_data(answers), modeline, _WHAT_ALL_SHARE)
    return NewFile(f"{FOLDER}/{COUNCIL}", text.encode())


def _data(answers: Mapping[FieldPath, str | tuple[str, ...]]) -> dict[str, Any]:
    """What was answered, and what follows from it."""
    data = nested(answers)
    in_force = {"title": framework().title, "edition": framework().edition}
    data["framework"] = in_force | data.get("framework", {})
    data["roles"] = dict.fromkeys(_ROLES) | data.get("roles", {})
    if data.get("choices_agreed") and "records_kept_from" in data:
        data["choices_agreed"]["choices"] = {"records_kept_from": data["records_kept_from"]}
    if "priorities" in data:
        data["priorities"] = _with_ids(data["priorities"])
    return data


def _with_ids(names: list[str]) -> dict[str, str]:
    """`names`, each under a short id of its own."""
    found: dict[str, str] = {}
    for name in names:
        id_ = suggested_id(name) or "priority"
        number = 2
        while id_ in found:
            id_, number = f"{suggested_id(name) or 'priority'}-{number}", number + 1
        found[id_] = name
    return found
