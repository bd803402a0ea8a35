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
_FROM_THE_START: Final = frozenset({"DEF-1", "DEF-2"})
"""Asked of a proposal too: its kind and its partners, because other duties depend on them."""
_WITH_THE_AGREEMENT: Final = frozenset({"KEY-3", "KEY-5"})
"""Asked from the agreement on, which states value and length. The proposal states only the cost."""
_OF_THE_END: Final = frozenset({"APA-0", "LST-1", "LST-3", "REP-4d", "EXT-1"})
"""Still asked for after a partnership has ended: that the list shows it and that the exit was carried out."""
_OF_THE_LAST_REPORT: Final = frozenset({"MON-1", "REP-1"})


def stage_of(case: Case) -> Stage:
    """How far the partnership of `case` has come."""
    try:
        return case.partnership.stage(case.day)
    except Unreadable:  # it hides nothing: what else the file lacks is told as for any that runs
        return Stage.RUNNING


def by_stage(duty: str, stage: Stage, case: Case) -> Answer:
    """Whether `duty` is asked of a partnership that has come as far as `stage`, whatever else it depends on."""
    when = _when(duty)
    if stage is Stage.RUNNING or not when:
        return YES
    if stage is Stage.ENDED:
        return YES if duty in _OF_THE_END or _last_report_missing(duty, case) else no("The partnership has ended.")
    if when & _BEFORE_RUNNING or duty in _FROM_THE_START:
        return YES
    if stage is Stage.PROPOSED:
        return no("The partnership is only proposed.")
    return YES if "agreement" in when else no("The partnership is approved; this is asked for once it has begun.")


@cache
def _when(duty: str) -> frozenset[str]:
    """The times of a partnership's life at which `duty` is asked of it."""
    return frozenset({"agreement"} if duty in _WITH_THE_AGREEMENT else framework().statements[duty].when)


def _last_report_missing(duty: str, case: Case) -> bool:
    """Whether members have still to hear of a half-year in which an ended partnership was a key one."""
    if duty not in _OF_THE_LAST_REPORT:
        return False
    overdue = halves_to_report(case.partnership, case.council, case.day)
    return not reported(case.partnership).issuperset(overdue)
