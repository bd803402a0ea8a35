"""What a partnership is to achieve and what is measured of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from kpf.compare.values.pair import ChangeDetail, Pair, value_at
from kpf.compare.values.wording import half_in_words
from kpf.model.written import figure, in_quotation_marks


@dataclass(frozen=True, slots=True)
class _Entries:
    """What stands under ids of its own, and how it is spoken of."""

    what: str
    field: str
    """The one that says what it is: known by that, it may get another id."""
    label: str
    reads: str


_OBJECTIVES: Final = _Entries("objectives", "objective", "Objective", "The objective {now} read before: {was}")
_MEASURES: Final = _Entries("measures", "name", "Measure", "The measure {now} was called before: {was}")


def objectives(pair: Pair) -> Iterator[ChangeDetail]:
    """Objectives that came, went or read differently."""
    return _entries(_OBJECTIVES, *pair.both("objectives"))


def measures(pair: Pair) -> Iterator[ChangeDetail]:
    """Measures that came, went or have another name, and those of which another direction is better."""
    was, now = pair.both("measures")
    yield from _entries(_MEASURES, was, now)
    for id_, measure in (now or {}).items():
        before, after = value_at((was or {}).get(id_), "better"), value_at(measure, "better")
        if before is not None and after is not None and before != after:
            sentence = f"Of {_measure(measure)}, {after} is better now; before, {before} was."
            yield ChangeDetail("measures", sentence, f"{id_} better", covers=(("measures", id_, "better"),))


def _entries(
    kind: _Entries, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Iterator[ChangeDetail]:
    was = {id_: value_at(entry, kind.field) for id_, entry in (before or {}).items()}
    now = {id_: value_at(entry, kind.field) for id_, entry in (after or {}).items()}
    new = "is now recorded" if not was else "is new"
    for id_, text in now.items():
        if id_ in was:
            yield from _reads(kind, id_, was[id_], text)
        elif text is None or text not in was.values():
            yield ChangeDetail(
                kind.what, f"{_called(kind, text)} {new}.", id_, recorded=not was, covers=((kind.what, id_),)
            )
    for id_, text in was.items():
        if id_ not in now and (text is None or text not in now.values()):
            yield ChangeDetail(kind.what, f"{_called(kind, text)} is dropped.", id_, covers=((kind.what, id_),))


def _reads(kind: _Entries, id_: str, was: str | None, now: str | None) -> Iterator[ChangeDetail]:
    before, after = (in_quotation_marks(text) if text is not None else "" for text in (was, now))
    if was == now:
        return
    if was is None:
        sentence = f"{kind.label} {after} is now put into words."
    elif now is None:
        sentence = f"{kind.label} {before} is no longer put into words."
    else:
        sentence = f"{kind.reads.format(now=after, was=before)}."
    yield ChangeDetail(kind.what, sentence, id_, recorded=was is None, covers=((kind.what, id_, kind.field),))


def _called(kind: _Entries, text: str | None) -> str:
    return (
        f"{kind.label} {in_quotation_marks(text)}"
        if text is not None
        else f"One {kind.label.lower()} that is not in words yet"
    )


def targets(pair: Pair) -> Iterator[ChangeDetail]:
    """Targets of the half-years that were current on the day of before, or lay ahead."""
    before, after = pair.both("measures")
    for id_, measure in (after or {}).items():
        was = value_at((before or {}).get(id_), "targets") or {}
        now = value_at(measure, "targets") or {}
        for half in sorted({*was, *now}):
            if half.ends > pair.since:
                label = f"The target for {_measure(measure)} in {half_in_words(half)}"
                sentence = _target(label, was.get(half), now.get(half))
                if sentence:
                    covers = (("measures", id_, "targets", str(half)),)
                    yield ChangeDetail("targets", sentence, f"{id_} {half}", recorded=not before, covers=covers)


def _target(label: str, was: Decimal | None, now: Decimal | None) -> str | None:
    if was == now:
        return None
    if now is None:
        return f"{label} is no longer set; it was {figure(was)}." if was is not None else None
    return (
        f"{label} is now {figure(now)}; it was {figure(was)}." if was is not None else f"{label} is set: {figure(now)}."
    )


def _measure(measure: Any) -> str:
    name = value_at(measure, "name")
    return in_quotation_marks(name) if name is not None else "a measure without a name"
