"""All obligations of one partnership, or of the council itself."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from kpf.model import Unreadable
from kpf.obligations import decisions, ends, listing, meetings, partners, policies, reports, reviews
from kpf.obligations.asking import PartnershipFacts
from kpf.obligations.obligation import Obligation, Owed

_OF_THE_PARTNERSHIP: Final = (
    reviews.review,
    reviews.carried_out,
    reports.half_year_report,
    reports.half_year_figures,
    reports.action_plans,
    meetings.promised,
    meetings.governance_on_agenda,
    meetings.membership,
    meetings.continuity_test,
    decisions.decisions_ahead,
    decisions.exceptions,
    ends.notice,
    ends.extension,
    ends.end,
    ends.successor,
    listing.confirmation,
    partners.nobody_named,
)
_OF_EACH_PARTNER: Final = (partners.governance_check, partners.risk_register, policies.procedures)
_OF_EACH_ORGANISATION: Final = (partners.information, policies.charter)
_OF_THE_COUNCIL: Final = (listing.list_review, listing.framework_review, listing.declarations)


def owed_by_partnership(facts: PartnershipFacts) -> Iterator[Owed]:
    """Yield all obligations of a partnership that has not ended. A field that cannot be read affects only its own."""
    for kind in _OF_THE_PARTNERSHIP:
        yield from _readable(kind, facts)
    if facts.edition:
        from kpf.obligations.added.freshness import own_duties  # noqa: PLC0415 - few councils have duties of their own

        yield from own_duties(facts)
    for name in _arrangements(facts):
        yield from _one(meetings.meeting, facts, name)
    for topic in policies.WITH_POLICY:
        yield from _one(policies.assurance, facts, topic)
    for partner in _partners(facts):
        yield from _owed_to_partner(facts, partner)


def _owed_to_partner(facts: PartnershipFacts, partner: str) -> Iterator[Owed]:
    for kind in _OF_EACH_PARTNER:
        yield from _one(kind, facts, partner)
    if partner in facts.organisations:  # if it is not in its file, kpf check reports that
        yield from _readable(partners.assessments, facts, partner)
        for kind in _OF_EACH_ORGANISATION:
            yield from _one(kind, facts, partner)


def owed_after_the_end(facts: PartnershipFacts) -> Iterator[Owed]:
    """Yield what is still owed after a partnership has ended: the report on its last periods."""
    yield from _readable(reports.half_year_report, facts)


def owed_by_council(facts: PartnershipFacts) -> Iterator[Owed]:
    """Yield the obligations of the council for all partnerships."""
    for kind in _OF_THE_COUNCIL:
        yield from _readable(kind, facts)


def _readable(kind: Callable[..., Iterator[Owed]], *about: object) -> Iterator[Owed]:
    """Yield the obligations of one kind, up to a field that cannot be read, which kpf check reports."""
    try:
        yield from (owed for owed in kind(*about) if owed.task.duty)
    except Unreadable:
        return


def _one(kind: Callable[[PartnershipFacts, str], Owed | None], facts: PartnershipFacts, name: str) -> Iterator[Owed]:
    try:
        owed = kind(facts, name)
    except Unreadable:
        return
    if owed is not None and owed.task.duty:
        yield owed


def _arrangements(facts: PartnershipFacts) -> Iterable[str]:
    try:
        monitoring = facts.partnership.monitoring
        return tuple(monitoring.arrangements or {})
    except Unreadable:
        return ()


def _partners(facts: PartnershipFacts) -> Iterable[str]:
    try:
        named = [partner for partner in dict.fromkeys(facts.partnership.partners or ()) if partner]
        return [partner for partner in named if partner != facts.council.council]
    except Unreadable:
        return ()


def with_unique_names(owed: Iterable[Owed]) -> list[Owed]:
    """Give each obligation a name of its own, by adding the year, then the day, then a number if needed."""
    found = list(owed)
    for more in ("{0.due:%Y}", "{0.due}", "{1}"):
        alike, seen = Counter(map(_name, found)), Counter[tuple[str, ...]]()
        for at, one in enumerate(found):
            seen[_name(one)] += 1
            if isinstance(one, Obligation) and alike[_name(one)] > 1:
                more_of_it = more.format(one, seen[_name(one)])
                found[at] = replace(one, cycle=f"{one.cycle}, {more_of_it}")
    return found


def _name(owed: Owed) -> tuple[str, ...]:
    """The name of an obligation within its file. Those without a day have no cycle."""
    cycle = owed.cycle if isinstance(owed, Obligation) else ""
    return (owed.task.duty, owed.task.what, owed.task.subject, cycle)
