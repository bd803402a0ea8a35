"""`kpf trace`: every statement of the framework, what looks after it, and what came of it."""

from typing import Annotated

import typer

from kpf.check.checking import check_register
from kpf.check.narrowing import Narrowing
from kpf.check.result import result_of
from kpf.check.trace import TracedFramework, trace_statements
from kpf.cli import completing
from kpf.cli.options import AsAtOption, RegisterOption, as_at_day, found_register, known_choice
from kpf.cli.output import printing
from kpf.register.register import NoRegister, list_register
from kpf.render.formats import TRACE_FORMATS


def trace(
    *,
    gaps: Annotated[
        bool, typer.Option("--gaps", help="Only the statements that no rule can check, each with the reason.")
    ] = False,
    written_as: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAME",
            autocompletion=completing.choices_of(TRACE_FORMATS),
            help=f"How to write it: {', '.join(TRACE_FORMATS)}.",
        ),
    ] = "text",
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Trace the framework to rules, fields and verdicts.

    Example: kpf trace --gaps
    """
    write = TRACE_FORMATS[known_choice("--format", written_as, list(TRACE_FORMATS))]
    day = as_at_day(as_at)
    statements = tuple(entry for entry in trace_statements() if not gaps or entry.reason)
    try:
        listing = list_register(found_register(register))
        result = result_of(check_register(listing, day), Narrowing(), in_full=False)
    except NoRegister:
        if register is not None:
            raise
        result = None  # the framework can be traced to the rules without any files
    with printing() as out:
        write(TracedFramework(statements, result), out)
    return 0
