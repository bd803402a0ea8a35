"""Rules on the regular reviews: in time, led by the service, and decided by the council."""

from collections.abc import Iterator

from kpf.dates import in_words
from kpf.finding import FindingKind, Judgement, Severity
from kpf.model import Partnership
from kpf.model.review import Review, ReviewDecision
from kpf.obligations.asking import next_due
from kpf.obligations.obligation import Anchor, Obligation, ObligationState, What, never_recorded
from kpf.obligations.reviews import carried_out, last_completed, review, review_anchor, review_due
from kpf.rules.case import Case
from kpf.rules.deciding import doubt_about, who_may
from kpf.rules.rule import rule
from kpf.rules.subjects import entries


@rule(
    example="""
    reviews:
      - led_by: Leisure and Open Spaces
        completed: 2023-11-20
        assurance: {governance_effective: yes, outcomes_monitored: yes, outcomes_evaluated: yes, seen: Minutes}
        requirements_met: yes
        partnership_effective: yes
        still_relevant: yes
        decision: {outcome: continue, by: Executive Cabinet, on: 2023-11-20, minute: EC/23/79}
    """,
)
def review_overdue(partnership: Partnership, case: Case) -> Judgement:
    """The partnership is reviewed in time: assurance about it, and the council's decision.

    Why: what was worth doing at the last review may no longer serve the council's priorities.
    How to fix: review it, and record the review with both its parts under `reviews`.
    """
    due, anchor = review_due(case.facts), review_anchor(partnership)
    fix = "Under `reviews`, record the last review with both its parts: the assurance and the decision."
    if due is None or anchor is None:
        return case.not_known(
            "reviews",
            "No review is recorded. Its due date is not known, because no approval or agreement date is recorded.",
            fix,
        )
    (owed,) = review(case.facts)
    never = never_recorded(owed, case.day)
    if isinstance(owed, Obligation) and case.day <= owed.last_day:
        return case.on("its day").met(anchor.trail, says=next_due(case.council, "review", due))
    if never:
        message = f"No review is recorded; {never.due_since}. {_since(anchor)}."
        kind = FindingKind.CONTENT if anchor.trail[0] == "on_the_list" else FindingKind.CLOCK
        return case.not_known("reviews", message, fix, kind=kind)
    case = case.on("its day")
    last = last_completed(partnership)
    what = (
        f"The last complete review was decided on {anchor.day}"
        if last
        else f"No review is complete; counted from {anchor.day}"
    )
    message = f"{what}, so the next was due by {in_words(due)}."
    # A review made in time but recorded in part is reported by its blanks.
    return case.not_met("reviews", message, fix, kind=FindingKind.CLOCK, reported=isinstance(owed, Obligation))


def _since(anchor: Anchor) -> str:
    """Return what the first review is counted from, for a message."""
    words = {
        "on_the_list": "It has been on the list since",
        "proposal": "It was approved on",
        "agreement": "Its agreement was made on",
    }
    return f"{words[str(anchor.trail[0])]} {anchor.day}"


def _the_last(case: Case) -> Iterator[tuple[Review, Case]]:
    """Yield the last complete review. What an earlier one found may have been put right since."""
    last = last_completed(case.partnership)
    if last:
        position, review = last
        yield review, case.about(str(review.completed), "reviews", position)


@rule(
    each=_the_last,
    example="""
    reviews:
      - led_by: Leisure and Open Spaces
        completed: 2026-10-15
        assurance: {governance_effective: no, outcomes_monitored: yes, outcomes_evaluated: yes, seen: Minutes}
        requirements_met: yes
        partnership_effective: yes
        still_relevant: yes
        decision: {outcome: change, by: Executive Cabinet, on: 2026-10-15, minute: EC/26/79, until: 2027-03-31}
    """,
)
def review_gives_no_assurance(review: Review, case: Case) -> Judgement:
    """The last review found that the partnership is well governed, and that its outcomes are monitored and evaluated.

    Why: the first aspect of a review is to give assurance; a review that could not give it calls for work.
    How to fix: put right what the review found. When it has been reviewed again, record that as a new review.
    """
    words = {
        "governance_effective": "effective governance arrangements are in place",
        "outcomes_monitored": "its outcomes are monitored",
        "outcomes_evaluated": "its outcomes are evaluated",
    }
    if review.assurance.is_blank:
        return case.reported_elsewhere("Nothing is recorded for `assurance`.", "assurance")
    for name, what in words.items():
        if getattr(review.assurance, name) is False:
            return case.not_met(
                ("assurance", name),
                f"The review could not say that {what}.",
                "Put right what the review found. When it has been reviewed again, record that as a new review.",
            )
    return case.met(*(("assurance", name) for name in words), attested=True)


@rule(
    each=_the_last,
    example="""
    reviews:
      - led_by: Leisure and Open Spaces
        completed: 2026-10-15
        assurance: {governance_effective: yes, outcomes_monitored: yes, outcomes_evaluated: yes, seen: Minutes}
        requirements_met: yes
        partnership_effective: no
        still_relevant: yes
        decision: {outcome: continue, by: Executive Cabinet, on: 2026-10-15, minute: EC/26/79}
    """,
)
def continued_against_the_review(review: Review, case: Case) -> Judgement:
    """A partnership that its last review found wanting does not simply continue.

    Why: the review has to assure the council that the partnership is effective, meets its requirements and is relevant.
    How to fix: if an answer or the outcome was written wrongly, correct it. If not, take it back to those who decided.
    """
    if review.decision is None or review.decision.outcome == "end":
        return case.met(("decision", "outcome"))
    found = (review.requirements_met == "no", review.partnership_effective is False, review.still_relevant is False)
    if review.decision.outcome == "change":
        if not all(found):
            return case.met(("decision", "outcome"))
        return case.not_met(
            ("decision", "outcome"),
            "The review found that the partnership meets no requirements, is not effective and serves no priority. "
            "A change does not put that right.",
            "Decide to end it. Or make the change, review it again, and record that review.",
        )
    for name, what in (
        ("requirements_met", "does not meet the council's requirements"),
        ("partnership_effective", "is not effective"),
        ("still_relevant", "no longer serves the council's priorities"),
    ):
        if getattr(review, name) in {False, "no"}:
            return case.not_met(
                ("decision", "outcome"),
                f"The review found that the partnership {what}, and the decision was to continue as it is.",
                "Correct any mistake in the record. If there is none, take it back to those who decided.",
            )
    return case.met(("decision", "outcome"))


@rule(
    each=_the_last,
    example="""
    reviews:
      - led_by: Leisure and Open Spaces
        completed: 2026-04-16
        assurance: {governance_effective: yes, outcomes_monitored: yes, outcomes_evaluated: yes, seen: Minutes}
        requirements_met: yes
        partnership_effective: yes
        still_relevant: yes
        decision: {outcome: change, by: Executive Cabinet, on: 2026-04-16, minute: EC/26/30, until: 2026-09-30}
    """,
)
def review_not_carried_out(review: Review, case: Case) -> Judgement:
    """If the last review decided on a change or the end, that has a day by which it is done, and is done by then.

    Why: a decision to change or end a partnership is worth nothing until it is carried out.
    How to fix: write by when: until: ... Once the change is made, write the day: carried_out: ... Once the partnership
    has ended, write `ended`.
    """
    decision = review.decision
    if decision is None or decision.outcome not in {"change", "end"}:
        return _continued_until(decision, case)
    if decision.outcome == "change" and decision.carried_out:
        return case.met(("decision", "carried_out"), attested=True)
    if decision.until is None:
        return case.not_recorded(
            ("decision", "outcome"),
            f"The review decided on {_what_was_decided(decision)}, and no date is recorded for it.",
            "Write the day by which it is done: until: … Once a change is made, write also: carried_out: …",
        )
    latest = case.facts.every(What.REVIEW).after(decision.on) if decision.on else None
    if latest and decision.until > latest:
        message = (
            f"The review decided on {_what_was_decided(decision)}, to be carried out only by "
            f"{in_words(decision.until)}, after the next review is due."
        )
        fix = f"Agree a day no later than {in_words(latest)}, and write it: until: …"
        return case.not_met(("decision", "until"), message, fix)
    (owed,) = carried_out(case.facts)
    if isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
        return case.not_met(
            ("decision", "until"),
            f"{_what_was_decided(decision).capitalize()} was to be carried out by {in_words(decision.until)}. "
            "The file does not say that it was.",
            "If it was, write the day: carried_out: … or, for the end, `ended`. If not, have a new day decided.",
            kind=FindingKind.CLOCK,
        )
    return case.met(("decision", "until"), says=f"It is to be carried out by {in_words(decision.until)}.")


def _continued_until(decision: ReviewDecision | None, case: Case) -> Judgement:
    """Judge whether a partnership that was to continue until a day has continued after it."""
    until = decision.until if decision and decision.outcome == "continue" else None
    if until is None or until >= case.day:
        return case.not_applicable("The last review decided neither a change nor the end.")
    message = f"The review let the partnership go on until {in_words(until)}, and no later review is recorded."
    return case.not_met(("decision", "until"), message, "Review it again, then record that review.")


def _what_was_decided(decision: ReviewDecision) -> str:
    return "the end" if decision.outcome == "end" else "a change"


@rule(
    each=entries("reviews"),
    example="""
    reviews:
      - led_by: Finance
        completed: 2026-10-15
        assurance: {governance_effective: yes, outcomes_monitored: yes, outcomes_evaluated: yes, seen: Minutes}
        requirements_met: yes
        partnership_effective: yes
        still_relevant: yes
        decision: {outcome: continue, by: Executive Cabinet, on: 2026-10-15, minute: EC/26/79}
    """,
)
def review_led_by_another_service(review: Review, case: Case) -> Judgement:
    """Each review is led by the service that leads the partnership.

    Why: Policy and Communications coordinates the timetable; the service itself knows the partnership.
    How to fix: write the service that led it. If it was another one, tell Policy and Communications.
    """
    lead = case.partnership.lead_service
    if review.led_by is None or lead is None:
        return case.reported_elsewhere("Nothing is recorded for the service.", "led_by")
    if review.led_by != lead:
        return case.not_met(
            "led_by",
            f"The review was led by {review.led_by}; the lead service is {lead}.",
            "Write the service that led it; if that is right, tell Policy and Communications.",
        )
    return case.met("led_by")


@rule(
    each=entries("reviews"),
    example="""
    reviews:
      - led_by: Leisure and Open Spaces
        completed: 2026-10-15
        assurance: {governance_effective: yes, outcomes_monitored: yes, outcomes_evaluated: yes, seen: Minutes}
        requirements_met: yes
        partnership_effective: yes
        still_relevant: yes
        decision: {outcome: continue, by: Leisure Contracts Manager, on: 2026-10-15, minute: EC/26/79}
    """,
)
def officer_decides_alone(review: Review, case: Case) -> Judgement:
    """The decision after a review is the council's: a body's or a member's, not one officer's alone.

    Why: "the council must decide"; that an officer is content does not say that members are.
    How to fix: take the review to a body or a member that may decide, and write who decided.
    """
    by = review.decision.by if review.decision else None
    if by is None:
        return case.reported_elsewhere("Nothing is recorded for who decided.", "decision")
    doubt = doubt_about(by, "decide reviews", case)
    if doubt is None:
        return case.met(("decision", "by"), ("decision", "outcome"))
    decider = case.shared.deciders.named(by)
    if decider is None or decider.kind != "post":
        return doubt.judged(case, ("decision", "by"))
    return case.not_known(
        ("decision", "by"),
        f"The review was decided by the {by} alone.",
        f"Take it to one that may decide, then write who decided: {who_may('decide reviews', case)}.",
        severity=Severity.WARNING,
    )
