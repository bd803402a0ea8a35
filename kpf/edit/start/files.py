"""The file of a new partnership: its path in the register, and its text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kpf.check.checking import Checked, check_register
from kpf.check.judging import RULE_NAMES
from kpf.disk.together import FileChange
from kpf.document import read_document
from kpf.edit.fix.fixing import Fixed, with_openings
from kpf.edit.start.questions import FieldPath
from kpf.edit.start.starting import MODELINE, PROPOSED, asked_for, case_so_far, partnership_text
from kpf.edit.text.edit import Edit
from kpf.register.content import display_path
from kpf.register.records import Records
from kpf.register.register import FOLDER, register_of
from kpf.rules.shared import shared_by

_SCHEMA: Final = "../schemas/partnership.schema.json"


@dataclass(frozen=True)
class NewPartnership:
    """The facts known of a new partnership."""

    id: str
    answers: Mapping[FieldPath, str | tuple[str, ...]]
    proposed: bool = False
    """Whether it is only being proposed."""
    notes: tuple[str, ...] = ()
    """Comments for the end of the file."""
    sources: Mapping[FieldPath, str] = field(default_factory=dict)
    """The source of each answer, for a comment after it."""


def new_file_path(new: NewPartnership, records: Records) -> Path:
    """Return the path for the file of `new`."""
    return records.register.folder / FOLDER / f"{new.id}.yaml"


def new_file_text(new: NewPartnership, records: Records) -> str:
    """Return the text for the file of `new`. Raises `NotAsMeant`."""
    answers = dict(new.answers)
    shared = shared_by(records.shared, RULE_NAMES, records.names)
    if new.proposed:
        answers = {PROPOSED: shared.framework.executive, **answers}
    case = case_so_far(new.id, answers, shared, proposed=new.proposed)
    others = [document.text for document in records.register.partnerships]
    return partnership_text(answers, asked_for(case), _modeline_like(others), new.notes, new.sources)


@dataclass(frozen=True, slots=True)
class Starts:
    """The changes that add new partnerships to a register, and the register checked with them."""

    changes: tuple[FileChange, ...]
    checked: Checked


def starts_of(every: Iterable[NewPartnership], records: Records, others: Sequence[FileChange] = ()) -> Starts:
    """Return the files of `every` new partnership, and the `others` that change with them. Raises `NotAsMeant`.

    Each has a comment for everything that a check asks for, so that `kpf fix` has nothing to add.
    """
    register = records.register
    contents = {register.file_name(one): one.text.encode() for one in register.documents if not one.is_missing}
    contents |= {change.path[-1]: change.new for change in others if change.new is not None}
    new = {new_file_path(one, records).name: new_file_text(one, records).encode() for one in every}
    checked = check_register(register_of(register.folder, contents | new), records.day)
    edition = checked.judge.records.edition
    changes = []
    for name, content in new.items():
        path = display_path(register.folder / FOLDER / name)
        document = read_document(path, content, name.removesuffix(".yaml"))
        edit = with_openings(Fixed(Edit(document, document, content, content), name), checked.findings, edition).edit
        changes.append(FileChange((FOLDER, name), None, edit.new))
    return Starts((*changes, *others), checked)


def _modeline_like(others: Sequence[str]) -> str:
    """Return the first line of a new file: as in the texts of `others`, else that of a register made by kpf."""
    for text in others:
        line = text.partition("\n")[0].rstrip()
        if line.startswith(MODELINE):
            return line
    return f"{MODELINE}{_SCHEMA}"
