"""Which organisations are in a partnership, and how strong and stable they are."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from kpf.compare.values.change import RATING
from kpf.compare.values.pair import ChangeDetail, Pair
from kpf.compare.values.wording import joined_with_and
from kpf.dates import HalfYear
from kpf.model import Organisation, Unreadable
from kpf.model.organisations import Stability

_WHAT: Final = "partners"
_ALL: Final[tuple[tuple[str, ...], ...]] = (("partners",),)
_DIRECTIONS: Final = MappingProxyType(
    {"better": " and getting better", "steady": " and steady", "worse": " and getting worse"}
)


def partner_changes(pair: Pair) -> Iterator[ChangeDetail]:
    """Partners that joined or left."""
    before, after = pair.both("partners")
    was, now = (list(dict.fromkeys(filter(None, names or ()))) for names in (before, after))
    if now and not was:
        partners = "The partner is" if len(now) == 1 else "The partners are"
        yield ChangeDetail(_WHAT, f"{partners} now recorded: {joined_with_and(now)}.", recorded=True, covers=_ALL)
    elif was and not now:
        yield ChangeDetail(_WHAT, f"Its partners are no longer recorded. Before: {joined_with_and(was)}.", covers=_ALL)
    else:
        for name in now:
            if name not in was:
                covers = (("partners", name),)
                yield ChangeDetail(_WHAT, f"{name} is now a partner.", name, covers=covers)
        for name in was:
            if name not in now:
                covers = (("partners", name),)
                yield ChangeDetail(_WHAT, f"{name} is no longer a partner.", name, covers=covers)


def ratings(pair: Pair) -> Iterator[ChangeDetail]:
    """Whether one of its partners is stronger or weaker than before. Exempt."""
    try:
        partners = dict.fromkeys(filter(None, pair.both("partners")[1] or ()))
    except Unreadable:
        return
    for name in partners:
        yield from assessment_changes(name, pair.before.organisations, pair.after.organisations)


def assessment_changes(
    name: str, before: Mapping[str, Organisation], after: Mapping[str, Organisation]
) -> Iterator[ChangeDetail]:
    """Whether the last assessment of the organisation `name` says something else than the last one before. Exempt."""
    try:
        was, now = _last(before.get(name)), _last(after.get(name))
    except Unreadable:
        return
    if was == now:
        return
    if now is None:
        sentence = f"The strength and stability of {name} is no longer recorded; it was {was}."
    elif was is None:
        sentence = f"The strength and stability of {name} is now recorded: {now}."
    else:
        sentence = f"The strength and stability of {name} is now {now}; it was {was}."
    yield ChangeDetail(RATING, sentence, name, recorded=was is None, exempt=True)


def _last(organisation: Organisation | None) -> str | None:
    """What the last assessment comes to, in words; None where there is none. Raises `Unreadable`."""
    entries = [entry for entry in (organisation.strength_and_stability if organisation else None) or () if entry]
    rated = [entry for entry in entries if entry.rating or entry.direction]
    if not rated:
        return None
    last = max(rated, key=_when)
    return f"{last.rating or 'without a rating'}{_DIRECTIONS.get(last.direction or '', '')}"


def _when(entry: Stability) -> Any:
    assessed = entry.assessed.on if entry.assessed else None
    return entry.half_year or HalfYear(0, 0), assessed or date.min
