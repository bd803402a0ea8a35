"""The commands of kpf, each from a module of its own."""

from typing import Annotated

import typer

import kpf
from kpf.cli.check import check
from kpf.cli.diff import diff
from kpf.cli.due import due
from kpf.cli.explain import explain
from kpf.cli.fix import fix
from kpf.cli.init import init
from kpf.cli.new import new
from kpf.cli.record import record
from kpf.cli.report import report
from kpf.cli.schema import schema
from kpf.cli.show import show
from kpf.cli.trace import trace

app = typer.Typer(
    name="kpf",
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
app.command()(init)
app.command()(new)
app.command()(report)
app.command()(schema)
app.command()(show)
app.command()(trace)
app.add_typer(record)
