"""Agreed exceptions (comply or explain): what is open and was agreed to stay open for a time counts apart."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from kpf.finding import OPEN, Judgement, Severity, Verdict
from kpf.model import Unreadable
from kpf.model.review import AgreedException
from kpf.obligations.decisions import last_day
from kpf.rules.case import Case
from kpf.rules.conditions import applies
from kpf.rules.definition import nearest
from kpf.rules.exceptions import is_about_exceptions, objection
from kpf.rules.subjects import entry_name

UNUSED: Final = "exception-unused"
_JUDGED_UNDER: Final = "LST-2"


@dataclass(slots=True)
class _InForce:
    """An exception that counts, its position in the file, and the judgements of what it names."""

    exception: AgreedException
    position: int
    named: list[Judgement] = field(default_factory=list)

    def names(self, judgement: Judgement, duty: str) -> bool:
        exception = self.exception
        of_duty = exception.duty in {None, duty} and exception.rule in {None, judgement.rule}
        return of_duty and not is_about_exceptions(judgement.rule)

    def covers(self, judgement: Judgement, duty: str) -> bool:
        return self.names(judgement, duty) and self.exception.subject in {None, judgement.subject}


def excepted(judgements: Iterable[Judgement], case: Case, *, counted: bool = True) -> Iterator[Judgement]:
    """`judgements` with those set apart that an exception in force covers, unless none is to be `counted`.

    An exception that covers nothing that is open is told.
    """
    held = list(_in_force(case))
    if not held:
        yield from judgements
        return
    for judgement in judgements:
        for entry in held:
            if any(entry.names(judgement, duty) for duty in judgement.duties):
                entry.named.append(judgement)
        if counted and judgement.verdict in OPEN:
            yield from _set_apart(judgement, held, case)
        else:
            yield judgement
    if applies(_JUDGED_UNDER, case).applies:
        yield from (told for entry in held if (told := _unused(entry, case)))


def in_force(case: Case) -> tuple[tuple[int, AgreedException], ...]:
    """The exceptions that count as at the day, each with its position in the file."""
    return tuple((entry.position, entry.exception) for entry in _in_force(case))


def agreed(case: Case, duties: Collection[str], rule: str, subject: str) -> AgreedException | None:
    """The exception in force that sets apart what `rule` finds of `subject` under one of `duties`."""
    for entry in _in_force(case):
        exception = entry.exception
        of_rule = exception.rule in {None, rule} and not is_about_exceptions(rule)
        if of_rule and exception.duty in {None, *duties} and exception.subject in {None, subject}:
            return exception
    return None


def _in_force(case: Case) -> Iterator[_InForce]:
    try:
        entries = case.partnership.agreed_exceptions or ()
    except Unreadable:
        return
    for position, entry in enumerate(entries):
        try:
            if entry and objection(entry, case) is None:
                yield _InForce(entry, position)
        except Unreadable:  # what cannot be read cannot be relied on; its own finding says so
            continue


def _set_apart(judgement: Judgement, held: list[_InForce], case: Case) -> Iterator[Judgement]:
    rest = judgement.duties
    for entry in held:
        covered = tuple(duty for duty in rest if entry.covers(judgement, duty))
        if covered:
            rest = tuple(duty for duty in rest if duty not in covered)
            exception = entry.exception
            agreed = f"Agreed by {exception.approved_by} on {exception.approved_on}, until {last_day(exception)}."
            reason = f"{(exception.reason or '').rstrip('.')}. {agreed}"
            shown = ((case.own, ("agreed_exceptions", entry.position)),)
            yield judgement._replace(verdict=Verdict.EXCEPTED, duties=covered, message=reason, fix="", shown=shown)
    if rest:
        yield judgement._replace(duties=rest)


def _unused(entry: _InForce, case: Case) -> Judgement | None:
    """That an exception covers nothing that is open, and why; None where it does."""
    exception = entry.exception
    covered = [
        judgement for judgement in entry.named if any(entry.covers(judgement, duty) for duty in judgement.duties)
    ]
    if any(judgement.verdict in OPEN for judgement in covered):
        return None
    what = exception.duty or exception.rule or ""
    at, fix = ("duty" if exception.duty else "rule"), "Delete the exception, or it would hide a gap that comes later."
    if not entry.named:
        message = f"The exception covers nothing: nothing here is judged under {_both(exception)}."
    elif not covered:
        message = f"The exception covers nothing: {what} looks at nothing here that is called “{exception.subject}”."
        subjects = list(dict.fromkeys(judgement.subject for judgement in entry.named))
        close = nearest(exception.subject or "", subjects)
        at, fix = "subject", f"Did you mean {close}?" if close else f"It looks at: {', '.join(subjects)}."
    elif all(judgement.verdict is Verdict.NOT_APPLICABLE for judgement in covered):
        message = f"The exception covers nothing: {what} does not apply here."
    else:
        message = f"The exception covers nothing that is open: {what} is met without it."
    name = entry_name(exception, entry.position)
    there = case.under(UNUSED, (_JUDGED_UNDER,)).about(name, "agreed_exceptions", entry.position)
    return there.hint(at, message, fix, severity=Severity.WARNING)


def _both(exception: AgreedException) -> str:
    return " by ".join(filter(None, (exception.duty, exception.rule)))
