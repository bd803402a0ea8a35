"""Apply every rule to one partnership, or to the files that all partnerships share."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Final

from kpf.finding import Judgement
from kpf.framework import framework
from kpf.framework.appendix_a import COMMITMENTS
from kpf.model import Council, Organisation, Partnership, Unreadable
from kpf.model.topics import Covered
from kpf.rules import RULES
from kpf.rules.asked import Asked
from kpf.rules.case import CannotTell, Case
from kpf.rules.presence import NAME as NOT_RECORDED
from kpf.rules.presence import duties_within, judge_presence
from kpf.rules.rule import Rule
from kpf.rules.subjects import organisations

RULE_NAMES: Final = frozenset({NOT_RECORDED, *RULES})
"""The names of all rules by which partnerships and the council are judged."""


def judge_partnership(case: Case) -> Iterator[Judgement]:
    """Yield all judgements on one partnership: at least one for each duty that can apply to it."""
    if not case.document.sound:
        own = case.shared.edition.judged if case.shared.edition else ()
        yield case.under("", (*partnership_duties(), *own)).reported_elsewhere("The file cannot be read as it stands.")
        return
    asked = Asked(case)
    judged: set[str] = set()
    edition = case.shared.edition
    in_doubt = edition.in_doubt if edition else frozenset()
    for judgement in _judgements(case, asked):
        judged.update(judgement.duties)
        yield judgement if in_doubt.isdisjoint(judgement.duties) else judgement._replace(reported=False)
    own = edition.judged if edition else ()
    for duty in (*partnership_duties(), *case.commitments, *own):
        given = asked.answer(duty)
        if given.applies is False:
            yield case.under("", (duty,)).not_applicable(given.reason)
        elif given.applies is None or duty not in judged:
            yield case.under("", (duty,)).reported_elsewhere(given.reason or "Too little is recorded to judge it.")


def judge_council(case: Case) -> Iterator[Judgement]:
    """Yield all judgements on the council's own duties."""
    if not case.document.sound:
        yield case.under("", council_duties()).reported_elsewhere("The file cannot be read as it stands.")
        return
    asked = Asked(case)
    yield from judge_presence(case.council, case.under(NOT_RECORDED, ()), asked)
    for rule in RULES.values():
        if rule.councils_own:
            yield from _judge(rule, case, asked)


def _judgements(case: Case, asked: Asked) -> Iterator[Judgement]:
    presence = case.under(NOT_RECORDED, ())
    yield from judge_presence(case.partnership, presence, asked)
    try:
        for organisation, there in organisations(presence):
            yield from judge_presence(organisation, there, asked)
    except (Unreadable, CannotTell):  # the partners: their own rules say so
        pass
    for rule in RULES.values():
        if not rule.councils_own:
            yield from _judge(rule, case, asked)
    if case.shared.edition:
        from kpf.check.added.judging import judge_added  # noqa: PLC0415 - few councils have an edition of their own

        yield from judge_added(case, case.shared.edition, asked)


def _judge(rule: Rule, case: Case, asked: Asked) -> Iterator[Judgement]:
    """Yield the rule's judgement on each of its subjects, under those of its duties that apply.

    A subject is not known if the rule needs a value that cannot be read.
    """
    duties = asked.living(rule.duties)
    if not duties:
        return
    case = case.under(rule.name, duties)
    try:
        for record, there in rule.subjects(case):
            try:
                judgement = _ruled_out(record, there) or rule.judge(record, there)
            except (Unreadable, CannotTell) as why:
                judgement = there.reported_elsewhere(_why(why))
            if judgement.duties:
                yield judgement
    except (Unreadable, CannotTell) as why:  # raised while looking for the subjects
        yield case.reported_elsewhere(_why(why))


def _ruled_out(record: object, case: Case) -> Judgement | None:
    """Return the judgement on a topic that the file says does not apply; None for any other record."""
    if isinstance(record, Covered) and record.not_applicable:
        return case.stated_not_applicable(record.not_applicable.reason or "", "not_applicable")
    return None


def _why(raised: Unreadable | CannotTell) -> str:
    return f"`{raised}` cannot be read." if isinstance(raised, Unreadable) else str(raised)


@cache
def partnership_duties() -> tuple[str, ...]:
    """Return all duties that a field or rule serves for partnerships, without the commitments in Appendix A."""
    cited = chain(duties_within(Partnership), duties_within(Organisation), _cited(RULES.values(), councils_own=False))
    return framework().in_order(duty for duty in cited if duty not in COMMITMENTS)


@cache
def council_duties() -> tuple[str, ...]:
    """Return all duties of the council itself that a field or rule serves."""
    return framework().in_order(chain(duties_within(Council), _cited(RULES.values(), councils_own=True)))


def _cited(rules: Iterable[Rule], *, councils_own: bool) -> Iterator[str]:
    return chain.from_iterable(rule.duties for rule in rules if rule.councils_own is councils_own)
