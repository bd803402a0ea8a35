"""The work and output of `kpf fix`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kpf.check.narrowing import files_at
from kpf.cli.editing.showing import show_difference, show_slips
from kpf.cli.output import printing, report_not_kept
from kpf.cli.status import CannotDo, Status
from kpf.document import Document
from kpf.document.wording import some
from kpf.edit.fix.fixing import Fixed, fixed_register
from kpf.edit.left import left_to_do
from kpf.edit.text.edit import Broken
from kpf.edit.writing import change_by, write_all
from kpf.register.register import Register
from kpf.render.inert import inert


def put_right(found: Register, paths: Sequence[Path], day: date, *, diff: bool, check: bool) -> Status:
    """Put right the files at `paths`, or show or tell what would change.

    Raises `CannotDo`, `CannotEdit`, `CannotNarrow`.
    """
    run = fixed_register(found, _wanted(found, paths), day)
    changed = [fixed for fixed in run.fixed if fixed.edit.changes]
    only_shut = [fixed for fixed in run.fixed if fixed.shut and not fixed.edit.changes]
    for broken in run.refused:
        if isinstance(broken, Broken):
            show_slips(broken)
    if diff:
        with printing() as out:
            for fixed in changed:
                show_difference(fixed.edit, out)
    writes = not (diff or check)
    if writes and changed:
        report_not_kept(write_all(found.folder, [change_by(fixed.name, fixed.edit) for fixed in changed]))
    with printing() as out:
        for fixed in changed:
            id_ = fixed.edit.before.partnership
            left = f" {left_to_do(run.checked, id_)}" if id_ and writes else ""
            out.write(f"{inert(fixed.edit.before.path)}: {_what_was_done(fixed)}.{inert(left)}\n")
        out.writelines(f"{inert(fixed.edit.before.path)}: {_what_was_done(fixed)}.\n" for fixed in only_shut)
        out.write(f"{_tally(len(changed), len(run.fixed) - len(changed), writes=writes)}\n")
    if run.refused:
        raise CannotDo(f"Some files could not be tidied. {' '.join(map(str, run.refused))}")
    return Status.FOUND if check and changed else Status.NOTHING_FOUND


def _wanted(register: Register, paths: Sequence[Path]) -> set[str]:
    """The paths of the files to put right. Raises `CannotNarrow`."""
    every = {document.path: _name(document) for document in register.documents if not document.is_missing}
    return files_at(paths, every) if paths else set(every)


def _name(document: Document) -> str:
    name = document.value(("name",)) if document.partnership else None
    return name if isinstance(name, str) else ""


def _what_was_done(fixed: Fixed) -> str:
    """Return a phrase that says what was done to a file."""
    done = [f"`{mended.was}` is now `{mended.now}`" for mended in (*fixed.names, *fixed.days)]
    if fixed.ordered:
        done.append("sections in the framework's order")
    if fixed.openings:
        done.append(f"{fixed.openings} {'place' if fixed.openings == 1 else 'places'} opened for what is missing")
    if fixed.shut:
        where = "these stand" if len(fixed.shut) > 1 else "this stands"
        done.append(
            f"nothing opened inside {some(fixed.shut)}, because {where} in braces: write each name on its own line"
        )
    return ", ".join(done)


def _tally(changed: int, same: int, *, writes: bool) -> str:
    files = "1 file" if changed == 1 else f"{changed} files"
    verb = "changed" if writes else "would change"
    return f"{files} {verb}, {same} left as {'it is' if same == 1 else 'they are'}."
