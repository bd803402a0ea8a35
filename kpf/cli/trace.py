"""`kpf trace`: every statement of the framework, what looks after it, and what came of it."""

from pathlib import Path
from typing import Annotated

import typer

from kpf.check.checking import check_register
from kpf.check.narrowing import Narrowing
from kpf.check.result import result_of
from kpf.check.trace import TracedFramework, trace_statements
from kpf.cli import completing
from kpf.cli.options import AsAtOption, RegisterOption, as_at_day, found_register
from kpf.cli.output import format_meant, output_option, put_out
from kpf.register.register import NoRegister, list_register
from kpf.render.formats import TRACE_FORMATS


def trace(
    *,
    gaps: Annotated[
        bool, typer.Option("--gaps", help="Only the statements that no rule can check, each with the reason.")
    ] = False,
    written_as: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="NAME",
            autocompletion=completing.choices_of(TRACE_FORMATS),
            help=f"How to write it: {', '.join(TRACE_FORMATS)}.",
        ),
    ] = None,
    output: Annotated[Path | None, output_option(TRACE_FORMATS)] = None,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Trace the framework to rules, fields and verdicts.

    Example: kpf trace --gaps
    """
    write = TRACE_FORMATS[format_meant(written_as, output, TRACE_FORMATS)]
    day = as_at_day(as_at)
    folder, edition = Path.cwd(), None
    try:
        folder = found_register(register)
        checked = check_register(list_register(folder), day)
        result = result_of(checked, Narrowing(), in_full=False)
        edition = checked.judge.records.edition
    except NoRegister:
        if register is not None:
            raise
        result = None  # the framework can be traced to the rules without any files
    in_force = edition if edition and edition.in_force else None
    statements = tuple(entry for entry in trace_statements(in_force) if not gaps or entry.reason)
    put_out(lambda out: write(TracedFramework(statements, result), out), output, folder)
    return 0
