"""The files that answers are written to. Each is opened once and changed by a series of checked edits."""

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
    """The files that answers are for, by kind and id.

    `opened` returns the document and content of a file, or None. Edits and refusals go to `outcome`. A partnership
    that was listed again is seen as in a form of `day`: from its present time on the list.
    """

    def __init__(
        self, opened: Callable[[str, str], tuple[Document, bytes] | None], outcome: AnswersOutcome, day: date
    ) -> None:
        self._opened = opened
        self._outcome = outcome
        self._day = day

    def document(self, given: AnswerGiven) -> Document | None:
        """Return the file that an answer is for, with the edits so far, or None if there is none."""
        written = self._written(given)
        present = self._present(given, written) if written else None
        return present.document if present else written

    def _in_the_file(self, given: AnswerGiven, trail: Trail) -> Trail:
        """Return the path in the file of the value at `trail` of `document(given)`."""
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
        """Make `addition` and return True, or record `cells` as refused and return False."""
        addition = replace(addition, trail=self._in_the_file(given, addition.trail))
        return self._step(given, lambda edit: added(edit.after, edit.new, [addition], _AMONG[given.kind]), cells)

    def add_one_more(
        self, given: AnswerGiven, trail: Trail, value: Value, cells: Sequence[tuple[WrittenCell, FormField]]
    ) -> bool:
        """Add `value` to the values at `trail` and return True, or record `cells` as refused and return False."""
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
    """Return the subject of a file: the id of a partnership, or "organisations" or "council"."""
    return given.id or given.kind


def part_given(models: FormModels, given: AnswerGiven) -> FormPart | None:
    """Return the question or table that `given` answers, or None.

    A question that was asked again can also be a column of a table.
    """
    parts = parts_of(models[given.kind])
    if isinstance(given, QuestionAnswered) and given.seen:
        columns = (one for part in parts if isinstance(part, FormTable) for one in part.columns)
        parts = (*(part for part in parts if isinstance(part, FormField)), *columns)
    return next((part for part in parts if part.path == given.path), None)
