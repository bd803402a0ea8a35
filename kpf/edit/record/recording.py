"""The additions to a file for recorded answers: which entry, and its position among the others."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from kpf.check.judging import RULE_NAMES
from kpf.dates import HalfYear
from kpf.document import Document
from kpf.edit.belonging import among, at_trail, day_of
from kpf.edit.record.facts import Fact, Known
from kpf.edit.record.kinds import EntryKind
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.blocks import Value
from kpf.edit.text.edit import Addition
from kpf.edit.text.placing import can_be_replaced
from kpf.edit.text.scalars import Plain
from kpf.finding import Trail
from kpf.framework import Framework, framework
from kpf.model import Council, Partnership
from kpf.model.choices import ChosenValues
from kpf.model.periods import as_written
from kpf.model.shapes import fields_of
from kpf.model.written import ANY_TEXT
from kpf.rules.exceptions import is_about_exceptions

Answers = Mapping[str, Value]
"""The answers by option."""

_RULES: Final = sorted(rule for rule in RULE_NAMES if not is_about_exceptions(rule))
_IN_FILE: Final = {
    "measure": ("measures",),
    "objective": ("objectives",),
    "assurance": ("assurances",),
    "arrangement": ("monitoring", "arrangements"),
}


def known_in(document: Document, in_force: Framework | None = None) -> Known:
    """Return a function for the names that answers about a partnership may use; `document` is its file.

    Duties are those of the framework `in_force`, by default the packaged one.
    """

    def known(what: str) -> Sequence[str] | None:
        partners = [name for name in _names(document.value(("partners",))) if name]
        if what in {"organisation", "party"}:
            return [*partners, *(["the council"] if what == "party" else [])] if partners else None
        if what in _IN_FILE:
            return _names(document.value(_IN_FILE[what]))
        if what == "statement":
            return None
        return {"duty": list((in_force or framework()).statements), "rule": _RULES}.get(what)

    return known


def _names(value: Any) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, dict | list) else []


def answered_by_the_file(kind: EntryKind, document: Document) -> dict[str, str]:
    """Return the answers that need not be given, because only one is possible."""
    found = {}
    for fact in kind.facts:
        names = known_in(document)(fact.names) if fact.names in {"organisation", "arrangement"} else None
        if fact.needed and names and len(names) == 1:
            found[fact.option] = names[0]
    return found


def missing(kind: EntryKind, given: Mapping[str, Any]) -> list[Fact]:
    """Return the needed facts without an answer."""
    return [fact for fact in kind.facts if fact.needed and fact.option not in given and fact.unless not in given]


def ahead(kind: EntryKind, answers: Answers, day: date) -> list[str]:
    """Return the dates of events among `answers` that are after `day`."""
    given = (answers.get(fact.option) for fact in kind.facts if fact.shape.happens and fact.shape.holds == "one")
    return [answer for answer in given if isinstance(answer, str) and answer > day.isoformat()]


def additions(kind: EntryKind, answers: Answers, document: Document) -> list[Addition]:
    """Return the additions to `document` for `answers`. Raises `CannotEdit` if they are recorded already."""
    if kind.name == "measure":
        return _figure(kind, answers, document)
    trail: Trail = tuple(_filled_in(step, answers) for step in kind.trail)
    entry: Value = _entry(kind, answers) | _choices_in(document, kind)
    if kind.trail[-1].startswith("{"):
        return [Addition(trail, entry)]
    returns = _returns(document)
    if kind.name == "listing":
        return _entry_in_the_list(document, returns, entry)
    if kind.name == "end":
        return [Addition(_place_of_end(document, returns), entry)]
    if kind.name == "decision":
        if _left_before(document, returns, str(answers.get("decided", ""))):
            return [Addition(("listed_again", len(returns)), {"proposal": {"decision": entry}})]
        trail = ("listed_again", len(returns) - 1, *trail) if returns and "proposal" in returns[-1] else trail
    if kind.name == "meeting" and set(answers) == {"arrangement", "on"}:  # the day alone, if nothing else is known
        entry = answers["on"]
    recorded = document.value(trail)
    _, shape = at_trail(Council if kind.stands_in == "council" else Partnership, trail)
    without_dash = shape is not None and shape.one_alone
    alone = without_dash and isinstance(recorded, dict) and bool(recorded)
    recorded = [recorded] if alone else recorded
    entries = recorded if isinstance(recorded, list) and any(one is not None for one in recorded) else []
    days = [day_of(kind.record, one) for one in entries]
    day = day_of(kind.record, _plain(entry))
    for at, one in enumerate(entries):
        if one == _plain(entry) or (kind.name == "meeting" and days[at] == day):
            line = document.locate((*trail, at)).line
            raise CannotEdit(f"That is recorded already, in line {line} of {document.path}.")
    at = among(days, day) if day else len(entries)
    return [Addition(trail, entry) if without_dash and not entries else Addition((*trail, at), entry, beside=alone)]


def _choices_in(document: Document, kind: EntryKind) -> dict[str, Value]:
    """Return the choices in the council's `document` with their values, for `kpf record choices`; else nothing."""
    if kind.name != "choices":
        return {}
    choices: dict[str, Value] = {}
    for field in fields_of(ChosenValues):
        value = document.value(
            (field.about.key,) if field.about.key in Council.model_fields else ("local_choices", field.about.key)
        )
        if not can_be_replaced(value):
            plain = field.shape.written in {None, ANY_TEXT}
            choices[field.about.key] = value if plain or isinstance(value, list) else Plain(value)
    return {"choices": choices} if choices else {}


def _returns(document: Document) -> list[dict[str, Any]]:
    """The returns to the list that the file holds. Raises `CannotEdit` where one is blank or stands without a dash."""
    returns = document.value(("listed_again",))
    if can_be_replaced(returns):
        return []
    if not isinstance(returns, list) or not all(isinstance(entry, dict) for entry in returns):
        line = document.locate(("listed_again",)).line
        raise CannotEdit(f"`listed_again` should hold one entry after another, each after a dash: see line {line}.")
    return returns


def _left_before(document: Document, returns: Sequence[Mapping[str, Any]], decided: str) -> bool:
    """Whether it had left the list when a proposal was `decided`: so that is about its return."""
    ended = (returns[-1] if returns else document.data).get("ended")
    left = ended.get("on") if isinstance(ended, dict) else None
    return isinstance(left, str) and left < decided


def _entry_in_the_list(document: Document, returns: Sequence[Mapping[str, Any]], entry: Value) -> list[Addition]:
    """A new entry, or the rest of one of which only the proposal is there. Raises `CannotEdit` as below."""
    if returns and isinstance(entry, dict) and can_be_replaced(returns[-1].get("from")):
        trail: Trail = ("listed_again", len(returns) - 1)
        return [Addition((*trail, name), value) for name, value in entry.items()]
    return [Addition(_place_of_entry(document, returns), entry)]


def _place_of_entry(document: Document, returns: Sequence[Mapping[str, Any]]) -> Trail:
    """Where a new entry in the list goes. Raises `CannotEdit` where the last one has no end."""
    if not returns and can_be_replaced(document.value(("on_the_list",))):
        return ("on_the_list",)
    trail: Trail = ("listed_again", len(returns) - 1) if returns else ("on_the_list",)
    ended = returns[-1].get("ended") if returns else document.value(("ended",))
    if can_be_replaced(ended):
        line = document.locate(trail).line
        raise CannotEdit(
            f"It is on the list already: see line {line}. If it had left the list before, record that first: "
            f"kpf record end {document.partnership}"
        )
    return ("listed_again", len(returns))


def _place_of_end(document: Document, returns: Sequence[Mapping[str, Any]]) -> Trail:
    """Where the end of the present time on the list goes. Raises `CannotEdit` where it is recorded."""
    trail: Trail = ("listed_again", len(returns) - 1, "ended") if returns else ("ended",)
    if not can_be_replaced(document.value(trail)):
        raise CannotEdit(
            f"That it ended is recorded already: see line {document.locate(trail).line}. If it came back to the list "
            f"since, record that first: kpf record listing {document.partnership}"
        )
    return trail


def _figure(kind: EntryKind, answers: Answers, document: Document) -> list[Addition]:
    """A measure's figure under its half-year, as the file writes that, and the plan beside it."""
    half = as_written(HalfYear.read(str(answers["half-year"])), document)
    measure = str(answers["measure"])
    above = ("half_years", half)
    found = [Addition((*above, "actual", measure), answers["actual"])]
    plan = _entry(kind, answers)
    return [*found, Addition((*above, "action_plans", measure), plan)] if plan else found


def _entry(kind: EntryKind, answers: Answers) -> dict[str, Value]:
    entry: dict[str, Any] = {}
    for fact in kind.facts:
        if fact.path and fact.option in answers:
            here = entry
            for step in fact.path[:-1]:
                here = here.setdefault(step, {})
            here[fact.path[-1]] = answers[fact.option]
    return entry


def _filled_in(step: str, answers: Answers) -> str:
    return str(answers[step.strip("{}")]) if step.startswith("{") else step


def _plain(value: Value) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value and str(value)
