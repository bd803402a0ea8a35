"""`kpf set ID FIELD VALUE`: one answer put into a file, and nothing else in it changed."""

from typing import Annotated

import typer

from kpf.cli.completing import partnerships
from kpf.cli.options import AsAtOption, DryRunOption, RegisterOption, YesOption, as_at_day, register_to_edit
from kpf.register.register import read_register


def set(  # noqa: A001 - the command is called so
    partnership: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            autocompletion=partnerships,
            help="The partnership: its id, its file or its name. Or: council, organisations.",
        ),
    ],
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD", help="The field, for example manager, “notice period” or agreement.exit.notice."
        ),
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The answer.")],
    because: Annotated[
        str | None, typer.Option("--because", metavar="TEXT", help="Add this as a note after the value.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace what is recorded there.")] = False,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> int:
    """Record one answer.

    Shows what would change and asks before it writes. In a list, it adds
    the value as a new entry. In a group of names, write NAME=VALUE.

    Example: kpf set veolia manager "Waste Contracts Manager" --because "Confirmed by the service."
    """
    from kpf.cli.editing.setting import set_one  # noqa: PLC0415 - `kpf check` should not wait for it

    found = read_register(register_to_edit(register, writes=not dry_run))
    wanted = (partnership, field, value, because)
    return set_one(found, wanted, as_at_day(as_at), over=replace, yes=yes, dry_run=dry_run)
