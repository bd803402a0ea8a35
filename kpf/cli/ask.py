"""`kpf ask`: forms that ask for what is missing, one for each service."""

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
            metavar="ID", autocompletion=partnerships, help="Ask only about these partnerships. Default: all."
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
            help="Instead of the forms, write a letter of assurance in Word for this partner to complete and sign.",
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="FORMAT", help="xlsx for Excel workbooks, or docx for Word forms. Default: xlsx."),
    ] = None,
    from_edition: Annotated[
        str | None,
        typer.Option(
            "--from-edition",
            metavar="EDITION",
            help="Ask only what the council's own edition adds to this one: packaged, a file, "
            "or a branch, tag or commit.",
        ),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="DATE", help="The day by which to answer.")] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="The folder to put the forms in.")
    ] = Path("questions"),
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Make forms that ask for what is missing, in Excel or Word.

    Makes one for each lead service and one for Policy and Communications. Each
    asks only for what is missing and what they can answer. When the forms come
    back, record them with kpf answer.

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
