"""`kpf show ID`: every duty of one partnership, its verdict and what it rests on."""

from pathlib import Path
from typing import Annotated, Final

import typer

from kpf.check.checking import check_register
from kpf.check.narrowing import Narrowing
from kpf.check.public_part import public_part_of
from kpf.check.result import result_of
from kpf.cli import completing
from kpf.cli.completing import partnerships
from kpf.cli.options import AsAtOption, PartOption, RegisterOption, as_at_day, found_register, is_public_part
from kpf.cli.output import format_meant, output_option, put_out
from kpf.cli.workbook import WORKBOOK, put_workbook
from kpf.register.meant import entry_meant
from kpf.register.register import FOLDER, list_register
from kpf.render.formats import SHOW_FORMATS

_FORMATS: Final = (*SHOW_FORMATS, WORKBOOK)


def show(
    partnership: Annotated[
        str,
        typer.Argument(
            metavar="ID", autocompletion=partnerships, help="The partnership: its id, its file or its name."
        ),
    ],
    written_as: Annotated[
        str | None,
        typer.Option(
            "--format",
            "--to",
            metavar="NAME",
            autocompletion=completing.choices_of(_FORMATS),
            help=f"The format: {', '.join(_FORMATS)}.",
        ),
    ] = None,
    output: Annotated[Path | None, output_option(_FORMATS)] = None,
    part: PartOption = "internal",
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Show how one partnership meets each duty, with the evidence.

    Example: kpf show veolia
    """
    name = format_meant(written_as, output, _FORMATS)
    day = as_at_day(as_at)
    listing = list_register(found_register(register))
    path = listing.folder / FOLDER / entry_meant(partnership, listing.entries, listing.read).name
    result = result_of(check_register(listing, day), Narrowing(paths=(path,)))
    if is_public_part(part):
        result = public_part_of(result)
    if name == WORKBOOK:
        put_workbook(result, (), output, listing.folder)
    else:
        put_out(lambda out: SHOW_FORMATS[name](result, out), output, listing.folder)
    return 0
