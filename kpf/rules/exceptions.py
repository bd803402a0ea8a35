"""Rules on agreed exceptions: complete, agreed by somebody other than the manager, limited in time, and followed up."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from kpf.dates import in_words
from kpf.finding import FindingKind, Judgement, Severity
from kpf.model.decision import DutyNotApplicable
from kpf.model.review import AgreedException
from kpf.obligations.decisions import last_day, most_of_an_exception
from kpf.rules.case import Case
from kpf.rules.consent import Objection, objection_to_consent, objection_to_not_applicable
from kpf.rules.likeness import nearest_name
from kpf.rules.rule import rule
from kpf.rules.subjects import entries

SOON: Final = timedelta(days=30)

_TO_WRITE: Final = MappingProxyType(
    {
        "reason": "why the duty need not be met for a time",
        "approved_by": "the post that agreed to it, never the manager's own",
        "approved_on": "the day on which it was agreed",
        "expires": "the last day on which it holds",
        "duty": "the id of the duty, for example ROL-4b",
    }
)


def objection(exception: AgreedException, case: Case) -> Objection | None:
    """Return why `exception` does not count as at the day; None if it is in force. Raises `Unreadable`."""
    missing = _missing(exception)
    if missing:
        message = f"This exception does not count, because it has no `{missing}`."
        most = most_of_an_exception(case.shared.framework) if missing == "expires" else ""
        at_most = f", {most} on at most" if most else ""
        return Objection(missing, message, f"Write {missing}: {_TO_WRITE[missing]}{at_most}", missing=True)
    last = last_day(exception, case.shared.framework)
    if (exception.on or last) <= last < case.day:
        message = f"This exception does not count any more: it ended on {in_words(last)}."
        return Objection(
            "expires",
            message,
            "Meet the duty, or have the exception agreed again and add it as a new entry.",
            over=True,
        )
    if last < (exception.on or last):
        message = f"This exception does not count: it ends on {in_words(last)}, before it was agreed."
        return Objection("expires", message, "Write the last day on which it holds.")
    return next(_objections_to_names(exception, case), None)


def is_about_exceptions(rule_name: str) -> bool:
    """Return whether a rule judges exceptions themselves, which no exception can cover."""
    return rule_name.startswith("exception-") or rule_name == "duty-not-agreed-away"


def _objections_to_names(exception: AgreedException, case: Case) -> Iterator[Objection]:
    """Yield objections to the names in `exception`: the duty or rule, how narrow it is, and who agreed."""
    duty, name = exception.duty, exception.rule
    start = "This exception does not count:"
    if duty and not case.shared.has_duty(duty):
        hint = _did_you_mean(duty, case.shared.framework.statements)
        yield Objection("duty", f"{start} “{duty}” is not a duty of the framework.", f"{hint}kpf explain lists them.")
    if name and name not in case.shared.rules:
        hint = _did_you_mean(name, case.shared.rules)
        yield Objection("rule", f"{start} “{name}” is not a rule that kpf has.", f"{hint}kpf explain lists them.")
    elif name and is_about_exceptions(name):
        message = f"{start} “{name}” is about exceptions themselves, so it allows none."
        yield Objection("rule", message, "Put right what it found, then delete this exception.")
    if name and not duty and not exception.subject:
        message = f"{start} it covers this rule in the whole file."
        yield Objection("rule", message, "Name the duty as well, or what it is about: subject: …", missing=True)
    statements = case.shared.framework.statements
    if duty and duty in statements and statements[duty].prerequisite:
        message = f"{start} nobody may be excepted from {duty}, a prerequisite of safeguarding."
        yield Objection("duty", message, "Get the assurance and record it, then delete this exception.")
    against = objection_to_consent(exception, "This exception", case)
    if against:
        yield against


def _missing(exception: AgreedException) -> str | None:
    """Return the first required field that is blank, or None."""
    for attribute, name in (("reason", "reason"), ("by", "approved_by"), ("on", "approved_on"), ("until", "expires")):
        if getattr(exception, attribute) is None:
            return name
    return "duty" if exception.duty is None and exception.rule is None else None


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    close = nearest_name(name, known)
    return f"Did you mean {close}? " if close else ""


@rule(
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
    """An agreed exception names its duty, its reason, who agreed to it and until when; it counts for a limited time.

    Why: comply or explain works only where somebody other than the manager has agreed, for a time.
    How to fix: complete the entry; let somebody other than the manager agree to it.
    """
    against = objection(exception, case)
    if against and against.missing:
        return case.not_known(against.at, against.message, against.fix)
    if against and not against.over:
        return case.not_met(against.at, against.message, against.fix)
    last = last_day(exception, case.shared.framework)
    if against is None and exception.until and exception.until > last:
        most = most_of_an_exception(case.shared.framework)
        message = f"The exception runs until {in_words(exception.until)}, but it counts for {most} at most."
        return case.not_met("expires", message, f"Write {last} or an earlier day; it can be agreed again.")
    return case.met("duty" if exception.duty else "rule", "expires")


@rule(
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

    Why: on the day after, kpf reports the duty again. A decision takes longer than a day.
    How to fix: meet the duty before the last day, or have the exception agreed again.
    """
    against = objection(exception, case)
    if against and against.over:
        return case.met("expires")
    if against:
        return case.reported_elsewhere(against.message, against.at)
    last = last_day(exception, case.shared.framework)
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


@rule(
    each=entries("does_not_apply"),
    example="""
    does_not_apply:
      - {duty: DIS-1, reason: Nobody is employed on it., agreed_by: Leisure Contracts Manager, on: 2026-10-28}
    """,
)
def duty_not_agreed_away(agreed: DutyNotApplicable, case: Case) -> Judgement:
    """An entry under `does_not_apply` says why the duty does not apply, and that somebody with the power agreed.

    Why: if the framework itself has no exception, setting a duty aside needs a decision.
    How to fix: complete the entry; have the Head of Governance or a body with the power agree to it.
    """
    duty = agreed.duty
    if duty is None:
        return case.not_known("duty", "This entry names no duty.", "Write the id of the duty: duty: EXT-1")
    if not case.shared.has_duty(duty):
        hint = _did_you_mean(duty, case.shared.framework.statements)
        return case.not_met("duty", f"“{duty}” is not a duty of the framework.", f"{hint}kpf explain lists them.")
    against = objection_to_not_applicable(agreed, (duty,), case)
    if against is None or against.over:  # an expired one is history
        return case.met("duty", "agreed_by" if agreed.by else "reason")
    judge = case.not_known if against.missing else case.not_met
    return judge(against.at, against.message, against.fix)
