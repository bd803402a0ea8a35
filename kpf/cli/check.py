"""`kpf check`: what is missing or cannot be right."""

import io
from pathlib import Path
from typing import Annotated, Final

import typer

from kpf.check import Checked
from kpf.check import check as check_register
from kpf.cli.options import AsAtOption, RegisterOption, VerboseOption, as_at_day, one_of
from kpf.cli.output import printing, write_file
from kpf.cli.status import CannotDo, Status
from kpf.finding import Kind, Severity
from kpf.history import NoGit, NoHistory, merge_base
from kpf.history import renamed as renamed_since
from kpf.narrowing import Narrowing
from kpf.register import FOLDER, find_register, ids, read_register, read_register_at
from kpf.render import FORMATS
from kpf.result import result_of
from kpf.since import Comparison, compare

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
            help=f"How to write it: {', '.join(FORMATS)}. Can be given more than once.",
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
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REF",
            help="Report only what a change made worse: since the branch, tag or commit REF and this one parted.",
        ),
    ] = None,
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
    fails_from = None if threshold == _NEVER else Severity(threshold)
    outputs = _outputs(formats or ["text"])
    only = Kind(one_of("--kind", kind, list(Kind))) if kind else None
    day = as_at_day(as_at)
    folder = find_register(register, Path.cwd())
    narrowing = Narrowing(paths or (), service or (), select or (), ignore or (), only)
    checked = check_register(read_register(folder), day)
    compared = None if since is None else _compared(checked, since)
    result = result_of(checked, narrowing, compared, fails_from)
    for name, file in outputs:
        if file is not None:
            text = io.StringIO()
            FORMATS[name](result, text)
            write_file(file, text.getvalue(), folder)
        elif not quiet:
            with printing() as out:
                FORMATS[name](result, out)
    return Status.FOUND if result.fails else Status.NOTHING_FOUND


def _compared(checked: Checked, since: str) -> Comparison:
    """The register against what it was where the branch of today and `since` parted, both as at one day."""
    home = checked.register.folder / FOLDER
    try:
        commit = merge_base(home, since)
    except NoGit as problem:
        raise NoHistory(f"{problem.why} {problem.mend}, or leave --since out.") from problem
    renamed = ids(renamed_since(home, commit))
    before = check_register(read_register_at(commit, checked.register), checked.as_at)
    return compare(before, checked, ref=since, commit=commit, renamed=renamed)


def _outputs(formats: list[str]) -> list[tuple[str, Path | None]]:
    """Each format with its file, or with None for standard output; no two in one place."""
    outputs = []
    for written in formats:
        name, _, file = written.partition("=")
        outputs.append((one_of("--format", name, list(FORMATS)), Path(file) if file else None))
    places = [file for _, file in outputs]
    if len(set(places)) < len(places):
        raise CannotDo("Two formats would go to the same place. Give each a file: --format json=FILE")
    return outputs
