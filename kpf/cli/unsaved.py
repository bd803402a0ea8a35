"""`--stdin-filename`: the unsaved text of a file in an editor, read from standard input."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from kpf.cli.status import CannotDo
from kpf.document.decoding import LARGEST_FILE
from kpf.register.content import display_path
from kpf.register.home import find_register
from kpf.register.register import FOLDER, Unsaved, is_read


def register_folder_of(file: Path, register: Path | None) -> Path:
    """Return the folder of the register of `file`: the one given, else the one that contains it.

    Raises `CannotDo` if kpf would not read the file there.
    """
    folder = find_register(register, file.absolute().parent)
    if os.path.realpath(file.absolute().parent) != os.path.realpath(folder / FOLDER):
        raise CannotDo(f"--stdin-filename {display_path(file)} is not in {display_path(folder / FOLDER)}.")
    if not is_read(file.name):
        raise CannotDo(
            f"--stdin-filename {display_path(file)} is not a file that kpf reads: the name of a partnership's file "
            "ends in .yaml and starts with neither a dot nor an underscore."
        )
    return folder


def read_unsaved(file: Path, others: Mapping[str, object]) -> Unsaved:
    """Read the text of `file` from standard input. Raises `CannotDo` if there is none, or with conflicting options."""
    clash = next((name for name, given in others.items() if given), None)
    if clash:
        raise CannotDo(f"--stdin-filename reports the one file that it names. Leave {clash} out.")
    if sys.stdin is None or sys.stdin.isatty():
        raise CannotDo(
            f"--stdin-filename reads the text of {display_path(file)} from standard input, and there is none: "
            f"kpf check --stdin-filename {display_path(file)} < FILE"
        )
    return Unsaved(file.name, sys.stdin.buffer.read(LARGEST_FILE + 1))
