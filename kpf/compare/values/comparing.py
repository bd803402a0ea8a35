"""Which partnerships are compared, and what is told of each, in the order in which members want to hear it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from kpf.compare.pairing import names_of, paired
from kpf.compare.values import agreement, listing, measured, partners, reviews, values
from kpf.compare.values.change import Change
from kpf.compare.values.pair import ChangeDetail, Pair
from kpf.model import Unreadable
from kpf.register.records import Records

_TELL: Final[tuple[Callable[[Pair], Iterator[ChangeDetail]], ...]] = (
    listing.approved,
    listing.listed_since,
    listing.name_changes,
    values.changed,
    agreement.yearly_value,
    agreement.whole_life_value,
    agreement.signed,
    agreement.starts,
    agreement.ends,
    agreement.longest_extension,
    agreement.extension_decided_by,
    agreement.extension_decided,
    partners.partner_changes,
    values.additional_monitoring,
    measured.objectives,
    measured.measures,
    measured.targets,
    reviews.completed,
    reviews.decided,
)
"""Each tells of one thing, so that what cannot be read hides nothing else."""


def changes_between(
    before: Records,
    after: Records,
    renamed: Mapping[str, str] = MappingProxyType({}),
    since: date | None = None,
) -> Iterator[Change]:
    """What changed from `before` to `after`, in the order of the list of key partnerships.

    `renamed` has the old id of each partnership whose file git sees as renamed. `since` is the day from which changes
    are told, where that is not the one of `before`. A file that nothing may rest on is not compared, and neither is a
    value that cannot be read: `Records.faults` has both. Raises nothing for what a file holds.
    """
    pairs = paired(names_of(before.partnerships), names_of(after.partnerships), renamed)
    gone = before.partnerships.keys() - set(pairs.values())
    for id_ in sorted({*pairs, *gone}):
        old, new = (id_, None) if id_ in gone else (pairs[id_], id_)
        yield from _changes(Pair.of(before, after, old, new, since), id_)


def _changes(pair: Pair, id_: str) -> Iterator[Change]:
    for told in _told(pair):
        yield Change(
            id_,
            pair.name,
            told.what,
            told.sentence,
            subject=told.subject,
            exempt=told.exempt,
            recorded=told.recorded,
        )


def _told(pair: Pair) -> Iterator[ChangeDetail]:
    yield from listing.list_changes(pair)
    if not pair.stayed:
        return
    for tell in _TELL:
        try:
            yield from list(tell(pair))  # all that it tells, or nothing
        except Unreadable:
            continue
    yield from partners.ratings(pair)
