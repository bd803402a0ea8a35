"""`kpf export`: the register in a form that others ask a council to publish."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kpf.check.stream import Judge, Terms
from kpf.cli.options import AsAtOption, RegisterOption, as_at_day, found_register
from kpf.cli.output import format_meant, output_option, put_out
from kpf.register.register import list_register
from kpf.render.inert import inert
from kpf.render.page import count
from kpf.render.tables import write_csv_table

if TYPE_CHECKING:
    from kpf.papers.transparency import ContractsRegister

_FORMATS: Final = ("transparency",)


def export(
    written_as: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help=f"The format: {', '.join(_FORMATS)}.")
    ] = None,
    output: Annotated[Path | None, output_option(_FORMATS)] = None,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Export the contracts that the council has to publish.

    The format transparency is the contracts register of the Local Government
    Transparency Code 2015: a CSV file with the columns that the Code names, from
    public fields only. kpf also lists the blanks, with who can fill them in.

    Example: kpf export --format transparency -o contracts.csv
    """
    format_meant(written_as, output, _FORMATS)
    day = as_at_day(as_at)
    folder = found_register(register)
    from kpf.papers.transparency import COLUMNS, contracts_register  # noqa: PLC0415 - as with every paper

    found = contracts_register(Judge.of(list_register(folder), Terms(day)))
    put_out(lambda out: write_csv_table(out, COLUMNS, (contract.row for contract in found.contracts)), output, folder)
    _tell(found)
    return 0


def _tell(found: "ContractsRegister") -> None:
    """Print what is blank or left out on the error stream."""
    lines = [f"kpf: {count(len(found.contracts), 'contract')} in the register of contracts."]
    if found.blanks:
        lines.append(f"{count(len(found.blanks), 'thing')} still to be supplied:")
        lines += [f"  {blank.place}: {blank.what}, by {blank.who}" for blank in found.blanks]
    if found.left_out:
        lines.append(f"Left out: {count(len(found.left_out), 'partnership')}.")
        lines += [f"  {name}: {why}" for name, why in found.left_out]
    sys.stderr.writelines(f"{inert(line)}\n" for line in lines)
