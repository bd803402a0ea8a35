"""The files that answers go into: each opened once, then changed by one proven step after another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from kpf.check.spells import PresentTime, present_time
from kpf.document import Document
from kpf.edit.adding import one_more
from kpf.edit.belonging import among_organisations, in_a_partnership, in_the_council
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.blocks import Value
from kpf.edit.text.edit import Addition, Edit, added
from kpf.edit.text.placing import Among
from kpf.finding import Trail
from kpf.forms.fields import FormField, FormModels, FormPart, FormTable, parts_of
from kpf.forms.outcome import AnswersOutcome, NotTaken
from kpf.forms.returned import AnswerGiven, QuestionAnswered, WrittenCell
from kpf.register.records import read_partnership

_AMONG: Final[Mapping[str, Among]] = {
    "partnership": in_a_partnership,
    "organisations": among_organisations,
    "council": in_the_council,
}


class AnsweredFiles:
    """Files by their kind and id, as they are `opened`; what becomes of them is noted in an `outcome`.

    A partnership that came back to the list is seen as a form asks about it on `day`: from its present time there.
    """

    def __init__(
        self, opened: Callable[[str, str], tuple[Document, bytes] | None], outcome: AnswersOutcome, day: date
    ) -> None:
        self._opened = opened
        self._outcome = outcome
        self._day = day

    def document(self, given: AnswerGiven) -> Document | None:
        """The file that an answer is for, with all that was added so far; None where there is none."""
        written = self._written(given)
        present = self._present(given, written) if written else None
        return present.document if present else written

    def _in_the_file(self, given: AnswerGiven, trail: Trail) -> Trail:
        """Where in the file stands what is at `trail` of `document`."""
        written = self._written(given)
        present = self._present(given, written) if written else None
        return present.in_the_file(trail) if present else trail

    def _present(self, given: AnswerGiven, written: Document) -> PresentTime | None:
        if given.kind != "partnership" or written.value(("listed_again",)) is None:
            return None
        partnership, _ = read_partnership(written, self._day)
        return present_time(partnership, written)

    def _written(self, given: AnswerGiven) -> Document | None:
        target = target_of(given)
        if target not in self._outcome.edits:
            opened = self._opened(given.kind, given.id)
            if opened is None:
                return None
            document, content = opened
            self._outcome.edits[target] = Edit(document, document, content, content)
        return self._outcome.edits[target].after

    def add(self, given: AnswerGiven, addition: Addition, cells: Sequence[tuple[WrittenCell, FormField]]) -> bool:
        """Whether `addition` could be made; else `cells` are noted as refused."""
        addition = replace(addition, trail=self._in_the_file(given, addition.trail))
        return self._step(given, lambda edit: added(edit.after, edit.new, [addition], _AMONG[given.kind]), cells)

    def add_one_more(
        self, given: AnswerGiven, trail: Trail, value: Value, cells: Sequence[tuple[WrittenCell, FormField]]
    ) -> bool:
        """Whether `value` could be put beside what is recorded at `trail`; else `cells` are noted as refused."""
        trail = self._in_the_file(given, trail)
        return self._step(given, lambda edit: one_more(edit.after, edit.new, trail, value, _AMONG[given.kind]), cells)

    def _step(
        self, given: AnswerGiven, make: Callable[[Edit], Edit], cells: Sequence[tuple[WrittenCell, FormField]]
    ) -> bool:
        target = target_of(given)
        edit = self._outcome.edits[target]
        try:
            step = make(edit)
        except CannotEdit as why:
            for written, part in cells:
                self._outcome.refused.append(
                    NotTaken(written.cell, target, part.label, written.text, str(why), given=given)
                )
            return False
        self._outcome.edits[target] = replace(edit, after=step.after, new=step.new)
        return True


def target_of(given: AnswerGiven) -> str:
    """What a file is about: the id of a partnership, organisations or council."""
    return given.id or given.kind


def part_given(models: FormModels, given: AnswerGiven) -> FormPart | None:
    """What was asked: a question, a table, or of a question that was asked again the column that holds it."""
    parts = parts_of(models[given.kind])
    if isinstance(given, QuestionAnswered) and given.seen:
        columns = (one for part in parts if isinstance(part, FormTable) for one in part.columns)
        parts = (*(part for part in parts if isinstance(part, FormField)), *columns)
    return next((part for part in parts if part.path == given.path), None)
