#!/usr/bin/env -S python3 -I
"""kpf for pre-commit: run with the arguments given, from an environment that the first run makes beside this folder.

pre-commit's own way to install a hook written in Python knows no hashes, and builds. It keeps a clone of kpf for each
version, so that each has an environment of its own.
"""

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

_SOURCE: Final = Path(__file__).resolve().parent.parent
_ENVIRONMENT: Final = _SOURCE / ".hook"
_SECONDS: Final = 1200


def main() -> int:
    """The exit status of kpf."""
    if not _ENVIRONMENT.is_dir():
        _make()
    scripts = _ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
    command: list[str | Path] = [scripts / "python", "-I", "-m", "kpf", *sys.argv[1:]]
    return subprocess.run(command, check=False, timeout=_SECONDS).returncode  # noqa: S603 - it was made above


def _make() -> None:
    """Make it under another name first: a run that was stopped leaves none that is half done."""
    with tempfile.TemporaryDirectory(prefix=".hook-", dir=_SOURCE, ignore_cleanup_errors=True) as made:
        command: list[str | Path] = [sys.executable, "-I", _SOURCE / "tools" / "install.py", Path(made) / "environment"]
        subprocess.run(command, check=True, timeout=_SECONDS)  # noqa: S603 - all of it stands above
        with suppress(OSError):  # another run was quicker
            (Path(made) / "environment").rename(_ENVIRONMENT)


if __name__ == "__main__":
    sys.exit(main())
