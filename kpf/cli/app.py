"""The commands of kpf, each from a module that is loaded when the command is called."""

from importlib import import_module
from typing import Annotated, Any, Final

import typer

import kpf
from kpf.cli.options import Command, CommandGroup, with_verbose

COMMANDS: Final = (
    "answer", "ask", "chase", "check", "diff", "due", "explain", "export", "fix", "framework", "init", "new", "record",
    "rename", "report", "schema", "set", "show", "site", "trace", "verify",
)  # fmt: skip
"""Each is a function in the module of the same name, or a group of commands."""


def _made(name: str) -> Any:
    found = getattr(import_module(f"kpf.cli.{name}"), name)
    if not isinstance(found, typer.Typer):
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        alone.command(name, cls=Command)(found)
        found = alone
    return with_verbose(typer.main.get_command(found))


class _Group(CommandGroup):
    """The group of all commands, each loaded when it is called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: dict[str, Any] = dict.fromkeys(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command with this name, or None."""
        del ctx
        if cmd_name in COMMANDS and self.commands[cmd_name] is None:
            self.commands[cmd_name] = _made(cmd_name)
        return self.commands.get(cmd_name)


app = typer.Typer(
    name="kpf",
    cls=_Group,
    help="Check a council's register of key partnerships against its Key Partnerships Framework.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"kpf {kpf.__version__}")
        raise typer.Exit


@app.callback()
def kpf_(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=lambda wanted: _version(wanted=wanted), is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Check a council's register of key partnerships against its Key Partnerships Framework."""
