"""The commands of kpf, each from a module of its own."""

from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

import kpf
from kpf.cli.check import check
from kpf.cli.diff import diff
from kpf.cli.due import due
from kpf.cli.explain import explain
from kpf.cli.fix import fix
from kpf.cli.record import record
from kpf.cli.report import report
from kpf.cli.schema import schema
from kpf.cli.show import show
from kpf.cli.trace import trace

_WHEN_CALLED: Final = ("init", "new")
"""Commands with an option for each of many questions: making them takes a tenth of a second, so others do without."""


class _Commands(TyperGroup):
    """All commands; those that take long to make are made when they are called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands, for help and for completing."""
        return sorted([*super().list_commands(ctx), *_WHEN_CALLED])

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, or None."""
        if cmd_name not in _WHEN_CALLED:
            return super().get_command(ctx, cmd_name)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        alone.command(cmd_name)(getattr(import_module(f"kpf.cli.{cmd_name}"), cmd_name))
        return typer.main.get_command(alone)


app = typer.Typer(
    name="kpf",
    cls=_Commands,
    help="Hold a council's register of key partnerships against its Key Partnerships Framework.",
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
    """Hold a council's register of key partnerships against its Key Partnerships Framework."""


app.command()(check)
app.command()(diff)
app.command()(due)
app.command()(explain)
app.command()(fix)
app.command()(report)
app.command()(schema)
app.command()(show)
app.command()(trace)
app.add_typer(record)
