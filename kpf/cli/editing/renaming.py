"""The work and output of `kpf rename`."""

from typing import Final

from kpf.cli.editing.writing import is_agreed, print_line
from kpf.cli.output import printing, report_not_kept
from kpf.cli.status import Status
from kpf.edit.renaming import Renaming, renaming
from kpf.edit.writing import write_all
from kpf.papers.wanted import PaperKind
from kpf.register.content import display_path
from kpf.register.meant import entry_meant
from kpf.register.register import Register
from kpf.render.inert import inert
from kpf.render.page import cut

_MOST: Final = 10
_ROOM: Final = 60


def rename_one(register: Register, old: str, new: str, *, yes: bool, dry_run: bool) -> Status:
    """Give the partnership that `old` means the id `new`. Raises `CannotDo`, `CannotEdit`, `NoSuchPartnership`."""
    entry = entry_meant(old, register.entries, register.read)
    found = renaming(register, entry, new, [kind.value for kind in PaperKind if kind.is_of_one])
    _show(register, found)
    if dry_run:
        return print_line("Nothing was renamed, because of --dry-run.")
    files = "this file" if len(found.files) == 1 else f"these {len(found.files)} files"
    if not (yes or is_agreed(f"Rename {files}?")):
        return print_line("Nothing was renamed.", Status.NOT_DONE)
    report_not_kept(write_all(register.folder, found.changes))
    return print_line(
        f"{found.old} is now {found.new}. kpf diff and kpf check --since recognise it by its name. "
        "An earlier calendar has its events under the old id: write a new one over the old file."
    )


def _show(register: Register, found: Renaming) -> None:
    with printing() as out:
        out.write("To be renamed:\n")
        for file in found.files:
            paths = [display_path(register.folder.joinpath(*path)) for path in (file.old, file.new)]
            out.write(f"  {inert(' -> '.join(paths))}\n")
        if found.mentions:
            out.write(
                f"\nThese lines mention {inert(found.old)} and stay as they are. Change them where they mean it:\n"
            )
            out.writelines(
                f"  {inert(f'{one.path}:{one.line}')}: {cut(inert(one.text), _ROOM)}\n"
                for one in found.mentions[:_MOST]
            )
        if len(found.mentions) > _MOST:
            out.write(f"  and {len(found.mentions) - _MOST} more\n")
        out.write("\n")
