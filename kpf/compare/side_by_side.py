"""Two registers read side by side, a few partnerships at a time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kpf.check.stream import parts
from kpf.compare.pairing import IdPair, names_of, paired_ids
from kpf.compare.sides import Side
from kpf.compare.values import Change, changes_of_pairs, known_of, shared_changes
from kpf.register.register import Register


def id_pairs(before: Side, after: Side, renamed: Mapping[str, str]) -> list[IdPair]:
    """Return the ids of each partnership in both registers, in the order of the ids.

    `renamed` maps new ids to old ones, as git reports them. Raises `NoHistory`.
    """
    old, new = ({entry.id for entry in side.files.entries} for side in (before, after))
    names: tuple[dict[str, str], dict[str, str]] = ({}, {})
    by_id = [IdPair(id_ if id_ in old else None, id_ if id_ in new else None) for id_ in sorted(old | new)]
    for _, was, is_ in read_in_parts(before, after, by_id):
        names[0].update(names_of(before.records(was).partnerships))
        names[1].update(names_of(after.records(is_).partnerships))
    return paired_ids(*names, renamed)


def read_in_parts(
    before: Side, after: Side, pairs: Sequence[IdPair]
) -> Iterator[tuple[Sequence[IdPair], Register, Register]]:
    """Yield parts of `pairs` with their files before and after. Raises `NoHistory`."""
    was, is_ = ({entry.id: entry for entry in side.files.entries} for side in (before, after))
    for part in parts(pairs):
        now = after.read([is_[pair.new] for pair in part if pair.new is not None])
        yield part, before.read([was[pair.old] for pair in part if pair.old is not None], now.partnerships), now


def changes_side_by_side(
    before: Side, after: Side, pairs: Sequence[IdPair], since: date | None = None
) -> Iterator[Change]:
    """Yield every change between two registers; see `changes_between`. Raises `NoHistory`."""
    was, is_ = before.records(), after.records()
    known = known_of(was, is_)
    for part, old, new in read_in_parts(before, after, pairs):
        yield from changes_of_pairs(part, before.records(old), after.records(new), known, since)
    yield from shared_changes(was, is_, known)
