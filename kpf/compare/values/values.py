"""Single values of a partnership: who leads it, who answers for it, what it is for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from kpf.compare.values.pair import ChangeDetail, Pair
from kpf.model import Unreadable
from kpf.model.written import in_quotation_marks


@dataclass(frozen=True, slots=True)
class _Value:
    """A value with the sentence: the label is now so; it was so."""

    field: str
    label: str
    words: Callable[[Any], str] = str


_VALUES: Final = (
    _Value("kind", "The kind of partnership", in_quotation_marks),
    _Value("lead_service", "The lead service"),
    _Value("manager", "The post that manages it"),
    _Value("executive_member", "The member who answers for it"),
    _Value("remit", "The remit", in_quotation_marks),
)


def changed(pair: Pair) -> Iterator[ChangeDetail]:
    """That one of these is another than before, is recorded at last, or is not recorded any more."""
    for value in _VALUES:
        try:
            yield from a_value(value.field, value.label, pair, (value.field,), words=value.words)
        except Unreadable:
            continue


def a_value(
    what: str,
    label: str,
    pair: Pair,
    path: tuple[str, ...],
    *,
    words: Callable[[Any], str] = str,
) -> Iterator[ChangeDetail]:
    """That the value at `path`, called `label`, is another than before, is now recorded, or is no longer recorded."""
    was, now = pair.both(*path)
    covers = (path,)
    subject = path[-1] if len(path) > 1 else ""
    if was == now:
        return
    if was is None:
        yield ChangeDetail(what, f"{label} is now recorded: {words(now)}.", subject, recorded=True, covers=covers)
    elif now is None:
        yield ChangeDetail(what, f"{label} is no longer recorded; it was {words(was)}.", subject, covers=covers)
    else:
        yield ChangeDetail(what, f"{label} is now {words(now)}; it was {words(was)}.", subject, covers=covers)


def additional_monitoring(pair: Pair) -> Iterator[ChangeDetail]:
    """Whether it is part of the half-yearly report now, and was not, or the other way round."""
    path = ("monitoring", "additional_monitoring_required")
    was, now = pair.both(*path)
    if was == now:
        return
    if now is None:
        sentence = "It is no longer recorded whether additional monitoring is required; it was"
        yield ChangeDetail("additional_monitoring", f"{sentence}{'' if was else ' not'}.", covers=(path,))
        return
    if was is None:
        sentence = f"It is now recorded that additional monitoring is {'' if now else 'not '}required."
    else:
        sentence = f"Additional monitoring is {'now' if now else 'no longer'} required."
    yield ChangeDetail("additional_monitoring", sentence, recorded=was is None, covers=(path,))
