"""Rules on partners between reports: their governance, and their strength and stability."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from kpf.dates import HalfYear, in_words
from kpf.finding import FindingKind, Judgement
from kpf.model import Organisation
from kpf.model.monitoring import Monitoring
from kpf.model.organisations import Stability
from kpf.model.periods import as_written
from kpf.obligations.asking import halves_to_report
from kpf.obligations.meetings import governance_on_agenda, with_governance_on_agenda
from kpf.obligations.obligation import Obligation, ObligationState, never_recorded
from kpf.obligations.partners import assessments, check_every, governance_check, information, information_lasts
from kpf.rules.case import Case
from kpf.rules.rule import rule
from kpf.rules.subjects import at, organisations, partners


@rule(
    each=partners,
    example="""
    monitoring:
      governance_of_partners_checked:
        - partner: Fellbrook Leisure Trust
          on: 2024-04-28
          by: Leisure Contracts Manager
          seen: Accounts
          result: effective
    """,
)
def governance_of_partner_not_checked(partner: str, case: Case) -> Judgement:
    """The manager has checked within the time set that each partner's governance still works.

    Why: an organisation that was well run when the agreement was signed may not be so today. The framework gives no
    interval; kpf takes a year where the council has set none.
    How to fix: check it, and add the partner, the day, the post and what was seen.
    """
    monitoring = case.partnership.monitoring
    trail = ("monitoring", "governance_of_partners_checked")
    if monitoring.governance_of_partners_checked is None:
        return case.reported_elsewhere("Nothing is recorded for `governance_of_partners_checked`.")
    days = [
        (check.on, position)
        for position, check in enumerate(monitoring.governance_of_partners_checked)
        if check and check.partner == partner and check.on
    ]
    fix = f"Check it, then add: - {{partner: {partner}, on: {case.day}, by: the post, seen: what you looked at}}"
    owed = governance_check(case.facts, partner)
    if not days:
        never = never_recorded(owed, case.day)
        if isinstance(owed, Obligation) and not never:
            return case.not_applicable(f"The first check is due by {in_words(owed.due)}.", trail)
        since = f"; {never.due_since}" if never else ""
        return case.not_recorded(trail, f"No check of the governance of {partner} is recorded{since}.", fix)
    last, position = max(days)
    if isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
        every = check_every(case.council)
        return case.not_met(
            (*trail, position, "on"),
            f"The governance of {partner} was last checked on {in_words(last)}, more than {every} ago.",
            fix,
            kind=FindingKind.CLOCK,
        )
    return case.met((*trail, position, "on"), (*trail, position, "seen"), attested=True)


@rule(
    each=at("monitoring"),
    example="""
    monitoring: {arrangements: {partnership-board: {held: [2025-11-11, 2026-05-12, 2026-11-10]}}}
    """,
)
def governance_not_on_the_agenda(monitoring: Monitoring, case: Case) -> Judgement:
    """Governance was on the agenda of a meeting of the partnership within the last year.

    Why: the framework recommends it at least yearly.
    How to fix: put it on the agenda, and write under the meeting: agenda: [governance]
    """
    fix = "Put it on the agenda, then write under the meeting's day: agenda: [governance]"
    days = [(day, trail) for trail, day in with_governance_on_agenda(monitoring)]
    owed = next(governance_on_agenda(case.facts), None)
    if not days:
        never = never_recorded(owed, case.day)
        since = f"; {never.due_since}" if never else ""
        message = f"No meeting with governance on its agenda is recorded{since}."
        return case.not_known("arrangements", message, fix)
    last, trail = max(days)
    if isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
        message = f"Governance was last on the agenda on {in_words(last)}, more than {owed.every} ago."
        return case.not_met(trail, message, fix, kind=FindingKind.CLOCK)
    return case.met(trail, attested=True)


@rule(
    each=organisations,
    example_file="_organisations.yaml",
    example="""
    Fellbrook Leisure Trust: {strength_and_stability: }
    """,
)
def stability_not_assessed(organisation: Organisation, case: Case) -> Judgement:
    """Each partner that is not a public body has been assessed for strength and stability in each reporting period.

    Why: the regular report has to tell members how strong and stable key partners are.
    How to fix: in _organisations.yaml, under the partner's strength_and_stability, add the assessment.
    """
    if organisation.is_public:
        return case.not_applicable("It is a public body.", "sector")
    halves, periods = halves_to_report(case.facts), case.shared.framework.periods
    if not halves:
        return case.not_applicable("Nothing has to be reported yet.")
    assessed = [(position, entry) for position, entry in enumerate(organisation.strength_and_stability or ()) if entry]
    what = f"the {periods.noun}, who assessed it and when, the source, rating and direction"
    fix = f"Add under strength_and_stability: {what}."
    owed = assessments(case.facts, case.subject)
    if not assessed:
        if organisation.sector is None:
            return case.reported_elsewhere("kpf cannot tell until the sector is written.", "sector")
        never = next((entry for entry in owed if never_recorded(entry, case.day)), None)
        since = f"; {never.due_since}" if isinstance(never, Obligation) else ""
        message = f"No assessment of the strength and stability of {case.subject} is recorded{since}."
        return case.not_recorded("strength_and_stability", message, fix)
    if any(isinstance(entry, Obligation) and entry.state(case.day) is ObligationState.OVERDUE for entry in owed):
        message = f"No assessment of {case.subject} is recorded for {periods.name(halves[-1])} or later."
        not_known = case.not_known("strength_and_stability", message, fix, kind=FindingKind.CLOCK)
        half_missing = any(entry.half_year is None for _, entry in assessed)  # which another finding reports
        return not_known._replace(reported=not half_missing)
    position = max(assessed, key=lambda pair: pair[1].half_year or halves[0])[0]
    return case.met(
        ("strength_and_stability", position, "rating"),
        ("strength_and_stability", position, "half_year"),
        attested=True,
    )


def _assessments(case: Case) -> Iterator[tuple[Any, Case]]:
    for organisation, there in organisations(case):
        for position, entry in enumerate(organisation.strength_and_stability or ()):
            if entry:
                yield (
                    entry,
                    there.about(
                        f"{there.subject}, {entry.half_year or position + 1}", "strength_and_stability", position
                    ),
                )


@rule(
    each=_assessments,
    example_file="_organisations.yaml",
    example="""
    Fellbrook Leisure Trust:
      strength_and_stability:
        - half_year: 2028/29 H1
          assessed: {on: 2026-03-24, by: Head of Finance}
          source: accounts
          information_of: 2025-12-31
          rating: green
          direction: steady
          issues: none
    """,
)
def assessed_before_the_period(entry: Stability, case: Case) -> Judgement:
    """An assessment is not older than the reporting period that it is for.

    Why: an assessment made before the period began says nothing about it, and would delay the next one.
    How to fix: correct the period or the day.
    """
    half, assessed = entry.half_year, entry.assessed.on if entry.assessed else None
    if half is None or assessed is None:
        return case.reported_elsewhere("The period or the day of the assessment is not recorded.")
    periods = case.shared.framework.periods
    if assessed < periods.starts(half):
        message = (
            f"The assessment for {periods.name(half)} is dated {in_words(assessed)}, before that {periods.noun} began."
        )
        return case.not_met("half_year", message, f"Correct the {periods.noun} or the day.")
    return case.citing().met("half_year")


def _dated_halves(case: Case) -> Iterator[tuple[tuple[HalfYear, date], Case]]:
    """Each period with the day on which it was recorded, where the file says that."""
    for half, record in (case.partnership.half_years or {}).items():
        recorded = vars(record).get("recorded") if record else None
        if recorded:
            yield (half, recorded), case.about(str(half), "half_years", as_written(half, case.document))


@rule(
    each=_dated_halves,
    example="""
    half_years: {2026/27 H1: {recorded: 2026-03-20}}
    """,
)
def recorded_before_the_period(subject: tuple[HalfYear, date], case: Case) -> Judgement:
    """What a reporting period brought is not written down before the period has begun.

    Why: nobody can know the figures of a time that is still to come.
    How to fix: correct the day under `recorded`, or the period.
    """
    (half, recorded), periods = subject, case.shared.framework.periods
    if recorded >= periods.starts(half):
        return case.citing().met("recorded")
    message = f"{periods.name(half)} is recorded on {in_words(recorded)}, before that {periods.noun} began."
    return case.not_met("recorded", message, f"Correct the day, or the {periods.noun}.")


@rule(
    each=_assessments,
    example_file="_organisations.yaml",
    example="""
    Fellbrook Leisure Trust:
      strength_and_stability:
        - half_year: 2025/26 H2
          assessed: {on: 2026-03-24, by: Head of Finance}
          source: accounts
          information_of: 2025-12-31
          rating: red
          direction: worse
          issues: Reserves gone
    """,
)
def weak_partner_without_action(entry: Stability, case: Case) -> Judgement:
    """Where a partner is rated amber or red, something is done about it.

    Why: a rating that leads to nothing protects nobody.
    How to fix: write what is done: action: …
    """
    if entry.rating in {"amber", "red"} and not entry.action:
        return case.not_recorded(
            "rating",
            f"The rating is {entry.rating} and no action on it is recorded.",
            "Write what is done: action: …",
        )
    if entry.rating is None:
        return case.reported_elsewhere("Nothing is recorded for `rating`.", "rating")
    return case.met("rating")


@rule(
    each=_assessments,
    example_file="_organisations.yaml",
    example="""
    Fellbrook Leisure Trust:
      strength_and_stability:
        - half_year: 2025/26 H2
          assessed: {on: 2026-03-24, by: Head of Finance}
          source: accounts
          information_of: 2023-12-31
          rating: green
          direction: steady
          issues: none
    """,
)
def stability_information_old(entry: Stability, case: Case) -> Judgement:
    """An assessment uses information that was at most a year old, or as old as the council allows, when it was made.

    Why: accounts of two years ago say little about today.
    How to fix: assess the partner again on newer information, and write the day that it describes.
    """
    described, every = entry.information_of, information_lasts(case.council)
    if described is None:
        return case.reported_elsewhere("Nothing is recorded for `information_of`.", "information_of")
    assessed = entry.assessed.on if entry.assessed else None
    if assessed and described > assessed:
        message = (
            f"The assessment of {in_words(assessed)} is said to use information from {in_words(described)}, which is "
            "later."
        )
        return case.not_met("information_of", message, "Correct the day that is wrong.")
    owed = information(case.facts, str(case.trail[0]))
    latest = isinstance(owed, Obligation) and owed.counted_from[0].trail == (*case.trail, "information_of")
    if latest and isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
        message = f"The latest assessment uses information from {in_words(described)}, more than {every} ago."
        fix = "Assess the partner again on newer information, and add that as a new assessment."
        return case.not_met("information_of", message, fix, kind=FindingKind.CLOCK)
    if assessed is None:
        return case.reported_elsewhere("Nothing is recorded for `assessed`.", "assessed")
    if every.after(described) < assessed:
        message = (
            f"The assessment of {in_words(assessed)} uses information from {in_words(described)}, "
            f"more than {every} older."
        )
        fix = "Assess the partner again on newer information, then write the day that it describes."
        return case.not_met("information_of", message, fix)
    return case.met("information_of")
