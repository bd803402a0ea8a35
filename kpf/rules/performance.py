"""Rules on the content of the regular report to members: figures and targets, money, delivery, issues."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from kpf.dates import HalfYear, in_words
from kpf.finding import FindingKind, Judgement
from kpf.framework import Framework
from kpf.model import Council
from kpf.model.choices import AMBER_WITHIN
from kpf.model.performance import ActionPlan, Half, Measure
from kpf.model.periods import as_written
from kpf.obligations.asking import halves_to_report
from kpf.obligations.obligation import Obligation, ObligationState, What
from kpf.obligations.reports import action_plan
from kpf.rules.cabinet import or_keep_no_records
from kpf.rules.case import Case
from kpf.rules.rule import rule


def explained_from(in_force: Framework) -> int | None:
    """Return the percentage by which spending may differ from the budget unexplained; None if no duty asks."""
    return in_force.threshold("variance-unexplained")


def _overdue_halves(case: Case) -> Iterator[tuple[tuple[HalfYear, Sequence[HalfYear]], Case]]:
    """Yield each period whose report is overdue, with all such periods for which nothing is recorded."""
    record = case.partnership.half_years or {}
    halves = halves_to_report(case.facts)
    missing = [half for half in halves if record.get(half) is None]
    for half in halves:
        yield (half, missing), case.about(str(half))


@rule(
    each=_overdue_halves,
    example="""
    half_years: {2025/26 H2: }
    """,
)
def half_year_not_told(subject: tuple[HalfYear, Sequence[HalfYear]], case: Case) -> Judgement:
    """The file says what happened in each reporting period, at the latest when the report on it is overdue.

    Why: the report to members can say no more than the file does.
    How to fix: under half_years, write the period with its figures, money, outcomes and issues.
    """
    half, missing = subject
    if case.partnership.half_years is None:
        return case.reported_elsewhere("Nothing is recorded for `half_years`.")
    if half not in missing:
        return case.met(("half_years", str(half)))
    message = f"Nothing is recorded for {case.shared.framework.periods.in_runs(missing)}."
    if half != missing[0]:
        return case.reported_elsewhere(message, "half_years")
    fix = f"Write under it: {half}: with its figures, money, outcomes and issues{or_keep_no_records(case, missing)}"
    return case.not_known("half_years", message, fix, kind=FindingKind.CLOCK)


def _recorded_halves(case: Case) -> Iterator[tuple[tuple[HalfYear, Half], Case]]:
    for half, record in (case.partnership.half_years or {}).items():
        if record is not None and half.ends < case.day:
            yield (half, record), case.about(str(half), "half_years", as_written(half, case.document))


def _figures(case: Case) -> Iterator[tuple[tuple[str, Measure, HalfYear, Half], Case]]:
    """Yield each measure in each period that is recorded and over."""
    for (half, record), there in _recorded_halves(case):
        for name, measure in (case.partnership.measures or {}).items():
            if measure is not None:
                yield (name, measure, half, record), there.about(f"{name}, {half}")


@rule(
    each=_figures,
    example="""
    half_years: {2025/26 H2: {actual: {energy: }}}
    """,
)
def figure_missing(subject: tuple[str, Measure, HalfYear, Half], case: Case) -> Judgement:
    """Each measure has its figure for each reporting period that is over.

    Why: the report has to show members how each measure did against its target.
    How to fix: under the period's `actual`, write the figure by the measure's id.
    """
    name, measure, _, record = subject
    if record.actual is None or record.actual.get(name) is None:
        return case.not_recorded(
            "actual",
            f"No figure is recorded for “{measure.name or name}”.",
            f"Write under `actual`: {name}: the figure",
            asked_by=("measures", name, "name"),
        )
    return case.met(("actual", name), attested=True)


@rule(
    each=_figures,
    example="""
    measures: {concessions: {targets: {2025/26 H2: }}}
    """,
)
def target_missing(subject: tuple[str, Measure, HalfYear, Half], case: Case) -> Judgement:
    """Each measure has a target for each reporting period for which a figure is recorded.

    Why: a figure without a target says nothing about performance.
    How to fix: under the measure's `targets`, write the period and the target.
    """
    name, measure, half, _ = subject
    here = case.in_partnership("measures", name)
    if measure.targets is None:
        return here.reported_elsewhere("Nothing is recorded for `targets`.", "targets")
    if measure.targets.get(half) is None:
        return here.not_recorded(
            "targets",
            f"“{measure.name or name}” has no target for {half}.",
            f"Write under `targets`: {half}: the target",
            asked_by=(*case.trail, "actual"),
        )
    return here.met("targets")


def amber_within(council: Council) -> int:
    """Return the percentage by which an amber measure may miss its target: the council's choice, else 5."""
    chosen = council.local_choices.amber_within
    return AMBER_WITHIN if chosen is None else chosen


def rag_rating(actual: Decimal, target: Decimal, measure: Measure, amber_within: int) -> str:
    """Return green if on target or better, amber if worse by up to `amber_within` percent, else red."""
    shortfall = actual - target if measure.better == "lower" else target - actual
    if shortfall <= 0:
        return "green"
    return "amber" if shortfall * 100 <= amber_within * abs(target) else "red"


@rule(
    each=_figures,
    example="""
    half_years: {2025/26 H2: {actual: {visits: 100000}}}
    """,
)
def red_without_action_plan(subject: tuple[str, Measure, HalfYear, Half], case: Case) -> Judgement:
    """Each measure that is red has an action plan.

    Why: members who hear that a target was missed ask what is being done.
    How to fix: under the period's action_plans, write the measure with the action, its owner and its day.
    """
    name, measure, half, record = subject
    actual = (record.actual or {}).get(name)
    target = (measure.targets or {}).get(half)
    if actual is None or target is None or measure.better is None:
        return case.reported_elsewhere("The figure, the target or its direction is not recorded.")
    if rag_rating(actual, target, measure, amber_within(case.council)) != "red":
        return case.met(("actual", name))
    if (record.action_plans or {}).get(name):
        return case.met(("action_plans", name))
    message = f"“{measure.name or name}” is red ({actual:,} against a target of {target:,}) and has no action plan."
    return case.not_recorded(
        ("actual", name), message, f"Write under `action_plans`: {name}: {{action: …, owner: …, by: …}}"
    )


def _plans(case: Case) -> Iterator[tuple[tuple[HalfYear, str, ActionPlan], Case]]:
    """Yield each action planned for a red measure."""
    for (half, record), there in _recorded_halves(case):
        for name, plan in (record.action_plans or {}).items():
            if plan is not None:
                yield (half, name, plan), there.about(f"{name}, {half}", "action_plans", name)


@rule(
    each=_plans,
    example="""
    half_years: {2026/27 H1: {action_plans: {visits: {by: 2026-10-31}}}}
    """,
)
def action_plan_overdue(subject: tuple[HalfYear, str, ActionPlan], case: Case) -> Judgement:
    """What was promised for a red measure is done by the day that was set for it.

    Why: members who agreed an action plan will ask what became of it.
    How to fix: once it is done, write the day in the action plan: done: ... If it needs longer, agree a new day.
    """
    half, name, plan = subject
    kept = case.council.records_kept_from
    if kept and half.ends < kept:
        return case.not_applicable(f"Records are asked for from {in_words(kept)}.")
    owed = action_plan(case.partnership, half, name, plan)
    if plan.done:
        return case.met("done", attested=True)
    if not isinstance(owed, Obligation):
        return case.reported_elsewhere("Nothing is recorded for `by`.", "by")
    every = case.facts.every(What.REVIEW)
    latest = every.after(half.ends)
    if owed.due > latest:
        message = f"The action plan is to be finished only by {in_words(owed.due)}, at least {every} after {half}."
        return case.not_met("by", message, f"Agree a day no later than {in_words(latest)}, and write it: by: …")
    if owed.state(case.day) is ObligationState.OVERDUE:
        message = f"The action plan was to be finished by {in_words(owed.due)}; the file does not say that it was."
        fix = "Once it is done, write the day: done: … If it needs longer, agree a new day and write it."
        return case.not_known("by", message, fix, kind=FindingKind.CLOCK)
    return case.met("by")


@rule(
    each=_recorded_halves,
    example="""
    half_years: {2025/26 H2: {budget: {planned: 240000, actual: 290000}}}
    """,
)
def variance_unexplained(subject: tuple[HalfYear, Half], case: Case) -> Judgement:
    """Spending well over or under the budget has a reason.

    Why: members are told whether contracts are on budget, and will ask why not.
    How to fix: under the period's `budget`, write the reason.
    """
    budget = subject[1].budget
    if budget.planned is None or budget.actual is None:
        return case.reported_elsewhere("Nothing is recorded for the budget.", "budget")
    difference = budget.actual - budget.planned
    most = explained_from(case.shared.framework)
    if most and abs(difference) * 100 > most * abs(budget.planned) and not budget.reason:
        direction = "over" if difference > 0 else "under"
        over = f"£{abs(difference):,} {direction} the budget of £{budget.planned:,}"
        message = f"Spending was {over}, more than {most} percent, and no reason is recorded."
        return case.not_recorded(("budget", "actual"), message, "Write the reason: reason: …")
    return case.met(("budget", "planned"), ("budget", "actual"))


@rule(
    each=_recorded_halves,
    example="""
    half_years: {2025/26 H2: {evidence_seen: }}
    """,
)
def evidence_not_seen(subject: tuple[HalfYear, Half], case: Case) -> Judgement:
    """Where a partner supplies figures, somebody asked for the evidence behind them.

    Why: the council decides on these figures, so it must have reason to trust them.
    How to fix: under the period, write evidence_seen: {on: the day, by: the post, what: what was seen}
    """
    seen = subject[1].evidence_seen
    if seen is None:
        return case.not_recorded(
            (),
            f"The file does not say that the figures of {case.subject} were checked against their source.",
            "Write evidence_seen: {on: the day, by: the post, what: what was seen}",
        )
    return case.met(("evidence_seen", "what"), ("evidence_seen", "on"), attested=True)


def _deliveries(case: Case) -> Iterator[tuple[Any, Case]]:
    """Yield each objective in each period that is recorded and over."""
    for (_, record), there in _recorded_halves(case):
        for name in case.partnership.objectives or {}:
            yield record, there.about(f"{name}, {there.subject}")


@rule(
    each=_deliveries,
    example="""
    half_years: {2025/26 H2: {delivered: {children-swim: }}}
    """,
)
def delivery_not_told(record: Half, case: Case) -> Judgement:
    """For each objective, each reporting period says how far it was delivered.

    Why: the report has to set out how objectives and outputs were delivered.
    How to fix: under the period's `delivered`, write the objective with done: yes, partly or no, and the outputs.
    """
    name = case.subject.partition(", ")[0]
    if (record.delivered or {}).get(name):
        return case.met(("delivered", name), attested=True)
    return case.not_recorded(
        "delivered",
        f"The file does not say how far `{name}` was delivered.",
        f"Write under `delivered`: {name}: {{done: partly, outputs: …}}",
        asked_by=("objectives", name, "objective"),
    )
