"""The comparison of two records, driven by the metadata of their fields: every value that differs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, TypedDict, Unpack

from kpf.check.brief import ChangeClass
from kpf.compare.values.matching import as_entries, matched
from kpf.compare.values.spoken import list_label, mapping_label, value_in_words, with_values
from kpf.dates import When
from kpf.finding import Step, Trail
from kpf.model import Organisation, Record
from kpf.model.record import About, optional
from kpf.model.shapes import FieldOf, Shape, fields_of
from kpf.model.values import PartnerName

LEFT_BLANK: Final = ""
"""The value used for a name in a mapping that has none."""
_NAME: Final = "name in the file"


@dataclass(frozen=True, slots=True)
class ChangedPlace:
    """The place of a value that differs, for programs and for people."""

    trail: Trail = ()
    """The trail in the later file; in the earlier one if the value was removed. Half-years are written 2026/27 H1."""
    path: tuple[str, ...] = ()
    """The names of the fields in the trail, with `*` for each entry of a list or a mapping."""
    entries: tuple[str, ...] = ()
    """Those entries: by name in a mapping, by content in a list."""
    nouns: tuple[str, ...] = ()
    """The nouns for all this, from the outermost group to the value."""
    exempt: bool = False
    """Whether the values there are exempt information, unless their fields are public."""
    trail_before: Trail = ()
    """The trail in the earlier file; in the later one if the value was added."""
    holder: type[Record] | None = None
    """The record that contains the value."""
    dated: "DaysOfFact | None" = None
    """The dated fact that the value is part of; the innermost, if there are several."""

    @property
    def named(self) -> tuple[str, ...]:
        """The trail with the content of list entries in place of their positions."""
        entries = iter(self.entries)
        return tuple(next(entries) if step == "*" else step for step in self.path)

    def inside(self, field: FieldOf) -> "ChangedPlace":
        """Return the place of a field of the record at this place."""
        key, about = field.about.key, field.about
        return replace(
            self,
            trail=(*self.trail, key),
            path=(*self.path, key),
            nouns=(*self.nouns, about.noun),
            exempt=self.exempt or about.exempt,
            trail_before=(*self.trail_before, key),
        )

    def at(self, step: tuple[Step | None, Step | None], label: str, name: str) -> "ChangedPlace":
        """Return the place of an entry of the list or mapping at this place; `step` has its key before and after."""
        there = [at for at in step if at is not None]
        was, now = there[0], there[-1]
        return replace(
            self,
            trail=(*self.trail, now),
            path=(*self.path, "*"),
            entries=(*self.entries, name),
            nouns=(*self.nouns, label) if label else self.nouns,
            trail_before=(*self.trail_before, was),
        )

    def of_record(self, record: type[Record], before: Mapping[str, Any], after: Mapping[str, Any]) -> "ChangedPlace":
        """Return this place, inside a `record` with the values `before` and `after`."""
        dated = self.dated
        if record.dated_by:
            listed = isinstance(self.trail[-1], int) if self.trail else False
            was, now = (first_day_of(values.get(record.dated_by)) for values in (before, after))
            dated = DaysOfFact(was, now, listed=listed or bool(dated and dated.listed))
        return replace(self, holder=record, dated=dated)


@dataclass(frozen=True, slots=True)
class DaysOfFact:
    """The days of a dated fact, before and after."""

    before: date | None
    after: date | None
    listed: bool
    """Whether it is an entry of a list to which more are added over time."""


def first_day_of(value: Any) -> date | None:
    """Return the day of a dated value, the first if there are several; None if it has none."""
    if isinstance(value, Record):
        return first_day_of(vars(value).get(type(value).dated_by or ""))
    if isinstance(value, tuple):
        return min(filter(None, map(first_day_of, value)), default=None)
    if isinstance(value, When):
        return value.earliest
    return value if isinstance(value, date) else None


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value that differs between two records, or a whole entry that was added or removed."""

    place: ChangedPlace
    about: About
    """The metadata of the field."""
    shape: Shape
    before: Any
    """The value before: None if nothing was recorded, a record if an entry was removed."""
    after: Any
    """The value after: None if nothing is recorded, a record if an entry was added."""
    renames: bool = False
    """Whether the key of an entry in a mapping changed."""
    still_listed: bool = False
    """Whether the list contains the same value once more, before and after."""
    first: bool = False
    """Whether it is the first entry of its list."""
    change_class: ChangeClass = ChangeClass.CORRECTED
    """The kind of change, set by `sorted_values`."""

    @property
    def exempt(self) -> bool:
        """Whether the value is exempt information."""
        return self.place.exempt and not self.about.public

    @property
    def sets_rule(self) -> bool:
        """Whether the value, or one in the entry, can change what is asked of a partnership."""
        if self.renames or self.shape.record is None:
            return self.about.sets_rule
        entry = self.after if self.after is not None else self.before
        return isinstance(entry, Record) and any(field.about.sets_rule for field, _ in with_values(entry))

    @property
    def in_short(self) -> str:
        """The sentence, without the content of an entry that was added or removed."""
        return self._sentence(in_full=False)

    @property
    def in_words(self) -> str:
        """The sentence: the noun, the value before and the value after."""
        return self._sentence(in_full=True)

    def _sentence(self, *, in_full: bool) -> str:
        nouns, was, now = self.place.nouns, self._words(self.before), self._words(self.after)
        came, went = f"now recorded, {now}", f"no longer recorded, it was {was}"
        if self.renames:
            nouns = (*nouns, _NAME)
        elif self.shape.record:
            inside, gone = (_in_brackets(self.after, now), _in_brackets(self.before, was)) if in_full else ("", "")
            came, went = f"new{inside}", f"no longer there{gone}"
        elif self.shape.holds == "list" and isinstance(self.place.trail[-1], int):
            again = " once more" if self.still_listed else ""
            came, went = f"now also {now}{again}", f"no longer {was}{again}"
        label = ", ".join(nouns)
        what = came if self.before is None else went if self.after is None else f"from {was} to {now}"
        return f"{label[0].upper()}{label[1:]}: {what}."

    def _words(self, value: Any) -> str:
        if value is None or value == LEFT_BLANK:
            return "left blank"
        return str(value) if self.renames else value_in_words(value, self.shape)


def _in_brackets(entry: Any, words: str) -> str:
    """Return the content of an entry, without the value in its label, in brackets."""
    return f" ({words})" if isinstance(entry, Record) and len(list(with_values(entry))) > 1 else ""


def changed_values(before: Record, after: Record) -> Iterator[ChangedValue]:
    """Yield every value that differs between two records of one kind, in the order of the file.

    Entries of lists are matched by content, not by position, and entries of mappings by name. The order of a list does
    not count. A value that cannot be read in one of the two is not compared.
    """
    return _inside(before, after, ChangedPlace())


class _Register(Record):
    """The organisations of a register as a field, because the file itself is the mapping."""

    organisations: dict[PartnerName, Organisation | None] | None = optional(
        help="The council's partners.", example="{Fellbrook Leisure Trust: {sector: voluntary}}"
    )


def changed_organisations(
    before: Mapping[str, Organisation], after: Mapping[str, Organisation]
) -> Iterator[tuple[str, ChangedValue]]:
    """Yield every value that differs between the organisations of two registers, with the name of each."""
    (field,) = fields_of(_Register)
    for value in _mapping(before, after, field, ChangedPlace()):
        name, *nouns = value.place.nouns
        yield name, replace(value, place=replace(value.place, nouns=tuple(nouns) or ("organisation",)))


def _inside(before: Record | None, after: Record | None, place: ChangedPlace) -> Iterator[ChangedValue]:
    if before == after:
        return
    record: type[Record] = type(after) if after is not None else type(before)  # type: ignore[assignment]
    was, now = (vars(side if side is not None else record()) for side in (before, after))
    place = place.of_record(record, was, now)
    for field in fields_of(record):
        name = field.attribute
        if name in was and name in now and was[name] != now[name]:
            yield from _field(was[name], now[name], field, place.inside(field))


def _field(before: Any, after: Any, field: FieldOf, place: ChangedPlace) -> Iterator[ChangedValue]:
    if field.shape.holds == "mapping":
        yield from _mapping(before or {}, after or {}, field, place)
    elif field.shape.holds == "list":
        yield from _list(before, after, field, place)
    elif field.shape.record:
        yield from _inside(before, after, place)
    else:
        yield _value(before, after, field, place)


class _More(TypedDict, total=False):
    """Additional words on some values."""

    renames: bool
    still_listed: bool
    first: bool


def _value(before: Any, after: Any, field: FieldOf, place: ChangedPlace, **more: Unpack[_More]) -> ChangedValue:
    return ChangedValue(place, field.about, field.shape, before, after, **more)


def _mapping(
    before: Mapping[Any, Any], after: Mapping[Any, Any], field: FieldOf, place: ChangedPlace
) -> Iterator[ChangedValue]:
    if field.shape.record is None:
        for name in dict.fromkeys((*after, *before)):
            was, now = (_named_value(entries, name) for entries in (before, after))
            if LEFT_BLANK in {was, now} and None not in {was, now}:
                was, now = (None if value == LEFT_BLANK else value for value in (was, now))
            if was != now:
                yield _value(was, now, field, place.at((str(name), str(name)), str(name), str(name)))
        return
    was_entries, now_entries = (as_entries(entries, field.shape.record) for entries in (before, after))
    for old, new in matched(was_entries, now_entries, by_name=True):
        key = new if new is not None else old
        entry = now_entries[new] if new is not None else was_entries[old]
        steps = (None if old is None else str(old)), (None if new is None else str(new))
        inside = place.at(steps, mapping_label(key, entry, field.shape), str(key))
        if old is None or new is None:
            yield _value(was_entries.get(old), now_entries.get(new), field, inside)
        else:
            if old != new:
                yield _value(str(old), str(new), field, inside, renames=True)
            yield from _inside(was_entries[old], now_entries[new], inside)


def _named_value(entries: Mapping[Any, Any], name: Any) -> Any:
    value = entries.get(name)
    return LEFT_BLANK if value is None and name in entries else value


def _list(before: Any, after: Any, field: FieldOf, place: ChangedPlace) -> Iterator[ChangedValue]:
    if not before and not after:  # none is recorded now, and nothing was before
        yield _value(before, after, field, place)
        return
    was, now = (
        {position: entry for position, entry in enumerate(side or ()) if entry is not None} for side in (before, after)
    )
    for old, new in matched(was, now):
        step, first = (old, new), not before
        if field.shape.record is None:
            if old is None or new is None:
                there = was.get(old), now.get(new)
                value = there[0] if new is None else there[1]
                again = value in (now if new is None else was).values()
                here = place.at(step, "", value_in_words(value, field.shape))
                yield _value(*there, field, here, still_listed=again, first=first)
            continue
        entry = now[new] if new is not None else was[old]
        label = list_label(entry)
        inside = place.at(step, label, label)
        if old is None or new is None:
            yield _value(was.get(old), now.get(new), field, inside, first=first)
        else:
            yield from _inside(was[old], now[new], inside)
