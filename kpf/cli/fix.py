"""`kpf fix`: what can be put right in the files without knowing anything about the partnerships."""

from pathlib import Path
from typing import Annotated

import typer

from kpf.cli.completing import files
from kpf.cli.options import AsAtOption, RegisterOption, as_at_day, register_to_edit
from kpf.register.register import read_register


def fix(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="Tidy only these files. Default: all.", autocompletion=files),
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, and write nothing.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing, and end with status 1 if a file would change.")
    ] = False,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Tidy the files, and add a note where an answer is missing.

    Adds a note for each missing answer, and puts the sections in the framework's
    order. Corrects a date or a name if only one correction is possible. It never
    records a fact.

    Example: kpf fix partnerships/veolia.yaml --diff
    """
    from kpf.cli.editing.fixing import put_right  # noqa: PLC0415 - `kpf check` should not wait for it

    found = read_register(register_to_edit(register, writes=not (diff or check)))
    return put_right(found, paths or [], as_at_day(as_at), diff=diff, check=check)
