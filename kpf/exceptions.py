"""Agreed exceptions (comply or explain): what is open and was agreed to stay open for a time counts apart."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from kpf.dates import months_after
from kpf.finding import Judgement, Verdict
from kpf.model import Unreadable
from kpf.model.review import AgreedException
from kpf.rules.case import Case
from kpf.rules.exceptions import MOST_MONTHS, is_known_post


def in_force(exception: AgreedException, day: date) -> bool:
    """Whether the exception says all it has to, and `day` lies within it."""
    try:
        complete = (exception.duty or exception.rule) and exception.reason and exception.approved_by
        if not complete or exception.approved_on is None or exception.expires is None:
            return False
        longest = months_after(exception.approved_on, MOST_MONTHS)
        return exception.approved_on <= day <= min(exception.expires, longest)
    except Unreadable:
        return False


def excepted(judgements: Iterable[Judgement], case: Case) -> Iterator[Judgement]:
    """`judgements` with those set apart that an exception in force covers."""
    try:
        manager = case.partnership.manager
        held = [
            entry
            for entry in case.partnership.agreed_exceptions or ()
            if entry
            and in_force(entry, case.day)
            and entry.approved_by != manager
            and is_known_post(entry.approved_by, case)
        ]
    except Unreadable:
        held = []
    for judgement in judgements:
        if held and judgement.verdict in {Verdict.NOT_MET, Verdict.NOT_KNOWN}:
            yield from _set_apart(judgement, held)
        else:
            yield judgement


def _set_apart(judgement: Judgement, held: list[AgreedException]) -> Iterator[Judgement]:
    rest = judgement.duties
    for exception in held:
        covered = tuple(duty for duty in rest if _covers(exception, judgement, duty))
        if covered:
            rest = tuple(duty for duty in rest if duty not in covered)
            reason = f"{exception.reason} Agreed by {exception.approved_by} until {exception.expires}."
            yield replace(judgement, verdict=Verdict.EXCEPTED, duties=covered, message=reason, fix="")
    if rest:
        yield replace(judgement, duties=rest)


def _covers(exception: AgreedException, judgement: Judgement, duty: str) -> bool:
    return (
        exception.duty in {None, duty}
        and exception.rule in {None, judgement.rule}
        and exception.subject in {None, judgement.subject}
    )
