"""The partnerships compared, and the changes of each, in the order of their importance to members."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from kpf.compare.pairing import IdPair, names_of, paired_ids
from kpf.compare.values import agreement, listing, measured, partners, reviews, values
from kpf.compare.values.change import Change
from kpf.compare.values.changed_value import ChangedValue, changed_organisations, changed_values
from kpf.compare.values.pair import ChangeDetail, Pair
from kpf.compare.values.sorting import SortingFacts, sorted_values
from kpf.document import Document
from kpf.model import Partnership, Unreadable, read_record
from kpf.register.entries import COUNCIL, FRAMEWORK, ORGANISATIONS
from kpf.register.records import Records

_COMPARERS: Final[tuple[Callable[[Pair], Iterator[ChangeDetail]], ...]] = (
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
"""Each writes sentences on one thing, so that what cannot be read hides nothing else."""


def changes_between(
    before: Records,
    after: Records,
    renamed: Mapping[str, str] = MappingProxyType({}),
    since: date | None = None,
    then: Records | None = None,
) -> Iterator[Change]:
    """Every value that differs between `before` and `after`: of partnerships by their ids, then of what all share.

    Where a sentence is written for a change, that comes first; all other values follow in the order of the file.
    `renamed` has the old id of each partnership whose file git sees as renamed. `since` is the day from which changes
    are listed, where it is not that of `before`. `then` is the register of `before` as at the day of `after`: where
    no sentence is written for a change, only what differs between the files counts, not what came with the calendar.

    A file that nothing may rest on is not compared, and neither is a value that cannot be read: `Records.faults` has
    both. Raises nothing for what a file holds.
    """
    pairs = paired_ids(names_of(before.partnerships), names_of(after.partnerships), renamed)
    known = known_of(then or before, after)
    yield from changes_of_pairs(pairs, before, after, known, since, then)
    yield from shared_changes(then or before, after, known)


def changes_of_pairs(  # noqa: PLR0913, PLR0917 - two registers, what is known of them, and from when
    pairs: Iterable[IdPair],
    before: Records,
    after: Records,
    known: SortingFacts,
    since: date | None = None,
    then: Records | None = None,
) -> Iterator[Change]:
    """Yield the changes of only these partnerships; see `changes_between`."""
    for pair in pairs:
        stayed = (then or before).partnerships.get(pair.old or "")
        yield from changes_of_one(Pair.of(before, after, pair.old, pair.new, since), pair.id, stayed, known)


def known_of(before: Records, after: Records) -> SortingFacts:
    """Return the facts of two registers that are needed to sort the changes between them."""
    shared = (before.council, after.council), (before.organisations, after.organisations)
    return SortingFacts.of(after.day, *shared)


def changes_of_one(pair: Pair, id_: str, then: Partnership | None, known: SortingFacts) -> Iterator[Change]:
    """Yield the changes of the partnership `id_`, which was `then` in the earlier files."""
    compared = changed_values(then, pair.new) if pair.stayed and then and pair.new else ()
    values = list(sorted_values(compared, known.with_own(then)))
    uncovered = dict.fromkeys(range(len(values)))
    for detail in _details(pair):
        covered = [at for at in uncovered if any(_is_part(values[at], path) for path in detail.covers)]
        for at in covered:
            del uncovered[at]
        yield Change(
            id_,
            pair.name,
            detail.what,
            detail.sentence,
            subject=detail.subject,
            exempt=detail.exempt,
            recorded=detail.recorded,
            values=tuple(values[at] for at in covered),
        )
    yield from (_change(id_, pair.name, values[at]) for at in uncovered)


def _is_part(value: ChangedValue, path: tuple[str, ...]) -> bool:
    """Whether `value` is at `path`, inside it, or an entry around it."""
    named = value.place.named
    length = min(len(named), len(path))
    return not value.renames and named[:length] == path[:length]


def _change(id_: str, name: str, value: ChangedValue, file: str = "") -> Change:
    subject = ", ".join((name, *value.place.entries) if file else value.place.entries)
    what = ".".join(value.place.path)
    recorded = value.before is None
    values = (value,)
    return Change(id_, name, what, value.in_words, None, subject, value.exempt, recorded, file=file, values=values)


def shared_changes(before: Records, after: Records, known: SortingFacts) -> Iterator[Change]:
    """Yield the changes in the shared files."""
    council = vars(after.council).get("council") or "What all partnerships share"
    values = sorted_values(changed_values(before.council_as_written, after.council_as_written), known)
    yield from (_change("", council, value, COUNCIL) for value in values)
    was, is_ = before.register.framework, after.register.framework
    if (was or is_) and was is not is_:
        yield from edition_changes(was or no_edition(is_), is_ or no_edition(was), after.day)
    for name, value in changed_organisations(before.organisations, after.organisations):
        (one,) = sorted_values([value], known)
        yield _change("", name, one, ORGANISATIONS)


def no_edition(other: Document | None) -> Document:
    """An empty file in the place of the `other`."""
    return Document(other.path if other else FRAMEWORK, None, "", "", {}, None, (), sound=True)


def edition_changes(before: Document, after: Document, day: date) -> Iterator[Change]:
    """Yield the changes in the council's own edition between the files `before` and `after`."""
    from kpf.model.edition import FrameworkFile  # noqa: PLC0415 - few councils have an edition of their own

    (was, _), (is_, _) = (read_record(FrameworkFile, document) for document in (before, after))
    name = vars(is_).get("title") or vars(was).get("title") or "The council's own edition"
    values = sorted_values(changed_values(was, is_), SortingFacts(day, frozenset()))
    yield from (_change("", name, value, FRAMEWORK) for value in values)


def _details(pair: Pair) -> Iterator[ChangeDetail]:
    yield from listing.list_changes(pair)
    if not pair.stayed:
        return
    for comparer in _COMPARERS:
        try:
            yield from list(comparer(pair))  # all that it tells, or nothing
        except Unreadable:
            continue
    yield from partners.ratings(pair)
