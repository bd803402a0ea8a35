"""The answers file of a paper, for what the paper needs and no partnership's file records."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpf.disk.folder import NotOrdinary, OpenFolder
from kpf.document import read_document
from kpf.document.decoding import LARGEST_FILE
from kpf.model import Record, read_record
from kpf.model.paper import Implications, PaperAnswers
from kpf.model.shapes import FieldOf, fields_of
from kpf.papers.blanks import Blank, what_is_missing
from kpf.papers.common import Common
from kpf.papers.wanted import NoPaper
from kpf.register.content import display_path, refusal
from kpf.register.register import PAPERS

_THE_MONITORING_OFFICERS: Final = "public_interest"


@dataclass(frozen=True, slots=True)
class Implication:
    """What the decision means for one area."""

    area: str
    text: str | Blank
    """What it means there, as a sentence: None. where it means nothing."""


@dataclass(frozen=True, slots=True)
class PaperGiven:
    """The content of the answers file of a paper."""

    answers: Mapping[str, str | Blank]
    """Each answer by its name in that file; empty where one that nobody has to give is not there."""
    further: tuple[str, ...]
    """What else members are asked to decide."""
    implications: Mapping[str, Implication]
    """By the name of the area in that file."""


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """The answers file of one paper on disk."""

    name: str
    """2026-27-H1.yaml."""
    path: str
    """The path of the file, which need not exist."""
    record: PaperAnswers
    content: bytes | None
    """The bytes of the file; None if it does not exist."""


def answers_file(register: Path, paper: str) -> AnswersFile:
    """Return the answers file of `paper`, for example "2026-27-H1", in the folder `register`.

    Raise `NoPaper` if any part of it cannot be read.
    """
    name = f"{paper}.yaml"
    file = register / PAPERS / name
    path = display_path(file)
    try:
        content = OpenFolder(register, (PAPERS,)).read(name, LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError):
        return AnswersFile(name, path, PaperAnswers(), None)
    except (NotOrdinary, OSError) as error:
        raise NoPaper(f"The answers for this paper cannot be read. {refusal(file, 'opened', error)}") from error
    if all(not line.strip() or line.lstrip().startswith(b"#") for line in content.splitlines()):
        return AnswersFile(name, path, PaperAnswers(), content)
    document = read_document(path, content)
    record, refused = read_record(PaperAnswers, document)
    for finding in (*document.findings(), *refused):
        place = f"{path}:{finding.location.line}"
        raise NoPaper(f"The answers for this paper cannot be read. {place}: {finding.message} {finding.fix}".strip())
    return AnswersFile(name, path, record, content)


def given(file: AnswersFile, common: Common) -> PaperGiven:
    """Return the content of `file`, with blanks for missing answers, to be supplied by the posts in `common`."""

    def answer(record: Record, field: FieldOf, above: tuple[str, ...] = ()) -> str | Blank:
        value = getattr(record, field.attribute)
        if value is not None:
            return "None." if str(value).strip(" .").casefold() == "none" else str(value)
        who = common.monitoring_officer if field.about.key == _THE_MONITORING_OFFICERS else common.reporter
        return answer_wanted(file, field, (*above, field.about.key), who)

    answers = {
        field.about.key: answer(file.record, field)
        for field in fields_of(PaperAnswers)
        if field.shape.record is None and field.shape.holds == "one"
    }
    if isinstance(answers["attention"], Blank):  # this answer is optional
        answers["attention"] = ""
    implications = file.record.implications
    return PaperGiven(
        answers=answers,
        further=tuple(one.rstrip(" .;") for one in file.record.further_recommendations or () if one),
        implications={
            field.about.key: Implication(_area(field), answer(implications, field, ("implications",)))
            for field in fields_of(Implications)
        },
    )


def answer_wanted(file: AnswersFile, field: FieldOf, path: tuple[str, ...], who: str) -> Blank:
    """Return a blank for the missing answer at `path` of the answers file."""
    return Blank(what_is_missing(field), who, f"{PAPERS}/{file.name}", f"{file.path}, {'.'.join(path)}", path)


def _area(field: FieldOf) -> str:
    """Return the area of a field, for example "Human resources" for "implications for human resources"."""
    area = field.about.noun.removeprefix("implications for ").removesuffix(" implications")
    return {"financial": "Finance", "legal": "Legal"}.get(area, area[:1].upper() + area[1:])
