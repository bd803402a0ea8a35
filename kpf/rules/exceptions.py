"""Agreed exceptions themselves: complete, agreed by somebody else than the manager, in time, and not forgotten."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from kpf.dates import in_words
from kpf.finding import FindingKind, Judgement, Severity
from kpf.framework import framework
from kpf.model.review import AgreedException
from kpf.obligations.decisions import last_day
from kpf.rules.case import Case
from kpf.rules.deciding import doubt_about
from kpf.rules.likeness import nearest_name
from kpf.rules.rule import rule
from kpf.rules.subjects import entries

SOON: Final = timedelta(days=30)

_TO_WRITE: Final = MappingProxyType(
    {
        "reason": "why the duty need not be met for a time",
        "approved_by": "the post that agreed to it, never the manager's own",
        "approved_on": "the day on which it was agreed",
        "expires": "the last day on which it holds, twelve months on at most",
        "duty": "the id of the duty, for example ROL-4b",
    }
)


@dataclass(frozen=True, slots=True)
class Objection:
    """Why an exception does not count, at which of its fields, and what to write there."""

    at: str
    message: str
    fix: str
    missing: bool = False
    over: bool = False
    """It did count, and its last day has passed."""


def objection(exception: AgreedException, case: Case) -> Objection | None:
    """Why `exception` does not count as at the day; None where it is in force. Raises `Unreadable`."""
    missing = _missing(exception)
    if missing:
        message = f"This exception does not count, because it has no `{missing}`."
        return Objection(missing, message, f"Write {missing}: {_TO_WRITE[missing]}", missing=True)
    last = last_day(exception)
    if last < (exception.on or last):
        message = f"This exception does not count: it ends on {in_words(last)}, before it was agreed."
        return Objection("expires", message, "Write the last day on which it holds.")
    return next(_objections_to_names(exception, case), None) or (
        Objection(
            "expires",
            f"This exception does not count any more: it ended on {in_words(last)}.",
            "Meet the duty and delete the exception, or have it agreed again.",
            over=True,
        )
        if last < case.day
        else None
    )


def is_about_exceptions(rule_name: str) -> bool:
    """Whether a rule looks at exceptions themselves: what is wrong with one is covered by no other."""
    return rule_name.startswith("exception-")


def _objections_to_names(exception: AgreedException, case: Case) -> Iterator[Objection]:
    """The duty, the rule and the post are ones that there are, and the post is not the manager's."""
    duty, name, by = exception.duty, exception.rule, exception.by or ""
    start = "This exception does not count:"
    if duty and duty not in framework().statements:
        hint = _did_you_mean(duty, framework().statements)
        yield Objection("duty", f"{start} “{duty}” is not a duty of the framework.", f"{hint}kpf explain lists them.")
    if name and name not in case.shared.rules:
        hint = _did_you_mean(name, case.shared.rules)
        yield Objection("rule", f"{start} “{name}” is not a rule that kpf has.", f"{hint}kpf explain lists them.")
    elif name and is_about_exceptions(name):
        message = f"{start} “{name}” looks at exceptions themselves, and nobody is excepted from it."
        yield Objection("rule", message, "Put right what it found, then delete this exception.")
    manager = _post(case.partnership.manager or "", case).casefold()
    if manager and _post(by, case).casefold() == manager:
        message = f"{start} the {by}, who agreed to it, is the manager."
        governance = "" if _post("Head of Governance", case).casefold() == manager else "the Head of Governance, or "
        yield Objection("approved_by", message, f"Let somebody else agree to it: {governance}Executive Cabinet.")
    doubt = doubt_about(by, "agree exceptions", case)
    if doubt:
        message = f"{start} {doubt.message[0].lower()}{doubt.message[1:]}"
        yield Objection("approved_by", message, doubt.fix)


def _missing(exception: AgreedException) -> str | None:
    """What the exception has to say and does not."""
    for attribute, name in (("reason", "reason"), ("by", "approved_by"), ("on", "approved_on"), ("until", "expires")):
        if getattr(exception, attribute) is None:
            return name
    return "duty" if exception.duty is None and exception.rule is None else None


def _post(name: str, case: Case) -> str:
    """The post that holds the framework's role of that name now; any other name as it is."""
    return (case.council.roles or {}).get(name) or name


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    close = nearest_name(name, known)
    return f"Did you mean {close}? " if close else ""


@rule(
    "LST-2",
    each=entries("agreed_exceptions"),
    example="""
    agreed_exceptions:
      - duty: ROL-4b
        reason: Two partners only
        approved_by: Leisure Contracts Manager
        approved_on: 2026-10-28
        expires: 2027-10-28
    """,
)
def exception_not_valid(exception: AgreedException, case: Case) -> Judgement:
    """An agreed exception names its duty, its reason, who agreed to it and until when: twelve months at most.

    Why: comply or explain works only where somebody other than the manager has agreed, for a time.
    How to fix: complete the entry; let somebody else than the manager agree to it.
    """
    against = objection(exception, case)
    if against and against.missing:
        return case.not_known(against.at, against.message, against.fix)
    if against and not against.over:
        return case.not_met(against.at, against.message, against.fix)
    last = last_day(exception)
    if against is None and exception.until and exception.until > last:
        message = f"The exception runs until {in_words(exception.until)}, and it counts for twelve months at most."
        return case.not_met("expires", message, f"Write {last} or an earlier day; it can be agreed again.")
    return case.met("duty" if exception.duty else "rule", "expires")


@rule(
    "LST-2",
    each=entries("agreed_exceptions"),
    example="""
    agreed_exceptions:
      - duty: ROL-4b
        reason: Two partners only
        approved_by: Monitoring Officer
        approved_on: 2025-10-28
        expires: 2026-10-27
    """,
)
def exception_expired(exception: AgreedException, case: Case) -> Judgement:
    """No agreed exception is left standing after its last day.

    Why: from then on the duty is open again, and whoever reads the file should not think otherwise.
    How to fix: meet the duty and delete the entry, or have it agreed again, with the new day and the new last day.
    """
    against = objection(exception, case)
    if against is None:
        return case.met("expires")
    if not against.over:
        return case.told_elsewhere(against.message, against.at)
    return case.not_met(against.at, against.message, against.fix, kind=FindingKind.CLOCK)


@rule(
    "LST-2",
    each=entries("agreed_exceptions"),
    example="""
    agreement: {roles: {board: {vice_chair: }}}
    agreed_exceptions:
      - duty: ROL-4b
        reason: Two partners only
        approved_by: Monitoring Officer
        approved_on: 2026-03-17
        expires: 2026-12-15
    """,
)
def exception_expires_soon(exception: AgreedException, case: Case) -> Judgement:
    """An agreed exception that ends within thirty days is settled before it ends.

    Why: the day after, the duty is open and reported; a decision takes longer than a day.
    How to fix: meet the duty before the last day, or have the exception agreed again.
    """
    against = objection(exception, case)
    if against:
        return case.told_elsewhere(against.message, against.at)
    last = last_day(exception)
    if last - case.day > SOON:
        return case.met("expires")
    what = exception.duty or exception.rule
    days = (last - case.day).days
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days, on {in_words(last)}"
    return case.hint(
        "expires",
        f"The exception from {what} ends {when}.",
        "Meet the duty before then, or have the exception agreed again.",
        severity=Severity.WARNING,
        kind=FindingKind.CLOCK,
    )
