"""The open questions and tables of one file, by who can answer them, in the order of the file's fields."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

from kpf.check.stream import Judge, JudgedFile
from kpf.document import Document
from kpf.edit.text.placing import can_be_replaced
from kpf.finding import OPEN, Judgement
from kpf.forms.again import asked_again
from kpf.forms.fields import FieldPath, FormField, FormPart, FormTable, models_under, parts_of
from kpf.forms.gaps import FormGap
from kpf.forms.open_form import OpenForm, OpenTable
from kpf.forms.rows import TableRows
from kpf.framework import Framework
from kpf.model import Record
from kpf.rules.asked import Asked

_OFFICES: Final = {"policy-and-communications", "executive-cabinet", "head-of-governance"}
"""The offices for which Policy and Communications answers."""


def open_form(judge: Judge, judged: JudgedFile, *, office: bool | None) -> OpenForm:
    """Return the form with what is open in the `judged` file.

    If `office` is true, the form is for Policy and Communications; if false, for the lead service; if None, for both.
    """
    kind = "partnership" if judged.id else "council"
    document = judged.case.own  # after a new listing: the document of the partnership's present time on the list
    model = models_under(judge.records.edition)[kind]
    gaps = [FormGap.of(model, judgement) for judgement in _open(judged, document.path)]
    asked = Asked(judged.case) if judged.id else None
    asking = _Asking(document, gaps, asked, judge.terms.day, judge.shared.framework)
    offices = judge.shared.framework
    wanted = [
        part for part in parts_of(model) if office in {None, not judged.id or _is_of_the_office(part, model, offices)}
    ]
    name = judged.name or judged.id or "What all partnerships share"
    return _form(kind, (judged.id or "", name, judged.lead_service), asking, wanted)


def partners_form(judge: Judge, judged: Iterable[JudgedFile]) -> OpenForm:
    """Return the form with what is open in _organisations.yaml, the council's partners."""
    document = judge.records.organisations_document
    model = models_under(judge.records.edition)["organisations"]
    gaps = [FormGap.of(model, one) for file in judged for one in _open(file, document.path)]
    asking = _Asking(document, gaps, None, judge.terms.day, judge.shared.framework)
    return _form("organisations", ("", "The council's partners", ""), asking, parts_of(model))


def _form(kind: str, named: tuple[str, str, str], asking: "_Asking", parts: Sequence[FormPart]) -> OpenForm:
    first, questions, tables, later = [], [], [], []
    reasons: dict[FieldPath, tuple[str, ...]] = {}
    deciding = {part.path[:-1] for part in parts if part.field.about.settles and len(part.path) > 1}
    for part in parts:
        duties = asking.duties(part)
        if duties is None:
            continue
        why = asking.why_later(part, duties)
        if why:
            later.append(f"{part.label}: {why}")
            continue
        reasons[part.path] = duties
        if isinstance(part, FormTable):
            table = asking.table(part)
            if table:
                tables.append(table)
        elif part.path[:-1] in deciding or part.field.about.settles:
            first.append(part)
        else:
            questions.append(part)
    id_, name, service = named
    return OpenForm(
        kind,
        id_,
        name,
        asking.document,
        asking.framework,
        service,
        tuple(first),
        tuple(questions),
        tuple(tables),
        tuple(asked_again(asking.document, parts, asking.gaps, asking.living)),
        tuple(later),
        reasons,
    )


def _open(file: JudgedFile, path: str) -> list[Judgement]:
    judgements = file.judgements
    found = [
        one for one in judgements if one.verdict in OPEN and one.reported and one.source.path == path and one.duties
    ]
    if file.present is None or path != file.document.path:
        return found
    change_places = file.present.in_the_file  # this mapping is its own inverse
    return [one._replace(trail=change_places(one.trail)) for one in found]


def _is_of_the_office(part: FormPart, model: type[Record], framework: Framework) -> bool:
    """Return whether all duties that ask for `part`, or for its section, bind Policy and Communications."""
    top = next(one for one in parts_of(model) if one.path[0] == part.path[0])
    section = top.duties if len(top.path) == 1 else ()
    binds = [framework.statements[duty].who[:1] for duty in (*part.duties, *section)]
    return bool(binds) and all(not who or who[0] in _OFFICES for who in binds) and any(binds)


class _Asking:
    """The open questions and tables of one file."""

    def __init__(
        self, document: Document, gaps: list[FormGap], asked: Asked | None, day: date, framework: Framework
    ) -> None:
        self.document: Final = document
        self.framework: Final = framework
        self.gaps: Final = gaps
        self.rows: Final = TableRows(document, day, gaps, framework.periods)
        self._asked = asked

    def duties(self, part: FormPart) -> tuple[str, ...] | None:
        """Return the duties for which `part` is asked, or None if it is not asked."""
        if isinstance(part, FormField) and not can_be_replaced(self.document.value(part.path)):
            return None
        found = {duty for gap in self.gaps for duty in gap.duties_behind(part)}
        living = self.living(found)
        if not found or not (living or part.field.about.settles):
            return None
        return self.framework.in_order((*living, *part.field.about.settles))

    def living(self, duties: Collection[str]) -> tuple[str, ...]:
        """Return those of `duties` that apply or may apply, in the framework's order."""
        applying = [duty for duty in duties if self._asked is None or self._asked.answer(duty).applies is not False]
        return self.framework.in_order(applying)

    def why_later(self, part: FormPart, duties: tuple[str, ...]) -> str:
        """Return the reason why `part` cannot be asked yet; empty if it can."""
        if self._asked is None or part.field.about.settles:
            return ""
        answers = [self._asked.answer(duty) for duty in duties]
        if any(answer.applies for answer in answers):
            return ""
        return next((answer.reason for answer in answers if answer.applies is None), "")

    def table(self, part: FormTable) -> OpenTable | None:
        """Return `part` with its rows and open points, or None if it has no rows."""
        rows = tuple(self.rows.of(part))
        gaps = [gap for gap in self.gaps if not gap.missing and gap.duties_behind(part)]
        messages = tuple(dict.fromkeys(gap.message for gap in gaps if "`" not in gap.message))
        return OpenTable(part, rows, messages) if rows else None
