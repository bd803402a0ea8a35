"""`kpf chase`: drafts of the e-mails that go with the workbooks."""

from pathlib import Path
from typing import Annotated

import typer

from kpf.cli.completing import partnerships, services
from kpf.cli.options import AsAtOption, RegisterOption, as_at_day, day_given, found_register
from kpf.cli.output import folder_meant


def write_chasers(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", autocompletion=partnerships, help="Chase only these partnerships. Default: all."),
    ] = None,
    service: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="NAME", autocompletion=services, help="Chase only this lead service."),
    ] = None,
    within: Annotated[
        str, typer.Option("--within", metavar="TIME", help="How far ahead to list what falls due: 30d, 12w, 6m or 1y.")
    ] = "30d",
    by: Annotated[str | None, typer.Option("--by", metavar="DATE", help="The day by which to answer.")] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="The folder to put the drafts in.")
    ] = Path("chasers"),
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Draft e-mails that ask for answers and remind people what is due.

    Writes one e-mail for each service that has something to answer. It lists
    what is missing, overdue and due soon, with the workbook attached. Each is a
    draft that Outlook opens (.eml), and a text file. kpf sends nothing.

    Example: kpf chase --within 30d --by 2026-12-18 -o chasers
    """
    from kpf.cli.due import last_day_wanted  # noqa: PLC0415 - `kpf check` should not wait for it
    from kpf.cli.editing.asked import write_drafts  # noqa: PLC0415 - likewise

    day = as_at_day(as_at)
    until = last_day_wanted(day, within, None) or day
    answered_by = day_given("--by", by) if by else None
    return write_drafts(
        found_register(register), (ids or [], service or []), (day, until, answered_by), folder_meant(output)
    )


chase = write_chasers
