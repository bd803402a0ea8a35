"""Since when tasks have been due that were never recorded, by the blank field in which they would be recorded."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from kpf.finding import Trail
from kpf.model import Unreadable
from kpf.obligations import listing, partners, policies, reports
from kpf.obligations.asking import PartnershipFacts
from kpf.obligations.obligation import Owed, never_recorded

_ORGANISATION: Final = "*"
"""The step in a trail that stands for any organisation."""


def _checks(facts: PartnershipFacts, _: str) -> Iterator[Owed]:
    for partner in facts.partnership.partners or ():
        if partner and partner != facts.council.council:
            yield partners.governance_check(facts, partner)


def _charter(facts: PartnershipFacts, partner: str) -> Iterator[Owed]:
    owed = policies.charter(facts, partner)
    if owed:
        yield owed


_KINDS: Final[Mapping[Trail, Callable[[PartnershipFacts, str], Iterator[Owed]]]] = MappingProxyType(
    {
        ("monitoring", "governance_of_partners_checked"): _checks,
        ("half_years",): lambda facts, _: reports.half_year_figures(facts),
        ("list_of_key_partnerships", "last_reviewed"): lambda facts, _: listing.list_review(facts),
        ("framework", "last_reviewed"): lambda facts, _: listing.framework_review(facts),
        (_ORGANISATION, "data_quality_charter_signed"): _charter,
    }
)


def _leading_to(kinds: Iterable[Trail]) -> Mapping[Trail, tuple[Trail, ...]]:
    """Map the trail of each field in `kinds`, and of each section around it, to the fields there."""
    found: dict[Trail, tuple[Trail, ...]] = {}
    for field in kinds:
        for length in range(1, len(field) + 1):
            found[field[:length]] = (*found.get(field[:length], ()), field)
    return MappingProxyType(found)


_FIELDS: Final = _leading_to(_KINDS)


def due_since(trail: Trail, facts: PartnershipFacts) -> str:
    """Say since when the blank field or section at `trail` is due: “due since 30 November 2013”; empty if it is not.

    For a field of _organisations.yaml the trail starts with the organisation's name.
    """
    fields = _FIELDS.get(trail) or _FIELDS.get((_ORGANISATION, *trail[1:]) if len(trail) > 1 else trail, ())
    try:
        found = [
            never
            for field in fields
            for owed in _KINDS[field](facts, str(trail[0]))
            if (never := never_recorded(owed, facts.day))
        ]
    except Unreadable:  # reported elsewhere
        return ""
    return min(found, key=lambda obligation: obligation.due).due_since if found else ""
