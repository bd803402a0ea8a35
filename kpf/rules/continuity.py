"""Rules on continuity: recurring tests and reviews, and agreements that end before the partnership does."""

from kpf.dates import in_words, last_day_of
from kpf.finding import FindingKind, Judgement, Severity
from kpf.model.agreement import Agreement, Extension
from kpf.model.topics import Board, BusinessContinuity
from kpf.obligations.ends import extension
from kpf.obligations.meetings import continuity_test, membership
from kpf.obligations.obligation import Obligation, ObligationState, never_recorded
from kpf.rules.case import Case
from kpf.rules.rule import rule
from kpf.rules.subjects import at


@rule(
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
    owed = next(continuity_test(case.facts), None)
    tested = last_day_of(topic.tested)
    if tested is None:
        never = never_recorded(owed, case.day)
        if isinstance(owed, Obligation) and not never:
            return case.not_applicable(f"The first test is due by {in_words(owed.due)}.", "tested")
        since = f"; {never.due_since}" if never else ""
        message = f"No test of the continuity plan is recorded{since}."
        return case.not_recorded("tested", message, "Have it tested, then write the day: tested: …")
    if isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
        return case.not_met(
            "tested",
            f"The continuity plan was last tested on {in_words(tested)}; the next test was due by "
            f"{in_words(owed.due)}.",
            "Have it tested, then write the day.",
            kind=FindingKind.CLOCK,
        )
    return case.met("tested", attested=True)


@rule(
    each=at("agreement", "roles", "board"),
    example="""
    agreement: {roles: {board: {membership_reviewed: [2023-05-13]}}}
    """,
)
def membership_not_reviewed(board: Board, case: Case) -> Judgement:
    """The board's membership has been reviewed within the interval that its own agreement sets.

    Why: the framework asks partners to consider how often membership is reviewed. An interval means nothing if nobody
    keeps to it.
    How to fix: review it and add the day to membership_reviewed.
    """
    every = board.membership_reviewed_every
    days = [day for day in board.membership_reviewed or () if day]
    if every is None:
        return case.reported_elsewhere("Nothing is recorded for the interval.", "membership_reviewed_every")
    owed = next(membership(case.facts), None)
    if not days:
        never = never_recorded(owed, case.day)
        if isinstance(owed, Obligation) and not never:
            first = f"The first review is due by {in_words(owed.due)}."
            return case.not_applicable(first, "membership_reviewed_every")
        since = f"; {never.due_since}" if never else ""
        message = f"No review of the board's membership is recorded{since}."
        fix = "Review the membership, then write the day: membership_reviewed: [2026-06-10]"
        return case.not_recorded("membership_reviewed", message, fix)
    if isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
        return case.not_met(
            "membership_reviewed",
            f"The board's membership was last reviewed on {in_words(max(days))}, more than {every} ago.",
            "Record when the membership was last reviewed: membership_reviewed: [2026-06-10]",
            kind=FindingKind.CLOCK,
        )
    return case.met("membership_reviewed_every", "membership_reviewed")


@rule(
    each=at("agreement"),
    example="""
    agreement: {ends: 2026-09-30, extension: , value: {whole_life: 1200000}}
    """,
)
def agreement_has_run_out(agreement: Agreement, case: Case) -> Judgement:
    """As long as a partnership runs, its agreement does too.

    Why: after its last day nothing says who does what, who pays, or how the partnership can be left.
    How to fix: if it was extended or renewed, write the new day: ends: ... If the partnership is over, write `ended`.
    """
    if agreement.ends is None:
        return case.reported_elsewhere("Nothing is recorded for `ends`.", "ends")
    if agreement.ends < case.day:
        return case.not_met(
            "ends",
            f"The agreement ended on {in_words(agreement.ends)}. The file does not say if the partnership has too.",
            "If it was extended or renewed, write the new day. If the partnership is over, write `ended`.",
            kind=FindingKind.CLOCK,
        )
    return case.met("ends")


@rule(
    each=at("agreement", "extension"),
    example="""
    agreement: {extension: {decide_by: 2026-09-30}}
    """,
)
def extension_not_decided(right: Extension, case: Case) -> Judgement:
    """The right to extend the agreement is used, or let go, by the day that the agreement sets.

    Why: if nobody decides in time, the right is lost, or it is used without anybody asking whether it should be.
    How to fix: once it is decided, either way, write the day under `extension`: decided: ... If the agreement was
    extended, write its new end too.
    """
    owed = next(extension(case.facts), None)
    if isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
        message = (
            f"Whether to extend the agreement was to be decided by {in_words(owed.due)}, and no decision is recorded."
        )
        fix = "Once it is decided, either way, write the day: decided: … If it was extended, write the new end too."
        return case.not_known("decide_by", message, fix, severity=Severity.WARNING, kind=FindingKind.CLOCK)
    return case.met("decided" if right.decided else "decide_by")


@rule(
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
        return case.reported_elsewhere("Nothing is recorded for `ends`.", "ends")
    if agreement.after_the_council_ends:
        return case.met("after_the_council_ends", attested=True)
    return case.not_known(
        "after_the_council_ends",
        f"The council ends on {in_words(last)}, before the agreement, and the file does not say who takes it over.",
        "Ask Legal Services, then write: after_the_council_ends: …",
        severity=Severity.WARNING,
    )
