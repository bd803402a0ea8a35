"""The checks for duties that a council adds: each tests one value for a condition."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from kpf.dates import Interval, in_words
from kpf.document import FileRule
from kpf.document.wording import some
from kpf.edition.edition import AddedDuty
from kpf.finding import FindingKind
from kpf.model import Record, is_recorded
from kpf.model.edition_check import CheckPart
from kpf.model.shapes import field_named
from kpf.model.written import figure
from kpf.obligations.added.fields import FieldValue, days_in, field_at
from kpf.rules.case import Case


class ConditionResult(NamedTuple):
    """Whether a condition holds (None if too little is recorded), and if not, what is wrong and how to fix it."""

    holds: bool | None
    message: str = ""
    fix: str = ""
    kind: FindingKind = FindingKind.CONTENT
    at: FieldValue | None = None
    """The field that is missing, if it is another one than the field tested."""


HOLDS: Final = ConditionResult(holds=True)


def _fails(message: str, fix: str, kind: FindingKind = FindingKind.CONTENT) -> ConditionResult:
    return ConditionResult(holds=False, message=message, fix=fix, kind=kind)


Condition = Callable[[Any, FieldValue, CheckPart, Case], ConditionResult]
"""A check. Its arguments are the value in the condition, the field, the part of the check, and the case."""


def _is_recorded(_: Any, __: FieldValue, ___: CheckPart, ____: Case) -> ConditionResult:
    return HOLDS


def _is_fresh(every: Interval, field: FieldValue, _: CheckPart, case: Case) -> ConditionResult:
    last = max((latest for _, _, latest in days_in(field)), default=None)
    if last is None:
        return ConditionResult(holds=None)
    due = every.after(last)
    if due >= case.day:
        return HOLDS
    message = f"`{field.trail[-1]}` was last on {in_words(last)}. {every} later, on {in_words(due)}, it was due again."
    return _fails(message, "Have it done, then add the day.", FindingKind.CLOCK)


def _is_before(other: str, field: FieldValue, _: CheckPart, case: Case) -> ConditionResult:
    return _in_order(field, field_at(case.partnership, other), "before")


def _is_after(other: str, field: FieldValue, _: CheckPart, case: Case) -> ConditionResult:
    return _in_order(field, field_at(case.partnership, other), "after")


def _in_order(field: FieldValue, other: FieldValue, wanted: str) -> ConditionResult:
    """Return whether `field` is before or after `other`, as `wanted`; a month counts unless it is certainly wrong."""
    here, there = days_in(field), days_in(other)
    if not there:
        return ConditionResult(holds=None, at=other)
    if not here:
        return ConditionResult(holds=None)
    if wanted == "before":
        wrong = max(here, key=lambda day: day[1])[1] > max(there, key=lambda day: day[2])[2]
    else:
        wrong = max(here, key=lambda day: day[2])[2] < max(there, key=lambda day: day[1])[1]
    if not wrong:
        return HOLDS
    name, days = field.trail[-1], tuple(in_words(max(pair, key=lambda day: day[2])[2]) for pair in (here, there))
    than = "later" if wanted == "before" else "earlier"
    named = ".".join(map(str, other.trail)).removeprefix("own.")
    message = f"`{name}` is {days[0]}, {than} than `{named}`, {days[1]}."
    return _fails(message, f"Correct the day. The duty asks for `{name}` {wanted} `{named}`, or on the same day.")


def _is_one_of(_: Any, field: FieldValue, part: CheckPart, __: Case) -> ConditionResult:
    allowed = [word for word in part.one_of or () if word]
    said = _said(field.value)
    if said.casefold() in {word.casefold() for word in allowed}:
        return HOLDS
    fix = f"The duty is met by: {some(allowed, ', ')}. Record it once that is so."
    return _fails(f"`{field.trail[-1]}` says “{said}”.", fix)


def _is_at_least(limit: Decimal | Interval, field: FieldValue, _: CheckPart, __: Case) -> ConditionResult:
    short = not limit.fits_in(field.value) if isinstance(limit, Interval) else field.value < limit
    if not short:
        return HOLDS
    message = f"`{field.trail[-1]}` is {_said(field.value)}, less than {_said(limit)}."
    return _fails(
        message, f"The duty asks for at least {_said(limit)}. Correct the value, or record it once that is so."
    )


def _is_at_most(limit: Decimal | Interval, field: FieldValue, _: CheckPart, __: Case) -> ConditionResult:
    over = not field.value.fits_in(limit) if isinstance(limit, Interval) else field.value > limit
    if not over:
        return HOLDS
    message = f"`{field.trail[-1]}` is {_said(field.value)}, more than {_said(limit)}."
    return _fails(
        message, f"The duty asks for at most {_said(limit)}. Correct the value, or record it once that is so."
    )


def _is_the_same(name: str, field: FieldValue, _: CheckPart, case: Case) -> ConditionResult:
    wanted = _of_the_council(name, case)
    if wanted is None:
        message = f"_council.yaml does not say what `{name}` is, so `{field.trail[-1]}` cannot be compared with it."
        return ConditionResult(None, message, f"Write {name} in _council.yaml.")
    if _said(field.value).casefold() == wanted.casefold():
        return HOLDS
    message = f"`{field.trail[-1]}` says “{_said(field.value)}”, and `{name}` in _council.yaml is “{wanted}”."
    return _fails(message, "Correct the one that is wrong, or record it once both are the same.")


def _of_the_council(name: str, case: Case) -> str | None:
    """Return the value at `name` in _council.yaml; for a policy, the version in force on the day."""
    here: Any = case.council
    for step in name.split("."):
        field = field_named(type(here), step) if isinstance(here, Record) else None
        here = getattr(here, field.attribute) if field else None
    if isinstance(here, tuple):  # the versions of a policy up to the day
        dated = [(version.from_ or date.min, version.version) for version in here if version and version.version]
        here = max(dated, default=(None, None))[1]
    return _said(here) if is_recorded(here) else None


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return figure(value)
    return in_words(value) if isinstance(value, date) else str(value)


class OwnCheck(NamedTuple):
    """A condition, with the rule that reports values for which it does not hold."""

    holds: Condition
    rule: str


CHECKS: Final[Mapping[str, OwnCheck]] = MappingProxyType(
    {
        "recorded": OwnCheck(_is_recorded, "not-recorded"),
        "fresh_for": OwnCheck(_is_fresh, "own-answer-too-old"),
        "before": OwnCheck(_is_before, "own-days-out-of-order"),
        "after": OwnCheck(_is_after, "own-days-out-of-order"),
        "one_of": OwnCheck(_is_one_of, "own-outcome-not-allowed"),
        "at_least": OwnCheck(_is_at_least, "own-value-out-of-bounds"),
        "at_most": OwnCheck(_is_at_most, "own-value-out-of-bounds"),
        "same_as": OwnCheck(_is_the_same, "own-answer-differs"),
    }
)
"""All checks of single conditions, by their names in _framework.yaml."""
TOO_FEW_HOLD: Final = "own-conditions-not-met"
PARTNER_MISSING: Final = "own-answer-of-partner-missing"

OWN_RULES: Final = {
    rule.name: rule
    for rule in (
        FileRule(
            "own-answer-too-old",
            "A regular task under one of the council's own duties was done within its interval.",
            "An assessment of some years ago says little about today.",
            "have it done, and record the day.",
        ),
        FileRule(
            "own-days-out-of-order",
            "Two days are in the order that one of the council's own duties sets.",
            "What has to be settled first is of no use afterwards.",
            "correct the day; if it is right, have an exception agreed.",
        ),
        FileRule(
            "own-outcome-not-allowed",
            "What is recorded is one of the outcomes by which the council's own duty is met.",
            "A result that calls for action needs that action first.",
            "do what it calls for, then record the new outcome.",
        ),
        FileRule(
            "own-value-out-of-bounds",
            "A number or a length of time is within the limit that the council's own duty sets.",
            "The council has decided on this limit.",
            "correct the value, or record it once it is within the limit.",
        ),
        FileRule(
            "own-answer-differs",
            "A partnership says the same as _council.yaml, where the council's own duty asks for that.",
            "A partner who uses an older version does not know what has changed.",
            "pass on the version in force, and record it.",
        ),
        FileRule(
            TOO_FEW_HOLD,
            "As many of the listed conditions are met as the council's own duty asks for.",
            "The council has decided how many are needed.",
            "look at each condition: kpf show has what is recorded of them.",
        ),
        FileRule(
            PARTNER_MISSING,
            "What one of the council's own duties asks of each partner is recorded for each.",
            "The one partner that is left out may be the one that matters.",
            "add the partner with its value.",
        ),
    )
}
"""The rules for duties that a council adds, apart from the presence rule."""


def condition_of(part: CheckPart) -> str:
    """Return the name of the condition in `part`; `recorded` if it has none."""
    return next((name for name in CHECKS if vars(part).get(name)), "recorded")


def condition_result(part: CheckPart, field: FieldValue, case: Case) -> ConditionResult:
    """Return whether the condition of `part` holds for `field`. Raises `Unreadable`."""
    if field.value is None:
        return ConditionResult(holds=None, at=field)
    name = condition_of(part)
    return CHECKS[name].holds(vars(part).get(name), field, part, case)


def rules_of(duty: AddedDuty) -> tuple[str, ...]:
    """Return the names of the rules that judge `duty`."""
    found = dict.fromkeys(["not-recorded"] if duty.fields else [])
    if duty.check and (duty.check.both or duty.check.of):
        return (*found, TOO_FEW_HOLD)
    if duty.check and duty.check.for_each_partner:
        found[PARTNER_MISSING] = None
    return tuple(dict.fromkeys((*found, *(CHECKS[condition_of(part)].rule for part in duty.parts))))
