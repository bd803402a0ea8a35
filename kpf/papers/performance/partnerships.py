"""The key partnerships of the half-year: measures, spending, issues and coming decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kpf.dates import length_in_words
from kpf.framework import REPORTS
from kpf.papers.account import Account, ExpectedDecision
from kpf.papers.blanks import Blank
from kpf.papers.document import Chart
from kpf.papers.measures import Measured, Plan, measure_charts
from kpf.papers.performance.basis import Basis, FileBasis
from kpf.papers.performance.section import section


@dataclass(frozen=True, slots=True)
class KeyPartnerships:
    """The partnerships that were key in the half-year."""

    partnerships: tuple[Account, ...]
    """All that were key in the half-year, those that need members' attention most first."""
    decisions: tuple[ExpectedDecision, ...]
    """Decisions expected within the time that `looks_ahead` names, the next first."""
    looks_ahead: str
    """How far ahead the paper looks for decisions: six months; year where reports are yearly."""
    charts: Mapping[str, Chart]

    @property
    def in_full(self) -> tuple[Account, ...]:
        """The partnerships that this paper reports on in full."""
        return tuple(entry for entry in self.partnerships if entry.in_full)

    @property
    def own_route(self) -> tuple[Account, ...]:
        """Those of which it is recorded that no additional monitoring is required."""
        return tuple(entry for entry in self.partnerships if not entry.in_full)

    @property
    def in_order_of_name(self) -> tuple[Account, ...]:
        """All partnerships as the register lists them."""
        return tuple(sorted(self.partnerships, key=lambda entry: entry.name.casefold()))

    @property
    def measures(self) -> tuple[Measured, ...]:
        """The measures of the partnerships that are reported in full."""
        return tuple(measure for entry in self.in_full for measure in entry.measures)

    @property
    def green(self) -> tuple[Measured, ...]:
        """Those on target or better."""
        return tuple(measure for entry in self.in_full for measure in entry.green)

    @property
    def amber(self) -> tuple[Measured, ...]:
        """Those a little worse than their target."""
        return tuple(measure for entry in self.in_full for measure in entry.amber)

    @property
    def red(self) -> tuple[Measured, ...]:
        """Those well short of their target."""
        return tuple(measure for entry in self.in_full for measure in entry.red)

    @property
    def rated(self) -> tuple[Measured, ...]:
        """Those that have a colour."""
        return tuple(measure for entry in self.in_full for measure in entry.rated)

    @property
    def unrated(self) -> tuple[Measured, ...]:
        """Those that have none, because something is not recorded."""
        return tuple(measure for entry in self.in_full for measure in entry.unrated)

    @property
    def other_years(self) -> tuple[Measured, ...]:
        """Those whose targets follow another year than the financial year."""
        return tuple(measure for measure in self.measures if measure.year)

    @property
    def missed(self) -> tuple[Account, ...]:
        """Partnerships reported in full that have a red measure, those that need members' attention most first."""
        return tuple(entry for entry in self.in_full if entry.red)

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The action plans for measures that are red."""
        return tuple(measure.plan for measure in self.red if isinstance(measure.plan, Plan))

    @property
    def without_plan(self) -> tuple[Measured, ...]:
        """The measures that are red and have no action plan."""
        return tuple(measure for measure in self.red if not isinstance(measure.plan, Plan))

    @property
    def silent(self) -> tuple[Account, ...]:
        """Partnerships to be reported in full for which no figure can be compared with a target."""
        return tuple(entry for entry in self.in_full if not entry.rated)

    @property
    def costed(self) -> tuple[Account, ...]:
        """Partnerships reported in full whose budget and spending are both recorded."""
        return tuple(entry for entry in self.in_full if entry.spending.over is not None)

    @property
    def overspent(self) -> tuple[Account, ...]:
        """Those that cost more than planned, by how much, the most first."""
        over = [entry for entry in self.costed if (entry.spending.over or 0) > 0]
        return tuple(sorted(over, key=lambda entry: -(entry.spending.over or Decimal(0))))

    @property
    def over(self) -> Decimal:
        """By how much all of `costed` together came to more than planned; less than zero where to less."""
        return sum((entry.spending.over or Decimal(0) for entry in self.costed), Decimal(0))

    @property
    def planned(self) -> Decimal:
        """What was planned for all of `costed` together."""
        return sum(
            (entry.spending.planned for entry in self.costed if isinstance(entry.spending.planned, Decimal)), Decimal(0)
        )

    @property
    def with_successes(self) -> tuple[Account, ...]:
        """Partnerships of which a success is recorded, by name."""
        recorded = (entry for entry in self.in_order_of_name if entry.successes and isinstance(entry.successes, str))
        return tuple(recorded)

    @property
    def with_issues(self) -> tuple[Account, ...]:
        """Partnerships of which members must know something."""
        return tuple(entry for entry in self.partnerships if entry.issues and isinstance(entry.issues, str))

    @property
    def issues_not_recorded(self) -> tuple[Account, ...]:
        """Partnerships of which nothing says whether members must know something."""
        return tuple(entry for entry in self.partnerships if isinstance(entry.issues, Blank))


def _of_one(one: FileBasis) -> tuple[Account, Mapping[str, Chart]] | None:
    return (one.account, dict(measure_charts(one.subject))) if one.is_key else None


@section(_of_one)
def key_partnerships(kept: list[tuple[Account, Mapping[str, Chart]]], basis: Basis) -> KeyPartnerships:
    """Return the partnerships that were key in the half-year, with the charts of their measures."""
    ahead = basis.shown.framework.every(REPORTS)
    last = ahead.after(basis.shown.day)
    coming = (decision for entry, _ in kept for decision in entry.decisions if decision.by <= last)
    return KeyPartnerships(
        partnerships=tuple(sorted((entry for entry, _ in kept), key=lambda entry: entry.attention)),
        decisions=tuple(sorted(coming, key=lambda decision: decision.by)),
        looks_ahead=length_in_words(ahead),
        charts={name: chart for _, charts in kept for name, chart in charts.items()},
    )
