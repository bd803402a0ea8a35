"""The end of a partnership: what is recorded after it, and a contract that was let again instead of ending."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from kpf.dates import Interval, in_words
from kpf.finding import Judgement, Trail
from kpf.model.agreement import Agreement
from kpf.model.as_at import happenings
from kpf.model.partnership import Ended
from kpf.rules.case import Case
from kpf.rules.conditions import is_contract
from kpf.rules.rule import rule
from kpf.rules.subjects import at

_STILL_COMES: Final = frozenset({"ended", "reports_to_cabinet", "half_years", "told", "put_right", "on_the_list"})
"""What may come after the end: the last report with what it tells, partners told of an error, another entry."""
_NEW_AFTER: Final = Interval(3, "year")
"""A contract signed so long after the approval is another one than the one that was approved: kpf's reading."""


@rule(
    each=at("ended"),
    example="""
    ended:
      on: 2026-11-01
      decided_by: Executive Cabinet
      minute: EC/26/88
      reason: The trust took the centres over.
      exit_carried_out: 2026-11-01
    """,
)
def happened_after_the_end(ended: Ended, case: Case) -> Judgement:
    """Nothing is recorded as having happened in a partnership after it ended.

    Why: a meeting, a check or a letter after the end says that it goes on, so one of the two days is wrong.
    How to fix: correct the day that is wrong. If it came back to the list, write the new entry under `on_the_list`:
    what happened from then on is right.
    """
    if ended.on is None:
        return case.told_elsewhere("Nothing is recorded for `on`.", "on")
    listed = case.partnership.on_the_list.from_ if case.partnership.on_the_list else None
    back = listed.earliest if listed and listed.earliest > ended.on else date.max
    later = sorted((found for found in _later_than(ended.on, case) if found[1] < back), key=lambda found: found[1])
    if not later:
        return case.met("on")
    trail, day = later[0]
    more = f", and {len(later) - 1} more after it" if len(later) > 1 else ""
    field = ".".join(str(step) for step in trail if isinstance(step, str))
    message = f"It ended on {in_words(ended.on)}, but `{field}` has {in_words(day)}{more}."
    return case.in_partnership().not_met(trail, message, "Correct the day that is wrong, there or under `ended`.")


def _later_than(ends: date, case: Case) -> Iterator[tuple[Trail, date]]:
    yield from ((trail, day) for trail, day, _ in happenings(case.partnership, _STILL_COMES) if day > ends)
    for half in case.partnership.half_years or {}:
        if half.starts > ends:
            yield ("half_years", str(half)), half.starts


@rule(
    each=at("agreement"),
    example="""
    proposal:
      report: {date: 2019-11-14}
      decision: {decided: 2019-11-14, effective: 2019-11-22}
      credit_check: {Fellbrook Leisure Trust: {on: 2019-09-04, by: Head of Finance, result: low risk, issues: none}}
    """,
)
def contract_let_again(agreement: Agreement, case: Case) -> Judgement:
    """A contract that is let again is approved again: the approval on record is that of the contract in force.

    Why: another contract, be it with the same partner, is a new arrangement, and members decide on it as on any other.
    The framework sets no time; kpf takes a contract signed more than three years after the approval for another.
    How to fix: under `proposal`, record the report and the decision on the contract that is now in force.
    """
    approval = case.partnership.proposal.approval()
    decided, signed = approval[1].on if approval else None, agreement.signed
    if not is_contract(case.partnership):
        return case.not_applicable("It is not a contract.")
    if decided is None or signed is None:
        return case.told_elsewhere("There is nothing to compare.", "signed")
    if signed > _NEW_AFTER.after(decided):
        message = (
            f"The contract was signed on {in_words(signed)}, and the approval on record is of {in_words(decided)}: "
            "a contract that was let again is a new arrangement."
        )
        fix = "Under `proposal`, record the report and the decision on the contract that is now in force."
        return case.not_recorded("signed", message, fix)
    return case.met("signed")
