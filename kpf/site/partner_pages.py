"""The pages on partner organisations: their partnerships and, in the internal part, their assessments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kpf.model import Organisation
from kpf.model.organisations import Stability
from kpf.site.kept_promises import Letter
from kpf.site.partnership_page import ListedPartnership
from kpf.site.paths import partner_path


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """One organisation."""

    name: str
    is_described: bool
    """Whether it is in _organisations.yaml."""
    sector: str
    """The sector; empty if not recorded."""
    partnerships: tuple[ListedPartnership, ...]
    charter: tuple[date, ...]
    """The days on which it signed the data quality charter. Empty in the public part, like all that follow."""
    number: str
    brings: str
    letters: tuple[tuple[ListedPartnership, Letter], ...]
    stability: tuple[Stability, ...]
    """The assessments, the latest first."""

    @property
    def path(self) -> str:
        """The path of its page."""
        return partner_path(self.name)


def partner_facts(
    partnerships: Iterable[ListedPartnership], organisations: Mapping[str, Organisation]
) -> tuple[PartnerFacts, ...]:
    """Return each organisation that is described or named as a partner, by name.

    `organisations` and `partnerships` contain only what the part may show.
    """
    inside: dict[str, list[ListedPartnership]] = {name: [] for name in organisations}
    for partnership in partnerships:
        for partner in partnership.partners:
            inside.setdefault(partner, []).append(partnership)
    names = sorted(inside, key=lambda name: (name.casefold(), name))
    return tuple(_facts(name, organisations.get(name), inside[name]) for name in names)


def _facts(name: str, described: Organisation | None, inside: list[ListedPartnership]) -> PartnerFacts:
    organisation = described or Organisation()
    assessments = [entry for entry in organisation.strength_and_stability or () if entry and entry.half_year]
    return PartnerFacts(
        name,
        described is not None,
        organisation.sector or "",
        tuple(inside),
        tuple(day for day in organisation.data_quality_charter_signed or () if day),
        organisation.number or "",
        organisation.brings or "",
        tuple((one, letter) for one in inside for letter in one.letters if letter.partner == name),
        tuple(sorted(assessments, key=lambda entry: str(entry.half_year), reverse=True)),
    )
