"""The one rule that judges whether what the framework asks for is recorded at all.

It walks a record with the duties that its fields name. A blank field is one finding; a section that is blank as a
whole is one finding too, and names the duties of everything in it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Final

from kpf.dates import in_words
from kpf.finding import Judgement, Step, Trail
from kpf.framework import framework
from kpf.model import Record
from kpf.model.shapes import FieldOf, fields_of
from kpf.model.topics import Covered
from kpf.rules.case import Case
from kpf.rules.conditions import Answer
from kpf.rules.subjects import entry_name

NAME: Final = "not-recorded"
_WITH_REASON: Final = re.compile(r"(?:n/a|not applicable)[\s,:;.\N{EN DASH}-]+(\w.*)", re.IGNORECASE | re.DOTALL)

Applies = Callable[[str], Answer]


def judge_presence(
    record: Record, case: Case, applies: Applies, inherited: tuple[str, ...] = ()
) -> Iterator[Judgement]:
    """A judgement for each field of `record` that a duty asks for, at all depths.

    A question that names no duty of its own is asked by the `inherited` ones, of what holds the record.
    """
    values = vars(record)
    for field in fields_of(type(record)):
        if inherited and field.about.wanted and not (field.about.asked_by or field.shape.record):
            field = replace(field, about=replace(field.about, asked_by=inherited))  # noqa: PLW2901
        here = case.about(case.subject, field.about.key)
        if field.attribute not in values:
            yield from _unreadable(field, here, applies)
            continue
        value = values[field.attribute]
        if value is None:
            yield from _missing(field, here, applies)
            continue
        yield from _recorded(field, value, here, applies)
        yield from _inside(field, value, here, applies)


def _inside(field: FieldOf, value: Any, here: Case, applies: Applies) -> Iterator[Judgement]:
    record = field.shape.record
    if record and field.shape.holds == "one":
        if isinstance(value, Covered) and value.not_applicable:  # said with its reason: nothing inside is asked for
            duties = _living(duties_within(record), applies)
            case = replace(here, rule=NAME, duties=duties)
            yield case.not_applicable(f"The file says why: {value.not_applicable}", "not_applicable")
        else:
            yield from judge_presence(value, here, applies, field.about.asked_by)
        return
    duties = _living(duties_within(record) if record else field.about.asked_by, applies)
    pairs: Any = (
        value.items() if field.shape.holds == "mapping" else enumerate(value) if field.shape.holds == "list" else ()
    )
    for key, entry in pairs:
        step: Step = key if isinstance(key, int) else str(key)
        name = entry_name(entry, key) if isinstance(key, int) else str(key)
        inner = here.about(name, step)
        if record and entry is not None:
            yield from judge_presence(entry, inner, applies)
        elif entry is None and duties and (record or isinstance(key, int)):
            yield _blank_entry(inner, duties)


def _recorded(field: FieldOf, value: Any, here: Case, applies: Applies) -> Iterator[Judgement]:
    duties = _living(field.about.asked_by, applies)
    if not duties:
        return
    case = replace(here, rule=NAME, duties=duties)
    reason = value.not_applicable if isinstance(value, Covered) else reason_given(value)
    yield case.not_applicable(f"The file says why: {reason}") if reason else case.met(())


def reason_given(value: object) -> str | None:
    """Why something does not apply, where the file says "n/a" with a reason after it."""
    found = _WITH_REASON.fullmatch(value) if isinstance(value, str) else None
    return found[1] if found else None


def _missing(field: FieldOf, here: Case, applies: Applies) -> Iterator[Judgement]:
    about = field.about
    if not about.wanted or (about.asked_by and all(applies(duty).applies is False for duty in about.asked_by)):
        return
    asked = about.asked_by + (duties_within(field.shape.record) if field.shape.record else ())
    settles = about.settles + (settled_within(field.shape.record) if field.shape.record else ())
    duties = _living(asked, applies, with_unclear=settles)
    unclear = tuple(duty for duty in dict.fromkeys(asked) if duty not in duties and applies(duty).applies is None)
    if unclear:
        yield replace(here, rule=NAME, duties=unclear).told_elsewhere(applies(unclear[0]).reason)
    if duties:
        case = replace(here, rule=NAME, duties=framework().in_order(duties))
        name = f"`{about.key}`{_inside_of(here.trail[:-1])}"
        if _says_something(here.document.value(here.trail)):  # as at the day it is not there yet
            message = f"What is recorded for {name} is of a later day than {in_words(here.day)}."
            yield case.not_known((), message, "If a date there is a slip, correct it.")
        else:
            fix = f"{about.help} For example: {about.key}: {about.example}"
            yield case.not_known((), f"Nothing is recorded for {name}.", fix)


def _says_something(written: Any) -> bool:
    if isinstance(written, dict | list):
        return any(map(_says_something, written.values() if isinstance(written, dict) else written))
    return written is not None


def _inside_of(trail: Trail) -> str:
    parent = next((step for step in reversed(trail) if isinstance(step, str)), None)
    return f" in `{parent}`" if parent else ""


def _unreadable(field: FieldOf, here: Case, applies: Applies) -> Iterator[Judgement]:
    asked = field.about.asked_by + (duties_within(field.shape.record) if field.shape.record else ())
    duties = tuple(duty for duty in dict.fromkeys(asked) if applies(duty).applies is not False)
    if duties:
        yield replace(here, rule=NAME, duties=duties).told_elsewhere(f"`{field.about.key}` cannot be read.")


def _blank_entry(case: Case, duties: tuple[str, ...]) -> Judgement:
    return replace(case, rule=NAME, duties=duties).not_known(
        (), f"Nothing is recorded under `{case.subject}`.", "Write what belongs there, or delete the line."
    )


def _living(duties: tuple[str, ...], applies: Applies, with_unclear: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Those of `duties` that apply, and the ones that a blank leaves unclear."""
    return tuple(duty for duty in dict.fromkeys(duties) if applies(duty).applies) + tuple(
        duty for duty in with_unclear if applies(duty).applies is None
    )


@cache
def duties_within(record: type[Record]) -> tuple[str, ...]:
    """All duties that fields of `record` ask for, at all depths, in the order of the framework."""
    found: set[str] = set()
    for field in fields_of(record):
        found.update(field.about.asked_by)
        if field.shape.record:
            found.update(duties_within(field.shape.record))
    return framework().in_order(found)


@cache
def settled_within(record: type[Record]) -> tuple[str, ...]:
    """All duties whose applying is settled by an answer in `record`, at all depths, in the order of the framework."""
    found: set[str] = set()
    for field in fields_of(record):
        found.update(field.about.settles)
        if field.shape.record:
            found.update(settled_within(field.shape.record))
    return framework().in_order(found)
