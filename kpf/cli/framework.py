"""`kpf framework`: the council's own edition checked, the framework in force shown, and two editions compared."""

from typing import Annotated, Final

import typer

from kpf.check.added.examples import Tried, try_examples
from kpf.cli.editions import NO_EDITION, NOW, edition_given
from kpf.cli.options import (
    AsAtOption,
    Command,
    CommandGroup,
    RegisterOption,
    as_at_day,
    found_register,
    register_to_edit,
)
from kpf.cli.output import printing
from kpf.cli.status import CannotDo, Status
from kpf.register.content import refusal
from kpf.register.entries import FRAMEWORK
from kpf.register.records import in_force, read_shared
from kpf.register.register import list_register
from kpf.render.framework.checked import CheckedEdition, write_checked_edition
from kpf.render.framework.compared import write_editions_compared
from kpf.render.framework.shown import FrameworkShown, write_framework

framework: Final = typer.Typer(
    name="framework",
    cls=CommandGroup,
    help=f"Show, check and compare editions of the framework.\n\n"
    f"The framework in force is the edition that comes with kpf, with the changes in the council's own {FRAMEWORK}.",
    epilog="Example: kpf framework check",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)


@framework.command("check", cls=Command)
def check_edition(*, register: RegisterOption = None, as_at: AsAtOption = None) -> int:
    """Check the council's own edition, and try its examples.

    Each added duty needs an example that meets it, and one that breaks it and no
    other duty. The exit status is 1 if anything is wrong.

    Example: kpf framework check
    """
    day, listing = as_at_day(as_at), list_register(found_register(register))
    shared = read_shared(*listing.read_shared(), day, framework_document=listing.read_framework())
    edition = shared.edition
    if edition is None:
        with printing() as out:
            out.write(f"{NO_EDITION}\n")
        return Status.NOTHING_FOUND
    tried = Tried(0, ())
    if edition.document.sound and edition.adopted and not edition.faults:
        tried = try_examples(edition, shared.council, shared.council_document)
    checked = CheckedEdition(edition, (*edition.faults, *tried.findings), tried.examples)
    with printing() as out:
        write_checked_edition(checked, out)
    return Status.FOUND if checked.findings else Status.NOTHING_FOUND


@framework.command("new", cls=Command)
def new_edition(*, register: RegisterOption = None) -> int:
    """Start the council's own edition.

    Makes partnerships/_framework.yaml with a heading to fill in. Comments (lines
    that start with #) give an example of each thing that an edition can change.
    It overwrites nothing.

    Example: kpf framework new
    """
    from kpf.edit.start.edition import file_of_the_edition  # noqa: PLC0415 - only where one is started
    from kpf.edit.start.laying import lay  # noqa: PLC0415 - likewise

    folder, new = register_to_edit(register), file_of_the_edition()
    try:
        made = lay(folder, [new])
    except OSError as error:
        raise CannotDo(refusal(folder / new.path, "made", error)) from error
    if not made:
        raise CannotDo(f"{new.path} is there already, so nothing was written.")
    with printing() as out:
        out.write(f"Made: {new.path}\nFill it in, then try it: kpf framework check\n")
    return Status.NOTHING_FOUND


@framework.command("show", cls=Command)
def show_framework(
    *,
    why: Annotated[bool, typer.Option("--why", help="Show where each statement comes from.")] = False,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Show the framework in force on a day, one statement after another.

    Example: kpf framework show --why --as-at 2026-04-01
    """
    day = as_at_day(as_at)
    listing = list_register(found_register(register))
    shared = read_shared(*listing.read_shared(), day, framework_document=listing.read_framework())
    edition = shared.edition if shared.edition and shared.edition.in_force else None
    with printing() as out:
        write_framework(FrameworkShown(day, in_force(shared), edition, why), out)
    return Status.NOTHING_FOUND


@framework.command("diff", cls=Command)
def diff_editions(
    before: Annotated[str, typer.Argument(metavar="FIRST", help="packaged, now, a file, or a branch, tag or commit.")],
    after: Annotated[
        str, typer.Argument(metavar="SECOND", help="Likewise: packaged, now, a file, or a branch, tag or commit.")
    ] = NOW,
    *,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Show which duties and verdicts differ between two editions.

    An edition is packaged (the one that comes with kpf), now (the register's
    own), a file, or the one in a branch, tag or commit. kpf judges all
    partnerships by both, as at the same day.

    Example: kpf framework diff packaged now
    """
    from kpf.compare.editions import compare_editions  # noqa: PLC0415 - only where two are compared

    day, listing = as_at_day(as_at), list_register(found_register(register))
    first, second = (edition_given(which, listing.folder) for which in (before, after))
    with printing() as out:
        write_editions_compared(compare_editions(listing, first, second, day), out)
    return Status.NOTHING_FOUND
