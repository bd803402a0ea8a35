"""What `kpf ask` does and says."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kpf.check.narrowing import services_named
from kpf.check.stream import Judge, Terms
from kpf.cli.output import printing, write_file
from kpf.cli.status import CannotDo, Status
from kpf.disk.folder import OpenFolder
from kpf.disk.given import read_given
from kpf.edit.start.ids import suggested_id
from kpf.forms.sending import Addressee, addressees
from kpf.forms.workbook.reading import LARGEST_FORM
from kpf.register.content import display_path, refusal
from kpf.register.meant import entry_meant
from kpf.register.provenance import provenance_of_files, register_file
from kpf.register.register import FOLDER, Register, read_register
from kpf.render.inert import inert
from kpf.render.page import count


def write_workbooks(
    folder: Path, wanted: tuple[Sequence[str], Sequence[str]], day: date, by: date | None, output: Path
) -> Status:
    """A workbook for each of those who are asked. Raises `CannotDo`, `CannotNarrow`, `NoSuchPartnership`."""
    from kpf.forms.workbook.writing import Occasion, workbook_for  # noqa: PLC0415 - it needs an extra

    register = read_register(folder)
    judge = Judge.of(register, Terms(day))
    given, services = wanted
    ids = [entry_meant(one, register.entries, register.read).id for one in given]
    asked = _narrowed(addressees(judge, ids), services)
    if not asked:
        raise CannotDo("Nothing is open that anybody could be asked, so no workbook was written.")
    occasion = Occasion(register.council, day, by, _origin(register, day))
    books = {f"{suggested_id(one.name)}.xlsx": workbook_for(one, occasion) for one in asked}
    _make(output)
    for name, content in books.items():
        _refuse_to_overwrite(output / name, content)
    for name, content in books.items():
        write_file(output / name, content, folder)
    with printing() as out:
        for one, name in zip(asked, books, strict=True):
            sheets = count(len(one.forms), "sheet")
            line = f"{display_path(output / name)}: {one.name}, {count(one.asked, 'question')} on {sheets}"
            out.write(f"{inert(line)}\n")
        out.write("\nWhen they come back: kpf answer FILES\n")
    return Status.NOTHING_FOUND


def _narrowed(asked: Sequence[Addressee], services: Sequence[str]) -> list[Addressee]:
    if not services:
        return list(asked)
    names = [one.name for one in asked]
    chosen = {name for service in services for name in services_named(service, names)}
    return [one for one in asked if one.name in chosen]


def _origin(register: Register, day: date) -> tuple[tuple[str, str], ...]:
    files = tuple(map(register_file, register.documents))
    came = provenance_of_files(register, files, day)
    commit = "not under git" if came.commit is None else came.commit or "not committed yet"
    return (
        ("Register", f"{came.register}/"),
        ("Commit", f"{commit}{', with changes that are not committed' if came.uncommitted else ''}"),
        ("As at", day.isoformat()),
        ("kpf", came.version),
    )


def _make(folder: Path) -> None:
    """Make the folder for the workbooks, if it is not there. Raises `CannotDo`."""
    if folder.name in {FOLDER, ""}:
        raise CannotDo(f"Write the workbooks into a folder of their own, not into {display_path(folder)}.")
    try:
        OpenFolder(folder.parent).make_folder(folder.name)
    except OSError as error:
        raise CannotDo(refusal(folder, "made", error)) from error


def _refuse_to_overwrite(file: Path, content: bytes) -> None:
    """Somebody may have typed answers into the file that is there. Raises `CannotDo`."""
    try:
        held = read_given(file, LARGEST_FORM)
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotDo(refusal(file, "read", error)) from error
    if held != content:
        raise CannotDo(
            f"{display_path(file)} is there already, and may hold answers, so nothing was written. "
            "Give another folder: kpf ask -o FOLDER"
        )
