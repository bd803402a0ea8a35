"""Rules on the end of a partnership: what is recorded after it, and a contract that was let again instead of ending."""

from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from kpf.dates import When, in_words, length_in_words
from kpf.finding import Judgement, Trail
from kpf.model.agreement import Agreement
from kpf.model.as_at import happenings
from kpf.model.list_entry import Ended
from kpf.rules.case import Case
from kpf.rules.conditions import is_contract
from kpf.rules.rule import rule
from kpf.rules.subjects import at, each_spell

_STILL_COMES: Final = frozenset(
    {"ended", "reports_to_cabinet", "half_years", "told", "put_right", "on_the_list", "listed_again"}
)
"""What may come after the end: the last report and its figures, partners told of an error, another entry."""
_BEFORE_A_RETURN: Final = _STILL_COMES | {"proposal", "agreement", "assurances"}
"""What may also come before a return: the next arrangement is proposed, agreed and assured before it starts."""


_AN_END: Final = "{on: 2019-03-31, decided_by: Executive Cabinet, decided: 2019-02-14, minute: EC/19/12}"


class _Spell(NamedTuple):
    """One time on the list: its start, its end, and the path to its entry."""

    since: When
    ended: Ended | None
    trail: Trail


def _spells(case: Case) -> list[_Spell]:
    """Return each time on the list with a known start, the earliest first."""
    partnership = case.partnership
    now = [(partnership.on_the_list, partnership.ended, ("on_the_list",))] if partnership.on_the_list else []
    again = partnership.listed_again or ()
    then = [(entry, vars(entry).get("ended"), ("listed_again", at)) for at, entry in enumerate(again) if entry]
    found = [_Spell(entry.from_, ended, trail) for entry, ended, trail in (*now, *then) if entry.from_]
    return sorted(found, key=lambda spell: spell.since.earliest)


def _returns(case: Case) -> Iterator[tuple[tuple[Ended | None, When], Case]]:
    """Yield each return to the list: the end of the time before it, and the day of the return."""
    if not case.partnership.listed_again:
        return
    for before, after in pairwise(_spells(case)):
        yield (before.ended, after.since), case.about(str(after.since), *after.trail)


@rule(
    each=each_spell("ended"),
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

    Why: a meeting, a check or a letter after the end means that the partnership continued, so one of the days is wrong.
    How to fix: correct the day that is wrong. If the partnership came back to the list, record that under
    `listed_again`. What happened from then on then counts.
    """
    if ended.on is None:
        return case.reported_elsewhere("Nothing is recorded for `on`.", "on")
    later_entries = (spell.since.earliest for spell in _spells(case) if spell.since.earliest > ended.on)
    back = min(later_entries, default=date.max)
    is_to_return = back < date.max or case.partnership.is_proposed_again
    left_out = _BEFORE_A_RETURN if is_to_return else _STILL_COMES
    found = (fact for fact in _later_than(ended.on, left_out, case) if fact[1] < back)
    later = sorted(found, key=lambda fact: fact[1])
    if not later:
        return case.met("on")
    trail, day = later[0]
    more = f", and {len(later) - 1} more after it" if len(later) > 1 else ""
    field = ".".join(str(step) for step in trail if isinstance(step, str))
    message = f"It ended on {in_words(ended.on)}, but `{field}` has {in_words(day)}{more}."
    return case.in_partnership().not_met(trail, message, "Correct the day that is wrong, there or under `ended`.")


def _later_than(ends: date, left_out: Collection[str], case: Case) -> Iterator[tuple[Trail, date]]:
    yield from ((trail, day) for trail, day, _ in happenings(case.partnership, left_out) if day > ends)
    for half in case.partnership.half_years or {}:
        if half.starts > ends:
            yield ("half_years", str(half)), half.starts


@rule(
    each=_returns,
    example="""
    listed_again:
      - from: 2026-10-01
        decided_by: Executive Cabinet
        decided: 2026-09-10
        minute: EC/26/70
        reason: The centres are key to the council again.
    """,
)
def listed_again_too_soon(returned: tuple[Ended | None, When], case: Case) -> Judgement:
    """A partnership comes back to the list only after it has left it.

    Why: members are told when a partnership leaves the list and when it comes back. Without the day on which it left,
    nobody can say when its duties stopped and when they started again.
    How to fix: record the end that came before: under `ended`, or under the entry of `listed_again` that it followed,
    write on, decided_by, decided and minute.
    """
    ended, since = returned
    if ended is None or ended.on is None:
        message = f"It is on the list again from {since}, but the file does not say when it left the list before that."
        return case.not_known("from", message, f"Record the end before that: ended: {_AN_END}")
    if since.latest <= ended.on:
        message = f"It is on the list again from {since}, before it left the list on {in_words(ended.on)}."
        return case.not_met("from", message, "Correct the day that is wrong.")
    return case.met("from")


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

    Why: another contract, even with the same partner, is a new arrangement, and members decide on it as on any other.
    The framework sets no time; kpf takes a contract that was signed long after the approval for another one.
    How to fix: under `proposal`, record the report and the decision on the contract that is now in force.
    """
    approval = case.partnership.proposal.approval()
    decided, signed = approval[1].on if approval else None, agreement.signed
    if not is_contract(case.partnership):
        return case.not_applicable("It is not a contract.")
    if decided is None or signed is None:
        return case.reported_elsewhere("There is nothing to compare.", "signed")
    most = case.shared.framework.within(case.rule)
    if most and signed > most.after(decided):
        message = (
            f"The contract was signed on {in_words(signed)}, and the approval on record is of {in_words(decided)}, "
            f"more than {length_in_words(most)} before. "
            "A contract that was let again needs an approval of its own."
        )
        fix = "Under `proposal`, record the report and the decision on the contract that is now in force."
        return case.not_recorded("signed", message, fix)
    return case.met("signed")
