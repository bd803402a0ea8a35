"""The file of a new partnership: where it belongs in the register, and what stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kpf.check.judging import RULE_NAMES
from kpf.disk.together import FileChange
from kpf.edit.start.questions import Way
from kpf.edit.start.starting import EXECUTIVE_CABINET, MODELINE, PROPOSED, asked_for, case_so_far, partnership_text
from kpf.register.records import Records
from kpf.register.register import FOLDER
from kpf.rules.case import shared_by

_SCHEMA: Final = "../schemas/partnership.schema.json"


@dataclass(frozen=True)
class NewPartnership:
    """What is known of a partnership whose file is started."""

    id: str
    answers: Mapping[Way, str | tuple[str, ...]]
    proposed: bool = False
    """Whether it is only being proposed to Executive Cabinet."""
    notes: tuple[str, ...] = ()
    """What is kept at the end of the file, as comments."""
    sources: Mapping[Way, str] = field(default_factory=dict)
    """Where each answer comes from, told behind it."""


def new_file_path(new: NewPartnership, records: Records) -> Path:
    """Where the file of `new` belongs."""
    return records.register.folder / FOLDER / f"{new.id}.yaml"


def new_file_text(new: NewPartnership, records: Records) -> str:
    """What stands in the file of `new`. Raises `NotAsMeant`."""
    answers = dict(new.answers)
    if new.proposed:
        answers = {PROPOSED: EXECUTIVE_CABINET, **answers}
    case = case_so_far(new.id, answers, shared_by(records.shared, RULE_NAMES, records.names), proposed=new.proposed)
    others = [document.text for document in records.register.partnerships]
    return partnership_text(answers, asked_for(case), _modeline_like(others), new.notes, new.sources)


def start_of(new: NewPartnership, records: Records) -> FileChange:
    """What puts the file of `new` into the register. Raises `NotAsMeant`."""
    return FileChange((FOLDER, new_file_path(new, records).name), None, new_file_text(new, records).encode())


def _modeline_like(others: Sequence[str]) -> str:
    """The first line of a new file: as the texts of the `others` have it, else as in a register that kpf made."""
    for text in others:
        line = text.partition("\n")[0].rstrip()
        if line.startswith(MODELINE):
            return line
    return f"{MODELINE}{_SCHEMA}"
