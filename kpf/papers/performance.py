"""The half-yearly key partnerships performance report: all that its template may say."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kpf.compare.values import Change
from kpf.dates import months_after
from kpf.papers.account import Account, ExpectedDecision
from kpf.papers.blanks import Blank
from kpf.papers.common import Common, Period
from kpf.papers.governance import Exempted, Reviews, Tally, Verdicts, total_tally
from kpf.papers.measures import Measured, Plan, coloured
from kpf.papers.risks import HighRisk, RiskCount, WayOut
from kpf.papers.stability import Strength
from kpf.papers.standing import Event, Outside


@dataclass(frozen=True, slots=True)
class Performance:
    """What the performance report says."""

    common: Common
    period: Period
    following: Period
    """The half-year after it."""
    partnerships: tuple[Account, ...]
    """All that were key in the half-year, those that need members' attention most first."""
    outside: tuple[Outside, ...]
    """The others of the register, and why this paper does not report on them."""
    priorities: Mapping[str, tuple[str, ...]]
    """The council's priorities, each with the partnerships that serve it."""
    no_priorities: Blank | None
    """A blank where the council has recorded no priority; else None."""
    strength: Strength
    events: tuple[Event, ...]
    """What the files themselves date, in order: in the half-year and since."""
    changes: tuple[Change, ...]
    """What changed between the registers at both ends of the half-year; empty where they could not be compared."""
    not_compared: str
    """Why the two registers could not be compared; empty where they were."""
    verdicts: tuple[Verdicts, ...]
    exceptions: tuple[Exempted, ...]
    reviews: Reviews
    risks: tuple[RiskCount, ...]
    high_risks: tuple[HighRisk, ...]
    """Exempt; empty in the public part."""
    ways_out: tuple[WayOut, ...]
    """Exempt; empty in the public part."""

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
        return coloured(self.measures, "green")

    @property
    def amber(self) -> tuple[Measured, ...]:
        """Those a little worse than their target."""
        return coloured(self.measures, "amber")

    @property
    def red(self) -> tuple[Measured, ...]:
        """Those well short of their target."""
        return coloured(self.measures, "red")

    @property
    def rated(self) -> tuple[Measured, ...]:
        """Those that have a colour."""
        return tuple(measure for measure in self.measures if measure.colour)

    @property
    def unrated(self) -> tuple[Measured, ...]:
        """Those that have none, because something is not recorded."""
        return tuple(measure for measure in self.measures if not measure.colour)

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
        """Partnerships to be reported in full of which no figure can be held against a target."""
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
    def with_issues(self) -> tuple[Account, ...]:
        """Partnerships of which members must know something."""
        return tuple(entry for entry in self.partnerships if entry.issues and isinstance(entry.issues, str))

    @property
    def decisions(self) -> tuple[ExpectedDecision, ...]:
        """Decisions known to be coming within six months of the day of the paper, the next first."""
        day = self.common.as_at
        held = [decision for entry in self.partnerships for decision in entry.decisions]
        return tuple(sorted((found for found in held if found.by <= months_after(day, 6)), key=lambda found: found.by))

    @property
    def within(self) -> tuple[Event, ...]:
        """What changed in the half-year."""
        return tuple(event for event in self.events if event.on <= self.period.ends)

    @property
    def since(self) -> tuple[Event, ...]:
        """What changed after it, up to the day of the paper."""
        return tuple(event for event in self.events if event.on > self.period.ends)

    @property
    def tally(self) -> Tally:
        """The verdicts of all partnerships and of the council together."""
        return total_tally(self.verdicts)

    @property
    def unmet(self) -> tuple[Verdicts, ...]:
        """Partnerships, and the council, of which something recorded contradicts the framework."""
        return tuple(entry for entry in self.verdicts if entry.not_met)

    @property
    def unknown(self) -> tuple[Verdicts, ...]:
        """Those of which something the framework asks for is not recorded."""
        return tuple(entry for entry in self.verdicts if entry.not_known)

    @property
    def lapsing(self) -> tuple[Exempted, ...]:
        """Exceptions that lapse before the report on the following half-year is due."""
        return tuple(entry for entry in self.exceptions if entry.until <= self.following.ends)
