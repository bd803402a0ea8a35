"""`kpf ask`: what is open, as a workbook for each who can answer."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from kpf.cli.completing import partnerships, services
from kpf.cli.options import AsAtOption, RegisterOption, as_at_day, day_given, found_register, known_choice
from kpf.cli.output import folder_meant
from kpf.cli.status import CannotDo


def ask_for_answers(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="IDS", autocompletion=partnerships, help="Ask only about these partnerships. Default: all."
        ),
    ] = None,
    service: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="NAME", autocompletion=services, help="Ask only this lead service."),
    ] = None,
    to_partner: Annotated[
        list[str] | None,
        typer.Option(
            "--to-partner",
            metavar="NAME",
            help="Write a letter of assurance for this partner instead, in Word, for it to complete and sign.",
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="FORMAT", help="xlsx for workbooks, or docx for forms in Word. Default: xlsx."),
    ] = None,
    from_edition: Annotated[
        str | None,
        typer.Option(
            "--from-edition",
            metavar="EDITION",
            help="Ask only what the own edition adds to this one: packaged, a file, or a branch, tag or commit.",
        ),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="DATE", help="The day by which to answer.")] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="The folder for the workbooks.")
    ] = Path("questions"),
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Ask for what is open, in Excel workbooks or in Word.

    Writes one for each lead service and one for Policy and Communications, with
    only what is open and only what they can answer. kpf answer records what comes back.

    Example: kpf ask --by 2026-12-18 -o questions
    """
    from kpf.cli.editing.asked import write_forms, write_letters  # noqa: PLC0415 - `kpf check` should not wait

    day = as_at_day(as_at)
    until = day_given("--by", by) if by else None
    folder = found_register(register)
    kind: Literal["xlsx", "docx"] = "docx" if to and known_choice("--to", to, ("xlsx", "docx")) == "docx" else "xlsx"
    if to_partner and from_edition:
        raise CannotDo("A letter of assurance is about the packaged topics. Use --to-partner or --from-edition alone.")
    if to_partner:
        return write_letters(folder, (ids or [], to_partner), day, until, folder_meant(output))
    wanted = (ids or [], service or [])
    return write_forms(folder, wanted, (day, until), kind, folder_meant(output), from_edition)


ask = ask_for_answers
