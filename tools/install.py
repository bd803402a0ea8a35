"""Install kpf from the folder it lies in, with what is locked for it: python -I tools/install.py FOLDER [EXTRA...].

FOLDER becomes a virtual environment with a command `kpf`. Each package must have one of its hashes in requirements.txt,
and none is built. Python runs isolated (-I) throughout, so that no file of the folder where this is started is ever
run: it may be a proposed change to a register. Build servers and the hooks of pre-commit install kpf in this way.
"""

import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).resolve().parent.parent
_SECONDS: Final = 900
_ENTRY: Final = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==.*(?:\n(?![A-Za-z0-9]).*)*", re.MULTILINE)
_VIA: Final = re.compile(r"^ +#(?: via)? +(?P<name>[a-z0-9._-]+)$", re.MULTILINE)


def locked(*extras: str) -> str:
    """The entries of requirements.txt for kpf with these extras, as pip reads them. Raises `KeyError`."""
    text = (SOURCE / "requirements.txt").read_text("utf-8")
    entries = {_normal(entry["name"]): entry[0] for entry in _ENTRY.finditer(text)}
    wanted = set(_asked_for(extras))
    while more := {name for name, entry in entries.items() if wanted & _asked_by(entry)} - wanted:
        wanted |= more
    return "".join(f"{entry}\n" for name, entry in entries.items() if name in wanted)


def _asked_for(extras: Iterable[str]) -> Iterator[str]:
    """What pyproject.toml itself asks for, by name."""
    project = tomllib.loads((SOURCE / "pyproject.toml").read_text("utf-8"))["project"]
    for list_ in (project["dependencies"], *(project["optional-dependencies"][extra] for extra in extras)):
        for requirement in list_:
            name, in_brackets = re.match(r"([\w.-]+)(?:\[([\w,-]*)\])?", requirement).groups()  # type: ignore[union-attr]
            if name == project["name"]:
                yield from _asked_for(in_brackets.split(","))
            else:
                yield _normal(name)


def _asked_by(entry: str) -> set[str]:
    """The packages for whose sake a package is locked, which uv notes below its hashes."""
    return {_normal(name) for name in _VIA.findall(entry)}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def install(folder: Path, *extras: str) -> None:
    """Make `folder` an environment with a command `kpf`. Raises `subprocess.CalledProcessError` where pip fails."""
    requirements = locked(*extras)
    venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(folder)
    paths = sysconfig.get_paths(scheme="venv", vars={"base": str(folder), "platbase": str(folder)})
    scripts = Path(paths["scripts"])
    with tempfile.TemporaryDirectory() as temporary:
        listed = Path(temporary) / "requirements.txt"
        listed.write_text(requirements, "utf-8")
        pip: list[str | Path] = [
            scripts / "python",
            "-I",
            "-m",
            "pip",
            "--quiet",
            "--disable-pip-version-check",
            "install",
        ]
        options: list[str | Path] = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--requirement", listed]
        subprocess.run([*pip, *options], cwd=folder, check=True, timeout=_SECONDS)  # noqa: S603 - all of it stands above
    Path(paths["purelib"], "kpf.pth").write_text(f"{SOURCE}\n", "utf-8")
    if os.name == "nt":
        (scripts / "kpf.cmd").write_text('@"%~dp0python.exe" -I -m kpf %*\n', "utf-8")
    else:
        (scripts / "kpf").write_text('#!/bin/sh\nexec "${0%/*}/python" -I -m kpf "$@"\n', "utf-8")
        (scripts / "kpf").chmod(0o755)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit("Say which folder becomes the environment: python -I tools/install.py FOLDER [EXTRA...]")
    try:
        install(Path(sys.argv[1]).absolute(), *sys.argv[2:])
    except KeyError as unknown:
        sys.exit(f"kpf has no extra called {unknown}.")
    except (OSError, subprocess.SubprocessError) as problem:
        sys.exit(f"kpf could not be installed: {problem}")
