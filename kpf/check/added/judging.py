"""Apply the duties that a council adds to one partnership: a judgement for each check on each subject."""

from collections.abc import Iterator
from typing import Any

from kpf.check.added.checks import (
    CHECKS,
    PARTNER_MISSING,
    TOO_FEW_HOLD,
    ConditionResult,
    condition_of,
    condition_result,
)
from kpf.document.wording import all_of
from kpf.edition.checking import packaged_fields
from kpf.edition.edition import AddedDuty, Edition
from kpf.finding import Judgement
from kpf.model import Unreadable
from kpf.model.edition_check import CheckPart
from kpf.obligations.added.fields import FieldValue, field_at
from kpf.rules.asked import Asked
from kpf.rules.case import CannotTell, Case
from kpf.rules.presence import reason_given
from kpf.rules.subjects import partners


def judge_added(case: Case, edition: Edition, asked: Asked) -> Iterator[Judgement]:
    """Yield all judgements on the added duties that apply, except on blanks."""
    for id_ in edition.judged:
        duty = edition.added[id_]
        if duty.check and asked.answer(id_).applies:
            try:
                yield from _judged(duty, case.under("", (id_,)))
            except Unreadable as field:
                yield case.under("", (id_,)).reported_elsewhere(f"`{field}` cannot be read.")
            except CannotTell as why:
                yield case.under("", (id_,)).reported_elsewhere(str(why))


def _judged(duty: AddedDuty, case: Case) -> Iterator[Judgement]:
    check = duty.check
    if check is None:
        return
    if check.both or check.of:
        yield _several(duty, case)
        return
    name = check.field or duty.field
    field = field_at(case.partnership, name)
    if check.for_each_partner:
        yield from _each_partner(check, field, case)
    else:
        yield _one(check, field, case)


def _one(part: CheckPart, field: FieldValue, case: Case) -> Judgement:
    """Return the judgement on one field."""
    case = case.under(CHECKS[condition_of(part)].rule, case.duties)
    reason = reason_given(field.value)
    if reason:
        return case.stated_not_applicable(reason, field.trail)
    result = condition_result(part, field, case)
    if result.holds:
        return case.met(field.trail)
    if result.holds is False:
        return case.not_met(field.trail, result.message, result.fix, kind=result.kind)
    return _missing(result, field, case)


def _missing(result: ConditionResult, field: FieldValue, case: Case) -> Judgement:
    """Return the judgement on a blank that a check needs. It is reported only if no other duty asks for the field."""
    if result.message:
        return case.not_known(field.trail, result.message, result.fix)
    missing = result.at or field
    name = ".".join(map(str, missing.trail))
    about = packaged_fields()[name].about if name in packaged_fields() else None
    if about is None or about.asked_by:
        return case.reported_elsewhere(f"Nothing is recorded for `{missing.trail[-1]}`.", missing.trail)
    fix = f"{about.help} For example: {about.key}: {about.example}"
    return case.not_known(missing.trail, f"Nothing is recorded for `{name}`, which this duty looks at.", fix)


def _each_partner(part: CheckPart, field: FieldValue, case: Case) -> Iterator[Judgement]:
    """Yield a judgement for each partner. Raises `CannotTell` if no partner is known."""
    if field.value is None:
        yield case.reported_elsewhere(f"Nothing is recorded for `{field.trail[-1]}`.", field.trail)
        return
    for partner, there in partners(case):
        trail = (*field.trail, partner)
        if partner not in field.value:
            message = f"`{field.trail[-1]}` has nothing for {partner}."
            fix = f"Add a line for it: {partner}: and the value"
            yield there.under(PARTNER_MISSING, case.duties).not_known(trail, message, fix)
            continue
        value = field.value[partner]
        if value is None:  # a blank entry, reported by the presence rule
            yield there.reported_elsewhere(f"Nothing is recorded for {partner}.", trail)
        else:
            yield _one(part, FieldValue(value, trail), there)


def _several(duty: AddedDuty, case: Case) -> Judgement:
    """Return the judgement on several conditions, of which all or a number have to hold."""
    parts = duty.parts
    needed = int(duty.check.needed) if duty.check and duty.check.of and duty.check.needed else len(parts)
    case = case.under(TOO_FEW_HOLD, case.duties)
    results: list[tuple[FieldValue, ConditionResult]] = []
    for part in parts:
        field = field_at(case.partnership, part.field or duty.field)
        results.append((field, condition_result(part, field, case)))
    met = [field for field, result in results if result.holds]
    open_ = [field for field, result in results if result.holds is None]
    if len(met) >= needed:
        says = f"{_count(met)} of {len(parts)} conditions hold: {_named(met)}."
        return case.met(*(field.trail for field in met), says=says)
    of = f"{needed} of {len(parts)}" if needed < len(parts) else f"all {len(parts)}" if needed > 2 else "both"  # noqa: PLR2004
    if len(met) + len(open_) < needed:
        failing = [(field, result) for field, result in results if result.holds is False]
        messages = " ".join(result.message for _, result in failing)
        message = f"The duty asks for {of} conditions to hold, and {_count(met)} {_do(met)}. {messages}"
        kind = failing[0][1].kind if len({result.kind for _, result in failing}) == 1 else ConditionResult(None).kind
        return case.not_met(failing[0][0].trail, message, failing[0][1].fix, kind=kind)
    reason = f"{_count(met)} of {of} conditions {_do(met)}; nothing is recorded for {_named(open_)}."
    first = next(result for _, result in results if result.holds is None)
    judged = _missing(first, open_[0], case)
    return judged if judged.reported else case.reported_elsewhere(reason, open_[0].trail)


def _count(fields: list[FieldValue]) -> str:
    return str(len(fields)) if fields else "none"


def _do(fields: list[FieldValue]) -> str:
    return "holds" if len(fields) == 1 else "hold"


def _named(fields: list[Any]) -> str:
    return all_of([f"`{'.'.join(map(str, field.trail)).removeprefix('own.')}`" for field in fields])
