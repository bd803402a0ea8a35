"""The rule that judges whether everything that the framework asks for is recorded.

It walks through a record and the duties of its fields. A blank field is one finding. A section that is wholly blank
is one finding too, under the duties of all its fields.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Final

from kpf.dates import in_words
from kpf.document.wording import shortened
from kpf.finding import Judgement, Step, Trail
from kpf.framework import framework
from kpf.model import Record
from kpf.model.answers import BARE_YES, says_none, says_nothing
from kpf.model.shapes import FieldOf, fields_of
from kpf.model.topics import Covered
from kpf.obligations.first_times import due_since
from kpf.rules.asked import Asked
from kpf.rules.case import Case
from kpf.rules.subjects import entry_name

NAME: Final = "not-recorded"
EXAMPLE: Final = " For example: "
"""The words in a fix before the line to write."""
_TAKEN_AWAY: Final = object()
"""A marker for a value that could not be read."""
_WITH_REASON: Final = re.compile(r"(?:n/a|not applicable)[\s,:;.\N{EN DASH}-]+(\w.*)", re.IGNORECASE | re.DOTALL)


def judge_presence(record: Record, case: Case, asked: Asked, inherited: tuple[str, ...] = ()) -> Iterator[Judgement]:
    """Yield a judgement for each field of `record` that a duty asks for, at all depths.

    Fields without a duty of their own are judged under the `inherited` duties of the field that contains the record.
    """
    values = vars(record)
    for field in _asked_about(type(record), inherited):
        value = values.get(field.attribute, _TAKEN_AWAY)
        if value is field.blank and not field.about.wanted:
            continue  # it may stay blank
        if value is field.blank or value is _TAKEN_AWAY or _may_not_apply(value):
            judge = _missing if value is field.blank else _unreadable
            yield from judge(field, case.about(case.subject, field.about.key), asked)
            continue
        duties = asked.living(field.about.asked_by)
        if duties:
            yield _recorded(value, case.field(field.about.key, NAME, duties))
        if field.shape.record or field.shape.holds != "one":
            yield from _inside(field, value, case.about(case.subject, field.about.key), asked)


@cache
def _asked_about(record: type[Record], inherited: tuple[str, ...]) -> tuple[FieldOf, ...]:
    """Return the fields of `record` that a duty asks for, themselves or for something inside them."""
    found = []
    for field in fields_of(record):
        about, inner = field.about, field.shape.record
        if inherited and about.wanted and not (about.asked_by or inner):
            found.append(replace(field, about=replace(about, asked_by=inherited)))
        elif about.asked_by or about.wanted or (inner and _asked_about(inner, about.asked_by)):
            found.append(field)
    return tuple(found)


def _inside(field: FieldOf, value: Any, here: Case, asked: Asked) -> Iterator[Judgement]:
    record = field.shape.record
    if record and field.shape.holds == "one":
        if isinstance(value, Covered) and value.not_applicable:  # with its reason, so nothing inside is asked for
            duties = asked.living(duties_within(record))
            case = here.under(NAME, duties)
            yield case.stated_not_applicable(value.not_applicable.reason or "", "not_applicable")
        else:
            yield from judge_presence(value, here, asked, field.about.asked_by)
        return
    duties = asked.living(duties_within(record) if record else field.about.asked_by)
    pairs: Any = (
        value.items() if field.shape.holds == "mapping" else enumerate(value) if field.shape.holds == "list" else ()
    )
    for key, entry in pairs:
        step: Step = key if isinstance(key, int) else str(key)
        name = entry_name(entry, key) if isinstance(key, int) else str(key)
        alone = field.shape.one_alone and isinstance(key, int)
        inner = here.entry(name, key) if alone else here.about(name, step)
        if record and entry is not None:
            yield from judge_presence(entry, inner, asked)
        elif entry is None and duties and (record or isinstance(key, int)) and not _is_hidden(inner):
            yield _blank_entry(inner, duties)


def _may_not_apply(value: Any) -> bool:
    """Whether `value` is a topic with a `not_applicable` that cannot be read."""
    if not isinstance(value, Covered):
        return False
    stated = vars(value).get("not_applicable", _TAKEN_AWAY)
    return stated is _TAKEN_AWAY or (stated is not None and "reason" not in vars(stated))


def _recorded(value: Any, case: Case) -> Judgement:
    if isinstance(value, Covered) and value.not_applicable:
        return case.stated_not_applicable(value.not_applicable.reason or "")
    reason = reason_given(value)
    return case.stated_not_applicable(reason) if reason else case.met(())


def reason_given(value: object) -> str | None:
    """Return the reason if `value` is "n/a" followed by a reason, else None."""
    found = _WITH_REASON.fullmatch(value) if isinstance(value, str) else None
    return found[1] if found else None


def _missing(field: FieldOf, here: Case, asked: Asked) -> Iterator[Judgement]:
    about = field.about
    if about.asked_by and all(asked.answer(duty).applies is False for duty in about.asked_by):
        return
    wanted_by = _wanted_by(field)
    settles = about.settles + (settled_within(field.shape.record) if field.shape.record else ())
    duties = asked.living(wanted_by) + tuple(duty for duty in settles if asked.answer(duty).applies is None)
    unclear = tuple(
        duty for duty in dict.fromkeys(wanted_by) if duty not in duties and asked.answer(duty).applies is None
    )
    if unclear:
        yield here.under(NAME, unclear).reported_elsewhere(asked.answer(unclear[0]).reason)
    if duties:
        case = here.under(NAME, here.shared.framework.in_order(duties))
        yield _blank(field, case)


def _blank(field: FieldOf, case: Case) -> Judgement:
    """Return the judgement on a field that is blank as at the day, or whose text says nothing."""
    about = field.about
    name = f"`{about.key}`{_inside_of(case.trail[:-1])}"
    fix = f"{about.help}{EXAMPLE}{about.key}: {about.example}"
    written = case.document.value(case.trail)
    if isinstance(written, str) and not field.shape.happens:
        if written in BARE_YES:
            return case.not_known((), f"{name} says “{written}”, and not what there is.", fix)
        if not says_none(written):
            return case.not_known((), f"{name} says “{shortened(written)}”, which is no answer yet.", fix)
        message = f"{name} says “{shortened(written)}”, but there has to be one."
        return case.not_met((), message, fix)
    if _says_something(written):
        message = f"What is recorded for {name} is dated after {in_words(case.day)}."
        return case.not_known((), message, "If a date there is a mistake, correct it.")
    note = case.document.opened_note(case.trail)
    if note and note.answer and not says_nothing(note.answer):
        message = (
            f"{name} has “{shortened(note.answer)}” in line {note.answer_line + 1} behind a #, so it does not count."
        )
        answer = shortened(note.answer)
        return case.not_known((), message, f"If “{answer}” is the answer, take away the # and the space after it.")
    since = due_since(case.trail, case.facts)
    return case.not_recorded((), f"Nothing is recorded for {name}{f'; {since}' if since else ''}.", fix)


def _says_something(written: Any) -> bool:
    if isinstance(written, dict | list):
        return any(map(_says_something, written.values() if isinstance(written, dict) else written))
    return written is not None


def _is_hidden(case: Case) -> bool:
    """Whether an entry that is blank as at the day has a value in the file, because its date is later."""
    written = case.document.value(case.trail)
    if isinstance(written, str):
        return not (written in BARE_YES or says_none(written) or says_nothing(written))
    return _says_something(written)


def _inside_of(trail: Trail) -> str:
    parent = next((step for step in reversed(trail) if isinstance(step, str)), None)
    return f" in `{parent}`" if parent else ""


def _unreadable(field: FieldOf, here: Case, asked: Asked) -> Iterator[Judgement]:
    duties = tuple(duty for duty in dict.fromkeys(_wanted_by(field)) if asked.answer(duty).applies is not False)
    if duties:
        yield here.under(NAME, duties).reported_elsewhere(f"`{field.about.key}` cannot be read.")


def _blank_entry(case: Case, duties: tuple[str, ...]) -> Judgement:
    written = case.document.value(case.trail)
    if isinstance(written, str):
        where = f"`{case.subject}`" if isinstance(case.trail[-1], str) else f"{case.subject}{_inside_of(case.trail)}"
        fix = "Write what belongs there, or delete the line."
        return case.under(NAME, duties).not_known((), f"“{shortened(written)}” is no answer yet for {where}.", fix)
    blank = (
        f"{case.subject.capitalize()}{_inside_of(case.trail)} is blank."
        if isinstance(case.trail[-1], int)
        else f"Nothing is recorded under `{case.subject}`."
    )
    fix = "Write what belongs there, or delete the line."
    return case.under(NAME, duties).not_recorded((), blank, fix)


def _wanted_by(field: FieldOf) -> tuple[str, ...]:
    """Return the duties that ask for `field` or for something inside it."""
    return field.about.asked_by + (duties_within(field.shape.record) if field.shape.record else ())


@cache
def duties_within(record: type[Record]) -> tuple[str, ...]:
    """Return all duties that ask for fields of `record`, at all depths, in the framework's order."""
    found: set[str] = set()
    for field in fields_of(record):
        found.update(field.about.asked_by)
        if field.shape.record:
            found.update(duties_within(field.shape.record))
    return framework().in_order(found)


@cache
def settled_within(record: type[Record]) -> tuple[str, ...]:
    """Return all duties whose conditions depend on answers in `record`, at all depths, in the framework's order."""
    found: set[str] = set()
    for field in fields_of(record):
        found.update(field.about.settles)
        if field.shape.record:
            found.update(settled_within(field.shape.record))
    return framework().in_order(found)
