"""The further questions of `kpf new`: objectives, measures, risks and monitoring, entry by entry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from kpf.cli.answering import Given, recorded
from kpf.cli.asking import NoMoreAnswers, PassedOver, Prompts
from kpf.document import Document, read_document
from kpf.edit.start.ids import short_name
from kpf.edit.start.questions import FieldPath, nested
from kpf.edit.text.blocks import Indents, lines_inside
from kpf.forms.answers import FieldReader
from kpf.forms.fields import EACH, FormField, FormTable, parts_of, trail_at
from kpf.forms.names import FormNames
from kpf.model import Partnership

_ONE: Final[Mapping[FieldPath, str]] = {
    ("objectives", EACH): "objective",
    ("measures", EACH): "measure",
    ("risks", "entries", EACH): "risk",
    ("monitoring", "arrangements", EACH): "way in which it is monitored",
}
"""The kinds of entries asked for, with the word for one of each."""
_NOT_HERE: Final = {"opportunity"}
"""Fields that are not asked for: an opportunity replaces a risk, and can be written into the file."""
_Entry = dict[FormField, str | tuple[str, ...]]
GO_ON: Final = (
    "Go on to what it is to achieve, what is measured, its risks and how it is monitored? Each can also wait: the file "
    "says what belongs there."
)


@dataclass(frozen=True)
class EntryQuestion:
    """A question on one field of an entry."""

    column: FormField
    reader: FieldReader
    part: str
    ends: bool
    """Whether leaving it open means that there are no more entries."""
    needed: bool = field(default=False, init=False)

    @property
    def label(self) -> str:
        """The label for people."""
        return self.column.label

    @property
    def help(self) -> str:
        """What the answer is for and how to write it; on the first field of an entry, also how to end."""
        example = f" For example: {self.column.example}" if self.column.example else ""
        if not self.ends:
            return f"{self.column.help}{example}"
        return f"{self.column.help}{example.removesuffix('.')}. Press Enter if there are no more."

    @property
    def many(self) -> bool:
        """Whether it can have several answers."""
        return self.column.many

    def read(self, text: str) -> str | None:
        """Return the answer as written in a file. Raises `Refused`."""
        return self.reader.read(text)


def go_on(prompts: Prompts, council: Document, given: Given) -> Given:
    """Ask for entries, kind by kind, and return `given` with them."""
    answers = dict(given)
    for table in _tables():
        for number in count(1):
            if prompts.ended:
                return answers
            one = _ONE[table.path]
            entry = _entry(prompts, table, f"{one[:1].upper()}{one[1:]} {number}", FormNames(council, _so_far(answers)))
            if not entry:
                break
            answers |= _named(table, entry, answers)
    return answers


def _tables() -> Iterator[FormTable]:
    return (part for part in parts_of(Partnership) if isinstance(part, FormTable) and part.path in _ONE)


def _so_far(answers: Given) -> Document:
    """Return the file with the answers so far, for names in later answers."""
    return read_document("new", "\n".join(lines_inside(nested(recorded(answers)), Indents())).encode())


def _entry(prompts: Prompts, table: FormTable, part: str, names: FormNames) -> _Entry:
    """Ask for one entry and return its answers; empty if there are no more entries."""
    found: _Entry = {}
    for column in table.columns:
        if column.path[-1] in _NOT_HERE:
            continue
        reader = FieldReader(Partnership, column, names, column.many)
        try:
            answer = prompts.ask(EntryQuestion(column, reader, part, ends=not found), names.for_field(column))
        except (PassedOver, NoMoreAnswers):
            break
        if answer is not None:
            found[column] = answer
        elif not found:
            break
    return found


def _named(table: FormTable, entry: _Entry, so_far: Given) -> Given:
    """Return the answers of an `entry` by their paths, under a name that no other entry has."""
    first = next(iter(entry.values()))
    words = short_name(first if isinstance(first, str) else first[0]) or table.path[0]
    above = table.path[:-1]
    taken = {path[len(above)] for path in so_far if path[: len(above)] == above and len(path) > len(above)}
    names = (words if number == 1 else f"{words}-{number}" for number in count(1))
    name = next(name for name in names if name not in taken)
    return {tuple(map(str, trail_at(column.path, (name,)))): answer for column, answer in entry.items()}
