"""`kpf show ID`: every duty of one partnership, its verdict and what it rests on."""

from pathlib import Path
from typing import Annotated

import typer

from kpf.check import check
from kpf.cli.completing import partnerships, show_formats
from kpf.cli.options import AsAtOption, RegisterOption, VerboseOption, as_at_day, one_of
from kpf.cli.output import printing
from kpf.cli.status import CannotDo
from kpf.narrowing import Narrowing, did_you_mean
from kpf.register import find_register, read_register
from kpf.render.show import SHOW_FORMATS
from kpf.result import result_of


def show(
    partnership: Annotated[
        str,
        typer.Argument(
            metavar="ID", autocompletion=partnerships, help="The partnership: its file's name without .yaml."
        ),
    ],
    written_as: Annotated[
        str,
        typer.Option(
            "--format", metavar="NAME", autocompletion=show_formats, help=f"How to write it: {', '.join(SHOW_FORMATS)}."
        ),
    ] = "text",
    register: RegisterOption = None,
    as_at: AsAtOption = None,
    verbose: VerboseOption = False,
) -> int:
    """Show one partnership duty by duty, with the evidence.

    Example: kpf show veolia
    """
    del verbose
    write = SHOW_FORMATS[one_of("--format", written_as, list(SHOW_FORMATS))]
    day = as_at_day(as_at)
    checked = check(read_register(find_register(register, Path.cwd())), day)
    id_ = partnership.removesuffix(".yaml").rpartition("/")[2]
    if id_ not in checked.partnerships:
        known = list(checked.partnerships)
        hint = did_you_mean(id_, known) or f" There are: {', '.join(known) or 'none yet'}."
        raise CannotDo(f"There is no partnership {partnership}.{hint}")
    path = next(document.path for document in checked.register.partnerships if document.partnership == id_)
    result = result_of(checked, Narrowing(paths=(Path(path),)))
    with printing() as out:
        write(result, out)
    return 0
