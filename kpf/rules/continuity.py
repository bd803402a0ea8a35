"""Continuity: what is kept up by being looked at again, and what comes to an end before the partnership does."""

from kpf.dates import Interval, in_words
from kpf.finding import Judgement, Kind, Severity
from kpf.model.agreement import Agreement
from kpf.model.topics import Board, BusinessContinuity
from kpf.obligations import YEARLY
from kpf.rules.case import Case
from kpf.rules.rule import rule
from kpf.rules.subjects import at


@rule(
    "BCP-1",
    each=at("agreement", "business_continuity"),
    example="""
    agreement: {business_continuity: {tested: 2024-05-24}}
    """,
)
def continuity_plan_not_tested(topic: BusinessContinuity, case: Case) -> Judgement:
    """The continuity plan has been tested within the time that the council has set, if it has set one.

    Why: the arrangements are to be kept effective throughout the life of the partnership.
    How to fix: have the plan tested and write the day: tested: 2026-11-23
    """
    every = case.council.local_choices.business_continuity_tested_within if case.council.local_choices else None
    if topic.tested is None:
        return _not_yet(case, every, "tested") or case.not_known(
            "tested", "No test of the continuity plan is recorded.", "Have it tested, then write the day: tested: …"
        )
    if every and every.after(topic.tested) < case.day:
        return case.not_met(
            "tested",
            f"The continuity plan was last tested on {in_words(topic.tested)}, more than {every} ago.",
            "Have it tested, then write the day.",
            kind=Kind.CLOCK,
        )
    return case.met("tested", attested=True)


@rule(
    "ROL-4c",
    each=at("agreement", "roles", "board"),
    example="""
    agreement: {roles: {board: {membership_reviewed: [2023-05-13]}}}
    """,
)
def membership_not_reviewed(board: Board, case: Case) -> Judgement:
    """The board's membership has been reviewed within the interval that its own agreement sets.

    Why: how often membership is reviewed is to be considered, and an interval that nobody keeps is none.
    How to fix: review it and add the day to membership_reviewed.
    """
    every = board.membership_reviewed_every
    days = [day for day in board.membership_reviewed or () if day]
    if every is None:
        return case.told_elsewhere("Nothing is recorded for the interval.", "membership_reviewed_every")
    if not days:
        return _not_yet(case, every, "membership_reviewed_every") or case.not_known(
            "membership_reviewed", "No review of the membership is recorded.", "Review it, then add the day."
        )
    if every.after(max(days)) < case.day:
        return case.not_met(
            "membership_reviewed",
            f"Membership was last reviewed on {in_words(max(days))}, more than {every} ago.",
            "Review it, then add the day.",
            kind=Kind.CLOCK,
        )
    return case.met("membership_reviewed_every", "membership_reviewed")


def _not_yet(case: Case, every: Interval | None, at: str) -> Judgement | None:
    """Not applicable until the interval (a year, if none was set) has passed since the agreement started."""
    starts = case.partnership.agreement.starts if case.partnership.agreement else None
    if starts and (every or YEARLY).after(starts) >= case.day:
        return case.not_applicable(f"The agreement started on {in_words(starts)}; the first time is still ahead.", at)
    return None


@rule(
    "AGR-1",
    "AGR-2",
    "MGR-2",
    each=at("agreement"),
    example="""
    agreement: {ends: 2026-09-30, extension: , value: {whole_life: 1200000}}
    """,
)
def agreement_has_run_out(agreement: Agreement, case: Case) -> Judgement:
    """While a partnership goes on, its agreement does.

    Why: after its last day nothing says who does what, who pays, or how the partnership can be left.
    How to fix: if it was extended or renewed, write the new day: ends: ... If the partnership is over, write `ended`.
    """
    if agreement.ends is None:
        return case.told_elsewhere("Nothing is recorded for `ends`.", "ends")
    if agreement.ends < case.day:
        return case.not_met(
            "ends",
            f"The agreement ended on {in_words(agreement.ends)}, and nothing says that the partnership did.",
            "If it was extended or renewed, write the new day. If the partnership is over, write `ended`.",
            kind=Kind.CLOCK,
        )
    return case.met("ends")


@rule(
    "BCP-1",
    each=at("agreement"),
    example="""
    agreement: {after_the_council_ends: }
    """,
)
def nobody_takes_over(agreement: Agreement, case: Case) -> Judgement:
    """Where the council itself comes to an end, each agreement that runs longer says who takes it over.

    Why: business continuity is asked for throughout the life of the partnership, and the council is part of it.
    How to fix: ask Legal Services, and write what happens: after_the_council_ends: ...
    """
    last = case.council.council_ends
    if last is None or (agreement.ends and agreement.ends <= last):
        return case.not_applicable("The council does not end before the agreement.")
    if agreement.ends is None:
        return case.told_elsewhere("Nothing is recorded for `ends`.", "ends")
    if agreement.after_the_council_ends:
        return case.met("after_the_council_ends", attested=True)
    return case.not_known(
        "after_the_council_ends",
        f"The council ends on {in_words(last)}, before the agreement, and nothing says who takes it over.",
        "Ask Legal Services, then write: after_the_council_ends: …",
        severity=Severity.WARNING,
    )
