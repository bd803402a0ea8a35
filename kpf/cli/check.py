"""`kpf check`: what is missing or cannot be right."""

import io
from pathlib import Path
from typing import Annotated, Final

import typer

from kpf.check import check as check_register
from kpf.cli.ci import write_by_default
from kpf.cli.options import AsAtOption, RegisterOption, VerboseOption, as_at_day, one_of
from kpf.cli.output import printing, write_file
from kpf.cli.status import CannotDo, Status
from kpf.finding import Kind, Severity
from kpf.narrowing import Narrowing
from kpf.register import find_register, read_register
from kpf.render import COMMANDS, FORMATS
from kpf.result import Result, result_of

_NEVER: Final = "never"


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATHS", help="Report only these files. All are read all the same.")
    ] = None,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
    service: Annotated[
        list[str] | None, typer.Option("--service", metavar="NAME", help="Report only what this lead service leads.")
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="WHAT", help="Report only this rule, duty or section.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="WHAT", help="Leave out this rule, duty or section.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Report only findings of the content, or of the clock.")
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="NAME[=FILE]",
            help=f"How to write it: {', '.join(FORMATS)}. Can be given more than once. "
            "Else text, with what the CI system shows that runs kpf.",
        ),
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="SEVERITY",
            help="End with status 1 from this severity on: error, warning, note or never.",
        ),
    ] = "error",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing; the exit status tells.")] = False,
    verbose: VerboseOption = False,
) -> int:
    """Say what is missing, and what cannot be right.

    The whole register is always read. Ends with 0 if nothing is found, 1 if
    something is, and 2 if the job could not be done.

    Example: kpf check partnerships/veolia.yaml --as-at 2026-11-23
    """
    del verbose  # looked at where a fault would be told
    threshold = one_of("--fail-on", fail_on, [*Severity, _NEVER])
    outputs = _outputs(formats or [])
    only = Kind(one_of("--kind", kind, list(Kind))) if kind else None
    day = as_at_day(as_at)
    folder = find_register(register, Path.cwd())
    narrowing = Narrowing(paths or (), service or (), select or (), ignore or (), only)
    result = result_of(check_register(read_register(folder), day), narrowing)
    if not (formats or quiet):
        with printing() as out:
            write_by_default(result, out)
    for name, file in outputs:
        if file is not None:
            text = io.StringIO()
            FORMATS[name](result, text)
            write_file(file, text.getvalue(), folder)
        elif not quiet:
            with printing() as out:
                FORMATS[name](result, out)
    return _status(result, threshold)


def _status(result: Result, threshold: str) -> Status:
    if threshold == _NEVER:
        return Status.NOTHING_FOUND
    failed = any(finding.severity.rank <= Severity(threshold).rank for finding in result.findings)
    return Status.FOUND if failed else Status.NOTHING_FOUND


def _outputs(formats: list[str]) -> list[tuple[str, Path | None]]:
    """Each format with its file, or with None for standard output. Raises `CannotDo` for two in one place."""
    outputs = []
    for written in formats:
        name, _, file = written.partition("=")
        outputs.append((one_of("--format", name, list(FORMATS)), Path(file) if file else None))
    files = [file for _, file in outputs if file is not None]
    if len(set(files)) < len(files) or not _fit_in_one_log([name for name, file in outputs if file is None]):
        raise CannotDo("Two formats would go to the same place. Give each a file: --format json=FILE")
    return outputs


def _fit_in_one_log(names: list[str]) -> bool:
    """One format does; so does text with what CI systems act on, each once."""
    return len(names) <= 1 or (len(set(names)) == len(names) and {"text", *COMMANDS}.issuperset(names))
