"""Assessments of partners' strength and stability for a half-year or year. They are never public."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from kpf.dates import HalfYear, ReportingPeriods
from kpf.finding import Step
from kpf.model import Organisation
from kpf.model.organisations import Assessed, Stability
from kpf.papers.account import Account
from kpf.papers.blanks import Blank, Gaps, unless_none

_WORST_FIRST: Final = ("red", "amber", "green", "")


@dataclass(frozen=True, slots=True)
class Assessment:
    """One partner's strength and stability."""

    partner: str
    partnerships: tuple[str, ...]
    """The key partnerships that it is in."""
    is_recorded: bool
    missing: Blank | None
    """A blank where no assessment for the period is recorded; else None."""
    rating: str | Blank
    direction: str | Blank
    """better, steady or worse than before."""
    issues: str | Blank
    """Empty where it is recorded that there are none."""
    action: str | Blank
    """What is done about it; empty where the rating is green and nothing has to be."""
    source: str | Blank
    information_of: date | Blank
    """The day that the information describes."""
    assessed_on: date | Blank
    assessed_by: str | Blank


@dataclass(frozen=True, slots=True)
class Strength:
    """What the paper says of all partners together."""

    assessments: tuple[Assessment, ...]
    """Of each partner that is not a public body, those that need attention first."""
    public_bodies: tuple[str, ...]
    """Partners that are not assessed, because they are public bodies."""
    unknown: tuple[Blank, ...]
    """A blank for each partner of which it is not known whether it is one, and where no partner is recorded."""

    @property
    def recorded(self) -> tuple[Assessment, ...]:
        """Those for which an assessment is recorded."""
        return tuple(entry for entry in self.assessments if entry.is_recorded)

    def rated(self, colour: str) -> tuple[Assessment, ...]:
        """Those of one rating."""
        return tuple(entry for entry in self.assessments if entry.rating == colour)


@dataclass(frozen=True, slots=True)
class PartnersOfOne:
    """The partners of one partnership."""

    partnership: str
    partners: tuple[str, ...]
    missing: Blank | None
    """A blank where no partner is recorded; else None."""

    @classmethod
    def of(cls, facts: Account) -> Self:
        """Return the partners named in the account `facts` of a partnership."""
        return cls(facts.name, facts.partners, facts.no_partners)


def strength(
    within: Collection[PartnersOfOne],
    organisations: Mapping[str, Organisation],
    half: HalfYear,
    periods: ReportingPeriods,
    gaps: Gaps,
) -> Strength:
    """Return the assessments of the partners of all partnerships. `gaps` makes blanks for the partners' file."""
    partners: dict[str, list[str]] = {}
    for entry in within:
        for partner in entry.partners:
            partners.setdefault(partner, []).append(entry.partnership)
    unknown = [entry.missing for entry in within if entry.missing]
    bodies: list[str] = []
    found: list[Assessment] = []
    for partner, partnerships in partners.items():
        organisation = organisations.get(partner) or Organisation()
        recorded = [
            (at, entry)
            for at, entry in enumerate(organisation.strength_and_stability or ())
            if entry and entry.half_year == half
        ]
        if organisation.is_public:
            bodies.append(partner)
        elif organisation.sector is None and not recorded:
            unknown.append(
                gaps.blank(partner, what=f"whether {partner} is a public body, and how strong and stable it is")
            )
        else:
            found.append(
                _assessment(partner, tuple(partnerships), recorded[-1] if recorded else None, periods.name(half), gaps)
            )
    found.sort(key=lambda entry: (_rank(entry.rating), entry.direction != "worse", entry.partner.casefold()))
    return Strength(tuple(found), tuple(bodies), tuple(unknown))


def _rank(rating: str | Blank) -> int:
    return _WORST_FIRST.index(rating) if isinstance(rating, str) else len(_WORST_FIRST)


def _assessment(
    partner: str, within: tuple[str, ...], recorded: tuple[int, Stability] | None, period: str, gaps: Gaps
) -> Assessment:
    place: tuple[Step, ...] = (partner, "strength_and_stability")
    missing, assessment = None, Stability()
    if recorded:
        place, assessment = (*place, recorded[0]), recorded[1]
    else:
        what = f"the assessment of the strength and stability of {partner} for {period}"
        missing = gaps.blank(*place, what=what)
        place = (*place, 0)
    assessed = assessment.assessed or Assessed()
    is_weak = assessment.rating in {"amber", "red"}
    action = assessment.action or (gaps.blank(*place, "action", of=partner) if is_weak else "")
    return Assessment(
        partner,
        within,
        missing is None,
        missing,
        gaps.or_blank(assessment.rating, *place, "rating", of=partner),
        gaps.or_blank(assessment.direction, *place, "direction", of=partner),
        unless_none(gaps.or_blank(assessment.issues, *place, "issues", of=partner)),
        action,
        gaps.or_blank(assessment.source, *place, "source", of=partner),
        gaps.or_blank(assessment.information_of, *place, "information_of", of=partner),
        gaps.or_blank(assessed.on, *place, "assessed", "on", of=partner),
        gaps.or_blank(assessed.by, *place, "assessed", "by", of=partner),
    )
