"""The answers file of a paper: its questions, and the file with answers added."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from kpf.edit.belonging import in_an_answers_file
from kpf.edit.start.opening import notes_on, opening
from kpf.edit.start.questions import FieldPath, Question, nested
from kpf.edit.text.blocks import Indents, lines_inside
from kpf.edit.text.edit import Addition, added, read_for_editing
from kpf.model import Record
from kpf.model.paper import PaperAnswers
from kpf.model.shapes import FieldOf, fields_of

_HEADING: Final = (
    "# What this paper needs besides the register. Fill in what belongs to it: take away the # in front of a line.",
    "# Write none where there is nothing to say.",
    "",
)


@cache
def questions_about_a_paper() -> Mapping[FieldPath, Question]:
    """Return all questions about papers, by their paths in the answers file."""
    return {question.path: question for question in _questions(PaperAnswers, ())}


def _questions(record: type[Record], path: FieldPath, part: str = "") -> Iterator[Question]:
    for field in fields_of(record):
        here = (*path, field.about.key)
        if field.shape.record:
            yield from _questions(field.shape.record, here, field.about.help)
        elif field.shape.written:
            how = " ".join(notes_on(field))
            yield Question(here, how, field.shape.written, part, field.shape.holds == "list", record=PaperAnswers)


def with_answers(path: str, content: bytes | None, answers: Mapping[FieldPath, str | tuple[str, ...]]) -> bytes:
    """Return the answers file at `path` with `answers` added to `content`, which is None for a new file.

    A new file has comments for the other questions. Raises `CannotEdit`.
    """
    if content is None or not any(line.strip() and not line.lstrip().startswith(b"#") for line in content.splitlines()):
        return "\n".join([*_HEADING, *_new_lines(answers), ""]).encode()
    document = read_for_editing(path, content, None)
    additions = [
        Addition(field, list(answer) if isinstance(answer, tuple) else answer) for field, answer in answers.items()
    ]
    return added(document, content, additions, in_an_answers_file).new


def _new_lines(answers: Mapping[FieldPath, str | tuple[str, ...]]) -> Iterator[str]:
    data = nested(answers)
    for field in fields_of(PaperAnswers):
        key = field.about.key
        if key not in data:
            yield from opening(field, keep=_every_field)
            continue
        yield from lines_inside({key: data[key]}, Indents())
        for inner in fields_of(field.shape.record) if field.shape.record else ():
            if inner.about.key not in data[key]:
                yield from opening(inner, "  ", keep=_every_field)


def _every_field(field: FieldOf) -> bool:
    del field
    return True
