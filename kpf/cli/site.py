"""`kpf site`: the register as pages to look at."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpf.check.stream import Judge, Terms
from kpf.cli.options import AsAtOption, JobsOption, RegisterOption, as_at_day, found_register, known_choice
from kpf.cli.output import folder_meant, printing
from kpf.cli.progress import progress
from kpf.cli.status import CannotDo
from kpf.compare.diff import difference_or_reason
from kpf.register.content import display_path, refusal
from kpf.register.register import FOLDER, TEMPLATES, list_register
from kpf.render.page import count

if TYPE_CHECKING:
    from kpf.disk.made import MadeFolder


def site(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="The folder to put the pages in.")],
    part: Annotated[
        str,
        typer.Option(
            "--part", metavar="PART", help="public shows only what is public; internal shows everything, and says so."
        ),
    ] = "public",
    register: RegisterOption = None,
    as_at: AsAtOption = None,
    jobs: JobsOption = None,
) -> int:
    """Make web pages of the register that open in any browser.

    The pages need no server and no network. Open index.html in the folder,
    or put the folder where your pages are published.

    Example: kpf site -o site
    """
    from kpf.site.building import build_site  # noqa: PLC0415 - with Jinja and the calendar, by this command alone
    from kpf.site.part import SitePart  # noqa: PLC0415 - likewise

    wanted = SitePart(known_choice("--part", part, list(SitePart)))
    day = as_at_day(as_at)
    found = found_register(register)
    listing = list_register(found)
    folder = _folder(output, found)
    from kpf.disk.made import NotMadeByKpf  # noqa: PLC0415 - likewise

    judge = Judge.of(listing, Terms(day))
    compare = partial(difference_or_reason, listing)
    try:
        with progress(len(listing.entries)) as seen:
            built = build_site(judge, wanted, folder, compare, jobs=jobs, seen=seen)
    except NotMadeByKpf as theirs:
        raise CannotDo(_in_the_way(Path(theirs.filename))) from theirs
    removed = f", {count(built.removed, 'old one')} removed" if built.removed else ""
    with printing() as out:
        out.write(
            f"{count(built.pages, 'file')} in {display_path(output)}: {built.changed:,} written, "
            f"{built.pages - built.changed:,} unchanged{removed}. Open {display_path(output / 'index.html')}\n"
        )
    return 0


def _folder(path: Path, register: Path) -> "MadeFolder":
    """The folder to write into. Raises `CannotDo`."""
    from kpf.disk.given import lies_in  # noqa: PLC0415 - as above
    from kpf.disk.made import MadeFolder, NotMadeByKpf  # noqa: PLC0415 - as above

    for name, what in (
        (FOLDER, "register's files"),
        (TEMPLATES, "register's templates"),
    ):
        if path.absolute() == (register / name).absolute() or lies_in(path, register / name):
            raise CannotDo(f"{display_path(path)} is in the folder of the {what}. Choose another folder: -o site")
    try:
        return MadeFolder(folder_meant(path))
    except NotMadeByKpf as theirs:
        raise CannotDo(
            f"{display_path(path)} holds files that kpf site did not make. Give an empty or a new folder: -o site"
        ) from theirs
    except FileExistsError as file:
        raise CannotDo(f"{display_path(path)} is a file. Give a folder: -o site") from file
    except OSError as error:
        raise CannotDo(refusal(path, "written", error)) from error


def _in_the_way(path: Path) -> str:
    return f"{display_path(path)} is in the way: kpf site did not make it. Move it, or give another folder: -o site"
