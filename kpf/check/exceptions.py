"""Agreed exceptions (comply or explain): the verdict on what was agreed to stay open for a time is excepted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

from kpf.check.agreed_away import AgreedAway
from kpf.dates import in_words
from kpf.document.wording import some
from kpf.finding import OPEN, Judgement, Severity, Verdict
from kpf.framework import framework
from kpf.model import Unreadable
from kpf.model.review import AgreedException
from kpf.obligations.decisions import last_day
from kpf.rules.case import Case
from kpf.rules.conditions import applies
from kpf.rules.exceptions import is_about_exceptions, objection
from kpf.rules.likeness import nearest_name
from kpf.rules.subjects import entry_name

UNUSED: Final = "exception-unused"
_JUDGED_UNDER: Final = framework().rules[UNUSED]


_NAMES: Final = frozenset({"duty", "rule", "subject"})
_Key = tuple[str | None, str | None, str | None]
"""The duty, rule and subject that an exception names."""


@dataclass(frozen=True, slots=True)
class InForce:
    """An exception that counts or may count, with its position in the file."""

    exception: AgreedException
    position: int
    counts: bool = True
    """False if it cannot be read in part. What it covers then stays open, and is no finding."""

    @property
    def names(self) -> tuple[str | None, str | None]:
        """The duty and the rule that it names."""
        return self.exception.duty, self.exception.rule


class Agreed:
    """The exceptions of a partnership that count as at the day, by what they cover."""

    def __init__(self, case: Case) -> None:
        found = tuple(_written(case))
        self.entries: Final = tuple(entry for entry in found if entry.counts)
        self.covers_nothing: Final = not found
        self._first: Final[dict[_Key, InForce]] = {}
        for entry in sorted(found, key=lambda one: not one.counts):  # a second one covers nothing that is left
            self._first.setdefault((*entry.names, entry.exception.subject), entry)

    def about(self, duties: Iterable[str], rule: str, subject: str) -> list[InForce]:
        """Return the exceptions that cover `rule` on `subject` under any of `duties`, in the order of the file."""
        if is_about_exceptions(rule):
            return []
        keys = product((*duties, None), (rule, None), (subject, None))
        found = {entry.position: entry for key in keys if (entry := self._first.get(key))}
        return [found[position] for position in sorted(found)]


def excepted(judgements: Iterable[Judgement], case: Case, *, counted: bool = True) -> Iterator[Judgement]:
    """Yield `judgements`, with the verdict excepted for those that an exception covers, if exceptions are `counted`.

    Also yield a judgement on each exception that covers nothing open.
    """
    agreed, away = Agreed(case), AgreedAway(case)
    named = _ExceptedVerdicts(entry.names for entry in agreed.entries)
    for judged in judgements:
        for judgement in (judged,) if away.is_empty and not judged.stated else away.applied(judged):
            if agreed.covers_nothing:
                yield judgement
                continue
            named.add(judgement)
            if counted and judgement.verdict in OPEN:
                yield from _set_apart(judgement, agreed, case)
            else:
                yield judgement
    edition = case.shared.edition
    if edition and edition.faults:  # nobody can tell what an exception from a duty of the council's own covers
        return
    if any(applies(duty, case).applies for duty in _JUDGED_UNDER):
        yield from (unused for entry in agreed.entries if (unused := _unused(entry, named, case)))


class _ExceptedVerdicts:
    """The verdicts under the duties and rules that exceptions name, by subject; those on all subjects under None."""

    def __init__(self, named: Iterable[tuple[str | None, str | None]]) -> None:
        self._under: Final = {names: defaultdict[str | None, set[Verdict]](set) for names in named}

    def add(self, judgement: Judgement) -> None:
        if is_about_exceptions(judgement.rule):
            return
        for names in product((*judgement.duties, None), (judgement.rule, None)):
            if names in self._under:
                for subject in (judgement.subject, None):
                    self._under[names][subject].add(judgement.verdict)

    def verdicts(self, entry: InForce) -> Collection[Verdict]:
        """Return the verdicts that `entry` covers."""
        return self._under[entry.names].get(entry.exception.subject, ())

    def subjects(self, entry: InForce) -> list[str]:
        """Return the subjects judged under the duty and rule of `entry`, covered or not."""
        return [subject for subject in self._under[entry.names] if subject is not None]


def _written(case: Case) -> Iterator[InForce]:
    """Yield the exceptions that count, and those that may count but cannot be read in part."""
    try:
        entries = case.partnership.agreed_exceptions or ()
    except Unreadable:
        return
    for position, entry in enumerate(entries):
        try:
            if entry and objection(entry, case) is None:
                yield InForce(entry, position)
        except Unreadable:  # what cannot be read does not count; another finding reports it
            if entry and vars(entry).keys() >= _NAMES:
                yield InForce(entry, position, counts=False)


def _set_apart(judgement: Judgement, agreed: Agreed, case: Case) -> Iterator[Judgement]:
    rest = judgement.duties
    for entry in agreed.about(rest, judgement.rule, judgement.subject):
        exception = entry.exception
        statements = case.shared.framework.statements
        covered = tuple(duty for duty in rest if exception.duty in {None, duty} and not statements[duty].prerequisite)
        if covered:
            rest = tuple(duty for duty in rest if duty not in covered)
        if covered and not entry.counts:
            yield judgement._replace(duties=covered, reported=False)
        elif covered:
            until = in_words(last_day(exception, case.shared.framework))
            by_whom = f"Agreed by {exception.in_words}, until {until}{_renewals(entry, case)}."
            reason = f"{(exception.reason or '').rstrip('.')}. {by_whom}"
            shown = ((case.own, ("agreed_exceptions", entry.position)),)
            yield judgement._replace(verdict=Verdict.EXCEPTED, duties=covered, message=reason, fix="", shown=shown)
    if rest and len(rest) < len(judgement.duties):
        left = f"{judgement.message} The exception from {_without(judgement.duties, rest)} does not cover {_and(rest)}."
        yield judgement._replace(duties=rest, message=left)
    elif rest:
        yield judgement


def _without(duties: tuple[str, ...], rest: tuple[str, ...]) -> str:
    return _and(tuple(duty for duty in duties if duty not in rest))


def _and(duties: tuple[str, ...]) -> str:
    return " and ".join(duties)


def _renewals(entry: InForce, case: Case) -> str:
    """Return how often the same exception was agreed before, as the end of a sentence."""
    days = list(_agreed_before(entry.exception, case))
    if not days:
        return ""
    times = "once" if len(days) == 1 else "twice" if len(days) == 2 else f"{len(days)} times"  # noqa: PLR2004
    return f"; renewed {times}, first agreed on {min(days)}"


def _agreed_before(now: AgreedException, case: Case) -> Iterator[date]:
    """Yield the earlier days on which the same exception was agreed."""
    for earlier in case.partnership.agreed_exceptions or ():
        with suppress(Unreadable):  # its own finding says so
            same = earlier and (earlier.duty, earlier.rule, earlier.subject) == (now.duty, now.rule, now.subject)
            if earlier and same and earlier.on and now.on and earlier.on < now.on:
                yield earlier.on


def _unused(entry: InForce, named: _ExceptedVerdicts, case: Case) -> Judgement | None:
    """Return the judgement that an exception covers nothing open; None if it covers something."""
    exception, verdicts, subjects = entry.exception, named.verdicts(entry), named.subjects(entry)
    if not OPEN.isdisjoint(verdicts):
        return None
    what = exception.duty or exception.rule or ""
    at, fix = ("duty" if exception.duty else "rule"), "Delete the exception. It would hide a later gap."
    if not subjects:
        message = f"The exception covers nothing: nothing here is judged under {_both(exception)}."
    elif not verdicts:
        message = f"The exception covers nothing: {what} finds nothing here called “{exception.subject}”."
        close = nearest_name(exception.subject or "", subjects)
        at, fix = "subject", f"Did you mean {close}?" if close else f"It looks at: {some(subjects)}."
    elif verdicts == {Verdict.NOT_APPLICABLE}:
        message = f"The exception covers nothing: {what} does not apply here."
    else:
        message = f"The exception covers nothing that is open: {what} is met without it."
    name = entry_name(exception, entry.position)
    there = case.under(UNUSED, _JUDGED_UNDER).about(name, "agreed_exceptions", entry.position)
    return there.hint(at, message, fix, severity=Severity.WARNING)


def _both(exception: AgreedException) -> str:
    return " by ".join(filter(None, (exception.duty, exception.rule)))
