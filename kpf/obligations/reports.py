"""For each reporting period: the report to members, the figures that it is written from, and its action plans."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from kpf.dates import HalfYear, Interval, in_words
from kpf.framework import REPORTS, Framework, framework
from kpf.model import Council, Partnership, Unreadable
from kpf.model.deciders import Deciders, title_of
from kpf.model.monitoring import Monitoring
from kpf.model.performance import ActionPlan
from kpf.obligations.asking import BEGAN, Halves, PartnershipFacts, asked_since, halves_owed, never_done, owner_of, role
from kpf.obligations.obligation import FieldReference, Obligation, Owed, Undated, What

POLICY_AND_COMMUNICATIONS: Final = "Policy and Communications"


def reports_by_itself(monitoring: Monitoring, council: Council, in_force: Framework) -> bool:
    """Whether an arrangement makes regular reports to members as often as the framework `in_force` asks.

    They go to the body that the framework names, or to one that the council accepts instead. Reports to a single
    member do not count, so "Executive Member or Cabinet" does not; nor do reports that are made only on occasion.
    """
    routes = _receive_reports(council, in_force)
    return any(
        title_of(arrangement.reports_to or "") in routes
        and isinstance(arrangement.every, Interval)
        and arrangement.every.fits_in(in_force.every(REPORTS))
        for arrangement in (monitoring.arrangements or {}).values()
        if arrangement
    )


def _receive_reports(council: Council, in_force: Framework) -> frozenset[str]:
    """The names, as `title_of`, of the bodies to which a regular report may go, including those the council accepts."""
    accepted = council.local_choices.accepted_for_executive_cabinet
    named = (*in_force.statements[REPORTS].to, *(name for name in accepted or () if name))
    return Deciders(council, in_force).called("receive reports") | {title_of(name) for name in named}


def reported(partnership: Partnership) -> dict[HalfYear, int]:
    """Return the half-years that were reported to members, each with the position of the report.

    A report made before its half-year ended is an interim one, and does not count.
    """
    return {
        report.half_year: position
        for position, report in enumerate(partnership.monitoring.reports_to_cabinet or ())
        if report and report.half_year and report.date and report.date >= report.half_year.ends
    }


def half_year_report(facts: PartnershipFacts) -> Iterator[Owed]:
    """Yield the reports that are not recorded: overdue, due, and on the current period."""
    joint = _in_the_joint_report(facts)
    task = What.REPORT.task(
        f"Report on {{}} to {facts.framework.reports_to}{', in the joint performance report' if joint else ''}.",
        role(facts.council, POLICY_AND_COMMUNICATIONS) if joint else owner_of(facts.partnership),
    )
    if not joint:
        of_the_joint = framework().part("report", "in the joint report")
        task = replace(task, also=tuple(duty for duty in task.also if duty not in of_the_joint))
    done = reported(facts.partnership)
    halves = halves_owed(facts, done.__contains__)
    gap = Undated(task, "monitoring: reports_to_cabinet", FieldReference(("monitoring", "reports_to_cabinet")))
    return _each_half(gap, facts, halves, nothing_yet=not done)


def _in_the_joint_report(facts: PartnershipFacts) -> bool:
    """Whether it is in Policy and Communications' joint report: the file says so, or it has none of its own."""
    monitoring = facts.partnership.monitoring
    if monitoring.additional_monitoring_required:
        return True
    return not reports_by_itself(monitoring, facts.council, facts.framework)


def half_year_figures(facts: PartnershipFacts) -> Iterator[Owed]:
    """Yield the manager's record of each period, from which the report is written; both are due on the same day."""
    action = "Write down what {} brought: figures, money, outcomes and issues."
    task = What.HALF_YEAR.task(action, owner_of(facts.partnership))
    done = {half for half, record in (facts.partnership.half_years or {}).items() if record is not None}
    halves = halves_owed(facts, done.__contains__)
    gap = Undated(task, "half_years", FieldReference(("half_years",)))
    return _each_half(gap, facts, halves, nothing_yet=not done)


def _each_half(gap: Undated, facts: PartnershipFacts, halves: Halves, *, nothing_yet: bool) -> Iterator[Owed]:
    """Yield an obligation for each of `halves`, or `gap` if the start is not known."""
    since, periods = asked_since(facts.partnership, facts.council), halves.periods
    for_all = replace(gap.task, action=gap.task.action.format(f"each {periods.noun}"))
    if since is None:
        yield Undated(for_all, "on_the_list: from", BEGAN)
        return
    if nothing_yet and halves.overdue:
        due = periods.after(halves.overdue[0]).ends
        yield never_done(replace(gap, task=for_all), since, halves, due, facts.council)
    for half in halves.open if nothing_yet else (*halves.overdue, *halves.open):
        yield Obligation(
            replace(gap.task, action=gap.task.action.format(periods.name(half)), subject=str(half)),
            periods.after(half).ends,
            (since.source,),
            f"{periods.name(half)} ends on {in_words(half.ends)}, "
            f"the next {periods.noun} on {in_words(periods.after(half).ends)}",
            cycle=str(half),
            opens=half.following.starts,
            late_after=_late_after(half, facts.council),
        )


def _late_after(half: HalfYear, council: Council) -> date | None:
    """The last day of the time that the council allows after the half-year; None if it has set no such time."""
    allowed = council.local_choices.report_late_after
    return allowed.after(half.following.starts) - timedelta(days=1) if allowed else None


def action_plans(facts: PartnershipFacts) -> Iterator[Owed]:
    """Yield each action planned for a red measure, until it is recorded as done."""
    kept = facts.council.records_kept_from
    for half, record in (facts.partnership.half_years or {}).items():
        with suppress(Unreadable):  # one half-year or plan that cannot be read hides no other
            if record is not None and (kept is None or half.ends >= kept):
                for name, plan in (record.action_plans or {}).items():
                    if plan and not plan.done:
                        yield action_plan(facts.partnership, half, name, plan)


def action_plan(partnership: Partnership, half: HalfYear, name: str, plan: ActionPlan) -> Owed:
    """The action planned for one measure in one half-year."""
    measure = (partnership.measures or {}).get(name)
    shown = (measure.name if measure else None) or name
    action = (
        f"Finish the action plan for “{shown}” of {half}{f': {plan.action}' if plan.action else ''}".rstrip(".") + "."
    )
    task = What.ACTION_PLAN.task(action, plan.owner or owner_of(partnership), f"{name}, {half}")
    by = FieldReference(("half_years", str(half), "action_plans", name, "by"))
    if plan.by is None:
        return Undated(task, f"half_years: {half}: action_plans: {name}: by", by)
    return Obligation(task, plan.by, (by,), "the action plan sets this day", cycle=f"{name}, {half}")
