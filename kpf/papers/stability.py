"""Partners' strength and stability: how each was assessed for a half-year. What is assessed is never public."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from kpf.dates import HalfYear
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
    """A blank where no assessment for the half-year is recorded; else None."""
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
        """The partners named in the account `facts` of a partnership."""
        return cls(facts.name, facts.partners, facts.no_partners)


def strength(
    within: Collection[PartnersOfOne], organisations: Mapping[str, Organisation], period: HalfYear, gaps: Gaps
) -> Strength:
    """How the partners of all partnerships were assessed. `gaps` makes the blanks of the file that lists partners."""
    partners: dict[str, list[str]] = {}
    for entry in within:
        for partner in entry.partners:
            partners.setdefault(partner, []).append(entry.partnership)
    unknown = [entry.missing for entry in within if entry.missing]
    bodies: list[str] = []
    found: list[Assessment] = []
    for partner, partnerships in partners.items():
        organisation = organisations.get(partner) or Organisation()
        recorded = [entry for entry in organisation.strength_and_stability or () if entry and entry.half_year == period]
        if organisation.is_public:
            bodies.append(partner)
        elif organisation.sector is None and not recorded:
            unknown.append(gaps.blank(f"whether {partner} is a public body, and how strong and stable it is", partner))
        else:
            found.append(_assessment(partner, tuple(partnerships), recorded[-1] if recorded else None, period, gaps))
    found.sort(key=lambda entry: (_rank(entry.rating), entry.direction != "worse", entry.partner.casefold()))
    return Strength(tuple(found), tuple(bodies), tuple(unknown))


def _rank(rating: str | Blank) -> int:
    return _WORST_FIRST.index(rating) if isinstance(rating, str) else len(_WORST_FIRST)


def _assessment(
    partner: str, within: tuple[str, ...], assessment: Stability | None, period: HalfYear, gaps: Gaps
) -> Assessment:
    missing = None
    if assessment is None:
        what = f"the assessment of the strength and stability of {partner} for {period}"
        missing = gaps.blank(what, partner, "strength_and_stability")
        assessment = Stability()
    assessed = assessment.assessed or Assessed()
    place = (partner, "strength_and_stability")
    action = assessment.action or (
        gaps.blank(f"what is done about {partner}, which is {assessment.rating}", *place)
        if assessment.rating in {"amber", "red"}
        else ""
    )
    return Assessment(
        partner,
        within,
        missing is None,
        missing,
        gaps.or_blank(assessment.rating, f"the rating of {partner}", *place),
        gaps.or_blank(assessment.direction, f"whether {partner} is better, steady or worse than before", *place),
        unless_none(gaps.or_blank(assessment.issues, f"what was found about {partner}, or none", *place)),
        action,
        gaps.or_blank(assessment.source, f"what the assessment of {partner} rests on", *place),
        gaps.or_blank(assessment.information_of, f"the day that the information on {partner} describes", *place),
        gaps.or_blank(assessed.on, f"the day on which {partner} was assessed", *place),
        gaps.or_blank(assessed.by, f"who assessed {partner}", *place),
    )
