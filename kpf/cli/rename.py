"""`kpf rename OLD NEW`: another id for a partnership, with every file that is called after it."""

from typing import Annotated

import typer

from kpf.cli.completing import partnerships
from kpf.cli.options import DryRunOption, RegisterOption, YesOption, register_to_edit
from kpf.register.register import read_register


def rename(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", autocompletion=partnerships, help="The partnership: its id, its file or its name."
        ),
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="Its new id: small letters, with hyphens between the words.")
    ],
    register: RegisterOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> int:
    """Rename a partnership's file.

    The file's name is the partnership's id. Files in papers/ with that id in
    their names are renamed too. Shows what would change and asks before it
    renames anything. Either all files are renamed or none. The name that people
    use for the partnership stays the same: change that with kpf set.

    Example: kpf rename veolia waste-collection
    """
    from kpf.cli.editing.renaming import rename_one  # noqa: PLC0415 - `kpf check` should not wait for it

    return rename_one(read_register(register_to_edit(register, writes=not dry_run)), old, new, yes=yes, dry_run=dry_run)
