"""A fact that can be recorded: how it is asked for, and how an answer becomes a value in the file."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from kpf.dates import HalfYear
from kpf.document.composing import BLANKS
from kpf.document.wording import shortened
from kpf.edit.refusal import CannotEdit, Refused
from kpf.edit.text.blocks import Value
from kpf.edit.text.scalars import Plain, tidied, unfit
from kpf.model import Record
from kpf.model.answers import BARE_YES, says_nothing
from kpf.model.shapes import Shape, fields_of
from kpf.model.values import HALF_YEAR
from kpf.model.written import ANY_TEXT, Written
from kpf.spelling import did_you_mean

_FEW: Final = 20
"""The greatest number of names listed before a question."""

Known = Callable[[str], Sequence[str] | None]
"""Returns the known names of a kind (party, measure, duty and so on); None if any name is allowed."""

_HALF: Final = re.compile(r"(?P<year>[0-9]{4}[/-][0-9]{2,4})[ -]?(?P<half>[Hh][12])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: the option that gives it, and its place in the new entry."""

    option: str
    help: str
    example: str
    shape: Shape
    path: tuple[str, ...] = ()
    """The path within the entry; empty if the fact says which entry is meant."""
    needed: bool = False
    wanted: bool = False
    """Whether the framework asks for it, so that a blank is a finding."""
    unless: str = ""
    """Another option that makes this one unnecessary."""
    names: str | None = None
    """The kind of name asked for: a partner's, a measure's, a duty's."""

    @property
    def several(self) -> bool:
        """Whether it can be given more than once."""
        return self.shape.holds != "one"

    @property
    def question(self) -> str:
        """What is asked, in one line."""
        written = self.shape.written
        if written and written.choices and not all(choice in self.help.casefold() for choice in written.choices):
            return f"{self.help} Write {written.wants}."
        return f"{self.help} For example: {self.example}"


def facts_of(record: type[Record], renamed: Mapping[tuple[str, ...], str], needed: Collection[str]) -> tuple[Fact, ...]:
    """Return a fact for each field of `record` and of the groups in it, in the framework's order.

    The option is the name in the file, unless `renamed` has another for its path.
    """
    return tuple(_facts(record, (), renamed, needed))


def _facts(
    record: type[Record], above: tuple[str, ...], renamed: Mapping[tuple[str, ...], str], needed: Collection[str]
) -> Iterator[Fact]:
    for field in fields_of(record):
        path = (*above, field.about.key)
        if field.shape.record:
            yield from _facts(field.shape.record, path, renamed, needed)
            continue
        option = renamed.get(path, field.about.key.replace("_", "-"))
        example = field.about.example
        if field.shape.holds == "list":
            example = example.strip("[]").partition(", ")[0]
        elif field.shape.holds == "mapping":
            example = example.strip("{}").replace(": ", "=", 1)
        of = field.shape.key_names if field.shape.holds == "mapping" else field.shape.names
        yield Fact(
            option,
            field.about.help,
            example,
            field.shape,
            path,
            needed=option in needed,
            wanted=field.about.wanted,
            names=of.what if of else None,
        )


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """A fact as a question, with the known names of a register."""

    fact: Fact
    known: Known
    part: str = ""

    @property
    def label(self) -> str:
        """The label for people: Decided by."""
        return self.fact.option.replace("-", " ").capitalize()

    @property
    def help(self) -> str:
        """The help, with the known names if there are few."""
        listed = self.known(self.fact.names) if self.fact.names else None
        few = listed is not None and 0 < len(listed) <= _FEW
        return f"{self.fact.help} There are: {', '.join(listed or ())}." if few else self.fact.question

    @property
    def many(self) -> bool:
        """Whether it can have several answers."""
        return self.fact.several

    @property
    def needed(self) -> bool:
        """Whether it needs an answer."""
        return self.fact.needed

    def read(self, text: str) -> str | None:
        """Return `text` if it can be recorded; None if it means that nothing is known. Raises `Refused`."""
        answer = tidied(text)
        if answer.lower() in BLANKS:
            return None
        try:
            value_of(self.fact, [answer], self.known)
        except CannotEdit as refusal:
            written = self.fact.shape.written
            raise Refused(str(refusal).removeprefix("--"), written.nearest(answer) if written else None) from refusal
        return answer

    def value(self, answer: str | tuple[str, ...]) -> Value:
        """Return the value to write for an answer from `read`."""
        return value_of(self.fact, [answer] if isinstance(answer, str) else answer, self.known)


def value_of(fact: Fact, answers: Sequence[str], known: Known) -> Value:
    """Return the value to write for `answers` to `fact`. Raises `CannotEdit` with what can be written instead."""
    if fact.shape.holds == "list":
        return [_one(fact, answer, fact.names, known) for answer in answers]
    if fact.shape.holds == "mapping":
        return dict(_pair(fact, answer, known) for answer in answers)
    return _one(fact, answers[-1], fact.names, known)


def _pair(fact: Fact, answer: str, known: Known) -> tuple[str, Value]:
    name, equals, text = answer.partition("=")
    if not equals:
        raise CannotEdit(f'--{fact.option} wants a name and what belongs to it: --{fact.option} "{fact.example}"')
    of_names = replace(fact, shape=Shape("one", None, fact.shape.key_written or ANY_TEXT, None, happens=False))
    of_values = replace(fact, shape=replace(fact.shape, holds="one"))
    return str(_one(of_names, name, fact.names, known)), _one(of_values, text, None, known)


def _one(fact: Fact, answer: str, names: str | None, known: Known) -> str:
    text = tidied(answer)
    why = unfit(text)
    if why:
        raise CannotEdit(f"--{fact.option} {why}.")
    written = fact.shape.written or ANY_TEXT
    if written == ANY_TEXT and says_nothing(text):
        raise CannotEdit(f"--{fact.option} “{shortened(text)}” is no answer yet. Record it once it is known.")
    if written == ANY_TEXT and text in BARE_YES:
        raise CannotEdit(f"--{fact.option} says “{text}”, and not what there is.")
    text = _as_read(fact, text, written)
    listed = known(names) if names else None
    if listed is not None and text not in listed:
        found = did_you_mean(text, listed) or (
            f" There are: {', '.join(listed)}." if listed else " There are none yet."
        )
        raise CannotEdit(f"--{fact.option} “{shortened(text)}” is not known here.{found}")
    return text if written == ANY_TEXT else Plain(text)


def half_year_given(text: str) -> HalfYear:
    """Return the half-year in `text`, such as 2026/27 H1 or 2026-27-H1. Raises `CannotEdit`."""
    found = _HALF.fullmatch(tidied(text))
    with suppress(ValueError):
        if found:
            return HalfYear.read(f"{found['year']} {found['half'].upper()}")
    raise CannotEdit(f"“{shortened(text)}” is not a half of a financial year. Write it like this: 2026/27-H1")


def _as_read(fact: Fact, text: str, written: Written) -> str:
    """Return `text` in the form that the model reads. Raises `CannotEdit`."""
    if written == HALF_YEAR and _HALF.fullmatch(text):
        return str(half_year_given(text))
    if re.fullmatch(written.pattern, text, re.ASCII):
        try:
            written.convert(text)
        except ValueError:
            raise CannotEdit(f"--{fact.option} “{text}” does not exist. Write {written.wants}.") from None
        return text
    nearest = written.nearest(text)
    wants = (
        f"{written.wants.partition(', for example')[0]}. Did you mean {nearest}?" if nearest else f"{written.wants}."
    )
    raise CannotEdit(f"--{fact.option} “{shortened(text)}” cannot be used. Write {wants}")
