"""The joint risk register of a partnership as a grid of the number of risks by likelihood and impact."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from kpf.model.choices import RiskScale
from kpf.model.risks import Risk
from kpf.papers.subject import Subject

Level = Literal["", "medium", "high"]


@dataclass(frozen=True, slots=True)
class RiskCell:
    """The risks of one likelihood and impact."""

    entries: int
    score: int
    level: Level
    """The level on the council's scale; empty below medium, or if the scale does not define it."""


@dataclass(frozen=True, slots=True)
class RiskRow:
    """The cells of one likelihood, by ascending impact."""

    likelihood: int
    cells: tuple[RiskCell, ...]


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One risk of the register in full, for the internal part."""

    what: str
    is_opportunity: bool
    likelihood: int | None
    impact: int | None
    owners: tuple[str, ...]
    controls: str


@dataclass(frozen=True, slots=True)
class RiskGrid:
    """The risks of one joint risk register."""

    entries: int
    rows: tuple[RiskRow, ...]
    """The rows, the highest likelihood first; empty if the council's scale is not recorded."""
    impacts: tuple[int, ...]
    outside: int
    """The number of risks outside the grid, because a score is blank or outside the council's scale."""
    lines: tuple[RiskLine, ...]
    """The risks in full, the gravest first; empty in the public part."""


def risk_grid(about: Subject, *, in_full: bool) -> RiskGrid:
    """Return the risk register of the partnership as a grid, with the text of each risk if `in_full`."""
    risks = about.partnership.risks
    entries = {id_: risk or Risk() for id_, risk in (risks.entries or {}).items()}
    scale = about.council.risk_scale
    likelihoods, impacts = range(1, (scale.likelihood or 0) + 1), range(1, (scale.impact or 0) + 1)
    counted = Counter((risk.likelihood, risk.impact) for risk in entries.values())
    rows = tuple(
        RiskRow(likelihood, tuple(_cell(counted[likelihood, impact], likelihood * impact, scale) for impact in impacts))
        for likelihood in reversed(likelihoods)
    )
    placed = sum(cell.entries for row in rows for cell in row.cells)
    lines = sorted((_line(id_, risk) for id_, risk in entries.items()), key=_gravest_first) if in_full else ()
    return RiskGrid(len(entries), rows if impacts else (), tuple(impacts), len(entries) - placed, tuple(lines))


def _cell(entries: int, score: int, scale: RiskScale) -> RiskCell:
    level: Level = ""
    if scale.high_from is not None and score >= scale.high_from:
        level = "high"
    elif scale.medium_from is not None and score >= scale.medium_from:
        level = "medium"
    return RiskCell(entries, score, level)


def _line(id_: str, risk: Risk) -> RiskLine:
    return RiskLine(
        risk.risk or risk.opportunity or id_,
        bool(risk.opportunity and not risk.risk),
        risk.likelihood,
        risk.impact,
        tuple(owner for owner in risk.owners or () if owner),
        risk.controls or "",
    )


def _gravest_first(line: RiskLine) -> tuple[int, str]:
    return -(line.likelihood or 0) * (line.impact or 0), line.what.casefold()
