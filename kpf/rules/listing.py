"""Rules on the list of key partnerships: which are on it, why, and whether it is kept under review."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from kpf.dates import Interval, in_words, last_day_of
from kpf.finding import FindingKind, Judgement, Severity, Trail
from kpf.model import Partnership
from kpf.model.agreement import Agreement
from kpf.model.list_entry import Ended, KeyFactors, OnTheList
from kpf.obligations.asking import next_due, whole_months
from kpf.obligations.listing import confirmation, framework_every, framework_review, list_every, list_review
from kpf.obligations.obligation import Obligation, ObligationState, Owed, never_recorded
from kpf.rules.case import Case
from kpf.rules.deciding import doubt_about
from kpf.rules.rule import rule
from kpf.rules.subjects import at, each_spell

_ROUGHLY: Final = 10
"""The percentage by which the whole-life value may differ from the yearly value times the years (indexation)."""


_ENTRY: Final = at("on_the_list")


def _while_it_lasts(case: Case) -> Iterator[tuple[OnTheList, Case]]:
    """Yield the entry in the list, unless the partnership has left it."""
    return iter(()) if case.partnership.ended else _ENTRY(case)


@rule(
    each=_while_it_lasts,
    example="""
    on_the_list: {confirmed: 2023-09-01}
    """,
)
def entry_unconfirmed(entry: OnTheList, case: Case) -> Judgement:
    """Somebody has checked, since the entry was made, that it is still right; a review of the whole list counts.

    Why: the list is kept under review, and an entry that nobody has looked at for years may be out of date.
    How to fix: check the entry with the lead service and write the day: confirmed: 2026-11-23
    """
    if entry.from_ is None:
        return case.reported_elsewhere("Nothing is recorded for `from`.", "from")
    every = list_every(case.council)
    the_list = case.council.list_of_key_partnerships
    of_the_list, confirmed = last_day_of(the_list.last_reviewed), last_day_of(entry.confirmed)
    fix = f"Check the entry, then write the day: confirmed: {case.day}"
    if confirmed and confirmed < entry.from_.earliest:
        message = f"The entry was confirmed on {in_words(confirmed)}, before it was on the list ({entry.from_})."
        return case.not_met("confirmed", message, fix, severity=Severity.WARNING)
    owed = next(confirmation(case.facts), None)
    if of_the_list:
        in_time = every.after(max(of_the_list, confirmed or of_the_list, entry.from_.latest)) >= case.day
    else:
        in_time = isinstance(owed, Obligation) and case.day <= owed.last_day
    if in_time:
        return case.met("confirmed" if confirmed else "from")
    if of_the_list:
        return case.reported_elsewhere("The review of the whole list is overdue; its own finding says so.")
    if confirmed:
        message = f"The entry was last confirmed on {in_words(confirmed)}, more than {every} ago."
        return case.not_met("confirmed", message, fix, severity=Severity.WARNING, kind=FindingKind.CLOCK)
    never = never_recorded(owed, case.day)
    since = f"; {never.due_since}" if never else ""
    message = f"No check of this entry is recorded since {entry.from_}{since}."
    return case.not_known("confirmed", message, fix, severity=Severity.WARNING)


@rule(
    each=each_spell("on_the_list"),
    example="""
    on_the_list: {minute: }
    """,
)
def list_change_not_traced(entry: OnTheList, case: Case) -> Judgement:
    """The entry in the list names the decision that made it, or at least the document that shows it.

    Why: the regular report tells members what changed among the key partnerships. kpf compares the files of two
    days for that; from one file alone it can see only whether the change is traced to its decision.
    How to fix: write who decided and the minute: decided_by: the body, minute: EC/23/114. Where no minute can
    be found, name the document that shows the entry: source: ...
    """
    doubt = doubt_about(entry.decided_by, "change the list", case) if entry.decided_by else None
    if doubt:
        return doubt.judged(case, "decided_by", Severity.WARNING)
    if entry.decided_by and entry.minute:
        return case.met("decided_by", "minute", attested=True)
    if entry.source:
        return case.met("source", attested=True)
    missing = "decided_by" if entry.minute else "minute"
    return case.not_recorded(
        missing,
        f"Nothing is recorded for `{missing}` in its entry in the list, nor is there a `source`.",
        "Write who decided and the minute, or the document that shows the entry: source: …",
        severity=Severity.WARNING,
    )


@rule(
    each=each_spell("ended"),
    example="""
    ended:
      on: 2026-11-20
      decided_by: Leisure Contracts Manager
      minute: EC/26/79
      exit_carried_out: 2026-11-20
    """,
)
def ended_by_somebody_else(ended: Ended, case: Case) -> Judgement:
    """A partnership leaves the list by a decision of somebody who may change the list.

    Why: members are told of each change to the key partnerships, and by whose decision it came.
    How to fix: write the decision to end it: decided_by: the body, with its minute.
    """
    if ended.decided_by is None:
        return case.reported_elsewhere("Nothing is recorded for who decided.", "decided_by")
    doubt = doubt_about(ended.decided_by, "change the list", case)
    if doubt:
        return doubt.judged(case, "decided_by")
    return case.met("decided_by", "minute", attested=True)


@rule(
    example_file="second.yaml",
    example="""
    name: Aldermere Leisure Centres
    """,
)
def name_used_twice(partnership: Partnership, case: Case) -> Judgement:
    """No two partnerships have the same name.

    Why: the list names each key partnership once; two of one name cannot be told apart in a paper.
    How to fix: delete the file that is not needed, or give one of them its full name.
    """
    if partnership.name is None:
        return case.reported_elsewhere("Nothing is recorded for `name`.", "name")
    first = case.shared.first_of_name.get(partnership.name.casefold(), case.id)
    if first != case.id:
        return case.not_met(
            "name",
            f"“{partnership.name}” is also the name in {first}.yaml.",
            "Give one of them its full name, or delete the file that is not needed.",
        )
    return case.met("name")


@rule(
    each=at("agreement"),
    example="""
    agreement: {value: {yearly: 480000, whole_life: 9900000}}
    """,
)
def value_contradicts_the_term(agreement: Agreement, case: Case) -> Judgement:
    """The whole-life value is about the yearly value times the years of the agreement.

    Why: the value decides how much attention a partnership gets, and two figures that do not fit leave it unclear.
    How to fix: correct the figure or the date that is wrong, or leave `whole_life` out and let kpf work it out.
    """
    value, starts, ends = agreement.value, agreement.starts, agreement.ends
    if value.yearly is None:
        return case.reported_elsewhere("Nothing is recorded for the yearly value.", "value")
    if starts is None or ends is None or ends < starts:
        why = "The end comes before the start." if starts and ends else "Nothing is recorded for the start or the end."
        return case.reported_elsewhere(why, "starts" if starts is None else "ends")
    shows = (("value", "yearly"), "starts", "ends")
    if ends == ends.max:
        return case.met(*shows, says=f"£{value.yearly:,} a year, from {in_words(starts)} with no end date.")
    worked_out = value.yearly * whole_months(starts, ends) / 12
    term = f"from {in_words(starts)} to {in_words(ends)}"
    if value.whole_life is None:
        return case.met(*shows, says=f"£{value.yearly:,} a year {term}: £{worked_out:,.0f} in all.")
    if abs(value.whole_life - worked_out) * 100 > _ROUGHLY * max(worked_out, value.whole_life):
        message = (
            f"The whole-life value is given as £{value.whole_life:,}, "
            f"but £{value.yearly:,} a year {term} comes to £{worked_out:,.0f}."
        )
        return case.not_met(
            ("value", "whole_life"), message, "Correct the figure or the date that is wrong, or leave `whole_life` out."
        )
    says = f"£{value.yearly:,} a year {term}: £{value.whole_life:,} in all."
    return case.met(*shows, ("value", "whole_life"), says=says)


@rule(
    each=at("key_factors"),
    example="""
    key_factors:
      strategic_objectives: {score: 0}
      reliance_on_partner: {score: 0}
      resources: {score: 0}
      innovation_or_risk: {score: 0}
    """,
)
def score_speaks_against_the_list(factors: KeyFactors, case: Case) -> Judgement:
    """Where the council has set a score for key partnerships, those on the list reach it. A hint: people decide.

    Why: the score never changes a person's decision; but where they differ, somebody should look.
    How to fix: look at the scores again, or explain under `reason` why it is on the list anyway.
    """
    threshold = case.council.local_choices.key_above_score
    weighed = (
        factors.strategic_objectives,
        factors.reliance_on_partner,
        factors.resources,
        factors.innovation_or_risk,
    )
    scores = [factor.score for factor in weighed if factor.score is not None]
    if threshold is None or len(scores) < len(weighed) or not case.partnership.on_the_list:
        return case.not_applicable("There is no score of the council's own to look at; a person decides.")
    says = f"The scores add up to {sum(scores)}. The council's threshold is {threshold}."
    if sum(scores) < threshold:
        fix = "Look at the scores again, or explain under `reason` why it is on the list anyway."
        return case.hint((), says, fix)
    return case.met((), says=says)


@rule(
    councils_own=True,
    example_file="_council.yaml",
    example="""
    list_of_key_partnerships: {last_reviewed: 2024-03-12}
    """,
)
def list_not_reviewed(_: Partnership, case: Case) -> Judgement:
    """The list of key partnerships has been reviewed within the time the council has set (a year, if it set none).

    Why: partnerships change; Policy and Communications keeps the list under review.
    How to fix: review the list and write the day under list_of_key_partnerships: last_reviewed
    """
    of_the_list = case.council.list_of_key_partnerships
    last, owed = last_day_of(of_the_list.last_reviewed), next(list_review(case.facts))
    return _reviewed(
        case, "The list", ("list_of_key_partnerships", "last_reviewed"), last, owed, list_every(case.council)
    )


@rule(
    councils_own=True,
    example_file="_council.yaml",
    example="""
    framework: {last_reviewed: 2019-03-12}
    """,
)
def framework_not_reviewed(_: Partnership, case: Case) -> Judgement:
    """The framework itself has been reviewed within the time the council has set (a year, if it set none).

    Why: Policy and Communications answers for monitoring and reviewing the framework.
    How to fix: review the framework and write the day under framework: last_reviewed
    """
    adopted = case.council.framework
    last, owed = last_day_of(adopted.last_reviewed), next(framework_review(case.facts))
    return _reviewed(case, "The framework", ("framework", "last_reviewed"), last, owed, framework_every(case.council))


def _reviewed(  # noqa: PLR0913, PLR0917 - what the two reviews differ in
    case: Case, what: str, trail: Trail, last: date | None, owed: Owed, every: Interval
) -> Judgement:
    if last is None or not isinstance(owed, Obligation):
        return case.reported_elsewhere("No review is recorded.", trail)
    if owed.state(case.day) is ObligationState.OVERDUE:
        message = f"{what} was last reviewed on {in_words(last)}, more than {every} ago."
        return case.not_met(trail, message, "Review it, then write the day here.", kind=FindingKind.CLOCK)
    return case.met(trail, says=next_due(case.council, "review", owed.due))
