"""Convert the text of an answer in a form to the value of a field, or say why the file cannot accept it."""

import re
from dataclasses import dataclass
from typing import Final

from kpf.document import read_document
from kpf.document.composing import BLANKS
from kpf.edit.belonging import at_trail
from kpf.edit.listing.people import without_people
from kpf.edit.refusal import Refused
from kpf.edit.text.blocks import Indents, Value, lines_inside
from kpf.edit.text.placing import grown
from kpf.edit.text.scalars import Plain, unfit
from kpf.finding import Step
from kpf.forms.fields import EACH, FieldPath, FormField, trail_at
from kpf.forms.names import FormNames
from kpf.model import Organisation, Record, read_record
from kpf.model.answers import BARE_YES, says_nothing
from kpf.model.values import HALF_YEAR
from kpf.model.written import ANY_TEXT
from kpf.spelling import did_you_mean, same_name

_OF_POSTS: Final = {"post", "officer", "office", "decider"}
_HAS_TO_BE_KNOWN: Final = {"priority", "service", "party", "organisation", "measure", "objective"}
"""Kinds of names for which unknown names are refused. A new post is accepted, and reported once it is in the file."""
_SIGNS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class FieldReader:
    """A reader of answers to one field of a file."""

    model: type[Record]
    """The model of the file."""
    field: FormField
    names: FormNames
    many: bool

    def read(self, text: str) -> str | None:
        """Return the value to write to the file, or None if `text` is blank. Raise `Refused` if it is no answer."""
        answer = _SIGNS.sub(" ", text).strip()
        if answer.lower() in BLANKS:
            return None
        written = self.field.shape.written or ANY_TEXT
        why = unfit(answer)
        if why:
            raise Refused(f"It {why}.")
        if written == ANY_TEXT and says_nothing(answer):
            raise Refused("That is no answer yet, so the question stays open.")
        if written == ANY_TEXT and answer in BARE_YES:
            raise Refused("That says yes, and not what there is.")
        listed = self.names.for_field(self.field)
        if without_people(answer, "a post" if self._wants_a_post else "anything", listed).found:
            raise Refused("It names a person. Write the post that they hold: the register names posts, never people.")
        answer = self._named(answer)
        if written.choices or written.wants == "yes or no":
            answer = same_name(answer, written.choices or ("yes", "no")) or written.nearest(answer) or answer
        refused = self._refused(answer)
        if refused:
            raise Refused(refused, written.nearest(answer))
        return answer if written == ANY_TEXT else Plain(answer)

    @property
    def _wants_a_post(self) -> bool:
        names = self.field.shape.names
        return names is not None and names.what in _OF_POSTS

    def _named(self, answer: str) -> str:
        """Return the name in the files that `answer` means. Raise `Refused` if the name must be known and is not."""
        names = self.field.shape.names
        if names is None:
            return answer
        listed = self.names.for_field(self.field)
        found = same_name(answer, listed)
        if names.what == "priority":
            found = self.names.priority_called(answer)
        elif names.what == "objective":
            found = found or self.names.objective_called(answer)
        if found or not listed or names.what not in _HAS_TO_BE_KNOWN:
            return found or answer
        hint = did_you_mean(answer, listed) or f" There are: {', '.join(listed)}."
        raise Refused(f"“{answer}” is not known here.{hint}")

    def _refused(self, answer: str) -> str:
        """Return the finding that `answer` would cause in a file, as text; empty if there is none."""
        model, path = self.model, self.field.path
        steps = tuple(_position(model, path[: at + 1]) for at, step in enumerate(path) if step == EACH)
        trail = trail_at(path, steps)
        alone: Value = answer if self.field.shape.written in {None, ANY_TEXT} else Plain(answer)
        value: Value = [alone] if self.many else alone
        data = grown(trail, value)
        document = read_document("answer", "\n".join(lines_inside(_names_of(data), Indents())).encode())
        _, found = read_record(model, document, trail[:1] if model is Organisation else ())
        for finding in (*document.findings(), *found):
            return f"{finding.message} {finding.fix}"
        return ""


def _position(model: type[Record], path: FieldPath) -> Step:
    """Return a placeholder name or position for the entry at the end of `path`, to try a value in it."""
    inside = path[1:-1] if model is Organisation else path[:-1]
    _, shape = at_trail(model, tuple("entry" if step == EACH else step for step in inside))
    if shape is None or shape.holds != "list":
        return "2026/27 H1" if shape and shape.key_written == HALF_YEAR else "entry"
    return 0


def _names_of(data: Value) -> dict[str, Value]:
    return data if isinstance(data, dict) else {}
