"""The questions of `kpf new` and `kpf init`: one for each field that one line can answer.

They are made from the metadata of the fields. Fields that need several lines, such as objectives and risks, have no
question: the new file has comments for them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from kpf.document import read_document
from kpf.document.composing import BLANKS
from kpf.edit.refusal import Refused
from kpf.edit.start.opening import notes_on
from kpf.edit.text.blocks import Indents, Value, lines_inside
from kpf.edit.text.scalars import Plain, unfit
from kpf.framework import framework
from kpf.model import Council, Partnership, Record, read_record
from kpf.model.answers import BARE_YES, says_nothing
from kpf.model.list_entry import Factor
from kpf.model.shapes import FieldOf, field_named, fields_of
from kpf.model.topics import Covered
from kpf.model.written import ANY_TEXT, Written

FieldPath = tuple[str, ...]
"""The path of a value: the names from the top of the file inwards."""
Answers = Mapping[FieldPath, str | tuple[str, ...]]

_TOPICS: Final = (
    "The 15 governance topics: where the agreement speaks of each, and what the framework asks for besides."
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with an answer of one line."""

    path: FieldPath
    help: str
    """What it is for and how it may be written, in one line."""
    written: Written
    part: str
    """The part that it belongs to, printed before the first question of the part; empty if none."""
    many: bool = False
    """Whether it can have several answers."""
    duties: tuple[str, ...] = ()
    """The duties that ask for it."""
    settles: tuple[str, ...] = ()
    """The duties whose conditions depend on the answer."""
    names: str = ""
    """The kind of name asked for: a service, a post, an organisation."""
    needed: bool = False
    """No question about a new file has to be answered."""
    record: type[Record] = Partnership
    """The model of the file."""

    @property
    def _words(self) -> list[str]:
        alone = self.path[-1] == "clause" or (self.path[-1] == "reason" and self.path[0] == "key_factors")
        return [step.replace("_", " ") for step in (self.path[:-1] if alone else self.path)]

    @property
    def label(self) -> str:
        """The label for people: On the list, from."""
        words = ", ".join(self._words)
        return words[:1].upper() + words[1:]

    @property
    def option(self) -> str:
        """The command line option for the answer."""
        return "--" + "-".join(self._words).replace(" ", "-").lower()

    def read(self, text: str) -> str | None:
        """Return the answer as written in a file; None if `text` means that nothing is known. Raises `Refused`."""
        answer = " ".join(text.split())
        if answer.lower() in BLANKS or (self.written == ANY_TEXT and says_nothing(answer)):
            return None
        why = unfit(answer)
        if why:
            raise Refused(f"It {why}.")
        if self.written == ANY_TEXT and answer in BARE_YES:
            raise Refused("That says yes, and not what there is.")
        answer = _in_full(answer, self.written)
        document = read_document("answer", "\n".join(lines_inside(self._as_data(answer), Indents())).encode())
        _, refused = read_record(self.record, document)
        for finding in (*document.findings(), *refused):
            raise Refused(f"{finding.message} {finding.fix}", self.written.nearest(answer))
        return answer if self.written == ANY_TEXT else Plain(answer)

    def _as_data(self, answer: str) -> dict[str, Value]:
        """Return the data of a file with only this `answer`."""
        data: Value = answer
        if self.many:
            data = {"id": answer} if self.path == ("priorities",) else [answer]
        for step in reversed(self.path[1:]):
            data = {step: data}
        return {self.path[0]: data}


def _in_full(answer: str, written: Written) -> str:
    """Return the choice that `answer` abbreviates or misspells, if there are choices; else `answer`."""
    meant = [word for word in written.choices if word.startswith(answer.casefold())]
    if len(meant) == 1:
        return meant[0]
    return written.nearest(answer) or answer if written.wants == "yes or no" else answer


@cache
def questions_about_a_partnership() -> tuple[Question, ...]:
    """Return all questions about a partnership, in the order of its file."""
    return tuple(_inside(Partnership, ()))


def question_at(path: FieldPath) -> Question:
    """Return the question about the value at `path` in a partnership's file, asked by `kpf new` or not."""
    return _question(_field_at(Partnership, path), path, (), None)


@cache
def questions_about_the_council() -> tuple[Question, ...]:
    """Return the questions of `kpf init` about the council, in the order of its file."""
    return tuple(_of_the_council())


def _inside(
    record: type[Record], path: FieldPath, duties: tuple[str, ...] = (), factor: FieldOf | None = None
) -> Iterator[Question]:
    """Yield the questions in the `record` at `path`. Fields without duties of their own get `duties`."""
    for field in fields_of(record):
        here = (*path, field.about.key)
        if not (field.about.wanted or field.about.at_start) or field.shape.holds == "mapping":
            continue
        inner = field.shape.record
        if inner is None:
            yield _question(field, here, duties, factor)
        elif field.shape.holds == "one" and issubclass(inner, Covered):
            yield _clause(field, here, inner)
            yield from (replace(question, part=_TOPICS) for question in _inside(inner, here))
        elif field.shape.holds == "one" or field.shape.one_alone:
            yield from _inside(inner, here, field.about.asked_by, field if inner is Factor else None)


def _question(field: FieldOf, path: FieldPath, duties: tuple[str, ...], factor: FieldOf | None) -> Question:
    if field.shape.written is None:
        raise ValueError(f"{path} holds no value that one line can give")
    help_, how = notes_on(field)
    if factor:  # the help of the factor asks for its reason
        help_, how = factor.about.help, f"For example: {factor.about.example.rpartition('reason: ')[2].rstrip('}')}"
    elif field.shape.holds == "list":
        how = f"One at a time. For example: {field.about.example.strip('[]')}"
    settles = _on_the_form() if path == ("agreement", "form") else field.about.settles
    return Question(
        path=path,
        help=f"{help_} {how}",
        written=field.shape.written,
        part=_part(path),
        many=field.shape.holds == "list",
        duties=field.about.asked_by or (() if settles else duties),
        settles=settles,
        names=field.shape.names.what if field.shape.names else "",
    )


def _on_the_form() -> tuple[str, ...]:
    """Return the duties that apply only without a contract."""
    return tuple(duty for duty, statement in framework().statements.items() if statement.applies == "no-contract")


def _clause(field: FieldOf, path: FieldPath, topic: type[Record]) -> Question:
    """Return the question for the clause on a topic of the agreement."""
    clause = field_named(topic, "clause")
    if clause is None or clause.shape.written is None:
        raise ValueError(f"{path} has no clause")
    return Question(
        path=(*path, "clause"),
        help=f"{field.about.help} The clause or schedule on it. For example: {clause.about.example}",
        written=clause.shape.written,
        part=_TOPICS,
        duties=field.about.asked_by,
    )


def _part(path: FieldPath) -> str:
    top = field_named(Partnership, path[0])
    return top.about.help if top and len(path) > 1 else ""


def _of_the_council() -> Iterator[Question]:
    for path in _paths_at_start(Council, ()):
        field, above = _field_at(Council, path), _field_at(Council, path[:1])
        if field.shape.written is None:
            raise ValueError(f"{path} holds no value that one line can give")
        is_entry = field.shape.holds != "one" and len(path) > 1  # one entry of a group, by its name
        many = field.shape.holds != "one" and not is_entry
        example = field.about.example.strip("[]{}")
        if is_entry and f"{path[-1]}: " in example:
            example = example.partition(f"{path[-1]}: ")[2].partition(", ")[0]
        example = example.rpartition(": ")[2]
        how = f" {'One at a time. ' if many else ''}For example: {example}"
        part = above.about.help if len(path) > 1 else ""
        names = field.shape.names.what if field.shape.names else "value"
        help_ = f"The {names} for {path[-1]}." if is_entry else field.about.help
        yield Question(path, help_ + how, field.shape.written, part, many, record=Council)


def _paths_at_start(record: type[Record], path: FieldPath) -> Iterator[FieldPath]:
    """Yield the path to each value in the `record` at `path` that is asked for when its file is started."""
    for field in fields_of(record):
        about, here = field.about, (*path, field.about.key)
        yield from ((*here, name) for name in about.entries_at_start)
        if about.at_start:
            yield here
        elif field.shape.record and field.shape.holds == "one":
            yield from _paths_at_start(field.shape.record, here)


def _field_at(record: type[Record], path: FieldPath) -> FieldOf:
    """Return the field at `path`; for an entry, the field that contains it."""
    field = field_named(record, path[0])
    for step in path[1:]:
        if field and field.shape.record:
            field = field_named(field.shape.record, step)
    if field is None:
        raise ValueError(f"there is no field at {path}")
    return field


def nested(answers: Answers) -> dict[str, Any]:
    """Return `answers` as the data of a file."""
    data: dict[str, Any] = {}
    for path, answer in answers.items():
        here = data
        for step in path[:-1]:
            here = here.setdefault(step, {})
        here[path[-1]] = list(answer) if isinstance(answer, tuple) else answer
    return data


def by_option(questions: Iterable[Question]) -> dict[str, Question]:
    """Return `questions` by their options as Python names: lead_service."""
    return {question.option.removeprefix("--").replace("-", "_"): question for question in questions}
