"""`kpf check`: what is missing or cannot be right."""

import io
import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from kpf.check.checking import check_register
from kpf.check.narrowing import Narrowing
from kpf.check.result import Result, result_of
from kpf.check.stream import Terms
from kpf.cli.ci import write_by_default
from kpf.cli.completing import commits, files, formats, kinds, rules_duties_sections, services, severities
from kpf.cli.options import (
    AsAtOption,
    JobsOption,
    PartOption,
    RegisterOption,
    as_at_day,
    found_register,
    is_public_part,
    known_choice,
)
from kpf.cli.output import format_meant, output_option, printing, put_out, write_file
from kpf.cli.progress import progress
from kpf.cli.status import CannotDo, Status
from kpf.cli.unsaved import read_unsaved, register_folder_of
from kpf.finding import FindingKind, Severity
from kpf.register.register import FOLDER, Files, list_register
from kpf.register.settings import NO_SETTINGS, BadSettings, Settings
from kpf.render.formats import CHECK_FORMATS, IN_FULL, LOG_COMMANDS

_NEVER: Final = "never"


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE", help="Report only these files. kpf still reads the whole register.", autocompletion=files
        ),
    ] = None,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
    service: Annotated[
        list[str] | None,
        typer.Option(
            "--service", metavar="NAME", autocompletion=services, help="Report only what this lead service leads."
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="WHAT",
            autocompletion=rules_duties_sections,
            help="Report only this rule, duty or section.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore",
            metavar="WHAT",
            autocompletion=rules_duties_sections,
            help="Leave out this rule, duty or section.",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            autocompletion=kinds,
            help="Report only what the files say (content), or only what is overdue (clock).",
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="NAME[=FILE]",
            autocompletion=formats,
            help=f"The format: {', '.join(CHECK_FORMATS)}. Can be repeated. "
            "Default: text; inside a CI system, its own format as well.",
        ),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on",
            metavar="SEVERITY",
            autocompletion=severities,
            help="End with status 1 only for findings this severe: error, warning, note or never. Default: error.",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REF",
            autocompletion=commits,
            help="Report only what became worse since this branch, tag or commit. "
            "With auto, kpf finds what to compare with.",
        ),
    ] = None,
    staged: Annotated[
        bool,
        typer.Option("--staged", help="Check what is staged for the next commit (git add), not the files on disk."),
    ] = False,
    output: Annotated[Path | None, output_option(CHECK_FORMATS)] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(
            "--manifest",
            metavar="FILE",
            help="Record what was checked and the result in this file, so that kpf verify can repeat the check.",
        ),
    ] = None,
    stdin_filename: Annotated[
        Path | None,
        typer.Option(
            "--stdin-filename",
            metavar="FILE",
            autocompletion=files,
            help="Read the text of this file from standard input, for editors. Report only this file.",
        ),
    ] = None,
    no_exceptions: Annotated[
        bool, typer.Option("--no-exceptions", help="Report what agreed exceptions cover, as an auditor may want.")
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Print only the number of findings, by rule and by duty.")
    ] = False,
    no_settings: Annotated[
        bool, typer.Option("--no-settings", help="Ignore the settings in kpf.toml and pyproject.toml.")
    ] = False,
    jobs: JobsOption = None,
    part: PartOption = "internal",
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing. Only the exit status shows the result.")
    ] = False,
) -> int:
    """Check the files: list what is missing and what cannot be right.

    The exit status is 0 if kpf finds nothing, 1 if it finds something, and 2 if
    it could not do its job.

    Example: kpf check partnerships/veolia.yaml --as-at 2026-11-23
    """
    wanted = known_choice("--fail-on", fail_on, [*Severity, _NEVER]) if fail_on is not None else None
    formats = [*(formats or []), *(["statistics"] if statistics else [])]
    outputs = _outputs(formats, output)
    public = is_public_part(part)
    if manifest is not None:
        format_meant("json", manifest, ["json"], "--manifest")
    only = FindingKind(known_choice("--kind", kind, list(FindingKind))) if kind else None
    day = as_at_day(as_at)
    if stdin_filename is None:
        listing = _staged(register) if staged else list_register(found_register(register))
        settings = _settings(listing, wanted=not no_settings)
        since = settings.since if since is None else since
        narrowing = Narrowing(paths or (), service or (), select or settings.select, ignore or settings.ignore, only)
    else:
        folder = register_folder_of(stdin_filename, register)
        others = {"PATHS": paths, "--service": service, "--since": since, "--staged": staged, "--manifest": manifest}
        unsaved = read_unsaved(stdin_filename, others)
        listing = list_register(folder, unsaved)
        settings = _settings(listing, wanted=not no_settings)
        chosen = select or settings.select, ignore or settings.ignore
        narrowing = Narrowing((folder / FOLDER / unsaved.name,), (), *chosen, only, unsaved=True)
    if public and (since or manifest):
        raise CannotDo(
            "--part public shows the register as it is, not what a change does, and writes no manifest. "
            "Leave out --since and --manifest, and with --no-settings a `since` of the settings."
        )
    in_full = any(name in IN_FULL for name, _ in outputs)
    with progress(len(listing.entries)) as seen:
        if since is None:
            checked = check_register(
                listing,
                day,
                exceptions=not no_exceptions,
                today=as_at is None,
                in_full=in_full,
                jobs=jobs,
                seen=seen,
            )
            compared = None
        else:
            from kpf.compare.verdicts import compare_change  # noqa: PLC0415 - git, and all that compares

            terms = Terms(day, not no_exceptions, today=as_at is None)
            checked, compared = compare_change(listing, terms, since, os.environ, in_full=in_full, jobs=jobs, seen=seen)
    threshold = wanted or settings.fail_on or Severity.ERROR
    fails_from = None if threshold == _NEVER else Severity(threshold)
    result = replace(result_of(checked, narrowing, compared, fails_from, in_full=in_full), settings=settings)
    if public:
        from kpf.check.public_part import public_part_of  # noqa: PLC0415 - only where it is asked for

        result = public_part_of(result)
    if manifest is not None:
        write_file(manifest, _manifest(result, narrowing, listing.folder, today=as_at is None), listing.folder)
    if not (outputs or quiet):
        with printing() as out:
            write_by_default(result, out)
    for name, file in outputs:
        if file is not None or not quiet:
            put_out(partial(CHECK_FORMATS[name], result), file, listing.folder)
    return Status.FOUND if result.fails else Status.NOTHING_FOUND


def _manifest(result: Result, narrowing: Narrowing, folder: Path, *, today: bool) -> str:
    """Return the text of the manifest of this run. Raises `NoHistory`."""
    from kpf.git.history import commit_or_none  # noqa: PLC0415 - only where it is asked for
    from kpf.render.manifest import AskedFor, manifest_of, write_manifest  # noqa: PLC0415

    commit = commit_or_none(folder / FOLDER, result.commit) if result.commit else result.commit
    text = io.StringIO()
    write_manifest(manifest_of(result, AskedFor(narrowing, today, commit)), text)
    return text.getvalue()


def _settings(files: Files, *, wanted: bool) -> Settings:
    """Return the settings of the register, if `wanted`. Raises `CannotDo`."""
    try:
        return files.settings() if wanted else NO_SETTINGS
    except BadSettings as problem:
        raise CannotDo(f"{problem} Or leave the settings out: --no-settings") from problem


def _staged(register: Path | None) -> Files:
    """Return the register as staged in git. Raises `NoHistory` and `NoRegister`."""
    from kpf.git.history import NoGit, NoHistory  # noqa: PLC0415 - git, only where it is asked for
    from kpf.register.committed import list_to_come  # noqa: PLC0415 - likewise

    try:
        return list_to_come(register, Path.cwd(), os.environ)
    except NoGit as problem:
        raise NoHistory(
            f"What is staged cannot be read without git. {problem.mend}, or leave --staged out."
        ) from problem


def _outputs(formats: list[str], output: Path | None) -> list[tuple[str, Path | None]]:
    """Return each format with its file, or None for standard output. Raises `CannotDo` for two in one place.

    A format without a file of its own goes to `output`, if given.
    """
    outputs = []
    for written in formats:
        name, _, own = written.partition("=")
        file = Path(own) if own else output
        outputs.append((format_meant(name, file, CHECK_FORMATS), file))
    if output is not None and output not in [file for _, file in outputs]:
        outputs.append((format_meant(None, output, CHECK_FORMATS), output))
    files = [os.path.realpath(file) for _, file in outputs if file is not None and not _is_device(file)]
    if len(set(files)) < len(files) or not _fit_in_one_log([name for name, file in outputs if file is None]):
        raise CannotDo("Two formats would go to the same place. Give each a file: --format json=FILE")
    return outputs


def _is_device(file: Path) -> bool:
    """Return whether `file` is a device such as /dev/null, which may take several formats."""
    return os.path.exists(file) and not file.is_file()  # noqa: PTH110 - a name too long is reported where it is written


def _fit_in_one_log(names: list[str]) -> bool:
    """Return whether these formats may go to one log: a single one, or text with those that CI systems act on."""
    return len(names) <= 1 or (len(set(names)) == len(names) and {"text", *LOG_COMMANDS}.issuperset(names))
