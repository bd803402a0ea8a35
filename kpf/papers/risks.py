"""Risks and exits in papers: the number of risks and, in the exempt part, the risks and the ways to end agreements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kpf.dates import Interval
from kpf.model.risks import Risk
from kpf.obligations.ends import last_day_for_notice
from kpf.papers.subject import Subject


@dataclass(frozen=True, slots=True)
class RiskCount:
    """How many risks and opportunities the joint register of one partnership holds."""

    partnership: str
    entries: int
    high: int
    """At or above the score from which the council calls one high."""
    unscored: int
    """Those of which nobody can say whether they are high: the score, or a part of the council's scale, is blank."""
    accepted: int | None
    """The highest score that the council accepts. Exempt; None where it is not recorded."""


@dataclass(frozen=True, slots=True)
class HighRisk:
    """One risk that is high, or higher than the council accepts. Exempt."""

    partnership: str
    risk: str
    """What could happen; the id of the entry where that is not recorded."""
    score: int
    owners: tuple[str, ...]
    controls: str


@dataclass(frozen=True, slots=True)
class WayOut:
    """How an agreement can be left. Exempt."""

    partnership: str
    strategy: str
    notice: Interval | None
    exceptions: str
    last_day: date | None
    """The last day on which notice still ends the agreement on its last day; None where that is not known."""
    has_no_end: bool
    """Whether it is recorded that the agreement has no end."""


def risk_count(about: Subject) -> RiskCount:
    """Return the number of risks, with that of high ones."""
    entries = _entries(about).values()
    return RiskCount(
        about.name,
        len(entries),
        sum(_is_high(about, risk) for risk in entries),
        sum(_is_unscored(about, risk) for risk in entries),
        _accepted(about),
    )


def high_risks(about: Subject) -> Iterator[HighRisk]:
    """Yield the risks that are high or above what the council accepts, the gravest first."""
    tolerance = _accepted(about)
    for id_, risk in sorted(_entries(about).items(), key=lambda entry: _score(entry[1]), reverse=True):
        above = tolerance is not None and _score(risk) > tolerance
        if (risk.risk or not risk.opportunity) and (above or _is_high(about, risk)):
            owners = tuple(owner for owner in risk.owners or () if owner)
            yield HighRisk(about.name, risk.risk or id_, _score(risk), owners, risk.controls or "")


def ways_out(about: Subject) -> Iterator[WayOut]:
    """Yield the ways to end the agreement, if any are recorded."""
    terms = about.agreement.exit
    if not terms.is_blank:
        last = last_day_for_notice(about.partnership)
        yield WayOut(
            about.name, terms.strategy or "", terms.notice, terms.notice_exceptions or "", last, about.has_no_end
        )


def _entries(about: Subject) -> dict[str, Risk]:
    """Return the risks by id. A blank entry counts as a risk with unknown values."""
    risks = about.partnership.risks
    return {id_: risk or Risk() for id_, risk in (risks.entries or {}).items()}


def _score(risk: Risk) -> int:
    return (risk.likelihood or 0) * (risk.impact or 0)


def _is_high(about: Subject, risk: Risk) -> bool:
    scale = about.council.risk_scale
    return scale.high_from is not None and _score(risk) >= scale.high_from


def _is_unscored(about: Subject, risk: Risk) -> bool:
    scale = about.council.risk_scale
    return None in {risk.likelihood, risk.impact, scale.likelihood, scale.impact, scale.high_from}


def _accepted(about: Subject) -> int | None:
    return (about.partnership.risks.tolerance or {}).get("the council")
