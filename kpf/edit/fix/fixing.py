"""`kpf fix`: corrections that need no knowledge of the partnership.

Each step is proven: the data stays the same, except for a corrected name or day.
"""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kpf.check.checking import Checked, check_register
from kpf.document import Document, read_document
from kpf.edit.files import opened_file
from kpf.edit.fix.dating import days_mended
from kpf.edit.fix.mending import Mended
from kpf.edit.fix.naming import names_mended
from kpf.edit.fix.opened import missing_in, opened, shut_in
from kpf.edit.fix.ordering import in_framework_order
from kpf.edit.refusal import CannotEdit
from kpf.edit.start.opening import wanted_without
from kpf.edit.text.edit import Edit, proven, read_for_editing
from kpf.edit.text.splicing import Splice
from kpf.edition.edition import Edition
from kpf.finding import Finding
from kpf.model import Council, Organisation, Partnership, Record, read_record
from kpf.register.entries import COUNCIL, FRAMEWORK, ORGANISATIONS
from kpf.register.records import partnership_model
from kpf.register.register import Register, register_of

_MOST: Final = 1000
"""The greatest number of corrections to one file."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file before and after, with what was corrected."""

    edit: Edit
    name: str
    """The file's name, within partnerships/."""
    names: tuple[Mended, ...] = ()
    days: tuple[Mended, ...] = ()
    ordered: bool = False
    openings: int = 0
    shut: tuple[str, ...] = ()
    """The groups in braces, with their lines, which cannot contain comments."""


@dataclass(frozen=True, slots=True)
class Run:
    """The result of fixing: the files, and the findings in the register afterwards."""

    fixed: tuple[Fixed, ...]
    refused: tuple[CannotEdit, ...]
    """The reason for each file that could not be fixed."""
    checked: Checked


def fixed_register(register: Register, wanted: Collection[str], day: date) -> Run:
    """Return the fixed files of `register` at the `wanted` paths, as at `day`. Nothing is written.

    A file is refused if a part of it cannot be read, or if its change cannot be proven.
    """
    contents: dict[str, bytes] = {}
    fixed: list[Fixed] = []
    refused: list[CannotEdit] = []
    for document in register.documents:
        try:
            file = opened_file(register, document)
            contents[file.path.name] = file.content
            if document.path in wanted:
                done = mended(
                    file.path.name, read_for_editing(document.path, file.content, document.partnership), file.content
                )
                contents[done.name] = done.edit.new
                fixed.append(done)
        except CannotEdit as refusal:
            if document.path in wanted:
                refused.append(refusal)
    checked = check_register(register_of(register.folder, contents), day)
    edition = checked.judge.records.edition
    every = [with_openings(done, checked.findings, edition) if done.edit.before.partnership else done for done in fixed]
    return Run(tuple(every), tuple(refused), checked)


def mended(name: str, document: Document, content: bytes) -> Fixed:
    """Return a file with its names, days and order corrected. Raises `CannotEdit` if that cannot be proven."""
    names: list[Mended] = []
    days: list[Mended] = []
    after, new = document, content
    for _ in range(_MOST):
        model, above, refused = _refused(after)
        found = next(names_mended(model, above, after, refused), None)
        listed = names
        if found is None:
            found, listed = next(days_mended(model, above, after, refused), None), days
        if found is None:
            break
        listed.append(found)
        new = proven(after, new, [found.splice], found.expected)
        after = read_document(document.path, new, document.partnership)
    ordered = in_framework_order(after) if document.partnership else None
    if ordered is not None:
        new = proven(after, new, [Splice(0, len(after.text), ordered)], after.data)
        after = read_document(document.path, new, document.partnership)
    return Fixed(Edit(document, after, content, new), name, tuple(names), tuple(days), ordered is not None)


def with_openings(fixed: Fixed, findings: Iterable[Finding], edition: Edition | None) -> Fixed:
    """Return `fixed` with a comment for each name that one of `findings` asks for and the file lacks.

    The comments follow the packaged edition together with the council's own `edition`.
    """
    model, keep = partnership_model(edition), wanted_without(edition.taken_out if edition else ())
    after, new, count = fixed.edit.after, fixed.edit.new, 0
    here = [one for finding in findings for one in finding.each if one.location.path == after.path]
    shut: dict[str, None] = {}
    for path in missing_in(after, here, model):
        splice = opened(after, path, model, keep)
        braces = shut_in(after, path)
        if braces:
            shut[braces] = None
        if splice:
            with suppress(CannotEdit):  # no place for a comment; kpf check still reports what is missing
                new = proven(after, new, [splice], after.data)
                after = read_document(after.path, new, after.partnership)
                count += 1
    edit = replace(fixed.edit, after=after, new=new)
    return replace(fixed, edit=edit, openings=count, shut=tuple(shut))


def with_what_it_opens(edit: Edit, name: str, checked: Checked, brought: Iterable[Finding]) -> Edit:
    """Return `edit` of a partnership's file with a comment for each name that its new findings (`brought`) ask for.

    So a file that needed no `kpf fix` still needs none. `checked` is the register with the edit.
    """
    return with_openings(Fixed(edit, name), brought, checked.judge.records.edition).edit


def _refused(document: Document) -> tuple[type[Record], int, list[Finding]]:
    """Return the model of a file, the depth at which it starts, and the findings on what the model refuses."""
    name = document.path.rpartition("/")[2]
    if document.partnership is None and name == ORGANISATIONS:
        refused = [finding for name in document.data for finding in read_record(Organisation, document, (name,))[1]]
        return Organisation, 1, refused
    if document.partnership is None and name == FRAMEWORK:
        from kpf.model.edition import FrameworkFile  # noqa: PLC0415 - few councils have an edition of their own

        return FrameworkFile, 0, read_record(FrameworkFile, document)[1]
    model = Council if document.partnership is None and name == COUNCIL else Partnership
    return model, 0, read_record(model, document)[1]
