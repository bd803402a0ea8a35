"""`kpf record KIND ID`: an entry with its date, put where it belongs.

What records is loaded when something is to be recorded: `kpf check` runs often, and should not wait for it.
"""

from functools import cache
from typing import Any

import typer

from kpf.cli.options import CommandGroup, with_verbose
from kpf.cli.status import CannotDo


@cache
def _kinds() -> Any:
    from kpf.cli.editing.commands import commands  # noqa: PLC0415 - a twentieth of the time of `kpf check`

    return with_verbose(typer.main.get_command(commands))


class _Kinds(CommandGroup):
    """The kinds of entries, each a command."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_kinds().list_commands(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        self.commands.update(_kinds().commands)  # where names that come near are looked for
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return _kinds().get_command(ctx, cmd_name)


record = typer.Typer(
    name="record",
    cls=_Kinds,
    help="Record something that took place, such as a review or a meeting.\n\n"
    "kpf adds an entry in the right place in the partnership's file, and changes nothing else. "
    "It asks for anything needed that you do not give.",
    epilog="Example: kpf record review veolia --completed 2026-11-20 --outcome continue",
    rich_markup_mode=None,
    add_completion=False,
)


@record.callback(invoke_without_command=True)
def _record(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        kinds = ", ".join(_kinds().list_commands(context))
        example = "kpf record review veolia --completed 2026-11-20"
        raise CannotDo(f"What is to be recorded? Write one of: {kinds}. For example: {example}")
