"""Which duties are asked of a partnership at its stage: proposed, approved, running or ended.

An answer is yes, no with the reason, or "cannot tell" with the question that has to be answered first.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from kpf.framework import framework
from kpf.model import Stage, Unreadable
from kpf.obligations.asking import halves_to_report
from kpf.obligations.reports import reported
from kpf.rules.case import Case


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a duty applies (None: cannot tell), and why not."""

    applies: bool | None
    reason: str = ""


YES: Final = Answer(applies=True)


def no(reason: str) -> Answer:
    """It does not apply, for this reason."""
    return Answer(applies=False, reason=reason)


def unclear(reason: str) -> Answer:
    """It cannot be said whether it applies until something else is recorded."""
    return Answer(applies=None, reason=reason)


_BEFORE_RUNNING: Final = frozenset({"proposal", "listing"})


def stage_of(case: Case) -> Stage:
    """How far the partnership of `case` has come."""
    try:
        return case.partnership.stage(case.day)
    except Unreadable:  # it hides nothing: what else the file lacks is reported as for any that runs
        return Stage.RUNNING


def by_stage(duty: str, stage: Stage, case: Case) -> Answer:
    """Whether `duty` is asked of a partnership that has come as far as `stage`, whatever else it depends on."""
    when = _when(duty)
    if stage is Stage.RUNNING or not when:
        return YES
    if stage is Stage.ENDED:
        return YES if _asked_after_the_end(duty, case) else no("The partnership has ended.")
    if when & _BEFORE_RUNNING:
        return YES
    if _asked_after_the_end(duty, case) and case.partnership.is_proposed_again:
        return YES
    if stage is Stage.PROPOSED:
        return no("The partnership is only proposed.")
    return YES if "agreement" in when else no("The partnership is approved; this is asked for once it has begun.")


def _asked_after_the_end(duty: str, case: Case) -> bool:
    after = framework().statements[duty].after_the_end
    return after == "asked" or (after == "until-reported" and _last_report_missing(case))


@cache
def _when(duty: str) -> frozenset[str]:
    """The times of a partnership's life at which `duty` is asked of it."""
    statement = framework().statements[duty]
    return frozenset({statement.asked_from} if statement.asked_from else statement.when)


def _last_report_missing(case: Case) -> bool:
    """Whether members have still to hear of a period in which an ended partnership was a key one."""
    overdue = halves_to_report(case.facts)
    return not reported(case.partnership).issuperset(overdue)
