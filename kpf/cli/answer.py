"""`kpf answer FILES`: the answers in forms that came back, put into the register."""

from pathlib import Path
from typing import Annotated

import typer

from kpf.cli.options import AsAtOption, DryRunOption, RegisterOption, YesOption, as_at_day, register_to_edit


def take_returned(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="The returned workbooks and Word forms.")],
    refused: Annotated[
        Path | None,
        typer.Option(
            "--refused",
            metavar="FILE",
            help="Write the answers that could not be taken to this workbook, with the reasons, to send back.",
        ),
    ] = None,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> int:
    """Record the answers from returned workbooks and Word forms.

    Shows what would change and asks once before it writes. It never overwrites
    what is recorded, and takes no decision from a form. It lists answers that
    have no place in the files.

    Example: kpf answer returned/*.xlsx
    """
    from kpf.cli.editing.answers import take_answers  # noqa: PLC0415 - `kpf check` should not wait for it

    day = as_at_day(as_at)
    return take_answers(register_to_edit(register, writes=not dry_run), files, day, refused, yes=yes, dry_run=dry_run)


answer = take_returned
