"""`kpf diff`: what changed between two registers."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from kpf.cli.options import AsAtOption, RegisterOption, as_at_day, day_given, found_register
from kpf.cli.output import format_meant, output_option, put_out
from kpf.compare.diff import difference
from kpf.register.register import list_register
from kpf.render.formats import DIFF_FORMATS

_A_DAY: Final = re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}", re.ASCII)
"""Matches what is meant as a day, however written, so that it is not taken for a branch."""


def diff(
    before: Annotated[
        str,
        typer.Argument(
            metavar="EARLIER",
            help="The earlier register: a day such as 2026-03-31, or a branch, a tag or a commit.",
        ),
    ],
    after: Annotated[
        str | None,
        typer.Argument(metavar="LATER", help="The later register. Default: the files as they are now."),
    ] = None,
    written_as: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help=f"The format: {', '.join(DIFF_FORMATS)}.")
    ] = None,
    service: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="NAME", help="Show only what this lead service leads, or led."),
    ] = None,
    output: Annotated[Path | None, output_option(DIFF_FORMATS)] = None,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Describe what changed, and in which commit.

    Compares two days, or two branches, tags or commits. For a day, kpf takes
    the last commit made by the end of that day.

    Example: kpf diff 2026-03-31 2026-09-30
    """
    write = DIFF_FORMATS[format_meant(written_as, output, DIFF_FORMATS)]
    last = as_at_day(as_at)
    first, second = _asked(before), None if after is None else _asked(after)
    folder = found_register(register)
    found = difference(list_register(folder), first, second, last).of_services(service or ())
    put_out(lambda out: write(found, out), output, folder)
    return 0


def _asked(text: str) -> date | str:
    """Return the day in `text`, or the name of a revision. Raises `CannotDo`."""
    return day_given("kpf diff", text) if _A_DAY.fullmatch(text.strip()) else text
