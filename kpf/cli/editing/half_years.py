"""`kpf record half-year PERIOD`: the half-year opened in the files of all partnerships, before anybody fills it in."""

from typing import Annotated

import typer

from kpf.cli.completing import partnerships
from kpf.cli.editing.showing import show_difference, show_slips
from kpf.cli.editing.writing import is_agreed, print_line
from kpf.cli.options import DryRunOption, RegisterOption, YesOption, register_to_edit
from kpf.cli.output import printing, report_not_kept
from kpf.cli.status import CannotDo, Status
from kpf.dates import HalfYear
from kpf.edit.belonging import in_a_partnership
from kpf.edit.files import EditableFile, partnership_file
from kpf.edit.record.facts import half_year_given
from kpf.edit.record.half_years import opening_in, refuse_part_of_a_year
from kpf.edit.text.edit import Broken, Edit, added
from kpf.edit.writing import change_by, write_all
from kpf.edition.edition import Edition
from kpf.register.records import edition_in
from kpf.register.register import Register, read_register
from kpf.render.inert import inert

Openings = list[tuple[EditableFile, Edit]]


def half_year(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="The half-year, for example 2026/27-H1.")],
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID", autocompletion=partnerships, help="Open it only for these partnerships. Default: all."
        ),
    ] = None,
    register: RegisterOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> int:
    """Open a half-year for all partnerships.

    Adds blank lines for services to fill in. This records nothing and adds no
    duties. Either all files are changed or none.

    Example: kpf record half-year 2026/27-H2
    """
    half = half_year_given(period)
    found = read_register(register_to_edit(register, writes=not dry_run))
    edition = edition_in(found.framework, half.ends)
    refuse_part_of_a_year(half, edition, "kpf record half-year")
    openings, skipped = _openings(found, half, ids or [], edition)
    with printing() as out:
        for number, (_, edit) in enumerate(openings):
            if number == 0 or dry_run:
                show_difference(edit, out)
        if len(openings) > 1 and not dry_run:
            out.write("\nIn the same way, each with its own measures and objectives:\n")
            out.writelines(f"  {inert(edit.before.path)}\n" for _, edit in openings[1:])
        if skipped:
            out.write("\nLeft as they are:\n")
            out.writelines(f"  {inert(path)}: {inert(why)}\n" for path, why in skipped)
        out.write("\n")
    if not openings:
        return print_line(f"Nothing is left to open for {half}.", Status.NOTHING_FOUND)
    files = "this file" if len(openings) == 1 else f"these {len(openings)} files"
    if dry_run:
        return print_line("Nothing was written, because of --dry-run.", Status.NOTHING_FOUND)
    if not yes and not is_agreed(f"Write {files}?"):
        return print_line("Nothing was written.", Status.NOT_DONE)
    report_not_kept(write_all(found.folder, [change_by(file.path.name, edit) for file, edit in openings]))
    return print_line(f"{half} is open in {files}. kpf check says what is left to do for each.", Status.NOTHING_FOUND)


def _openings(
    register: Register, half: HalfYear, ids: list[str], edition: Edition | None
) -> tuple[Openings, list[tuple[str, str]]]:
    """What opens `half` in each file by the council's own `edition`; and what stays as it is, with why.

    All are worked out before any is written.

    Raises `CannotDo` where one of them cannot be changed.
    """
    openings: Openings = []
    skipped: list[tuple[str, str]] = []
    refused: list[str] = []
    chosen = ids or [document.partnership or "" for document in register.partnerships]
    for id_ in dict.fromkeys(chosen):
        try:
            file = partnership_file(register, id_)
            opening = opening_in(file.document, half, edition)
            if isinstance(opening, str):
                skipped.append((file.document.path, opening))
            else:
                openings.append((file, added(file.document, file.content, [opening], in_a_partnership)))
        except Broken as broken:
            show_slips(broken)
            refused.append(id_)
    if refused:
        raise CannotDo(
            f"Nothing was written, because {' and '.join(refused)} cannot be changed. Correct the slips above, "
            "or name the partnerships to open it for."
        )
    return openings, skipped
