"""The measures of one partnership in a half-year or year, compared with their targets and the period before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from kpf.dates import HalfYear
from kpf.model.performance import Measure
from kpf.papers.blanks import Blank
from kpf.papers.document import Chart, Series
from kpf.papers.subject import Subject
from kpf.papers.words import number, percent
from kpf.rules.performance import amber_within, rag_rating

_FINANCIAL: Final = re.compile(r"financial( year)?|april to march|1 april to 31 march", re.IGNORECASE)


_DRAWN_FROM: Final = 3
"""The least number of figures for a chart."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done about a measure that is red."""

    partnership: str
    measure: str
    action: str | Blank
    owner: str | Blank
    by: date | Blank
    done: date | None
    """The day on which it was finished, where that is recorded."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure in the period."""

    partnership: str
    name: str
    better: str | Blank
    """Which way is better: higher or lower."""
    target: Decimal | Blank
    actual: Decimal | Blank
    before: Decimal | None
    """The figure of the period before, where there is one."""
    colour: str
    """green, amber or red; empty where figure, target or direction is not recorded."""
    worse_by: Decimal | None
    """By how many per cent it is worse than its target; zero or less where it is not; None where it cannot be said."""
    year: str
    """The year that its targets follow, where that is not the financial year; else empty."""
    why: str | Blank
    """Why the figure is off its target; a blank where the measure is red or amber and nothing says so; else empty."""
    plan: Plan | Blank | None
    """The action plan of a measure that is red; a blank where it has none; None for one that is not red."""
    chart: str
    """The name of its chart; empty where fewer than three periods have a figure: a table says those better."""

    @property
    def against(self) -> str:
        """The figure compared with its target: 216,400 against a target of 230,000, 5.9 per cent worse; else empty."""
        if isinstance(self.actual, Blank) or isinstance(self.target, Blank):
            return ""
        return f"{number(self.actual)} against a target of {number(self.target)}{self._worse}"

    @property
    def result(self) -> str:
        """Its colour, and by how much it is worse than its target: red, 5.9 per cent worse; else not known."""
        return f"{self.colour}{self._worse}" if self.colour else "not known"

    @property
    def _worse(self) -> str:
        return f", {percent(self.worse_by)} worse" if self.worse_by and self.worse_by > 0 else ""


def measured(about: Subject) -> Iterator[Measured]:
    """Yield the measures of the partnership in the period, in the order of the file."""
    for id_, measure in (about.partnership.measures or {}).items():
        if measure is not None:
            yield _measured(about, id_, measure)


def _measured(about: Subject, id_: str, measure: Measure) -> Measured:
    name, gaps = measure.name or id_, about.gaps
    target, actual = (measure.targets or {}).get(about.period), (about.half.actual or {}).get(id_)
    colour, worse_by = "", None
    if target is not None and actual is not None and measure.better is not None:
        colour = rag_rating(actual, target, measure, amber_within(about.council))
        shortfall = actual - target if measure.better == "lower" else target - actual
        worse_by = shortfall * 100 / abs(target) if target else None
    return Measured(
        partnership=about.name,
        name=name,
        better=gaps.or_blank(measure.better, "measures", id_, "better", of=f"“{name}”"),
        target=gaps.or_blank(target, "measures", id_, "targets", str(about.period), of=f"“{name}”"),
        actual=gaps.or_blank(actual, *about.in_half, "actual", id_, of=f"“{name}”"),
        before=_figure(about, id_, about.periods.before(about.period)),
        colour=colour,
        worse_by=worse_by,
        year="" if _FINANCIAL.fullmatch(measure.year or "financial year") else measure.year or "",
        why=_why(about, id_, name, colour),
        plan=_plan(about, id_, name) if colour == "red" else None,
        chart=chart_name(about.id, id_) if _is_drawn(about, id_) else "",
    )


def _why(about: Subject, id_: str, name: str, colour: str) -> str | Blank:
    if colour not in {"red", "amber"}:
        return ""
    return about.gaps.or_blank((about.half.reasons or {}).get(id_), *about.in_half, "reasons", id_, of=f"“{name}”")


def _plan(about: Subject, id_: str, name: str) -> Plan | Blank:
    plan = (about.half.action_plans or {}).get(id_)
    place = (*about.in_half, "action_plans", id_)
    if plan is None:
        return about.gaps.blank(*place, of=f"“{name}”")
    return Plan(
        about.name,
        name,
        about.gaps.or_blank(plan.action, *place, "action", of=f"“{name}”"),
        about.gaps.or_blank(plan.owner, *place, "owner", of=f"“{name}”"),
        about.gaps.or_blank(plan.by, *place, "by", of=f"“{name}”"),
        plan.done,
    )


# -- over the periods -------------------------------------------------------------------------------


def chart_name(partnership: str, measure: str) -> str:
    """Return the name of a measure's chart, made of both ids in lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", f"measure {partnership} {measure}".lower()).strip("-")


def measure_charts(about: Subject) -> Iterator[tuple[str, Chart]]:
    """Yield the name and chart of each measure with figures for at least three periods."""
    for id_, measure in (about.partnership.measures or {}).items():
        if measure is not None and _is_drawn(about, id_):
            planned = (half for half in measure.targets or {} if half <= about.period and about.periods.are_of(half))
            halves = sorted({*_halves(about, id_), *planned})
            actual = Series("Actual", tuple(_drawn(_figure(about, id_, half)) for half in halves))
            target = Series("Target", tuple(_drawn((measure.targets or {}).get(half)) for half in halves))
            title = f"{measure.name or id_}, {about.name}"
            yield chart_name(about.id, id_), Chart(title, tuple(map(about.periods.name, halves)), (actual, target))


def _is_drawn(about: Subject, measure: str) -> bool:
    return len(_halves(about, measure)) >= _DRAWN_FROM


def _halves(about: Subject, measure: str) -> list[HalfYear]:
    """Return the periods with a figure, up to the period of the paper."""
    half_years = about.partnership.half_years or {}
    return [half for half in half_years if half <= about.period and _figure(about, measure, half) is not None]


def _figure(about: Subject, measure: str, half: HalfYear) -> Decimal | None:
    """Return the figure of the period that ends with `half`, or None.

    A year has none if its first half has a figure, because the figure of its second half is then that half's own.
    """
    if not about.periods.are_of(half) or (about.periods.yearly and _recorded(about, measure, half.preceding)):
        return None
    return _recorded(about, measure, half)


def _recorded(about: Subject, measure: str, half: HalfYear) -> Decimal | None:
    half_year = (about.partnership.half_years or {}).get(half)
    return (half_year.actual or {}).get(measure) if half_year else None


def _drawn(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
