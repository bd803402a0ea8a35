"""A repository that means harm, and a copy of kpf to hold against it."""

import shutil
from pathlib import Path
from typing import Final

from tests.cli.running import PROJECT

MODULES: Final = (
    "encodings", "ensurepip", "holidays", "json", "kpf", "os", "pip", "pydantic", "re", "ruamel", "runpy", "site",
    "sitecustomize", "subprocess", "tempfile", "tomllib", "typer", "usercustomize", "venv",
)  # fmt: skip
"""What Python would load from the folder it is started in, if it was let."""

_OF_KPF: Final = (
    ".pre-commit-hooks.yaml", "LICENSE", "README.md", "kpf", "pyproject.toml", "requirements.txt", "templates", "tools",
)  # fmt: skip


def planted(folder: Path, ran: Path) -> Path:
    """Put into `folder` modules, packages and programs by names that are started; whatever runs writes to `ran`."""
    trap = f"open({str(ran)!r}, 'a').write(__file__ + '\\n')\n"
    for number, name in enumerate(MODULES):
        if number % 2:
            (folder / f"{name}.py").write_text(trap)
        else:
            (folder / name).mkdir()
            for file in ("__init__.py", "__main__.py"):
                (folder / name / file).write_text(trap)
    (folder / "tools").mkdir()
    for name in ("tools/install.py", "tools/hook.py", "git", "python", "python3"):
        (folder / name).write_text(f"#!/usr/bin/env python3\n{trap}")
        (folder / name).chmod(0o755)
    (folder / "pip.conf").write_text("[global]\nindex-url = http://127.0.0.1:9/\n")
    return ran


def copy_of_kpf(folder: Path) -> Path:
    """What others install kpf from: the files of this project that have a part in it."""
    for name in _OF_KPF:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, folder / name)
    return folder
