"""The options of all commands that record something."""

from typing import Annotated

import typer

from kpf.cli.completing import partnerships

IdArgument = Annotated[
    str,
    typer.Argument(metavar="ID", autocompletion=partnerships, help="The partnership: its file's name without .yaml."),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")]
