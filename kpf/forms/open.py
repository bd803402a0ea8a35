"""What is open in one file, as questions and tables for whoever can answer: only that, and in the framework's order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kpf.check.stream import Judge, JudgedFile
from kpf.dates import HalfYear
from kpf.document import Document
from kpf.edit.text.placing import can_be_replaced
from kpf.finding import OPEN, Judgement, Step, Trail
from kpf.forms.fields import (
    EACH,
    FormField,
    FormPart,
    FormTable,
    Way,
    is_clause,
    models_under,
    parts_of,
    trail_at,
    way_of,
)
from kpf.forms.open_form import OpenForm, OpenRow, OpenTable
from kpf.framework import Framework
from kpf.model import Record
from kpf.rules.asked import Asked
from kpf.rules.presence import NAME as NOT_RECORDED

FREE_ROWS: Final = 5
"""So many rows are left free for what is to be added to a table."""
_OFFICES: Final = {"policy-and-communications", "executive-cabinet", "head-of-governance"}
"""For whom Policy and Communications answers."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """An open judgement as it bears on a form."""

    way: Way
    duties: frozenset[str]
    missing: bool
    """Whether nothing is recorded there, and not something that has to be looked at."""


def open_form(judge: Judge, judged: JudgedFile, *, office: bool) -> OpenForm:
    """What is open in the file that was `judged`: for Policy and Communications (`office`), or for the lead service."""
    kind = "partnership" if judged.id else "council"
    document = judged.document
    model = models_under(judge.records.edition)[kind]
    gaps = [_gap(model, judgement) for judgement in _open(judged, document.path)]
    asked = Asked(judged.case) if judged.id else None
    asking = _Asking(document, gaps, asked, judge.terms.day, judge.shared.framework)
    offices = judge.shared.framework
    wanted = [part for part in parts_of(model) if office == (not judged.id or _is_of_the_office(part, model, offices))]
    name = judged.name or judged.id or "What all partnerships share"
    return _form(kind, (judged.id or "", name, judged.lead_service), asking, wanted)


def partners_form(judge: Judge, judged: Iterable[JudgedFile]) -> OpenForm:
    """What is open about the council's partners, in _organisations.yaml."""
    document = judge.records.organisations_document
    model = models_under(judge.records.edition)["organisations"]
    gaps = [_gap(model, one) for file in judged for one in _open(file, document.path)]
    asking = _Asking(document, gaps, None, judge.terms.day, judge.shared.framework)
    return _form("organisations", ("", "The council's partners", ""), asking, parts_of(model))


def _form(kind: str, named: tuple[str, str, str], asking: "_Asking", parts: Sequence[FormPart]) -> OpenForm:
    first, questions, tables, later = [], [], [], []
    reasons: dict[Way, tuple[str, ...]] = {}
    deciding = {part.way[:-1] for part in parts if part.field.about.settles and len(part.way) > 1}
    for part in parts:
        duties = asking.duties(part)
        if duties is None:
            continue
        why = asking.why_later(part, duties)
        if why:
            later.append(f"{part.label}: {why}")
            continue
        reasons[part.way] = duties
        if isinstance(part, FormTable):
            rows = tuple(asking.rows(part))
            if rows:
                tables.append(OpenTable(part, rows))
        elif part.way[:-1] in deciding or part.field.about.settles:
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
        tuple(later),
        reasons,
    )


def _open(file: JudgedFile, path: str) -> list[Judgement]:
    held = file.judgements
    return [one for one in held if one.verdict in OPEN and one.told and one.source.path == path and one.duties]


def _gap(model: type[Record], judgement: Judgement) -> _Gap:
    return _Gap(way_of(model, judgement.trail), frozenset(judgement.duties), judgement.rule == NOT_RECORDED)


def _is_of_the_office(part: FormPart, model: type[Record], framework: Framework) -> bool:
    """Whether all duties that ask for it, or for the section that holds it, bind Policy and Communications."""
    top = next(one for one in parts_of(model) if one.way[0] == part.way[0])
    section = top.duties if len(top.way) == 1 else ()
    binds = [framework.statements[duty].who[:1] for duty in (*part.duties, *section)]
    return bool(binds) and all(not who or who[0] in _OFFICES for who in binds) and any(binds)


class _Asking:
    """Which parts of a form are open in one file."""

    def __init__(
        self, document: Document, gaps: list[_Gap], asked: Asked | None, day: date, framework: Framework
    ) -> None:
        self.document: Final = document
        self.framework: Final = framework
        self._gaps = gaps
        self._asked = asked
        self._day = day

    def duties(self, part: FormPart) -> tuple[str, ...] | None:
        """The duties for which `part` is asked; None where it is not."""
        about = part.field.about
        if isinstance(part, FormField) and not can_be_replaced(self.document.value(part.way)):
            return None
        found: set[str] = set()
        for gap in self._gaps:
            if self._is_missing_in(gap, part):
                found.update(part.duties or gap.duties)
            elif self._is_looked_at(gap, part):
                found.update(gap.duties & {*about.asked_by, *about.serves} or gap.duties)
        living = [duty for duty in found if self._asked is None or self._asked.answer(duty).applies is not False]
        if found and not living and not about.settles:
            return None
        return self.framework.in_order((*living, *about.settles)) if found else None

    @staticmethod
    def _is_missing_in(gap: _Gap, part: FormPart) -> bool:
        """Whether what is missing is `part`, or holds it, or is a cell of it."""
        if not gap.missing:
            return False
        if _leads(gap.way, part.way):
            return part.field.about.wanted or _is_plain_answer(part)
        return isinstance(part, FormTable) and any(gap.way == column.way for column in part.columns)

    def _is_looked_at(self, gap: _Gap, part: FormPart) -> bool:
        """Whether what a rule found fault with, or what lies inside of it, can be answered by `part`."""
        about = part.field.about
        serves = bool(gap.duties & {*about.asked_by, *about.serves})
        if isinstance(part, FormTable):
            inside = part.way[:-1]
            return (serves and (_leads(gap.way, inside) or _leads(inside, gap.way))) and bool(gap.way)
        return gap.way == part.way or (serves and not gap.missing and bool(gap.way) and gap.way == part.way[:-1])

    def why_later(self, part: FormPart, duties: tuple[str, ...]) -> str:
        """Why `part` cannot be asked yet; empty where it can."""
        if self._asked is None or part.field.about.settles:
            return ""
        answers = [self._asked.answer(duty) for duty in duties]
        if any(answer.applies for answer in answers):
            return ""
        return next((answer.reason for answer in answers if answer.applies is None), "")

    def rows(self, table: FormTable) -> Iterator[OpenRow]:
        """The rows of `table`: of what is recorded those with a blank in it, and free ones for what is to be added."""
        for entries in self._holders(table.way[:-1], ()):
            held = self.document.value(trail_at(table.way[:-1], entries))
            yield from self._recorded(table, entries, held)
            yield from self._free(table, entries, held)

    def _holders(self, way: Way, known: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
        """The names or positions of all entries in which something stands at `way`."""
        position = [at for at, step in enumerate(way) if step == EACH]
        if len(position) == len(known):
            yield known
            return
        held = self.document.value(trail_at(way[: position[len(known)]], known))
        steps: Iterable[Step] = held if isinstance(held, dict) else range(len(held)) if isinstance(held, list) else ()
        for step in steps:
            yield from self._holders(way, (*known, step))

    def _recorded(self, table: FormTable, entries: tuple[Step, ...], held: Any) -> Iterator[OpenRow]:
        pairs: Iterable[tuple[Step, Any]] = (
            held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
        )
        for key, _ in pairs:
            values = tuple(self._shown(trail_at(column.way, (*entries, key))) for column in table.columns)
            wanted = [shown for shown, column in zip(values, table.columns, strict=True) if column.field.about.wanted]
            if not all(wanted) or not any(values):
                yield OpenRow(entries, key, values)

    def _shown(self, trail: Trail) -> str:
        value = self.document.value(trail)
        if can_be_replaced(value):
            return ""
        if isinstance(value, list):
            return "; ".join(str(one) for one in value if isinstance(one, str))
        return value if isinstance(value, str) else ""

    def _free(self, table: FormTable, entries: tuple[Step, ...], held: Any) -> Iterator[OpenRow]:
        blank = tuple("" for _ in table.columns)
        names = self._names(table)
        if names is not None:
            taken = held if isinstance(held, dict) else {}
            yield from (OpenRow(entries, name, blank) for name in names if name not in taken)
            return
        if table.way == (EACH,):  # a partner comes with a partnership
            return
        yield from (OpenRow(entries, None, blank) for _ in range(FREE_ROWS if table.above == 0 else FREE_ROWS - 2))

    def _names(self, table: FormTable) -> list[str] | None:
        """The names that the rows of `table` have, where they are known; None where any will do."""
        names = table.field.shape.key_names
        if table.by_half_year:
            now = HalfYear.around(self._day)
            return [str(half) for half in ((now, now.following) if table.above else (now.preceding,))]
        known = {
            "party": ("partners",),
            "organisation": ("partners",),
            "measure": ("measures",),
            "objective": ("objectives",),
        }
        way = known.get(names.what) if names else None
        if way is None:
            return None
        held = self.document.value(way)
        found = [one for one in held if isinstance(one, str)] if isinstance(held, list | dict) else []
        return [*found, *(["the council"] if names and names.what == "party" and _of_all(table) else [])]


def _of_all(table: FormTable) -> bool:
    """Whether the council itself answers too, as one of the parties."""
    return "the council" in table.field.about.help or "the council" in table.field.about.example


def _leads(way: Way, to: Way) -> bool:
    return to[: len(way)] == way


def _is_plain_answer(part: FormPart) -> bool:
    return isinstance(part, FormField) and is_clause(part)
