"""`kpf trace`: every statement of the framework, what looks after it, and what came of it."""

from pathlib import Path
from typing import Annotated, Final

import typer

from kpf.check.checking import check_register
from kpf.check.narrowing import Narrowing
from kpf.check.public_part import public_part_of
from kpf.check.result import result_of
from kpf.check.trace import TracedFramework, trace_statements
from kpf.cli import completing
from kpf.cli.options import AsAtOption, PartOption, RegisterOption, as_at_day, found_register, is_public_part
from kpf.cli.output import format_meant, output_option, put_out
from kpf.cli.workbook import WORKBOOK, put_workbook
from kpf.framework import framework
from kpf.register.register import NoRegister, list_register
from kpf.render.formats import TRACE_FORMATS

_FORMATS: Final = (*TRACE_FORMATS, WORKBOOK)


def trace(
    *,
    gaps: Annotated[
        bool, typer.Option("--gaps", help="Only the statements that no rule can check, each with the reason.")
    ] = False,
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
    part: PartOption = "internal",
    output: Annotated[Path | None, output_option(_FORMATS)] = None,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Show which rules check each statement of the framework.

    Example: kpf trace --gaps
    """
    name = format_meant(written_as, output, _FORMATS)
    in_full, public = name == WORKBOOK, is_public_part(part)
    day = as_at_day(as_at)
    folder, edition = Path.cwd(), None
    try:
        folder = found_register(register)
        checked = check_register(list_register(folder), day, in_full=in_full)
        result = result_of(checked, Narrowing(), in_full=in_full)
        result = public_part_of(result) if public else result
        edition = checked.judge.records.edition
    except NoRegister:
        if register is not None or in_full:
            raise
        result = None  # the framework can be traced to the rules without any files
    in_force = edition if edition and edition.in_force else None
    statements_of = result.framework if result else framework()
    statements = tuple(entry for entry in trace_statements(statements_of, in_force) if not gaps or entry.reason)
    if result and name == WORKBOOK:
        put_workbook(result, statements, output, folder)
    else:
        put_out(lambda out: TRACE_FORMATS[name](TracedFramework(statements, result), out), output, folder)
    return 0
