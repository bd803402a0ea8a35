"""The account of one partnership in a half-year or year: measures, spending, delivery and reports to members."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kpf.dates import HalfYear
from kpf.model.performance import Budget
from kpf.obligations.reports import reports_by_itself
from kpf.papers.blanks import Blank, unless_none
from kpf.papers.measures import Measured, measured
from kpf.papers.subject import Subject
from kpf.rules.performance import explained_from


@dataclass(frozen=True, slots=True)
class Spending:
    """The money of the period, in pounds."""

    missing: Blank | None
    """A blank where neither what was planned nor what was spent is recorded; else None."""
    planned: Decimal | Blank
    actual: Decimal | Blank
    over: Decimal | None
    """By how much it came to more than planned; less than zero where it came to less; None where it is not known."""
    share: Decimal | None
    """That in per cent of what was planned, without its sign."""
    reason: str | Blank
    """Why the two differ; empty where nothing is recorded and nothing has to be."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far one objective was delivered."""

    objective: str
    priority: str
    """The council's priority that it serves, in the council's words; empty where none is recorded."""
    outcome: str
    """What is to be different for people; empty where that is not recorded."""
    done: str | Blank
    """yes, partly or no."""
    outputs: str | Blank
    stands: str
    """Where it stands, if it reaches beyond the period; empty where that is not recorded."""


@dataclass(frozen=True, slots=True)
class CabinetReport:
    """A report on the period that went to members."""

    on: date | None
    minute: str
    title: str


@dataclass(frozen=True, slots=True)
class ExpectedDecision:
    """A decision that is known to be coming."""

    partnership: str
    what: str
    by: date


@dataclass(frozen=True, slots=True)
class Account:
    """One key partnership in the period."""

    id: str
    name: str
    kind: str
    """contract, cross-sector, statutory or joint-committee; empty where that is not recorded."""
    lead_service: str | Blank
    manager: str | Blank
    remit: str | Blank
    partners: tuple[str, ...]
    no_partners: Blank | None
    """A blank where no partner is recorded; else None."""
    arrangements: tuple[str, ...]
    """How it is monitored, in the words of its file."""
    additional: bool | Blank
    """Whether additional monitoring is required."""
    in_full: bool
    """Whether this paper reports on it in full: additional monitoring is required, or nothing says that it is not."""
    has_route: bool
    """Whether an arrangement of its own brings a report to members as often as the framework asks."""
    reports: tuple[CabinetReport, ...]
    """Reports on the period that went to members by a route of their own."""
    measures: tuple[Measured, ...]
    no_measures: Blank | None
    """A blank where no measure is recorded; else None."""
    spending: Spending
    deliveries: tuple[Delivery, ...]
    no_objectives: Blank | None
    """A blank where no objective is recorded; else None."""
    outcomes: str | Blank
    successes: str | Blank
    """What went well; empty where it is recorded that nothing did."""
    issues: str | Blank
    """Empty where it is recorded that there are none."""
    decisions: tuple[ExpectedDecision, ...]
    """Decisions that lie ahead on the day of the paper, the next first."""

    @property
    def rated(self) -> tuple[Measured, ...]:
        """The measures that have a colour."""
        return tuple(measure for measure in self.measures if measure.colour)

    @property
    def unrated(self) -> tuple[Measured, ...]:
        """The measures that have none, because something is not recorded."""
        return tuple(measure for measure in self.measures if not measure.colour)

    @property
    def green(self) -> tuple[Measured, ...]:
        """The measures on target or better."""
        return self._coloured("green")

    @property
    def amber(self) -> tuple[Measured, ...]:
        """The measures a little worse than their target."""
        return self._coloured("amber")

    @property
    def red(self) -> tuple[Measured, ...]:
        """The measures well short of their target."""
        return self._coloured("red")

    def _coloured(self, colour: str) -> tuple[Measured, ...]:
        return tuple(measure for measure in self.measures if measure.colour == colour)

    @property
    def attention(self) -> tuple[int, int, int, Decimal, str]:
        """Sorts those first that need members' attention most: by red, amber, silence, distance from target, name."""
        worst = max((measure.worse_by or Decimal(0) for measure in self.rated), default=Decimal(0))
        return -len(self.red), -len(self.amber), bool(self.rated), -worst, self.name.casefold()


@dataclass(frozen=True, slots=True)
class HalfYearAccount:
    """How a partnership did in one half-year, or year."""

    period: str
    account: Account


def account(about: Subject) -> Account:
    """Return the account of the partnership in the period."""
    partnership, gaps, half = about.partnership, about.gaps, about.half
    monitoring = about.monitoring
    additional = monitoring.additional_monitoring_required
    arrangements = monitoring.arrangements or {}
    place = about.in_half
    partners = tuple(partner for partner in partnership.partners or () if partner)
    measures = tuple(measured(about))
    deliveries = tuple(_deliveries(about))
    return Account(
        id=about.id,
        name=about.name,
        kind=partnership.kind or "",
        lead_service=gaps.or_blank(partnership.lead_service, "lead_service"),
        manager=gaps.or_blank(partnership.manager, "manager"),
        remit=gaps.or_blank(partnership.remit, "remit"),
        partners=partners,
        no_partners=None
        if partners
        else gaps.blank("partners", what=f"the organisations in {about.name} besides the Council"),
        arrangements=tuple(entry.what for entry in arrangements.values() if entry and entry.what),
        additional=gaps.or_blank(additional, "monitoring", "additional_monitoring_required"),
        in_full=additional is not False,
        has_route=reports_by_itself(monitoring, about.council, about.framework),
        reports=tuple(_reports(about)),
        measures=measures,
        no_measures=None if measures else gaps.blank("measures", what="the measures, with their targets and figures"),
        spending=_spending(about, half.budget),
        deliveries=deliveries,
        no_objectives=None if deliveries else gaps.blank("objectives", what="the objectives, and how far each was met"),
        outcomes=gaps.or_blank(half.outcomes, *place, "outcomes"),
        successes=unless_none(gaps.or_blank(half.successes, *place, "successes")),
        issues=unless_none(gaps.or_blank(half.issues, *place, "issues")),
        decisions=tuple(sorted(_decisions(about), key=lambda decision: decision.by)),
    )


def accounts_by_half(about: Subject, halves: Iterable[HalfYear]) -> Iterator[HalfYearAccount]:
    """Return an iterator over the accounts of the partnership in each of `halves`."""
    return (HalfYearAccount(about.periods.name(half), account(replace(about, period=half))) for half in halves)


def _reports(about: Subject) -> Iterator[CabinetReport]:
    for report in about.monitoring.reports_to_cabinet or ():
        if report and report.half_year == about.period:
            yield CabinetReport(report.date, report.minute or "", report.as_ or "")


def _spending(about: Subject, budget: Budget) -> Spending:
    gaps, place = about.gaps, (*about.in_half, "budget")
    over, share, most = None, None, explained_from(about.framework)
    reason: str | Blank = budget.reason or ""
    if budget.planned is not None and budget.actual is not None:
        over = budget.actual - budget.planned
        share = abs(over) * 100 / abs(budget.planned) if budget.planned else None
        if not reason and over and most and (share is None or share > most):
            reason = gaps.blank(*place, "reason")
    nothing = budget.planned is None and budget.actual is None
    return Spending(
        gaps.blank(*place) if nothing else None,
        gaps.or_blank(budget.planned, *place, "planned"),
        gaps.or_blank(budget.actual, *place, "actual"),
        over,
        share,
        reason,
    )


def _deliveries(about: Subject) -> Iterator[Delivery]:
    priorities = about.council.priorities or {}
    delivered = about.half.delivered or {}
    for id_, objective in (about.partnership.objectives or {}).items():
        if objective is None:
            continue
        shown, delivery = objective.objective or id_, delivered.get(id_)
        place = (*about.in_half, "delivered", id_)
        yield Delivery(
            shown,
            priorities.get(objective.priority or "") or objective.priority or "",
            objective.outcome or "",
            about.gaps.or_blank(delivery.done if delivery else None, *place, "done", of=f"“{shown}”"),
            about.gaps.or_blank(delivery.outputs if delivery else None, *place, "outputs", of=f"“{shown}”"),
            (delivery.stands if delivery else None) or "",
        )


def _decisions(about: Subject) -> Iterator[ExpectedDecision]:
    making = about.agreement.decision_making
    for ahead in making.decisions_ahead or ():
        if ahead and ahead.decision and ahead.by and ahead.by >= about.day:
            yield ExpectedDecision(about.name, ahead.decision, ahead.by)
