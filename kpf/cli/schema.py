"""`kpf schema`: the JSON Schemas that give help in an editor, printed, written into a register, or compared with it."""

from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from kpf.cli.options import RegisterOption, found_register, known_choice, register_to_edit
from kpf.cli.output import printing, report_not_kept
from kpf.cli.status import CannotDo, Status
from kpf.disk.folder import OpenFolder
from kpf.document.wording import write_one_of
from kpf.register.content import display_path, refusal
from kpf.register.records import edition_in, partnership_model
from kpf.register.register import read_framework_of
from kpf.schema import FOLDER, SCHEMAS, schema_file, schema_text
from kpf.schema.files import PACKAGED, FrameworkHelp

_LARGEST: Final = 4 * 1024 * 1024
"""The greatest size of a schema file that is read, in bytes. Schemas have less than half a megabyte."""


def schema(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help=f"The schema to print: {', '.join(SCHEMAS)}.")
    ] = None,
    *,
    write: Annotated[
        bool, typer.Option("--write", help=f"Write all schemas into the register's {FOLDER}/ folder.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="End with status 1 if a schema there is missing or out of date.")
    ] = False,
    register: RegisterOption = None,
) -> int:
    """Print a JSON Schema, or update the register's schemas.

    A YAML editor uses them to complete, explain and check what you type. kpf
    itself does not read them.

    Example: kpf schema --write
    """
    if (name is not None) + write + check > 1:
        raise CannotDo("Choose one: the name of a schema to print, --write, or --check.")
    if write:
        return _write(register_to_edit(register))
    if check:
        return _check(found_register(register))
    if name is None:
        raise CannotDo(f"Which schema? {write_one_of(SCHEMAS)} Or --write, or --check.")
    with printing() as out:
        out.write(schema_text(known_choice("schema", name, list(SCHEMAS))))
    return Status.NOTHING_FOUND


def _write(register: Path) -> Status:
    """Write the schemas that are not up to date, and print which."""
    from kpf.disk.together import FileChange  # noqa: PLC0415 - only where one is written
    from kpf.edit.writing import write_all  # noqa: PLC0415 - likewise

    folder = register / FOLDER
    behind, in_force = _behind(register), _in_force(register)
    changes = [
        FileChange((FOLDER, schema_file(name)), content, schema_text(name, in_force).encode())
        for name, content in behind.items()
    ]
    report_not_kept(write_all(register, changes))
    with printing() as out:
        out.writelines(f"{display_path(folder / schema_file(name))} written\n" for name in behind)
        if not behind:
            out.write(f"All schemas in {display_path(folder)}/ are up to date.\n")
    return Status.NOTHING_FOUND


def _check(register: Path) -> Status:
    """Print which schemas are missing or out of date."""
    folder = register / FOLDER
    behind = _behind(register)
    with printing() as out:
        for name, content in behind.items():
            state = "is missing" if content is None else "has fallen behind"
            out.write(f"{display_path(folder / schema_file(name))} {state}.\n")
        out.write("Bring them up to date: kpf schema --write\n" if behind else "All schemas are up to date.\n")
    return Status.FOUND if behind else Status.NOTHING_FOUND


def _behind(register: Path) -> dict[str, bytes | None]:
    """Return the schemas that are out of date, with their content on disk. Raises `CannotDo`."""
    found: dict[str, bytes | None] = {}
    in_force = _in_force(register)
    for name in SCHEMAS:
        file = schema_file(name)
        try:
            content = OpenFolder(register, (FOLDER,)).read(file, _LARGEST)
            if content.replace(b"\r\n", b"\n") != schema_text(name, in_force).encode():
                found[name] = content
        except FileNotFoundError:
            found[name] = None
        except OSError as error:
            raise CannotDo(refusal(register / FOLDER / file, "read", error)) from error
    return found


def _in_force(register: Path) -> FrameworkHelp:
    """The framework of this register, whose own edition may ask for more, and for less, in words of its own."""
    edition = edition_in(read_framework_of(register), date.max)
    if edition is None:
        return PACKAGED
    asked = {duty: one for duty, one in edition.framework.statements.items() if duty not in edition.taken_out}
    return FrameworkHelp(partnership_model(edition), asked)
