"""What kpf asks for when a file is started: one question for each thing that one line can answer.

The questions are made from what the models' fields say of themselves. What needs a group of lines, such as objectives
and risks, is no question: the new file says what belongs there.
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
"""The names that lead to a value, from the left edge of the file inwards."""
Answers = Mapping[FieldPath, str | tuple[str, ...]]

_TOPICS: Final = (
    "The 15 governance topics: where the agreement speaks of each, and what the framework asks for besides."
)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to be answered in one line."""

    path: FieldPath
    help: str
    """What it is for and how it may be written, in one line."""
    written: Written
    part: str
    """What it belongs to, printed once before the first question of the part; empty where it stands by itself."""
    many: bool = False
    """Whether there may be more than one answer."""
    duties: tuple[str, ...] = ()
    """Those that ask for it."""
    settles: tuple[str, ...] = ()
    """Those of which nobody can say whether they apply until it is answered."""
    names: str = ""
    """What kind of thing it names that stands elsewhere: a service, a post, an organisation."""
    needed: bool = False
    """No question about a new file has to be answered."""
    record: type[Record] = Partnership
    """The record of the file that it is about."""

    @property
    def _words(self) -> list[str]:
        alone = self.path[-1] == "clause" or (self.path[-1] == "reason" and self.path[0] == "key_factors")
        return [step.replace("_", " ") for step in (self.path[:-1] if alone else self.path)]

    @property
    def label(self) -> str:
        """Its name for people: On the list, from."""
        words = ", ".join(self._words)
        return words[:1].upper() + words[1:]

    @property
    def option(self) -> str:
        """The option of the command line that answers it."""
        return "--" + "-".join(self._words).replace(" ", "-").lower()

    def read(self, text: str) -> str | None:
        """The answer as a file has it; None where `text` says that nothing is known. Raises `Refused`."""
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
        """The data of a file that holds nothing but one `answer`."""
        data: Value = answer
        if self.many:
            data = {"id": answer} if self.path == ("priorities",) else [answer]
        for step in reversed(self.path[1:]):
            data = {step: data}
        return {self.path[0]: data}


def _in_full(answer: str, written: Written) -> str:
    """Where only a few words can be written: the one that `answer` begins, or says in other letters."""
    meant = [word for word in written.choices if word.startswith(answer.casefold())]
    if len(meant) == 1:
        return meant[0]
    return written.nearest(answer) or answer if written.wants == "yes or no" else answer


@cache
def questions_about_a_partnership() -> tuple[Question, ...]:
    """All that may be asked about a partnership, in the order of its file."""
    return tuple(_inside(Partnership, ()))


def question_at(path: FieldPath) -> Question:
    """The question about the value at `path` in a partnership's file, whether it is asked by itself or not."""
    return _question(_field_at(Partnership, path), path, (), None)


@cache
def questions_about_the_council() -> tuple[Question, ...]:
    """What is asked about the council when its register is made, in the order of its file."""
    return tuple(_of_the_council())


def _inside(
    record: type[Record], path: FieldPath, duties: tuple[str, ...] = (), factor: FieldOf | None = None
) -> Iterator[Question]:
    """The questions in `record`, which stands at `path`; `duties` ask for what has none of its own."""
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
    if factor:  # the reason of each is asked for in the words of the factor itself
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
    """The duties that apply only where no contract stands."""
    return tuple(duty for duty, statement in framework().statements.items() if statement.applies == "no-contract")


def _clause(field: FieldOf, path: FieldPath, topic: type[Record]) -> Question:
    """Of a topic of the agreement: which clause is about it."""
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
    """The path to each value in `record`, which stands at `path`, that is asked for when its file is started."""
    for field in fields_of(record):
        about, here = field.about, (*path, field.about.key)
        yield from ((*here, name) for name in about.entries_at_start)
        if about.at_start:
            yield here
        elif field.shape.record and field.shape.holds == "one":
            yield from _paths_at_start(field.shape.record, here)


def _field_at(record: type[Record], path: FieldPath) -> FieldOf:
    """The field that `path` leads to; for the name of an entry, the field that holds it."""
    field = field_named(record, path[0])
    for step in path[1:]:
        if field and field.shape.record:
            field = field_named(field.shape.record, step)
    if field is None:
        raise ValueError(f"there is no field at {path}")
    return field


def nested(answers: Answers) -> dict[str, Any]:
    """`answers` as the data of a file."""
    data: dict[str, Any] = {}
    for path, answer in answers.items():
        here = data
        for step in path[:-1]:
            here = here.setdefault(step, {})
        here[path[-1]] = list(answer) if isinstance(answer, tuple) else answer
    return data


def by_option(questions: Iterable[Question]) -> dict[str, Question]:
    """`questions` by the names of their options, as a program holds them: lead_service."""
    return {question.option.removeprefix("--").replace("-", "_"): question for question in questions}
